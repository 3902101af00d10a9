#include "nlu/mixture.h"

#include <math.h>

#include "nlu/rng.h"
#include "unit.h"

enum { MOST = 40 };

/* What mixture.h says, by the library's own functions. */
static void plainly(const float *v, uint32_t n, double sharp, double part, double *z)
{
    double most = -1e9, all = 0;
    for (uint32_t k = 0; k < n; k++)
        most = fmax(most, (double)v[k] * sharp);
    for (uint32_t k = 0; k < n; k++)
        all += exp((double)v[k] * sharp - most);
    for (uint32_t k = 0; k < n; k++)
        z[k] += part * log(exp((double)v[k] * sharp - most) / all + 1e-6);
}

static struct logits logits_of(struct arena *a, uint64_t seed, uint32_t n, float spread)
{
    uint32_t width = kernel_width(n);
    struct rng r = rng_seeded(seed);
    struct logits l = {.n = n, .width = width};
    float **each[] = {&l.margin, &l.bayes, &l.net};
    for (size_t i = 0; i < LEN(each); i++) {
        *each[i] = arena_alloc(a, width * sizeof(float));
        for (uint32_t k = 0; k < n; k++)
            (*each[i])[k] = (rng_unit(&r) - 0.5F) * spread / (i == 0 ? 8 : 1);
    }
    return l;
}

static void shares_are_those_of_three_softmaxes(void **arena)
{
    for (uint32_t n = 1; n <= MOST; n++)
        for (int round = 0; round < 8; round++) {
            float spread = round % 4 == 0 ? 300 : 20;
            struct logits l = logits_of(*arena, n * 8 + (uint32_t)round, n, spread);
            double want[MOST] = {0}, all = 0, got = 0;
            plainly(l.margin, n, 8, 2.0 / 9, want);
            plainly(l.bayes, n, 1, 1.0 / 9, want);
            plainly(l.net, n, 1, 6.0 / 9, want);
            float *share = arena_alloc(*arena, l.width * sizeof *share);
            mixture(&l, share);
            for (uint32_t k = 0; k < n; k++) {
                all += exp(want[k]);
                got += (double)share[k];
            }
            for (uint32_t k = 0; k < n; k++) {
                double p = exp(want[k]) / all;
                CHECK(fabs((double)share[k] / got - p) < 1e-4 * p, "a share");
            }
            for (uint32_t k = n; k < l.width; k++)
                CHECK(share[k] <= 0, "padding is no class");
        }
}

static void shares_are_alike_whatever_the_processor(void **arena)
{
    for (uint32_t n = 1; n <= MOST; n++) {
        struct logits plain = logits_of(*arena, n, n, 40);
        float *share = arena_alloc(*arena, plain.width * sizeof *share);
        mixture_by(KERNEL_PLAIN, &plain, share);
        for (int way = KERNEL_PLAIN + 1; way <= (int)kernel_best_way(); way++) {
            struct logits l = logits_of(*arena, n, n, 40);
            float *to = arena_alloc(*arena, l.width * sizeof *to);
            mixture_by((enum kernel_way)way, &l, to);
            CHECK(memcmp(to, share, l.width * sizeof *to) == 0, "to the bit");
        }
    }
}

UNIT_MAIN(UNIT(shares_are_those_of_three_softmaxes),
          UNIT(shares_are_alike_whatever_the_processor))
