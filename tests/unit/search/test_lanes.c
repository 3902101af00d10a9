#include "search/lanes.h"
#include "unit.h"

enum { MOST = 300 };

/* Values as they come, few different ones among them. */
static size_t fill(float v[MOST + LANES], size_t n, uint32_t different, uint32_t state)
{
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        v[i] = (float)((state >> 8) % different) * 0.25f;
    }
    for (size_t i = n; i < MOST + LANES; i++)
        v[i] = 1e9f; /* as what was there before */
    return n;
}

static size_t reaching(const float *v, size_t n, float bar)
{
    size_t many = 0;
    for (size_t i = 0; i < n; i++)
        many += v[i] >= bar;
    return many;
}

static void as_many_reach_the_bar_as_are_asked_for(void **arena)
{
    (void)arena;
    static const size_t lengths[] = {0, 1, 2, 15, 16, 17, 31, 48, 250, MOST};
    float v[MOST + LANES];
    for (size_t k = 0; k < LEN(lengths); k++)
        for (size_t many = 1; many <= LANES; many++)
            for (uint32_t seed = 1; seed < 20; seed++) {
                size_t n = fill(v, lengths[k], seed % 2 ? 5 : 100000, seed);
                float bar = lanes_reach(v, n, many);
                if (n < many)
                    CHECK(!(bar > 0), "fewer than that: all reach it");
                CHECK(reaching(v, n, bar) >= MIN(many, n), "so many");
                CHECK(bar >= 0, "not below what values may be");
            }
}

static void few_others_reach_it(void **arena)
{
    (void)arena;
    float v[MOST + LANES];
    for (uint32_t seed = 1; seed < 20; seed++) {
        size_t n = fill(v, MOST, 1u << 20, seed);
        CHECK(reaching(v, n, lanes_reach(v, n, 5)) <= 20, "of three hundred");
        CHECK(reaching(v, n, lanes_reach(v, n, 12)) <= 80, "of three hundred");
    }
}

UNIT_MAIN(UNIT(as_many_reach_the_bar_as_are_asked_for), UNIT(few_others_reach_it))
