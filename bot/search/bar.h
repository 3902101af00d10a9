/*
 * bar - how high a score must be to be an answer, in any knowledge base.
 *
 * A bm25 score has no scale of its own: it grows with the corpus and with the question.
 * So the index measures itself: bags of random words from its own vocabulary, of one to
 * eight words, show what score a question without a subject gets. A question's score
 * divided by that mean is its *ratio*: it tells a question about nothing here from one
 * that has an answer. Whether the first article is the right one depends as much on the
 * words that it lacks, rare ones most: they lower the *sure ratio*. Below a cut on the
 * ratio the question is declined; above one on the sure ratio it is answered; a choice is
 * offered between them. The score is the share of questions of that sure ratio whose
 * first article was right (logistic, fitted on two handbooks, with and without synonyms).
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
double bar_ratio(const struct bar *b, const struct query *q, double score);
/* cover: share of the question that the article has, see struct ranked. */
double bar_sure_ratio(const struct search_options *o, double ratio, double cover);
enum search_band bar_band(const struct search_options *o, double ratio, double cover,
                          double eagerness);
/* The score that the first article must have for band, and an article for a share of
 * score (bar_score) at least, however much of the question it has. */
double bar_least(const struct bar *b, const struct search_options *o,
                 const struct query *q, enum search_band band, double eagerness);
double bar_least_for(const struct bar *b, const struct search_options *o,
                     const struct query *q, double score);
double bar_score(const struct search_options *o, double ratio, double cover);

#endif
