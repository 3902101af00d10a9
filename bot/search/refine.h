/*
 * refine - second looks at the best docs: word pairs and feedback terms.
 *
 * Pairs read the tokens of the best docs only: words that stand beside each other in the
 * question and near each other in the text add to that doc. Feedback takes the most
 * telling other words of the best docs and lets them count a little everywhere.
 */
#ifndef SEARCH_REFINE_H
#define SEARCH_REFINE_H

#include "search/rank.h"

enum {
    REFINE_DOCS = 48,    /* docs looked at for pairs */
    REFINE_SOURCES = 5,  /* docs that feedback learns from */
    REFINE_TERMS = 12,   /* terms it learns */
    REFINE_TOKENS = 2000 /* of a doc that are read; a longer section is no passage */
};

/* Both change r->score; docs out of sight teach nothing. */
void refine_pairs(struct ranking *r, const struct index *x, const struct query *q);
void refine_feedback(struct ranking *r, const struct index *x, const struct query *q);

#endif
