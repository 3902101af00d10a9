/*
 * rng - a small repeatable generator (xorshift64*, Vigna 2016), so that the same content
 * trains the same model. Never for secrets (base/random.h).
 */
#ifndef NLU_RNG_H
#define NLU_RNG_H

#include "base/base.h"

struct rng {
    uint64_t state; /* not 0 */
};

static inline struct rng rng_seeded(uint64_t seed)
{
    seed = (seed ^ 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    seed ^= seed >> 31;
    return (struct rng){seed ? seed : 1};
}

static inline uint32_t rng_next(struct rng *r)
{
    uint64_t x = r->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    r->state = x;
    return (uint32_t)(x * 0x2545f4914f6cdd1du >> 32);
}

static inline uint32_t rng_below(struct rng *r, uint32_t n)
{
    return (uint32_t)((uint64_t)rng_next(r) * n >> 32);
}

/* In [0, 1). */
static inline float rng_unit(struct rng *r)
{
    return (float)(rng_next(r) >> 8) * 0x1p-24f;
}

/* Fisher-Yates. */
static inline void rng_shuffle(struct rng *r, uint32_t *v, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = rng_below(r, (uint32_t)i);
        uint32_t t = v[i - 1];
        v[i - 1] = v[k];
        v[k] = t;
    }
}

#endif
