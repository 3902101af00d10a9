/*
 * reach - what articles can come to at most, before it is known exactly.
 *
 * Most questions are declined, and refine (refine.h) is the dearest part of ranking. What
 * it can add to a doc is bounded: by the pairs whose words the doc has, and by the
 * feedback terms, each of which adds its weight times its impact. So where no article
 * reaches what the caller asks for even with the most that refine could give, the rest is
 * not worked out. The bounds are above the truth, never below: skipping changes no
 * outcome.
 *
 * Source: the idea is that of MaxScore (Turtle and Flood, 1995) and WAND (Broder et al.,
 * 2003).
 */
#ifndef SEARCH_REACH_H
#define SEARCH_REACH_H

#include "search/rank.h"

enum { REACH_ARTICLES_MAX = SEARCH_WANTED_MAX };

/* Bounds are sums in another order than the truth. */
#define REACH_ROUNDING 1.0001f

/* What an article must score to matter: any, or one of those named if that is less. */
struct reach {
    float any;
    struct {
        uint32_t article; /* of the index */
        float score;
    } v[REACH_ARTICLES_MAX];
    size_t n;
    size_t hits; /* how many articles are looked at, RANK_MAX at most */
};

/* What refine may still add to a doc. */
struct reach_more {
    /* the pair of concepts k and k + 1, in a doc that has both and whose pairs were not
     * looked for */
    float pair[QUERY_CONCEPTS_MAX];
    float feed, feed_most; /* times x->feedable of the doc; and at most */
};

/* Fills x->most and x->feedable, which live in x. Behind the last posting. */
void reach_prepare(struct index *x);
/* The pairs of a question; no feedback. */
struct reach_more reach_pairs(const struct index *x, const struct query *q);
/* What pairs can add to a doc at most. */
static inline float reach_by_pairs(const struct doc_score *d,
                                   const struct reach_more *more)
{
    float most = 0;
    uint32_t pairs = d->concepts & d->concepts >> 1;
    if (!d->paired)
        for (; pairs; pairs &= pairs - 1)
            most += more->pair[__builtin_ctz(pairs)];
    return most;
}
/* Whether an article that can be seen may matter; true, too, where none can be seen. All
 * concepts are scored. */
bool reach_may(const struct ranking *r, const struct index *x, const struct reach *want,
               const struct reach_more *more);
/* The same, and what each article that can be seen comes to at most, into r->article;
 * *least is what the first want->hits of them reach at least, 0 when they are fewer. */
bool reach_first(struct ranking *r, const struct index *x, const struct reach *want,
                 const struct reach_more *more, float *least);

#endif
