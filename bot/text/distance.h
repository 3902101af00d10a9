/*
 * distance - optimal string alignment distance over code points, bounded: insert, delete,
 * replace, swap of neighbours. For typo repair; base/str.h has a byte version for
 * keywords.
 */
#ifndef TEXT_DISTANCE_H
#define TEXT_DISTANCE_H

#include "base/base.h"

enum { DISTANCE_WORD_MAX = 48 }; /* code points; longer words never match */

/* The distance, or max + 1 when it is above max. */
unsigned distance(str a, str b, unsigned max);

#endif
