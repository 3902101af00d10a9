/*
 * rank - scores the docs of an index for a query, and the articles by their docs.
 *
 * Concept by concept: of a concept's alternatives the best counts in full, the others a
 * little. Then coverage, word pairs and feedback terms; then an article is its best doc
 * and a share of the rest. Docs are scored in dense arrays, because a common word touches
 * many of them; which ones were touched is noted, so that no work is done for the others.
 * Whether a doc was touched before, is better than another or of the same article as the
 * one before nobody can foretell: where that is asked of every posting, both answers are
 * worked out and one is taken.
 */
#ifndef SEARCH_RANK_H
#define SEARCH_RANK_H

#include "search/query.h"

enum { BEST_CLASS_BITS = 11 }; /* scores by class: best.c */

/* Who may see what, per article of the index. */
enum sight { SIGHT_YES, SIGHT_UNKNOWN, SIGHT_NO };

/* A doc over all concepts so far; all 0 between questions. */
struct doc_score {
    float score, cover;
    float
        pairs; /* what its pairs can add at most (reach.h); 0 once they are looked for */
    float unused;
};

/* A doc while one concept is scored. */
struct doc_hit {
    float best, weight, sum; /* over the concept's alternatives */
    int32_t mark;            /* number of the concept that touched it last */
};

/* Of an article that has a concept; else what an earlier question left. */
struct article_score {
    float best, weight; /* of the concept at work */
    int32_t mark;       /* number of the concept that touched it last */
    float most;         /* of sum and its docs' scores (reach.h) */
    float sum, cover;   /* over all concepts: the best doc's score, weight times rarity */
};

/* An article that has a concept. */
struct found_article {
    uint32_t article;
    uint32_t first;  /* its docs that have one: in found, up to the next one's first */
    float best, all; /* what the best of them, and all, come to at most (reach.h) */
};

/* Scratch, one per search, as large as its largest index. */
struct ranking {
    uint32_t n_docs, n_articles;
    struct doc_score *doc;
    uint32_t *concepts; /* per doc, bit i: an alternative of the i-th one is in it; all 0
                         * between questions */
    struct doc_hit *hit;
    struct article_score *article;
    uint32_t *touched; /* docs of the concept at work */
    float *scores;     /* of docs (best.c) */
    uint16_t *classes; /* 1 << BEST_CLASS_BITS, all 0 between uses (best.c) */
    uint8_t *is_found; /* per doc, 1: has a concept; all 0 between questions */
    uint8_t *best;     /* per doc: 1 + its place among refine's best, or 0 (feedback.c) */
    uint32_t *found;   /* docs that have one, ascending, once all concepts are scored */
    uint32_t n_found;
    struct found_article *among; /* their articles, and one behind the last */
    uint32_t n_among;
    uint32_t *live; /* of them, those that may matter (reach.h) */
    uint32_t n_live;
    float *reached;       /* of those that can be seen: what they come to at least */
    int32_t number;       /* of the concept at work; goes on from question to question */
    const uint8_t *sight; /* per article, enum sight; the caller's */
    uint8_t *concept;     /* per term, all 0 between questions: 1 + its concept */
    float *learnt;        /* per term, all 0 between uses (refine.c) */
};

/* What a doc's score is multiplied by: least, and slope times what it covers. */
struct coverage {
    float least, slope;
};

struct ranked {
    uint32_t article, doc; /* numbers of the index */
    float score;
    float cover; /* 0..1: share of the question, by rarity, that the article has */
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
/* want: what an article must score to matter (reach.h); NULL: whatever it scores. False
 * when none that can be seen may: out is empty then. */
struct reach;
bool rank(struct ranking *r, const struct index *x, const struct query *q,
          const struct reach *want, struct ranks *out);

#endif
