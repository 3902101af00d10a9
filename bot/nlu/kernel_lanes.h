/*
 * kernel_lanes - what the kernels are written in: vectors of KERNEL_LANES, and a
 * function of such. Inside of kernel*.c and mixture.c.
 */
#ifndef NLU_KERNEL_LANES_H
#define NLU_KERNEL_LANES_H

#include "nlu/kernel.h"

/* GCC and clang lower these to what the processor has: two SSE registers, one of AVX. */
typedef float lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t whole_lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint32_t count_lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef int16_t short_lanes __attribute__((vector_size(16), aligned(2), may_alias));
typedef uint8_t byte_lanes __attribute__((vector_size(8), aligned(1), may_alias));

/* The loader picks the variant; without glibc's help there is one. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) &&   \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define VARIANTS __attribute__((target_clones("avx2", "default")))
#else
#define VARIANTS
#endif

/* The helpers take pointers: what a vector by value is depends on the variant. */
#define HELPER static inline __attribute__((always_inline)) void

/* *x becomes no where the mask is not set. */
HELPER keep(lanes *x, const whole_lanes *mask, const lanes *no)
{
    *x = (lanes)(((whole_lanes)*x & *mask) | ((whole_lanes)*no & ~*mask));
}

/* *top becomes *x where that is more. */
HELPER raise_to(lanes *top, const lanes *x)
{
    whole_lanes more = *x > *top;
    *top = (lanes)(((whole_lanes)*x & more) | ((whole_lanes)*top & ~more));
}

static inline __attribute__((always_inline)) float largest_lane(const lanes *x)
{
    float most = (*x)[0];
    for (int i = 1; i < KERNEL_LANES; i++)
        most = (*x)[i] > most ? (*x)[i] : most;
    return most;
}

/* 1.5 * 2^23: what is added to it is rounded to a whole number, which its bits then hold.
 */
#define KERNEL_ROUNDER 12582912.0F

/* 2^n by its exponent bits, times e^f by Taylor's series for |f| <= ln 2 / 2. x <= 0. */
HELPER exp_of(lanes *x)
{
    const float rounder = KERNEL_ROUNDER;
    lanes least = (lanes){0} - 80.0F, t = *x;
    whole_lanes in = t > least;
    keep(&t, &in, &least);
    t *= 1.44269504F;
    lanes whole = t + rounder;
    whole_lanes n = (whole_lanes)whole - (whole_lanes)((lanes){0} + rounder);
    lanes f = (t - (whole - rounder)) * 0.69314718F;
    lanes p = 1.0F / 5040 * f + 1.0F / 720;
    p = p * f + 1.0F / 120;
    p = p * f + 1.0F / 24;
    p = p * f + 1.0F / 6;
    p = p * f + 0.5F;
    p = p * f + 1.0F;
    p = p * f + 1.0F;
    *x = p * (lanes)((n + 127) << 23);
}

#endif
