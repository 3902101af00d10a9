/*
 * likeness - how much two example phrases resemble each other: the cosine of the vectors
 * that the classifier learns from (vocabulary.h). 1 for the same words, about 0.2 for two
 * questions with nothing in common. For advice to HR (lint.h), never for an answer.
 */
#ifndef NLU_LIKENESS_H
#define NLU_LIKENESS_H

#include "nlu/dataset.h"

struct likeness;

/* The corpus must outlive it. */
struct likeness *likeness_new(const struct corpus *c);
void likeness_free(struct likeness *l); /* accepts NULL */
/* The example of [from, to) other than i that is most like i; -1 when there is none. */
int64_t likeness_nearest(struct likeness *l, size_t i, size_t from, size_t to,
                         float *best);

#endif
