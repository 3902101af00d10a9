#include "nlu/confidence.h"

#include <math.h>

#include "nlu/rng.h"
#include "unit.h"

/* n answers whose chance of being right follows from two of the signs. */
static struct seen *answers(struct arena *a, size_t n, bool always_right)
{
    struct seen *v = arena_alloc(a, n * sizeof *v);
    struct rng r = rng_seeded(3);
    for (size_t i = 0; i < n; i++) {
        float odds = rng_unit(&r) * 12 - 4, margin = rng_unit(&r) - .5F;
        double p = 1 / (1 + exp(-(0.8 * (double)odds + (double)margin - 1)));
        v[i] = (struct seen){.right = always_right || (double)rng_unit(&r) < p,
                             .weight = 1,
                             .emphasis = 1};
        v[i].signs.v[SIGN_ONE] = 1;
        v[i].signs.v[SIGN_ODDS] = odds;
        v[i].signs.v[SIGN_SHARE] = -logf(1 + expf(-odds));
        v[i].signs.v[SIGN_MARGIN] = margin;
        v[i].signs.v[SIGN_STEMS] = v[i].signs.v[SIGN_CHARS] = 1;
    }
    return v;
}

static void of_the_answers_at_a_score_so_many_are_right(void **arena)
{
    enum { MANY = 6000 };
    struct seen *v = answers(*arena, MANY, false);
    struct confidence c = confidence_prior(false);
    confidence_fit(&c, v, MANY);
    double n[5] = {0}, score[5] = {0}, right[5] = {0};
    for (size_t i = 0; i < MANY; i++) {
        double p = confidence_of(&c, &v[i].signs);
        int b = MIN((int)(p * 5), 4);
        n[b]++;
        score[b] += p;
        right[b] += v[i].right;
    }
    for (int b = 0; b < 5; b++)
        CHECK(n[b] > 0 && fabs(score[b] - right[b]) / n[b] < .06, "calibrated");
}

static void few_answers_do_not_run_away(void **arena)
{
    for (size_t n = 0; n <= 12; n++) {
        struct confidence c = confidence_prior(true);
        confidence_fit(&c, answers(*arena, n, true), n);
        for (int i = 0; i < SIGN_COUNT; i++)
            CHECK(isfinite(c.weight[i]) && fabsf(c.weight[i]) < 12, "held to the prior");
        struct signs unknown = {{[SIGN_ONE] = 1,
                                 [SIGN_SHARE] = -3,
                                 [SIGN_ODDS] = -3,
                                 [SIGN_NONE] = -6,
                                 [SIGN_MARGIN] = -1}};
        CHECK(confidence_of(&c, &unknown) < .3, "a strange question stays doubtful");
    }
}

UNIT_MAIN(UNIT(of_the_answers_at_a_score_so_many_are_right),
          UNIT(few_answers_do_not_run_away))
