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
                want[k] += rows[(v[i].row - FIRST) * width + k] * v[i].value;
        kernel_gather(sum, rows, width, v, N, FIRST);
        for (uint32_t k = 0; k < width; k++)
            CHECK(sum[k] == want[k], "bit for bit, whatever the processor");
        float *rough = random_floats(*arena, width, 2);
        const int8_t *row[N];
        float weight[N];
        for (uint32_t i = 0; i < N; i++) {
            row[i] = bytes + (v[i].row - FIRST) * width - 1;
            weight[i] = v[i].value / 2 * scale[v[i].row - FIRST];
        }
        kernel_gather_bytes(rough, width, row, 1, weight, N, 2);
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
    kernel_gather(all, rows, WIDTH, v, LEN(v), 0);
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

/* Numbers of rows around the pairs and the chunks they are read in. */
static void rows_of_bytes_add_up_alike_whatever_the_processor(void **arena)
{
    enum { MANY = 700 };
    static const uint32_t numbers[] = {1, 2, 7, 8, 9, 31, 511, 512, 513, MANY};
    for (size_t w = 0; w < LEN(widths); w++)
        for (size_t k = 0; k < LEN(numbers); k++) {
            uint32_t width = widths[w], n = numbers[k];
            struct rng r = rng_seeded(w * 100 + k);
            int8_t *bytes = arena_alloc(*arena, ROWS * width);
            for (size_t i = 0; i < (size_t)ROWS * width; i++)
                bytes[i] = (int8_t)(rng_next(&r) % 255 - 127);
            const int8_t *row[MANY];
            float weight[MANY], *plain = random_floats(*arena, width, 2);
            for (uint32_t i = 0; i < n; i++) {
                row[i] = bytes + (size_t)rng_below(&r, ROWS) * width;
                weight[i] = rng_unit(&r) - (i % 5 == 0 ? 0.5F : 0);
            }
            kernel_gather_bytes_by(KERNEL_PLAIN, plain, width, row, 0, weight, n, 0.3F);
            for (int way = KERNEL_PLAIN + 1; way <= (int)kernel_best_way(); way++) {
                float *sum = random_floats(*arena, width, 2);
                kernel_gather_bytes_by((enum kernel_way)way, sum, width, row, 0, weight,
                                       n, 0.3F);
                CHECK(memcmp(sum, plain, width * sizeof *sum) == 0, "to the bit");
            }
        }
}

static void runs_are_hashed_as_byte_by_byte(void **arena)
{
    enum { LONG = 29, FOLD = 16 };
    char text[LONG + KERNEL_RUN_MAX + KERNEL_LANES];
    struct rng r = rng_seeded(4);
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)rng_next(&r);
    uint32_t *out =
        arena_alloc(*arena, KERNEL_RUNS * (LONG + KERNEL_LANES) * sizeof *out);
    kernel_hash_runs(out, text, LONG, FOLD);
    for (uint32_t i = 0; i < LONG; i++)
        for (uint32_t n = KERNEL_RUN_MIN; n <= KERNEL_RUN_MAX; n++) {
            uint32_t h = 2166136261u;
            for (uint32_t k = 0; k < n; k++)
                h = (h ^ (unsigned char)text[i + k]) * 16777619u;
            uint32_t at = i / KERNEL_LANES * KERNEL_LANES * KERNEL_RUNS +
                (n - KERNEL_RUN_MIN) * KERNEL_LANES + i % KERNEL_LANES;
            CHECK(out[at] == ((h ^ h >> FOLD) & ((1u << FOLD) - 1)), "FNV-1a, folded");
        }
}

UNIT_MAIN(UNIT(sums_are_those_of_plain_loops),
          UNIT(softmax_and_logarithm_are_those_of_libm),
          UNIT(rows_of_bytes_add_up_alike_whatever_the_processor),
          UNIT(runs_are_hashed_as_byte_by_byte),
          UNIT(a_choice_of_lanes_leaves_the_others_alone),
          UNIT(a_quantised_row_is_within_half_a_step))
