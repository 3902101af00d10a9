/*
 * hundredths - amounts of hours and money as whole hundredths, so that sums stay exact.
 */
#ifndef BASE_HUNDREDTHS_H
#define BASE_HUNDREDTHS_H

#include "base/arena.h"

/* With a point and no zeros behind it: 7600 is "76", 750 "7.5", -25 "-0.25". In a. */
str hundredths_show(struct arena *a, int64_t v);

#endif
