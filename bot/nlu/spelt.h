/*
 * spelt - what the characters of common words come to, kept from one question to the
 * next.
 *
 * A question has some two hundred runs of characters, whose rows lie all over a model of
 * many megabytes. But people use the same few thousand words, one behind the other in
 * much the same ways. So the text is taken apart into pieces: each word between its
 * blanks, with the runs within, and each joint, the three characters before a blank and
 * the three behind it, with the runs that reach across. A
 * question adds up one sum per piece, of its runs' rows, and of many a piece the sum is
 * kept: when it is seen for the second time, for most of what is seen once, as a number,
 * is not seen again. Kept or made anew, a sum is the same to the bit, so that no answer
 * depends on what was asked before. The result is that of vocabulary_vector but for
 * rounding.
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
 * left them. room for FEATURE_MAX weights. It is good until the next one. */
struct vector spelt_vector(struct spelt *s, const struct gram *words, size_t n,
                           const struct spelling *spelling, struct weight *room);

#endif
