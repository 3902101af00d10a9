/*
 * spelt - what the characters of common words come to, kept from one question to the
 * next.
 *
 * A question has some two hundred runs of characters, whose rows lie all over a model of
 * many megabytes. But people use the same few thousand words, one behind the other in
 * much the same ways. So the text is taken apart into pieces: each word between its
 * blanks, with the runs within, and each joint, the three characters before a blank and
 * the three behind it, with the runs that reach across. Of each piece the sum of its
 * runs' rows is kept, and a question adds up one sum per piece. A piece is kept when it
 * is seen for the second time: most of what is seen once, as a number, is not seen again.
 * The result is that of vocabulary_vector but for rounding.
 *
 * One per model, and one owner: it is written while it is read.
 */
#ifndef NLU_SPELT_H
#define NLU_SPELT_H

#include "nlu/model.h"

struct spelt;

/* The model must stay. */
struct spelt *spelt_new(const struct model *m);
void spelt_free(struct spelt *s); /* accepts NULL */
size_t spelt_bytes(const struct spelt *s);

/* The vector of a question: the grams of its words, and its spelling as features_of_words
 * left them. room for FEATURE_MAX weights, which is enough for what spelt_takes. It is
 * good until the next one. */
static inline bool spelt_takes(size_t n, str text)
{
    return n + KERNEL_RUNS * text.n <= FEATURE_MAX;
}
struct vector spelt_vector(struct spelt *s, const struct gram *words, size_t n,
                           const struct spelling *spelling, struct weight *room);

#endif
