#include <math.h>

#include "nlu/kernel_lanes.h"

/* So many groups of lanes are summed in registers, instead of in memory row after row. */
enum { BLOCK = 4 };

/* Four groups of lanes of each row, or eight; fewer by the other. Written out, for the
 * compiler keeps no array in registers. */
HELPER gather_block(float *sum, const float *rows, uint32_t width, const struct weight *v,
                    uint32_t n, uint32_t first, const bool eight)
{
    lanes *to = (lanes *)sum, none = {0};
    lanes a = to[0], b = to[1], c = to[2], d = to[3];
    lanes e = eight ? to[4] : none, f = eight ? to[5] : none;
    lanes g = eight ? to[6] : none, h = eight ? to[7] : none;
    for (uint32_t i = 0; i < n; i++) {
        const lanes *row = (const lanes *)(rows + (size_t)(v[i].row - first) * width);
        float x = v[i].value;
        a += row[0] * x, b += row[1] * x, c += row[2] * x, d += row[3] * x;
        if (eight)
            e += row[4] * x, f += row[5] * x, g += row[6] * x, h += row[7] * x;
    }
    to[0] = a, to[1] = b, to[2] = c, to[3] = d;
    if (eight)
        to[4] = e, to[5] = f, to[6] = g, to[7] = h;
}

/* The last groups, fewer than four. */
HELPER gather_rest(float *sum, const float *rows, uint32_t width, const struct weight *v,
                   uint32_t n, uint32_t first, const int groups)
{
    lanes *to = (lanes *)sum, none = {0};
    lanes a = to[0], b = groups > 1 ? to[1] : none, c = groups > 2 ? to[2] : none;
    for (uint32_t i = 0; i < n; i++) {
        const lanes *row = (const lanes *)(rows + (size_t)(v[i].row - first) * width);
        float x = v[i].value;
        a += row[0] * x;
        if (groups > 1)
            b += row[1] * x;
        if (groups > 2)
            c += row[2] * x;
    }
    to[0] = a;
    if (groups > 1)
        to[1] = b;
    if (groups > 2)
        to[2] = c;
}

VARIANTS void kernel_gather(float *sum, const float *rows, uint32_t width,
                            const struct weight *v, uint32_t n, uint32_t first)
{
    uint32_t k = 0;
    for (; k + 8 * KERNEL_LANES <= width; k += 8 * KERNEL_LANES)
        gather_block(sum + k, rows + k, width, v, n, first, true);
    for (; k + 4 * KERNEL_LANES <= width; k += 4 * KERNEL_LANES)
        gather_block(sum + k, rows + k, width, v, n, first, false);
    uint32_t left = (width - k) / KERNEL_LANES;
    if (left == 1)
        gather_rest(sum + k, rows + k, width, v, n, first, 1);
    else if (left == 2)
        gather_rest(sum + k, rows + k, width, v, n, first, 2);
    else if (left == 3)
        gather_rest(sum + k, rows + k, width, v, n, first, 3);
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

VARIANTS void kernel_scale(float *to, const float *row, float x, uint32_t width)
{
    for (uint32_t k = 0; k < width; k += KERNEL_LANES)
        *(lanes *)(to + k) = *(const lanes *)(row + k) * x;
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

/* Runs begin at eight places at a time; each longer one goes on from the shorter one's.
 */
VARIANTS void kernel_hash_runs(uint32_t *out, const char *p, uint32_t n, uint32_t fold)
{
    const uint32_t mask = (1u << fold) - 1;
    for (uint32_t i = 0; i < n; i += KERNEL_LANES) {
        count_lanes h = (count_lanes){0} + 2166136261u;
        for (uint32_t k = 0; k < KERNEL_RUN_MAX; k++) {
            byte_lanes c = *(const byte_lanes *)(p + i + k);
            h = (h ^ __builtin_convertvector(c, count_lanes)) * 16777619u;
            if (k + 1 < KERNEL_RUN_MIN)
                continue;
            *(count_lanes *)out = (h ^ h >> fold) & mask;
            out += KERNEL_LANES;
        }
    }
}

VARIANTS void kernel_softmax(float *v, uint32_t n, uint32_t width)
{
    for (uint32_t k = n; k < width; k++)
        v[k] = v[0];
    lanes top = *(lanes *)v, sum = {0};
    for (uint32_t k = KERNEL_LANES; k < width; k += KERNEL_LANES)
        raise_to(&top, (const lanes *)(v + k));
    float most = largest_lane(&top), all = 0;
    for (uint32_t k = 0; k < width; k += KERNEL_LANES) {
        lanes x = *(lanes *)(v + k) - most;
        exp_of(&x);
        *(lanes *)(v + k) = x;
    }
    for (uint32_t k = n; k < width; k++)
        v[k] = 0;
    for (uint32_t k = 0; k < width; k += KERNEL_LANES)
        sum += *(lanes *)(v + k);
    for (int i = 0; i < KERNEL_LANES; i++)
        all += sum[i];
    float share = 1 / all;
    for (uint32_t k = 0; k < width; k += KERNEL_LANES)
        *(lanes *)(v + k) *= share;
}

VARIANTS float kernel_sum(const float *v, uint32_t width)
{
    lanes sum = {0};
    float all = 0;
    for (uint32_t k = 0; k < width; k += KERNEL_LANES)
        sum += *(const lanes *)(v + k);
    for (int i = 0; i < KERNEL_LANES; i++)
        all += sum[i];
    return all;
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
