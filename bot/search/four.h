/*
 * four - four floats at once: the compiler's own vectors, SSE2 on x86-64, NEON on ARM.
 *
 * Of `keep ? f : 0` and of the greater of two a compiler may make a branch, which is
 * guessed wrong where nobody can foretell it; of these it cannot.
 */
#ifndef SEARCH_FOUR_H
#define SEARCH_FOUR_H

#include "base/base.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef float four __attribute__((vector_size(16)));
typedef int64_t four_halves __attribute__((vector_size(16)));
typedef int32_t four_bits __attribute__((vector_size(16)));

static inline four four_at(const void *p)
{
    four v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline void four_put(void *p, four v)
{
    memcpy(p, &v, sizeof v);
}

/* The first two of four; the others are 0. */
static inline four four_low_at(const void *p)
{
    int64_t both;
    memcpy(&both, p, sizeof both);
    return (four)(four_halves){both, 0};
}

static inline void four_low_put(void *p, four v)
{
    memcpy(p, &v, sizeof v / 2);
}

/* Those whose bits are all set, and 0 for those without any. */
static inline four four_where(four_bits keep, four v)
{
    return (four)(keep & (four_bits)v);
}

static inline four four_max(four a, four b)
{
#ifdef __SSE2__
    return _mm_max_ps(a, b);
#else
    four_bits greater = a > b;
    return (four)((greater & (four_bits)a) | (~greater & (four_bits)b));
#endif
}

#endif
