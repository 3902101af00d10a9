/*
 * bar - how high a score must be to be an answer, in any knowledge base.
 *
 * A bm25 score has no scale of its own: it grows with the corpus and with the question.
 * So the index measures itself: bags of random words from its own vocabulary, of one to
 * eight words, show what score a question without a subject gets. A question's score
 * divided by that mean is its ratio, and the cuts are on the ratio. Two corrections:
 * words that the article lacks lower it, rare ones most; a long question that gets the
 * same ratio as a short one is the surer of the two.
 */
#ifndef SEARCH_BAR_H
#define SEARCH_BAR_H

#include "search/rank.h"

enum { BAR_LENGTHS = 8 };

struct bar {
    double mean[BAR_LENGTHS];
};

/* Deterministic: the same content gives the same bar. */
void bar_measure(struct bar *b, struct index *x, struct ranking *r,
                 struct arena *scratch);
double bar_ratio(const struct bar *b, const struct search_options *o,
                 const struct query *q, const struct ranked *a);
enum search_band bar_band(const struct search_options *o, double ratio, double eagerness);
/* 0..1, comparable between questions and knowledge bases. */
double bar_score(const struct search_options *o, double ratio);

#endif
