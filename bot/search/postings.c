#include "search/postings.h"

#include <math.h>
#include <stdlib.h>

/*
 * One pass over the docs notes what each has, one after the other; when it is known how
 * many docs each term has, the notes go to its list, which so comes out sorted by doc
 * without sorting. Of every edit most of the time until it is live goes here, so the pass
 * looks at one small number per word.
 */

enum {
    HAS_PARTS = 1 << 30, /* the word is a compound */
    BEGINS_PHRASE = 1 << 29,
    TERM = BEGINS_PHRASE - 1,
};

/* A term in the doc at work. */
struct tallied {
    float weight;
    uint8_t columns; /* bit c: stands in column c */
};

/* A term of a doc, until its place in the list is known. */
struct note {
    term_t term;
    uint16_t impact;
} __attribute__((packed));

struct tally {
    struct index *x;
    struct note *notes; /* of all docs, one behind the other */
    uint32_t *of_doc;   /* how many a doc has */
    size_t n_notes, cap_notes;
    double column[COLUMN_COUNT];
    uint32_t *phrase_first, *phrase_next; /* phrases by first term, chained */
    uint32_t *of_word;                    /* its term, and the flags above */
    /* the column at work: words, their terms */
    uint32_t *words;
    term_t *terms;
    size_t n, cap;
    /* of the doc at work: per term, and which of them are not 0 */
    struct tallied *of_term;
    term_t *touched;
    size_t n_touched;
};

static void read_column(struct tally *t, uint32_t doc, enum column c)
{
    struct stream s = index_words(t->x, doc, c, c);
    size_t most = (size_t)(s.end - s.at); /* a word takes a byte at least */
    if (most > t->cap) {
        t->cap = most * 2;
        t->words = must_grow(t->words, t->cap * sizeof *t->words);
        t->terms = must_grow(t->terms, t->cap * sizeof *t->terms);
    }
    size_t n = 0;
    for (uint32_t word; stream_next(&s, &word); n++) {
        t->words[n] = word;
        t->terms[n] = t->of_word[word] & TERM;
    }
    t->n = n;
}

/* The next phrase that begins at a place, after p (0: the first); 0: none. They do not
 * cross the end of a column. */
static uint32_t next_phrase(const struct tally *t, size_t at, uint32_t p)
{
    const struct index *x = t->x;
    p = p ? t->phrase_next[p - 1] : t->phrase_first[t->terms[at]];
    for (; p; p = t->phrase_next[p - 1]) {
        const struct sequence *q = &x->synonyms.sequences.v[p - 1];
        if (at + q->n_words <= t->n &&
            memcmp(&t->terms[at], q->words, q->n_words * sizeof(term_t)) == 0)
            return p;
    }
    return 0;
}

/* Calls one(t, term, share, c) for all terms of the doc: the words', the compounds'
 * parts', the phrases'. Inlined with one, which is called a hundred million times. */
__attribute__((always_inline)) static inline void
for_terms(struct tally *t, uint32_t doc, void (*one)(struct tally *, term_t, double, int))
{
    const struct vocabulary *v = &t->x->vocabulary;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        read_column(t, doc, (enum column)c);
        for (size_t i = 0; i < t->n; i++) {
            uint32_t of_word = t->of_word[t->words[i]];
            one(t, t->terms[i], 1, c);
            if (of_word & HAS_PARTS) {
                const struct vocabulary_word *w = &v->words.v[t->words[i]];
                for (size_t k = 0; k < w->n_parts; k++)
                    if (v->parts.v[w->first_part + k] != w->term)
                        one(t, v->parts.v[w->first_part + k], v->options.part_in_text, c);
            }
            if (of_word & BEGINS_PHRASE)
                for (uint32_t p = 0; (p = next_phrase(t, i, p));)
                    one(t, t->x->synonyms.sequences.v[p - 1].whole, 1, c);
        }
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
    return (uint16_t)(share * UINT16_MAX + .5);
}

/* Keywords count once however often they are repeated. */
static inline void weigh_term(struct tally *t, term_t term, double share, int column)
{
    struct tallied *at = &t->of_term[term];
    uint8_t bit = (uint8_t)(1u << column);
    if (column == COLUMN_ALSO && (at->columns & bit))
        return;
    if (at->columns == 0)
        t->touched[t->n_touched++] = term;
    at->weight += (float)(t->column[column] * share);
    at->columns |= bit;
}

static void note_doc(struct tally *t, uint32_t doc)
{
    struct index *x = t->x;
    double length = length_of(x, doc);
    if (t->n_notes + t->n_touched > t->cap_notes) {
        t->cap_notes = t->cap_notes + t->cap_notes / 2 + t->n_touched + 4096;
        t->notes = must_grow(t->notes, t->cap_notes * sizeof *t->notes);
    }
    t->of_doc[doc] = (uint32_t)t->n_touched;
    for (size_t i = 0; i < t->n_touched; i++) {
        term_t term = t->touched[i];
        struct tallied *at = &t->of_term[term];
        x->list[term].n++;
        x->salience[term] += (at->columns & ~(1 << COLUMN_BODY)) != 0;
        t->notes[t->n_notes++] = (struct note){
            term, impact(&x->vocabulary.options, length, (double)at->weight)};
        *at = (struct tallied){0};
    }
}

static void read_docs(struct tally *t)
{
    for (uint32_t doc = 0; doc < t->x->n_docs; doc++) {
        t->n_touched = 0;
        for_terms(t, doc, weigh_term);
        note_doc(t, doc);
    }
}

static void fill_lists(struct tally *t)
{
    struct index *x = t->x;
    const struct note *at = t->notes;
    for (uint32_t doc = 0; doc < x->n_docs; doc++)
        for (uint32_t i = 0; i < t->of_doc[doc]; i++, at++) {
            struct posting_list *l = &x->list[at->term];
            x->docs[l->start + l->n] = doc;
            x->impacts[l->start + l->n++] = at->impact;
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
    t.of_term = arena_alloc(a, n * sizeof *t.of_term);
    t.touched = arena_alloc(a, n * sizeof *t.touched);
    find_phrases(&t, a);
    x->list = arena_alloc(keep, n * sizeof *x->list);
    x->idf = arena_alloc(keep, n * sizeof *x->idf);
    x->salience = arena_alloc(keep, n * sizeof *x->salience);

    const size_t n_words = x->vocabulary.words.n;
    x->term_of = arena_alloc(keep, n_words * sizeof *x->term_of);
    t.of_word = arena_alloc(a, n_words * sizeof *t.of_word);
    for (size_t i = 0; i < n_words; i++) {
        const struct vocabulary_word *w = &x->vocabulary.words.v[i];
        x->term_of[i] = w->term;
        t.of_word[i] = w->term | (w->n_parts ? HAS_PARTS : 0) |
            (t.phrase_first[w->term] ? BEGINS_PHRASE : 0);
    }
    t.of_doc = arena_alloc(a, x->n_docs * sizeof *t.of_doc);
    read_docs(&t);
    place_lists(x);
    fill_lists(&t);
    free(t.notes);
    free(t.words);
    free(t.terms);
    arena_free(a);
}
