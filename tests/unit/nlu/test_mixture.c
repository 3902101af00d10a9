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

static float *logits(struct arena *a, struct rng *r, uint32_t n, float spread)
{
    float *v = arena_alloc(a, kernel_width(n) * sizeof *v);
    for (uint32_t k = 0; k < n; k++)
        v[k] = (rng_unit(r) - 0.5F) * spread;
    return v;
}

static void scores_are_those_of_three_softmaxes(void **arena)
{
    struct rng r = rng_seeded(1);
    for (int round = 0; round < 200; round++) {
        uint32_t n = 1 + rng_below(&r, MOST), width = kernel_width(n);
        float spread = round % 4 == 0 ? 300 : 20;
        struct logits l = {logits(*arena, &r, n, spread / 8),
                           logits(*arena, &r, n, spread), logits(*arena, &r, n, spread),
                           n, width};
        double want[MOST] = {0}, all = 0, got_all = 0;
        plainly(l.margin, n, 8, 2.0 / 9, want);
        plainly(l.bayes, n, 1, 1.0 / 9, want);
        plainly(l.net, n, 1, 6.0 / 9, want);
        float *z = arena_alloc(*arena, width * sizeof *z);
        float *share = arena_alloc(*arena, width * sizeof *share);
        mixture(&l, z, share);
        for (uint32_t k = 0; k < n; k++) {
            all += exp(want[k]);
            got_all += (double)share[k];
        }
        for (uint32_t k = 0; k < n; k++) {
            double apart = (double)(z[k] - z[0]) - (want[k] - want[0]);
            CHECK(fabs(apart) < 1e-4, "apart from the first as it should be");
            CHECK(fabs((double)share[k] / got_all - exp(want[k]) / all) < 2e-5,
                  "a share");
        }
        for (uint32_t k = n; k < width; k++)
            CHECK(z[k] <= MIXTURE_NONE && share[k] <= 0, "padding is no class");
    }
}

UNIT_MAIN(UNIT(scores_are_those_of_three_softmaxes))
