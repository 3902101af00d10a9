/*
 * section - which section of an article answers, once the article is chosen.
 *
 * The ranking finds articles: a section's title, which all sections of the article share,
 * weighs most there. Among the sections of one article it only blurs, so here the own
 * heading and the text decide: of each word of the question the share
 * n / (n + section_k * (length + 1) / 2), n times in the text and length in average
 * sections, and section_heading more when the heading has it.
 */
#ifndef SEARCH_SECTION_H
#define SEARCH_SECTION_H

#include "search/inside.h"

/* The doc of the article to show, for s->query; otherwise is the one to keep when no
 * section has a word of it. */
uint32_t section_best(struct search *s, const struct index *x, uint32_t article,
                      uint32_t otherwise);

/* How well the doc answers s->query, while it is marked (passage.h). */
double section_score(const struct search *s, const struct index *x, uint32_t doc);
/* What of each concept of s->query, while it is marked (passage.h), a column has: the
 * best alternative, and how often. Both have QUERY_CONCEPTS_MAX places and are added to.
 */
void section_words(const struct search *s, const struct index *x, uint32_t doc,
                   enum column column, double *best, double *count);

#endif
