/*
 * refine - a second look at the best docs: word pairs, then feedback terms.
 *
 * Words that stand beside each other in the question and near each other in the text add
 * to a doc. Feedback takes the most telling other words of the very best docs and lets
 * them count a little in all that are looked at.
 */
#ifndef SEARCH_REFINE_H
#define SEARCH_REFINE_H

#include "search/reach.h"

enum { REFINE_TOKENS = UNPACKED_MAX /* of a doc that are read for pairs */ };

/* Changes the scores of the best docs; docs out of sight teach nothing. want: see rank();
 * false as soon as it is known that no article may matter, and the scores are unfinished
 * then. more: of the question. *least: with want, an article that comes to less at most
 * (article_score.most) is not among the first want->hits; else 0. */
MUST_USE bool refine(struct ranking *r, const struct index *x, const struct query *q,
                     const struct reach *want, struct reach_more *more, float *least);

#endif
