/*
 * kernel - the inner loops of training and scoring: a sparse vector against rows that
 * are as wide as there are classes (or hidden units).
 *
 * Widths are multiples of KERNEL_LANES. Each lane is added up on its own and in order,
 * without fused operations, so the result is the same on every machine and whichever
 * variant the processor gets.
 */
#ifndef NLU_KERNEL_H
#define NLU_KERNEL_H

#include "nlu/vocabulary.h"

enum { KERNEL_LANES = 8, KERNEL_RUN_MIN = 2, KERNEL_RUN_MAX = 5, KERNEL_RUNS = 4 };

static inline uint32_t kernel_width(uint32_t n)
{
    return (n + KERNEL_LANES - 1) / KERNEL_LANES * KERNEL_LANES;
}

/* sum += value * row(v - first), for all v. */
void kernel_gather(float *sum, const float *rows, uint32_t width, const struct weight *v,
                   uint32_t n, uint32_t first);
/* The same with rows of bytes, which begin `at` bytes behind row[i]: sum += weight[i] *
 * factor * row[i]. */
void kernel_gather_bytes(float *sum, uint32_t width, const int8_t *const *row,
                         uint32_t at, const float *weight, uint32_t n, float factor);
/* It works by what the processor has; each gives the same to the bit. */
enum kernel_way { KERNEL_PLAIN, KERNEL_AVX2, KERNEL_AVX512 };
enum kernel_way kernel_best_way(void);
void kernel_gather_bytes_by(enum kernel_way way, float *sum, uint32_t width,
                            const int8_t *const *row, uint32_t at, const float *weight,
                            uint32_t n, float factor);
/* row(v - first) += value * delta, for all v. */
void kernel_scatter(float *rows, uint32_t width, const struct weight *v, uint32_t n,
                    uint32_t first, const float *delta);
/* The same two for a choice of lanes only: groups[0..n_groups) are where each begins. */
void kernel_gather_some(float *sum, const float *rows, uint32_t width,
                        const struct weight *v, uint32_t n, const uint16_t *groups,
                        uint32_t n_groups);
void kernel_scatter_some(float *rows, uint32_t width, const struct weight *v, uint32_t n,
                         const float *delta, const uint16_t *groups, uint32_t n_groups);
/* to = x * row */
void kernel_scale(float *to, const float *row, float x, uint32_t width);
/* sum += x * row */
void kernel_add(float *sum, const float *row, float x, uint32_t width);
float kernel_dot(const float *a, const float *b, uint32_t width);
/*
 * One Adagrad step on a row: g = x * grad; square += g * g; row -= step * g /
 * sqrt(square).
 */
void kernel_adagrad(float *row, float *square, const float *grad, float x, float step,
                    uint32_t width);

/* v becomes its softmax over the first n; the rest of the width becomes 0. By a
 * polynomial of our own, to 2e-7: the same everywhere, and eight at a time. */
void kernel_softmax(float *v, uint32_t n, uint32_t width);
/* Where the three largest stand that are more than 0, largest first; of equal ones the
 * first. Returns how many there are. width is at most KERNEL_WIDTH_MAX, and no v is a
 * NaN. */
enum { KERNEL_WIDTH_MAX = 4096, KERNEL_BEST = 3 };
uint32_t kernel_best(const float *v, uint32_t width, uint32_t at[KERNEL_BEST]);
uint32_t kernel_best_by(enum kernel_way way, const float *v, uint32_t width,
                        uint32_t at[KERNEL_BEST]);
float kernel_sum(const float *v, uint32_t width);

/*
 * A second layer of bytes. First n inputs are rectified and rounded to 0..KERNEL_ON_MAX
 * of a unit, which is returned: to[h] = max(0, sum[h] + bias[h]) / unit. Then
 * to[k] = bias[k] + unit * scale[k] * (the sum over h of x[h] * weight (h, k)), where
 * w[h / 4 * 4 * width + 4 * k + h % 4] is the weight: four inputs of a column stand side
 * by side, for one instruction multiplies and adds these. n is a multiple of
 * KERNEL_LANES. By any processor the same to the bit.
 */
enum { KERNEL_QUAD = 4, KERNEL_ON_MAX = 127 };
float kernel_rectify(uint8_t *to, const float *sum, const float *bias, uint32_t n);
float kernel_rectify_by(enum kernel_way way, uint8_t *to, const float *sum,
                        const float *bias, uint32_t n);
void kernel_layer(float *to, uint32_t width, const int8_t *w, const float *scale,
                  const float *bias, const uint8_t *x, uint32_t n, float unit);
void kernel_layer_by(enum kernel_way way, float *to, uint32_t width, const int8_t *w,
                     const float *scale, const float *bias, const uint8_t *x, uint32_t n,
                     float unit);

/* Rows of bytes, which begin `at` bytes behind row[i], and whole weights, none below 0:
 * to becomes their sum, divided by 2^KERNEL_SUM_SHIFT, rounded, and kept within 16 bits.
 * n is even: a last row may stand twice, the second time without weight. */
enum { KERNEL_SUM_SHIFT = 12, KERNEL_SUM_ROWS = 128 };
struct kernel_rows {
    const int8_t *row[KERNEL_SUM_ROWS];
    int16_t weight[KERNEL_SUM_ROWS];
    uint32_t n;
};
void kernel_sum_rows(int16_t *to, uint32_t width, const struct kernel_rows *r,
                     uint32_t at);
void kernel_sum_rows_by(enum kernel_way way, int16_t *to, uint32_t width,
                        const struct kernel_rows *r, uint32_t at);
/* Such sums, step apart, added up: to += unit * row, for all of row[0..n). */
void kernel_add_sums(float *to, uint32_t width, const int16_t *sums, size_t step,
                     const uint32_t *row, uint32_t n, float unit);
void kernel_add_sums_by(enum kernel_way way, float *to, uint32_t width,
                        const int16_t *sums, size_t step, const uint32_t *row, uint32_t n,
                        float unit);

/*
 * FNV-1a of the runs of 2 to 5 bytes that begin at each of the first n bytes of p, each
 * folded to so many bits: KERNEL_LANES places at a time, first all runs of 2 of these,
 * then those of 3, and so on. p is read up to KERNEL_RUN_MAX + KERNEL_LANES bytes behind
 * n; out has room for KERNEL_RUNS * (n + KERNEL_LANES).
 */
void kernel_hash_runs(uint32_t *out, const char *p, uint32_t n, uint32_t fold);

/* Rounds a row to bytes; returns its scale. */
float kernel_quantise(int8_t *to, const float *row, uint32_t width);

#endif
