#include "search/postings.h"

#include <math.h>
#include <stdlib.h>

struct reader {
    struct index *x;
    double column[COLUMN_COUNT];
    size_t cap;
    bool *is_part;                      /* per term: stands for a part of some compound */
    char last[VOCABULARY_WORD_MAX * 2]; /* the term of the row before */
    size_t n_last;
    term_t term;
    uint32_t doc; /* of the open posting */
    bool open;
    double weight;    /* hits of the open posting, by column */
    bool in_heading;  /* the open posting has a hit in title, heading or also */
    uint32_t salient; /* postings of this term with in_heading */
};

/* bm25 without idf, as a share of its maximum. */
static uint16_t impact(const struct index *x, uint32_t doc, double weight)
{
    const struct search_options *o = &x->vocabulary.options;
    const uint32_t *at = &x->column_start[(size_t)doc * COLUMN_COUNT];
    double length = (double)(at[COLUMN_COUNT] - at[0]) / x->average;
    double share = weight / (weight + o->k1 * (1 - o->b + o->b * length));
    return (uint16_t)lround(share * UINT16_MAX);
}

static void close_posting(struct reader *r)
{
    if (!r->open)
        return;
    struct index *x = r->x;
    if (x->n_postings == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 4096;
        x->docs = must_grow(x->docs, r->cap * sizeof *x->docs);
        x->impacts = must_grow(x->impacts, r->cap * sizeof *x->impacts);
    }
    x->docs[x->n_postings] = r->doc;
    x->impacts[x->n_postings++] = impact(x, r->doc, r->weight);
    x->list[r->term].n++;
    r->salient += r->in_heading;
    r->open = false;
}

static void close_term(struct reader *r)
{
    close_posting(r);
    if (r->term != TERM_NONE && r->x->list[r->term].n)
        r->x->salience[r->term] = (float)r->salient / (float)r->x->list[r->term].n;
    r->salient = 0;
}

static void open_term(struct reader *r, term_t term)
{
    close_term(r);
    r->term = term;
    if (term != TERM_NONE)
        r->x->list[term].start = (uint32_t)r->x->n_postings;
}

static void put(struct reader *r, uint32_t doc, int column, double share)
{
    if (r->open && r->doc != doc)
        close_posting(r);
    if (!r->open) {
        r->open = true;
        r->doc = doc;
        r->weight = 0;
        r->in_heading = false;
    }
    r->weight += r->column[column] * share;
    r->in_heading = r->in_heading || column != COLUMN_BODY;
}

static void on_row(void *ctx, const struct fts_row *row)
{
    struct reader *r = ctx;
    if (!str_eq(row->term, (str){r->last, r->n_last})) {
        open_term(r, vocabulary_term(&r->x->vocabulary, row->term));
        r->n_last = MIN(row->term.n, sizeof r->last);
        memcpy(r->last, row->term.p, r->n_last);
    }
    if (r->term == TERM_NONE)
        return;
    bool part = false;
    if (r->is_part[r->term]) {
        size_t column = (size_t)row->doc * COLUMN_COUNT + (size_t)row->column;
        part = r->x->tokens[r->x->column_start[column] + row->offset] != r->term;
    }
    put(r, row->doc, row->column, part ? r->x->vocabulary.options.part_in_text : 1);
}

/* --- phrases --- */

struct phrase_hit {
    uint32_t sequence, doc;
    int column;
};

struct phrase_hits {
    struct phrase_hit *v;
    size_t n, cap;
};

static int by_phrase(const void *a, const void *b)
{
    const struct phrase_hit *x = a, *y = b;
    if (x->sequence != y->sequence)
        return x->sequence < y->sequence ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* Phrases by their first term: next[i] chains sequences, first[term] is 1 + number. */
struct phrase_table {
    uint32_t *first, *next;
};

static struct phrase_table phrases_by_first(struct arena *a, const struct index *x)
{
    const struct synonyms *s = &x->synonyms;
    struct phrase_table t = {
        arena_alloc(a, x->vocabulary.terms.n * sizeof(uint32_t)),
        arena_alloc(a, s->sequences.n * sizeof(uint32_t)),
    };
    for (size_t i = 0; i < s->sequences.n; i++) {
        const struct sequence *q = &s->sequences.v[i];
        if (q->n_words < 2 || q->whole == TERM_NONE)
            continue;
        t.next[i] = t.first[q->words[0]];
        t.first[q->words[0]] = (uint32_t)i + 1;
    }
    return t;
}

static void find_phrases(const struct index *x, struct phrase_hits *hits)
{
    struct arena *a = arena_new();
    struct phrase_table t = phrases_by_first(a, x);
    for (uint32_t c = 0; c < x->n_docs * COLUMN_COUNT; c++) {
        uint32_t end = x->column_start[c + 1];
        for (uint32_t i = x->column_start[c]; i < end; i++)
            for (uint32_t p = t.first[x->tokens[i]]; p; p = t.next[p - 1]) {
                const struct sequence *q = &x->synonyms.sequences.v[p - 1];
                if (i + q->n_words > end ||
                    memcmp(&x->tokens[i], q->words, q->n_words * sizeof(term_t)) != 0)
                    continue;
                if (hits->n == hits->cap) {
                    hits->cap = hits->cap ? hits->cap * 2 : 256;
                    hits->v = must_grow(hits->v, hits->cap * sizeof *hits->v);
                }
                hits->v[hits->n++] =
                    (struct phrase_hit){p - 1, c / COLUMN_COUNT, (int)(c % COLUMN_COUNT)};
            }
    }
    arena_free(a);
}

static void add_phrases(struct reader *r)
{
    struct phrase_hits hits = {0};
    find_phrases(r->x, &hits);
    if (hits.n)
        qsort(hits.v, hits.n, sizeof *hits.v, by_phrase);
    for (size_t i = 0; i < hits.n; i++) {
        const struct phrase_hit *h = &hits.v[i];
        if (i == 0 || h->sequence != h[-1].sequence)
            open_term(r, r->x->synonyms.sequences.v[h->sequence].whole);
        put(r, h->doc, h->column, 1);
    }
    close_term(r);
    free(hits.v);
}

void postings_read(struct index *x, struct fts *f)
{
    struct reader r = {.x = x, .term = TERM_NONE};
    for (int c = 0; c < COLUMN_COUNT; c++)
        r.column[c] = index_column_weight(&x->vocabulary.options, (enum column)c);
    size_t n = x->vocabulary.terms.n;
    x->list = arena_alloc(x->vocabulary.arena, n * sizeof *x->list);
    x->salience = arena_alloc(x->vocabulary.arena, n * sizeof *x->salience);
    r.is_part = must_alloc(n);
    for (size_t i = 0; i < x->vocabulary.parts.n; i++)
        r.is_part[x->vocabulary.parts.v[i]] = true;
    fts_read(f, x->lang, on_row, &r);
    free(r.is_part);
    close_term(&r);
    r.term = TERM_NONE;
    if (x->vocabulary.options.phrases)
        add_phrases(&r);
    x->docs = must_grow(x->docs, (x->n_postings + 1) * sizeof *x->docs);
    x->impacts = must_grow(x->impacts, (x->n_postings + 1) * sizeof *x->impacts);
}
