/*
 * lanes - a bar that the heaviest of many values reach, and few others.
 *
 * Keeping the best of a list in order costs a wrongly guessed branch at nearly every
 * value that comes in. Here the values are dealt out to lanes, side by side: where the
 * heaviest of so many lanes reach something, so many values do. The bar is not above the
 * last of the best, and what else reaches it is not much; who needs exactly the best
 * looks at those.
 */
#ifndef SEARCH_LANES_H
#define SEARCH_LANES_H

#include "base/base.h"

enum { LANES = 16 };

/* What `many` (1 to LANES) of the n values, which are not below 0, reach; 0 when they are
 * fewer. v has room for LANES - 1 more, which are set to 0. */
static inline float lanes_reach(float *v, size_t n, size_t many)
{
    float heaviest[LANES] = {0}, bar = 0;
    for (size_t i = n; i % LANES; i++)
        v[i] = 0;
    for (size_t i = 0; i < n; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            heaviest[k] = MAX(v[i + k], heaviest[k]);
    for (size_t k = 0; k < LANES; k++) {
        size_t reach = 0;
        for (size_t m = 0; m < LANES; m++)
            reach += heaviest[m] >= heaviest[k];
        float own[2] = {0, heaviest[k]};
        bar = MAX(own[reach >= many], bar);
    }
    return bar;
}

#endif
