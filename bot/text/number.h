/*
 * number - numbers in digits and in words, Dutch and English.
 *
 * "12", "12,50", "1.250", "1.250,50", "1,250.50", "2½", "drieentwintig", "anderhalf",
 * "twee en een half", "half", "twenty-three", "a hundred and fifty", "two and a half";
 * ordinals "derde", "third", "3e", "3rd".
 *
 * One separator with exactly three digits behind it groups thousands ("1.250"); a comma
 * in Dutch does not ("1,250" is one and a quarter), nor does one behind a lone 0.
 */
#ifndef TEXT_NUMBER_H
#define TEXT_NUMBER_H

#include "text/token.h"

struct number {
    int64_t hundredths;
    bool ordinal;
    bool article; /* "een", "a": one, if a number at all */
    bool digits;
    size_t end; /* the token behind it */
};

#define NUMBER_MAX                                                                       \
    INT64_C(100000000000000) /* in hundredths; more is no number of ours                 \
                              */

bool number_read(const struct tokens *t, size_t i, struct number *out);
/* A whole number without decimals and not below least; 0 otherwise. */
int64_t number_whole(const struct number *n);

#endif
