/*
 * tally - what a section has of each term, weighed, for the postings: its words' terms,
 * the parts of its compounds at less weight, and the phrases that synonyms name.
 */
#ifndef SEARCH_TALLY_H
#define SEARCH_TALLY_H

#include "search/index.h"

/* A term in the doc at work. */
struct tallied {
    float weight;
    uint8_t columns; /* bit c: stands in column c */
};

struct tally {
    const struct index *x;
    double column[COLUMN_COUNT];
    uint32_t *phrase_first, *phrase_next; /* phrases by first term, chained */
    uint32_t *of_word;                    /* its term, and two flags */
    /* the column at work: words, their terms */
    uint32_t *words;
    term_t *terms;
    size_t n, cap;
    /* of the doc at work: per term, and which of them are not 0 */
    struct tallied *of_term;
    term_t *touched;
    size_t n_touched;
};

/* Lives in a, but for what tally_end frees. The vocabulary is frozen. */
void tally_begin(struct tally *t, const struct index *x, struct arena *a);
void tally_end(struct tally *t);
/* Fills touched and of_term, which the caller gives back zero. */
void tally_doc(struct tally *t, uint32_t doc);
/* The term's share of bm25 in that doc, in 16 bits. */
uint16_t tally_impact(const struct tally *t, double length, double weight);
/* Words but for keywords, in average docs. */
double tally_length(const struct index *x, uint32_t doc);
static inline bool tally_is_above(const struct tallied *t)
{
    return (t->columns & ~(1 << COLUMN_BODY)) != 0;
}

#endif
