#include "search/tally.h"

#include <stdlib.h>

/* A handbook is read a word at a time, so the pass looks at one small number per word. */
enum {
    HAS_PARTS = 1 << 30, /* the word is a compound */
    BEGINS_PHRASE = 1 << 29,
    TERM = BEGINS_PHRASE - 1,
};

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

void tally_begin(struct tally *t, const struct index *x, struct arena *a)
{
    const struct vocabulary *v = &x->vocabulary;
    *t = (struct tally){.x = x,
                        .column = {[COLUMN_TITLE] = v->options.title,
                                   [COLUMN_HEADING] = v->options.heading,
                                   [COLUMN_ALSO] = v->options.also,
                                   [COLUMN_BODY] = v->options.body}};
    t->of_term = arena_alloc(a, v->terms.n * sizeof *t->of_term);
    t->touched = arena_alloc(a, v->terms.n * sizeof *t->touched);
    find_phrases(t, a);
    t->of_word = arena_alloc(a, v->words.n * sizeof *t->of_word);
    for (size_t i = 0; i < v->words.n; i++) {
        const struct vocabulary_word *w = &v->words.v[i];
        t->of_word[i] = w->term | (w->n_parts ? HAS_PARTS : 0) |
            (t->phrase_first[w->term] ? BEGINS_PHRASE : 0);
    }
}

void tally_end(struct tally *t)
{
    free(t->words);
    free(t->terms);
}

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

/* Keywords count once however often they are repeated. */
static inline void weigh(struct tally *t, term_t term, double share, int column)
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

void tally_doc(struct tally *t, uint32_t doc)
{
    const struct vocabulary *v = &t->x->vocabulary;
    t->n_touched = 0;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        read_column(t, doc, (enum column)c);
        for (size_t i = 0; i < t->n; i++) {
            uint32_t of_word = t->of_word[t->words[i]];
            weigh(t, t->terms[i], 1, c);
            if (of_word & HAS_PARTS) {
                const struct vocabulary_word *w = &v->words.v[t->words[i]];
                for (size_t k = 0; k < w->n_parts; k++)
                    if (v->parts.v[w->first_part + k] != w->term)
                        weigh(t, v->parts.v[w->first_part + k], v->options.part_in_text,
                              c);
            }
            if (of_word & BEGINS_PHRASE)
                for (uint32_t p = 0; (p = next_phrase(t, i, p));)
                    weigh(t, t->x->synonyms.sequences.v[p - 1].whole, 1, c);
        }
    }
}

double tally_length(const struct index *x, uint32_t doc)
{
    uint32_t n = 0;
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (c != COLUMN_ALSO)
            n += stream_count(index_words(x, doc, (enum column)c, (enum column)c));
    return n / x->average;
}

uint16_t tally_impact(const struct tally *t, double length, double weight)
{
    const struct search_options *o = &t->x->vocabulary.options;
    double share = weight / (weight + o->k1 * (1 - o->b + o->b * length));
    return (uint16_t)(share * UINT16_MAX + .5);
}
