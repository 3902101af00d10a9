/*
 * number_word - number words: "drieentwintig", "twenty-three", "derde", "third".
 */
#ifndef TEXT_NUMBER_WORD_H
#define TEXT_NUMBER_WORD_H

#include "text/number.h"

/* Whether a number in words may begin with this one, halves and articles too. */
bool number_may_begin(str word);
/* Whole numbers and ordinals over one or more tokens from i. */
bool number_words(const struct tokens *t, size_t i, struct number *out);
/* "2 duizend", "twee honderd vijftig": a power written apart behind the number. */
void number_times_power(const struct tokens *t, struct number *out);

#endif
