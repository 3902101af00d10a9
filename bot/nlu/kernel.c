#include "nlu/kernel.h"

#include <math.h>

/* GCC and clang lower these to what the processor has: two SSE registers, one of AVX. */
typedef float lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t whole_lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef int8_t byte_lanes __attribute__((vector_size(8), aligned(1), may_alias));

/* The loader picks the variant; without glibc's help there is one. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) &&   \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define VARIANTS __attribute__((target_clones("avx2", "default")))
#else
#define VARIANTS
#endif

/* So many groups of lanes are summed in registers, instead of in memory row after row. */
enum { BLOCK = 4 };

VARIANTS void kernel_gather(float *sum, const float *rows, uint32_t width,
                            const struct weight *v, uint32_t n, uint32_t first,
                            float factor)
{
    uint32_t k = 0;
    for (; k + BLOCK * KERNEL_LANES <= width; k += BLOCK * KERNEL_LANES) {
        lanes *to = (lanes *)(sum + k);
        lanes a = to[0], b = to[1], c = to[2], d = to[3];
        for (uint32_t i = 0; i < n; i++) {
            const lanes *row =
                (const lanes *)(rows + (size_t)(v[i].row - first) * width + k);
            float x = v[i].value * factor;
            a += row[0] * x;
            b += row[1] * x;
            c += row[2] * x;
            d += row[3] * x;
        }
        to[0] = a, to[1] = b, to[2] = c, to[3] = d;
    }
    for (; k < width; k += KERNEL_LANES) {
        lanes a = *(lanes *)(sum + k);
        for (uint32_t i = 0; i < n; i++)
            a += *(const lanes *)(rows + (size_t)(v[i].row - first) * width + k) *
                (v[i].value * factor);
        *(lanes *)(sum + k) = a;
    }
}

VARIANTS void kernel_scatter(float *rows, uint32_t width, const struct weight *v,
                             uint32_t n, uint32_t first, const float *delta)
{
    for (uint32_t i = 0; i < n; i++) {
        float *row = rows + (size_t)(v[i].row - first) * width;
        float x = v[i].value;
        for (uint32_t k = 0; k < width; k += KERNEL_LANES)
            *(lanes *)(row + k) += *(const lanes *)(delta + k) * x;
    }
}

VARIANTS void kernel_gather_some(float *sum, const float *rows, uint32_t width,
                                 const struct weight *v, uint32_t n,
                                 const uint16_t *groups, uint32_t n_groups)
{
    uint32_t g = 0;
    for (; g + BLOCK <= n_groups; g += BLOCK) {
        const uint16_t *at = groups + g;
        lanes a = *(lanes *)(sum + at[0]), b = *(lanes *)(sum + at[1]);
        lanes c = *(lanes *)(sum + at[2]), d = *(lanes *)(sum + at[3]);
        for (uint32_t i = 0; i < n; i++) {
            const float *row = rows + (size_t)v[i].row * width;
            a += *(const lanes *)(row + at[0]) * v[i].value;
            b += *(const lanes *)(row + at[1]) * v[i].value;
            c += *(const lanes *)(row + at[2]) * v[i].value;
            d += *(const lanes *)(row + at[3]) * v[i].value;
        }
        *(lanes *)(sum + at[0]) = a, *(lanes *)(sum + at[1]) = b;
        *(lanes *)(sum + at[2]) = c, *(lanes *)(sum + at[3]) = d;
    }
    for (; g < n_groups; g++)
        for (uint32_t i = 0; i < n; i++)
            *(lanes *)(sum + groups[g]) +=
                *(const lanes *)(rows + (size_t)v[i].row * width + groups[g]) *
                v[i].value;
}

VARIANTS void kernel_scatter_some(float *rows, uint32_t width, const struct weight *v,
                                  uint32_t n, const float *delta, const uint16_t *groups,
                                  uint32_t n_groups)
{
    for (uint32_t i = 0; i < n; i++) {
        float *row = rows + (size_t)v[i].row * width;
        for (uint32_t g = 0; g < n_groups; g++)
            *(lanes *)(row + groups[g]) +=
                *(const lanes *)(delta + groups[g]) * v[i].value;
    }
}

VARIANTS void kernel_add(float *sum, const float *row, float x, uint32_t width)
{
    for (uint32_t k = 0; k < width; k += KERNEL_LANES)
        *(lanes *)(sum + k) += *(const lanes *)(row + k) * x;
}

VARIANTS float kernel_dot(const float *a, const float *b, uint32_t width)
{
    lanes sum = {0};
    for (uint32_t k = 0; k < width; k += KERNEL_LANES)
        sum += *(const lanes *)(a + k) * *(const lanes *)(b + k);
    float s = 0;
    for (int k = 0; k < KERNEL_LANES; k++)
        s += sum[k];
    return s;
}

/* 1/sqrt by its well-known integer guess and two Newton steps: the same everywhere, and
 * several times cheaper than a root and a division. */
VARIANTS void kernel_adagrad(float *row, float *square, const float *grad, float x,
                             float step, uint32_t width)
{
    for (uint32_t k = 0; k < width; k += KERNEL_LANES) {
        lanes g = *(const lanes *)(grad + k) * x;
        lanes s = *(lanes *)(square + k) + g * g;
        *(lanes *)(square + k) = s;
        union {
            lanes f;
            whole_lanes i;
        } y = {.f = s};
        y.i = 0x5f3759df - (y.i >> 1);
        y.f = y.f * (1.5F - 0.5F * s * y.f * y.f);
        y.f = y.f * (1.5F - 0.5F * s * y.f * y.f);
        *(lanes *)(row + k) -= g * y.f * step;
    }
}

float kernel_quantise(int8_t *to, const float *row, uint32_t width)
{
    float most = 0;
    for (uint32_t k = 0; k < width; k++)
        most = fabsf(row[k]) > most ? fabsf(row[k]) : most;
    if (most <= 0) {
        memset(to, 0, width);
        return 0;
    }
    for (uint32_t k = 0; k < width; k++)
        to[k] = (int8_t)lrintf(row[k] / most * 127.0F);
    return most / 127.0F;
}
