#include "search/postings.h"

#include <math.h>
#include <stdlib.h>

/*
 * Two passes over the docs: the first counts how many docs each term has, the second
 * fills the lists, which so come out sorted by doc without sorting. Both tally one doc at
 * a time.
 */
struct tally {
    struct index *x;
    double column[COLUMN_COUNT];
    uint32_t *phrase_first, *phrase_next; /* phrases by first term, chained */
    float *weight;                        /* per term: of the doc at work */
    uint8_t *columns;                     /* per term: bit c: stands in column c */
    term_t *touched;
    size_t n_touched;
};

/* Keywords count once however often they are repeated. */
static void hit(struct tally *t, term_t term, double share, int column)
{
    uint8_t bit = (uint8_t)(1u << column);
    if (column == COLUMN_ALSO && (t->columns[term] & bit))
        return;
    if (t->columns[term] == 0)
        t->touched[t->n_touched++] = term;
    t->weight[term] += (float)(t->column[column] * share);
    t->columns[term] |= bit;
}

/* The phrases that begin at a place; they do not cross the end of a column. */
static void tally_phrases(struct tally *t, uint32_t at, uint32_t end, int column)
{
    const struct index *x = t->x;
    for (uint32_t p = t->phrase_first[x->tokens[at]]; p; p = t->phrase_next[p - 1]) {
        const struct sequence *q = &x->synonyms.sequences.v[p - 1];
        if (at + q->n_words <= end &&
            memcmp(&x->tokens[at], q->words, q->n_words * sizeof(term_t)) == 0)
            hit(t, q->whole, 1, column);
    }
}

/* words: the number of the word at each place. */
static void tally_doc(struct tally *t, uint32_t doc, const uint32_t *words)
{
    struct index *x = t->x;
    const struct vocabulary *v = &x->vocabulary;
    const uint32_t *start = &x->column_start[(size_t)doc * COLUMN_COUNT];
    t->n_touched = 0;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        for (uint32_t i = start[c]; i < start[c + 1]; i++) {
            const struct vocabulary_word *w = &v->words.v[words[i]];
            hit(t, w->term, 1, c);
            for (size_t k = 0; k < w->n_parts; k++)
                if (v->parts.v[w->first_part + k] != w->term)
                    hit(t, v->parts.v[w->first_part + k], v->options.part_in_text, c);
            tally_phrases(t, i, start[c + 1], c);
        }
    }
}

static void clear(struct tally *t)
{
    for (size_t i = 0; i < t->n_touched; i++) {
        t->weight[t->touched[i]] = 0;
        t->columns[t->touched[i]] = 0;
    }
}

/* bm25 without idf, as a share of its maximum. */
static uint16_t impact(const struct index *x, uint32_t doc, double weight)
{
    const struct search_options *o = &x->vocabulary.options;
    const uint32_t *at = &x->column_start[(size_t)doc * COLUMN_COUNT];
    uint32_t keywords = at[COLUMN_ALSO + 1] - at[COLUMN_ALSO];
    double length = (double)(at[COLUMN_COUNT] - at[0] - keywords) / x->average;
    double share = weight / (weight + o->k1 * (1 - o->b + o->b * length));
    return (uint16_t)lround(share * UINT16_MAX);
}

static void count_docs(struct tally *t, const uint32_t *words)
{
    struct index *x = t->x;
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        tally_doc(t, doc, words);
        for (size_t i = 0; i < t->n_touched; i++) {
            x->list[t->touched[i]].n++;
            x->salience[t->touched[i]] +=
                (t->columns[t->touched[i]] & ~(1 << COLUMN_BODY)) != 0;
        }
        clear(t);
    }
}

static void fill_lists(struct tally *t, const uint32_t *words)
{
    struct index *x = t->x;
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        tally_doc(t, doc, words);
        for (size_t i = 0; i < t->n_touched; i++) {
            struct posting_list *l = &x->list[t->touched[i]];
            x->docs[l->start + l->n] = doc;
            x->impacts[l->start + l->n++] =
                impact(x, doc, (double)t->weight[t->touched[i]]);
        }
        clear(t);
    }
}

static void find_phrases(struct tally *t, struct arena *a)
{
    const struct index *x = t->x;
    t->phrase_first = arena_alloc(a, x->vocabulary.terms.n * sizeof(uint32_t));
    t->phrase_next = arena_alloc(a, x->synonyms.sequences.n * sizeof(uint32_t));
    for (size_t i = 0; i < x->synonyms.sequences.n; i++) {
        const struct sequence *q = &x->synonyms.sequences.v[i];
        if (q->n_words < 2 || q->whole == TERM_NONE)
            continue;
        t->phrase_next[i] = t->phrase_first[q->words[0]];
        t->phrase_first[q->words[0]] = (uint32_t)i + 1;
    }
}

/* From counts to places; n starts again from 0. */
static void place_lists(struct index *x)
{
    double all = x->n_docs;
    for (size_t i = 0; i < x->vocabulary.terms.n; i++) {
        struct posting_list *l = &x->list[i];
        double n = l->n;
        x->idf[i] = (float)log(1 + (all - n + .5) / (n + .5));
        if (l->n)
            x->salience[i] /= (float)l->n;
        l->start = (uint32_t)x->n_postings;
        x->n_postings += l->n;
        l->n = 0;
    }
    x->docs = must_alloc(x->n_postings * sizeof *x->docs);
    x->impacts = must_alloc(x->n_postings * sizeof *x->impacts);
}

void postings_make(struct index *x)
{
    struct arena *keep = x->vocabulary.arena, *a = arena_new();
    size_t n = x->vocabulary.terms.n;
    struct tally t = {.x = x};
    const struct search_options *o = &x->vocabulary.options;
    t.column[COLUMN_TITLE] = o->title;
    t.column[COLUMN_HEADING] = o->heading;
    t.column[COLUMN_ALSO] = o->also;
    t.column[COLUMN_BODY] = o->body;
    t.weight = arena_alloc(a, n * sizeof *t.weight);
    t.columns = arena_alloc(a, n);
    t.touched = arena_alloc(a, n * sizeof *t.touched);
    find_phrases(&t, a);
    x->list = arena_alloc(keep, n * sizeof *x->list);
    x->idf = arena_alloc(keep, n * sizeof *x->idf);
    x->salience = arena_alloc(keep, n * sizeof *x->salience);

    const uint32_t *words = x->words;
    x->tokens = must_alloc(x->n_tokens * sizeof *x->tokens);
    for (size_t i = 0; i < x->n_tokens; i++)
        x->tokens[i] = x->vocabulary.words.v[words[i]].term;
    count_docs(&t, words);
    place_lists(x);
    fill_lists(&t, words);
    arena_free(a);
}
