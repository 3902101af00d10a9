/*
 * spelt - what the characters of common words come to, kept from one question to the
 * next.
 *
 * A question's vector has some two hundred runs of characters, whose rows lie all over a
 * model of several megabytes. Most runs lie within a word, and people use the same few
 * thousand words; so of each word the sum of its runs' rows is kept, and a question adds
 * up one sum per word and the few rows of runs that reach across a blank. Runs that occur
 * more than once count less than that (vocabulary.h); what they count too much is taken
 * off by their own rows. The result is that of vocabulary_vector but for rounding.
 *
 * One per model, and one owner: it is written while it is read. A place keeps the last
 * word that came to it.
 */
#ifndef NLU_SPELT_H
#define NLU_SPELT_H

#include "nlu/model.h"

struct spelt;

/* The model must stay. */
struct spelt *spelt_new(const struct model *m);
void spelt_free(struct spelt *s); /* accepts NULL */
size_t spelt_bytes(const struct spelt *s);

/* The vector of a question: the grams of its words, and its text as features_of_words
 * left it. room for FEATURE_MAX weights, which is enough for what spelt_takes. It is good
 * until the next one. */
static inline bool spelt_takes(size_t n, str text)
{
    return n + 6 * text.n <= FEATURE_MAX; /* four runs a place; half of them repeated */
}
struct vector spelt_vector(struct spelt *s, const struct gram *words, size_t n, str text,
                           struct weight *room);

#endif
