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
    float least; /* the least of all of them */
    struct {
        uint32_t article; /* of the index */
        float score;
    } v[REACH_ARTICLES_MAX];
    size_t n;
    size_t hits; /* how many articles are looked at, RANK_MAX at most */
};

/* What refine may still add to a doc. */
struct reach_more {
    /* the pair of concepts k and k + 1, in a doc that has both; what all of its own come
     * to is in doc_score.pairs */
    float pair[QUERY_CONCEPTS_MAX];
    float feed, feed_most; /* times x->feedable of the doc; and at most */
};

/* Fills x->most and x->feedable, which live in x. Behind the last posting. */
void reach_prepare(struct index *x);
/* Of a question, before anything is scored. */
struct reach_more reach_more_of(const struct index *x, const struct query *q);
/* Whether any article may matter, before anything is scored: a doc has of each concept at
 * most what its terms' highest impacts give, covers all concepts that were found, and
 * gets all pairs and as much as the doc that can be fed most; an article has four such
 * docs. */
bool reach_ever_may(const struct index *x, const struct query *q,
                    const struct reach *want, const struct reach_more *more,
                    struct coverage by);
/* Whether an article that can be seen may matter. All concepts are scored. Notes in
 * r->live which articles may. */
bool reach_may(struct ranking *r, const struct index *x, const struct reach *want);
/* The same of those, now that it is known better how much more there may be. */
bool reach_still_may(struct ranking *r, const struct index *x, const struct reach *want,
                     const struct reach_more *more);
/* The same again, with feedback added already, so that only pairs are still to come. What
 * each article comes to at most goes into r->article; *least is what want->hits of those
 * that can be seen reach at least, 0 when they are fewer. */
bool reach_first(struct ranking *r, const struct index *x, const struct reach *want,
                 float *least);

#endif
