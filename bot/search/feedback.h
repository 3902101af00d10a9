/*
 * feedback - the most telling other words of the very best docs, which count a little in
 * all docs that refine looks at.
 */
#ifndef SEARCH_FEEDBACK_H
#define SEARCH_FEEDBACK_H

#include "search/best.h"

enum { FEEDBACK_TERMS = 12 };

struct feedback {
    struct feedback_term {
        term_t term;
        float weight; /* times an impact: what it adds to a doc */
    } v[FEEDBACK_TERMS];
    size_t n;
    /* feedback_read: what each adds to each doc; in front, to some other doc */
    float of[FEEDBACK_TERMS][1 + BEST_DOCS];
};

/* What a term counts in full, times an impact and its idf. */
double feedback_share(const struct index *x, const struct query *q);
/* The terms, from the best of some docs, while those of the question are marked in
 * r->concept. */
void feedback_learn(struct ranking *r, const struct index *x, const struct query *q,
                    const struct best *b, struct feedback *f);
/* What they can add to a doc at most. */
float feedback_most(const struct index *x, const struct feedback *f);
/* Reads what they add to the docs. */
void feedback_read(struct ranking *r, const struct index *x, const struct best *b,
                   struct feedback *f);
/* Adds it to the docs' scores, of which there are BEST_DOCS: so that the sums are made
 * side by side. */
void feedback_add(float *restrict scores, const struct feedback *f);

#endif
