/*
 * best - the docs with the highest score, which refine looks at.
 *
 * Of two equal docs the earlier is better, so which ones they are does not depend on how
 * they are found.
 */
#ifndef SEARCH_BEST_H
#define SEARCH_BEST_H

#include "search/rank.h"

enum {
    BEST_DOCS = 48,   /* docs looked at */
    BEST_SOURCES = 5, /* docs that feedback learns from */
};

/* In no order. */
struct best {
    uint32_t doc[BEST_DOCS + 1]; /* one more: the room behind the last is written to */
    float first[BEST_DOCS + 1];  /* its score before pairs */
    size_t n;
};

/* The BEST_DOCS docs with the highest score that can be seen. Needs r->touched and
 * r->scores. */
void best_docs(struct ranking *r, const struct index *x, struct best *out);
/* The least that the first BEST_SOURCES have before pairs; 0 when they are fewer. */
float best_least(const struct best *b);
/* The first BEST_SOURCES: by score, by the score before pairs, earlier. Returns how many.
 */
size_t best_sources(const struct ranking *r, const struct best *b,
                    uint32_t out[BEST_SOURCES]);

#endif
