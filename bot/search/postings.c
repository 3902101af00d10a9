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
    struct arena *arena;
    double column[COLUMN_COUNT];
    uint32_t *phrase_first, *phrase_next; /* phrases by first term, chained */
    float *weight;                        /* per term: of the doc at work */
    uint8_t *columns;                     /* per term: bit c: stands in column c */
    term_t *touched;
    size_t n_touched;
    /* of the column at work */
    VEC(uint32_t) words;
    VEC(term_t) terms;
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
static void tally_phrases(struct tally *t, size_t at, int column)
{
    const struct index *x = t->x;
    for (uint32_t p = t->phrase_first[t->terms.v[at]]; p; p = t->phrase_next[p - 1]) {
        const struct sequence *q = &x->synonyms.sequences.v[p - 1];
        if (at + q->n_words <= t->terms.n &&
            memcmp(&t->terms.v[at], q->words, q->n_words * sizeof(term_t)) == 0)
            hit(t, q->whole, 1, column);
    }
}

static void read_column(struct tally *t, uint32_t doc, enum column c)
{
    struct stream s = index_words(t->x, doc, c, c);
    t->words.n = t->terms.n = 0;
    for (uint32_t word; stream_next(&s, &word);) {
        *arena_push(t->arena, &t->words) = word;
        *arena_push(t->arena, &t->terms) = t->x->term_of[word];
    }
}

static void tally_doc(struct tally *t, uint32_t doc)
{
    const struct vocabulary *v = &t->x->vocabulary;
    t->n_touched = 0;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        read_column(t, doc, (enum column)c);
        for (size_t i = 0; i < t->words.n; i++) {
            const struct vocabulary_word *w = &v->words.v[t->words.v[i]];
            hit(t, w->term, 1, c);
            for (size_t k = 0; k < w->n_parts; k++)
                if (v->parts.v[w->first_part + k] != w->term)
                    hit(t, v->parts.v[w->first_part + k], v->options.part_in_text, c);
            tally_phrases(t, i, c);
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

/* Words but for keywords, in average docs. */
static double length_of(const struct index *x, uint32_t doc)
{
    uint32_t n = 0;
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (c != COLUMN_ALSO)
            n += stream_count(index_words(x, doc, (enum column)c, (enum column)c));
    return n / x->average;
}

/* bm25 without idf, as a share of its maximum. */
static uint16_t impact(const struct search_options *o, double length, double weight)
{
    double share = weight / (weight + o->k1 * (1 - o->b + o->b * length));
    return (uint16_t)lround(share * UINT16_MAX);
}

static void count_docs(struct tally *t)
{
    struct index *x = t->x;
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        tally_doc(t, doc);
        for (size_t i = 0; i < t->n_touched; i++) {
            x->list[t->touched[i]].n++;
            x->salience[t->touched[i]] +=
                (t->columns[t->touched[i]] & ~(1 << COLUMN_BODY)) != 0;
        }
        clear(t);
    }
}

static void fill_lists(struct tally *t)
{
    struct index *x = t->x;
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        tally_doc(t, doc);
        double length = length_of(x, doc);
        for (size_t i = 0; i < t->n_touched; i++) {
            struct posting_list *l = &x->list[t->touched[i]];
            x->docs[l->start + l->n] = doc;
            x->impacts[l->start + l->n++] =
                impact(&x->vocabulary.options, length, (double)t->weight[t->touched[i]]);
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
    struct tally t = {.x = x, .arena = a};
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

    x->term_of = arena_alloc(keep, x->vocabulary.words.n * sizeof *x->term_of);
    for (size_t i = 0; i < x->vocabulary.words.n; i++)
        x->term_of[i] = x->vocabulary.words.v[i].term;
    count_docs(&t);
    place_lists(x);
    fill_lists(&t);
    arena_free(a);
}
