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

/* Against the library's own, over what logits can be. */
static void softmax_is_that_of_libm(void **arena)
{
    for (uint32_t n = 1; n <= 40; n += 13) {
        uint32_t width = kernel_width(n);
        float *v = arena_alloc(*arena, width * sizeof *v);
        double all = 0, want[40];
        struct rng r = rng_seeded(n);
        for (uint32_t k = 0; k < n; k++)
            v[k] = (rng_unit(&r) - 0.5F) * (k % 3 == 0 ? 300 : 20);
        for (uint32_t k = 0; k < n; k++)
            all += want[k] = exp((double)v[k] - 150);
        kernel_softmax(v, n, width);
        for (uint32_t k = 0; k < n; k++) {
            double p = want[k] / all;
            CHECK(fabs((double)v[k] - p) < 1e-6, "a share");
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

/* Against plain loops, and each processor's way against the plain one. */
static void a_layer_of_bytes_is_that_of_plain_loops(void **arena)
{
    enum { INPUTS = 24 };
    for (size_t w = 0; w < LEN(widths); w++) {
        uint32_t width = widths[w];
        struct rng r = rng_seeded(w);
        int8_t *bytes = arena_alloc(*arena, INPUTS * width);
        float *scale = random_floats(*arena, width, 1),
              *bias = random_floats(*arena, width, 2),
              *sum = random_floats(*arena, INPUTS, w + 3),
              *add = random_floats(*arena, INPUTS, 4),
              *plain = arena_alloc(*arena, width * sizeof *plain);
        for (size_t i = 0; i < (size_t)INPUTS * width; i++)
            bytes[i] = (int8_t)(rng_next(&r) % 255 - 127);
        uint8_t on[INPUTS];
        float unit = kernel_rectify(on, sum, add, INPUTS);
        for (int way = KERNEL_PLAIN; way <= (int)kernel_best_way(); way++) {
            uint8_t same[INPUTS];
            CHECK(kernel_rectify_by((enum kernel_way)way, same, sum, add, INPUTS) ==
                          unit &&
                      memcmp(same, on, sizeof on) == 0,
                  "whatever the processor");
        }
        for (uint32_t h = 0; h < INPUTS; h++)
            CHECK(fabsf((float)on[h] * unit - fmaxf(0, sum[h] + add[h])) <= unit * .501F,
                  "rectified, to half a unit");
        kernel_layer_by(KERNEL_PLAIN, plain, width, bytes, scale, bias, on, INPUTS, unit);
        for (uint32_t k = 0; k < width; k++) {
            float want = bias[k];
            for (uint32_t h = 0; h < INPUTS; h++)
                want += (float)(on[h] * bytes[h / 4 * 4 * width + 4 * k + h % 4]) *
                    scale[k] * unit;
            CHECK(fabsf(plain[k] - want) < 1e-3F, "a sum");
        }
        for (int way = KERNEL_PLAIN + 1; way <= (int)kernel_best_way(); way++) {
            float *to = arena_alloc(*arena, width * sizeof *to);
            kernel_layer_by((enum kernel_way)way, to, width, bytes, scale, bias, on,
                            INPUTS, unit);
            CHECK(memcmp(to, plain, width * sizeof *to) == 0, "to the bit");
        }
    }
}

static void nothing_on_is_a_layer_of_biases(void **arena)
{
    (void)arena;
    float low[8] = {-1, -2, -3, -4, -5, -6, -7, -8}, bias[8] = {0}, to[8];
    const float own[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    int8_t w[64] = {0};
    uint8_t on[8];
    CHECK(kernel_rectify(on, low, bias, 8) == 0, "no unit");
    kernel_layer(to, 8, w, own, own, on, 8, 0);
    CHECK(memcmp(to, own, sizeof to) == 0, "the biases");
}

static void kept_sums_add_up_alike_whatever_the_processor(void **arena)
{
    for (size_t w = 0; w < LEN(widths) * 2; w++) {
        uint32_t width = widths[w / 2], n = N - w % 2; /* read two by two */
        size_t step = width + 24;
        float *rows = random_floats(*arena, ROWS * step, w + 1),
              *plain = random_floats(*arena, width, 2),
              *want = random_floats(*arena, width, 2);
        int16_t *sums = arena_alloc(*arena, ROWS * step * sizeof *sums);
        const float unit = 1.0F / 32767;
        for (uint32_t i = 0; i < ROWS; i++)
            for (uint32_t k = 0; k < width; k++)
                sums[i * step + k] = (int16_t)lrintf(rows[i * step + k] / unit);
        uint32_t row[N];
        struct rng r = rng_seeded(9);
        for (uint32_t i = 0; i < n; i++) {
            row[i] = rng_below(&r, ROWS);
            for (uint32_t k = 0; k < width; k++)
                want[k] += rows[row[i] * step + k] * 3;
        }
        kernel_add_sums_by(KERNEL_PLAIN, plain, width, sums, step, row, n, 3 * unit);
        for (uint32_t k = 0; k < width; k++)
            CHECK(fabsf(plain[k] - want[k]) < 2e-3F, "rounded by so little");
        for (int way = KERNEL_PLAIN + 1; way <= (int)kernel_best_way(); way++) {
            float *to = random_floats(*arena, width, 2);
            kernel_add_sums_by((enum kernel_way)way, to, width, sums, step, row, n,
                               3 * unit);
            CHECK(memcmp(to, plain, width * sizeof *to) == 0, "to the bit");
        }
    }
}

/* To the bit; at the largest sums there are the largest number that fits. */
static void sums_of_rows_are_those_of_plain_loops(void **arena)
{
    static const uint32_t numbers[] = {0, 2, 6, 30, KERNEL_SUM_ROWS};
    for (size_t w = 0; w < LEN(widths); w++)
        for (size_t k = 0; k < LEN(numbers); k++) {
            uint32_t width = widths[w];
            struct rng g = rng_seeded(w * 100 + k);
            int8_t *bytes = arena_alloc(*arena, ROWS * (width + 3));
            for (size_t i = 0; i < (size_t)ROWS * (width + 3); i++)
                bytes[i] = k == 4 ? -127 : (int8_t)((int)(rng_next(&g) % 255) - 127);
            struct kernel_rows r = {.n = numbers[k]};
            for (uint32_t i = 0; i < r.n; i++) {
                r.row[i] = bytes + (size_t)rng_below(&g, ROWS) * (width + 3);
                r.weight[i] = k == 4 ? INT16_MAX : (int16_t)rng_below(&g, 32768);
            }
            for (int way = KERNEL_PLAIN; way <= (int)kernel_best_way(); way++) {
                int16_t *to = arena_alloc(*arena, width * sizeof *to);
                kernel_sum_rows_by((enum kernel_way)way, to, width, &r, 3);
                for (uint32_t c = 0; c < width; c++) {
                    int32_t want = 1 << (KERNEL_SUM_SHIFT - 1);
                    for (uint32_t i = 0; i < r.n; i++)
                        want += r.row[i][3 + c] * r.weight[i];
                    want >>= KERNEL_SUM_SHIFT;
                    CHECK_INT(to[c], MAX(INT16_MIN, MIN(want, INT16_MAX)), "a column");
                }
            }
        }
}

static uint32_t best_one_by_one(const float *v, uint32_t width, uint32_t at[KERNEL_BEST])
{
    uint32_t n = 0;
    for (; n < KERNEL_BEST; n++) {
        uint32_t best = width;
        for (uint32_t k = 0; k < width; k++) {
            bool taken = false;
            for (uint32_t i = 0; i < n; i++)
                taken = taken || at[i] == k;
            if (!taken && v[k] > 0 && (best == width || v[k] > v[best]))
                best = k;
        }
        if (best == width)
            break;
        at[n] = best;
    }
    return n;
}

/* Few different values, so that many are equal, and many that are 0 or less. */
static void the_best_are_the_first_of_equal_ones(void **arena)
{
    struct rng r = rng_seeded(8);
    for (size_t w = 0; w < LEN(widths) * 200; w++) {
        uint32_t width = widths[w % LEN(widths)], many = 2 + rng_below(&r, 60);
        float *v = arena_alloc(*arena, width * sizeof *v);
        for (uint32_t k = 0; k < width; k++)
            v[k] = (float)rng_below(&r, many) / 8 - (w % 3 == 0 ? (float)many / 9 : 0);
        if (w % 5 == 0)
            memset(v + 1, 0, (width - 1) * sizeof *v);
        uint32_t want[KERNEL_BEST], n = best_one_by_one(v, width, want);
        for (int way = KERNEL_PLAIN; way <= (int)kernel_best_way(); way++) {
            uint32_t at[KERNEL_BEST];
            CHECK_INT(kernel_best_by((enum kernel_way)way, v, width, at), n, "so many");
            for (uint32_t i = 0; i < n; i++)
                CHECK_INT(at[i], want[i], "and there");
        }
        float sum = 0;
        for (uint32_t k = 0; k < width; k++)
            sum += v[k];
        CHECK(fabsf(kernel_sum(v, width) - sum) < 1e-3F, "the sum");
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

UNIT_MAIN(UNIT(sums_are_those_of_plain_loops), UNIT(softmax_is_that_of_libm),
          UNIT(rows_of_bytes_add_up_alike_whatever_the_processor),
          UNIT(a_layer_of_bytes_is_that_of_plain_loops),
          UNIT(nothing_on_is_a_layer_of_biases),
          UNIT(kept_sums_add_up_alike_whatever_the_processor),
          UNIT(sums_of_rows_are_those_of_plain_loops),
          UNIT(the_best_are_the_first_of_equal_ones),
          UNIT(runs_are_hashed_as_byte_by_byte),
          UNIT(a_choice_of_lanes_leaves_the_others_alone),
          UNIT(a_quantised_row_is_within_half_a_step))
