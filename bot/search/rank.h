/*
 * rank - scores the docs of an index for a query, and the articles by their docs.
 */
#ifndef SEARCH_RANK_H
#define SEARCH_RANK_H

#include "search/query.h"

/* Who may see what, per article of the index. */
enum sight { SIGHT_YES, SIGHT_UNKNOWN, SIGHT_NO };

/* Scratch, one per search, as large as its largest index. */
struct ranking {
    float *score, *best, *sum, *cover, *bestw;
    float *art_sum, *art_best; /* per article */
    uint32_t *art_mark;
    uint32_t *mark, *touched; /* concept that touched a doc last; docs it touched */
    uint8_t *sight;           /* per article, enum sight */
    uint8_t *concept;         /* per term, all 0 between questions (refine.c) */
};

struct ranked {
    uint32_t article, doc; /* numbers of the index */
    float score;
};

enum { RANK_MAX = SEARCH_HITS_MAX };

struct ranks {
    struct ranked v[RANK_MAX];
    size_t n;
    int hidden; /* articles of SIGHT_UNKNOWN that would be among the best three */
};

void ranking_init(struct ranking *r, uint32_t n_docs, uint32_t n_articles,
                  size_t n_terms);
void ranking_done(struct ranking *r);
/* r->sight is set by the caller. */
void rank(struct ranking *r, const struct index *x, const struct query *q,
          struct ranks *out);

#endif
