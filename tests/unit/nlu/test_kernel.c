#include "nlu/kernel.h"

#include <math.h>

#include "nlu/rng.h"
#include "unit.h"

enum { ROWS = 50, N = 20, FIRST = 3 };

static float *random_floats(struct arena *a, size_t n, uint64_t seed)
{
    struct rng r = rng_seeded(seed);
    float *v = arena_alloc(a, n * sizeof *v);
    for (size_t i = 0; i < n; i++)
        v[i] = rng_unit(&r) * 2 - 1;
    return v;
}

/* Widths around the blocks the kernels work in. */
static const uint32_t widths[] = {8, 16, 32, 40, 64, 72, 152};

static void sums_are_those_of_plain_loops(void **arena)
{
    for (size_t w = 0; w < LEN(widths); w++) {
        uint32_t width = widths[w];
        float *rows = random_floats(*arena, ROWS * width, w + 1);
        float *sum = random_floats(*arena, width, 2),
              *want = random_floats(*arena, width, 2);
        int8_t *bytes = (int8_t *)arena_alloc(*arena, ROWS * width + 1) + 1;
        float *scale = arena_alloc(*arena, ROWS * sizeof *scale);
        for (uint32_t r = 0; r < ROWS; r++)
            scale[r] = kernel_quantise(bytes + r * width, rows + r * width, width);
        struct weight v[N];
        struct rng r = rng_seeded(9);
        for (uint32_t i = 0; i < N; i++)
            v[i] = (struct weight){FIRST + rng_below(&r, ROWS), rng_unit(&r)};
        for (uint32_t i = 0; i < N; i++)
            for (uint32_t k = 0; k < width; k++)
                want[k] += rows[(v[i].row - FIRST) * width + k] * (v[i].value * 0.5F);
        kernel_gather(sum, rows, width, v, N, FIRST, 0.5F);
        for (uint32_t k = 0; k < width; k++)
            CHECK(sum[k] == want[k], "bit for bit, whatever the processor");
        float *rough = random_floats(*arena, width, 2);
        const int8_t *row[N];
        float weight[N];
        for (uint32_t i = 0; i < N; i++) {
            row[i] = bytes + (v[i].row - FIRST) * width - 1;
            weight[i] = v[i].value * scale[v[i].row - FIRST];
        }
        kernel_gather_bytes(rough, width, row, 1, weight, N, 0.5F);
        for (uint32_t k = 0; k < width; k++)
            CHECK(fabsf(rough[k] - want[k]) < .05F, "bytes are close");
    }
}

/* Against the library's own, over what logits and probabilities can be. */
static void softmax_and_logarithm_are_those_of_libm(void **arena)
{
    for (uint32_t n = 1; n <= 40; n += 13) {
        uint32_t width = kernel_width(n);
        float *v = arena_alloc(*arena, width * sizeof *v);
        float *z = arena_alloc(*arena, width * sizeof *z);
        double all = 0, want[40];
        struct rng r = rng_seeded(n);
        for (uint32_t k = 0; k < n; k++)
            v[k] = (rng_unit(&r) - 0.5F) * (k % 3 == 0 ? 300 : 20);
        for (uint32_t k = 0; k < n; k++)
            all += want[k] = exp((double)v[k] - 150);
        kernel_softmax(v, n, width);
        kernel_add_log(z, v, 1e-6F, 0.5F, width);
        for (uint32_t k = 0; k < n; k++) {
            double p = want[k] / all;
            CHECK(fabs((double)v[k] - p) < 1e-6, "a share");
            CHECK(fabs((double)z[k] - log((double)v[k] + 1e-6) / 2) < 2e-6, "half a log");
        }
        for (uint32_t k = n; k < width; k++)
            CHECK(v[k] == 0, "padding is no class");
    }
}

static void a_choice_of_lanes_leaves_the_others_alone(void **arena)
{
    enum { WIDTH = 64 };
    const uint16_t groups[] = {0, 16, 24, 40, 48};
    float *rows = random_floats(*arena, ROWS * WIDTH, 1),
          *all = random_floats(*arena, WIDTH, 2), *some = random_floats(*arena, WIDTH, 2),
          *start = random_floats(*arena, WIDTH, 2);
    struct weight v[] = {{1, .5F}, {7, -.25F}, {1, 1}};
    kernel_gather(all, rows, WIDTH, v, LEN(v), 0, 1);
    kernel_gather_some(some, rows, WIDTH, v, LEN(v), groups, LEN(groups));
    for (uint32_t k = 0; k < WIDTH; k++) {
        bool chosen = false;
        for (size_t g = 0; g < LEN(groups); g++)
            chosen = chosen || k / KERNEL_LANES * KERNEL_LANES == groups[g];
        CHECK(some[k] == (chosen ? all[k] : start[k]), "only what was chosen");
    }
}

static void a_quantised_row_is_within_half_a_step(void **arena)
{
    float *row = random_floats(*arena, 64, 5), zero[8] = {0};
    int8_t bytes[64];
    float scale = kernel_quantise(bytes, row, 64);
    for (int k = 0; k < 64; k++)
        CHECK(fabsf((float)bytes[k] * scale - row[k]) <= scale * .501F, "half a step");
    CHECK(kernel_quantise(bytes, zero, 8) == 0, "an empty row");
    CHECK_INT(bytes[0], 0, "stays empty");
}

UNIT_MAIN(UNIT(sums_are_those_of_plain_loops),
          UNIT(softmax_and_logarithm_are_those_of_libm),
          UNIT(a_choice_of_lanes_leaves_the_others_alone),
          UNIT(a_quantised_row_is_within_half_a_step))
