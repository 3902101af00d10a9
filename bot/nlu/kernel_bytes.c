#include "nlu/kernel.h"

#include <math.h>

#include "base/base.h"
#include "nlu/kernel_pairs.h"

/*
 * The loop every question spends most of its time in: some hundred rows of bytes, lying
 * all over a few megabytes. The weights become 16-bit fractions of the largest first, so
 * that two rows are multiplied and added by one instruction; sums of whole numbers are
 * the same in any order, so all variants agree to the bit.
 */

/* 127 * WEIGHT_MAX * CHUNK stays below 2^31. */
enum { CHUNK = 512, WEIGHT_MAX = 32767 };

/* Rows of bytes with the weights they are added with: two by two, an odd number made even
 * by a row without weight. */
struct chunk {
    const int8_t *row[CHUNK];
    int16_t weight[CHUNK];
    uint32_t n;
};

static void gather_plain(float *sum, const struct chunk *c, uint32_t width, float unit)
{
    for (uint32_t k = 0; k < width; k++) {
        int32_t s = 0;
        for (uint32_t i = 0; i < c->n; i++)
            s += c->row[i][k] * c->weight[i];
        sum[k] += (float)s * unit;
    }
}

static inline int16_t rounded(float w)
{
    return (int16_t)(w < 0 ? w - 0.5F : w + 0.5F);
}

static void fill_plain(int16_t *to, const float *weight, uint32_t n, float per_unit)
{
    for (uint32_t i = 0; i < n; i++)
        to[i] = rounded(weight[i] * per_unit);
}

static float largest_plain(const float *weight, uint32_t n)
{
    float most = 0;
    for (uint32_t i = 0; i < n; i++)
        most = fabsf(weight[i]) > most ? fabsf(weight[i]) : most;
    return most;
}

#ifdef AVX2_OUTER
AVX2 void put_sums(float *sum, __m256i s, float unit)
{
    __m256 x = _mm256_mul_ps(_mm256_cvtepi32_ps(s), _mm256_set1_ps(unit));
    _mm256_storeu_ps(sum, _mm256_add_ps(_mm256_loadu_ps(sum), x));
}

enum { COLUMNS = PAIR_COLUMNS, WIDE = PAIR_WIDE };

/* One to four times so many, added up in registers; written out, for the compiler keeps
 * no array there. */
AVX2 void gather_columns(float *sum, const struct chunk *c, uint32_t at, float unit,
                         const int groups)
{
    __m256i none = _mm256_setzero_si256();
    __m256i s0 = none, s1 = none, s2 = none, s3 = none, s4 = none, s5 = none, s6 = none,
            s7 = none;
    for (uint32_t i = 0; i < c->n; i += 2) {
        const int8_t *a = c->row[i] + at, *b = c->row[i + 1] + at;
        __m256i w = _mm256_set1_epi32(pair_of(&c->weight[i]));
        add_columns(&s0, &s1, a, b, w);
        if (groups > 1)
            add_columns(&s2, &s3, a + COLUMNS, b + COLUMNS, w);
        if (groups > 2)
            add_columns(&s4, &s5, a + 2 * COLUMNS, b + 2 * COLUMNS, w);
        if (groups > 3)
            add_columns(&s6, &s7, a + 3 * COLUMNS, b + 3 * COLUMNS, w);
    }
    const __m256i s[8] = {s0, s1, s2, s3, s4, s5, s6, s7};
    for (int g = 0; g < groups * 2; g++)
        put_sums(sum + at + g * KERNEL_LANES, s[g], unit);
}

AVX2 void gather_last(float *sum, const struct chunk *c, uint32_t at, float unit)
{
    __m256i s = _mm256_setzero_si256();
    for (uint32_t i = 0; i < c->n; i += 2)
        add_eight_columns(&s, c->row[i] + at, c->row[i + 1] + at,
                          _mm256_set1_epi32(pair_of(&c->weight[i])));
    put_sums(sum + at, s, unit);
}

AVX2_OUTER void gather_avx2(float *sum, const struct chunk *c, uint32_t width, float unit)
{
    uint32_t at = 0;
    for (; at + 4 * COLUMNS <= width; at += 4 * COLUMNS)
        gather_columns(sum, c, at, unit, 4);
    uint32_t groups = (width - at) / COLUMNS;
    if (groups == 3)
        gather_columns(sum, c, at, unit, 3);
    else if (groups == 2)
        gather_columns(sum, c, at, unit, 2);
    else if (groups == 1)
        gather_columns(sum, c, at, unit, 1);
    at += groups * COLUMNS;
    if (at < width)
        gather_last(sum, c, at, unit);
}

VNNI void put_wide(float *sum, __m512i low, __m512i high, __mmask32 in, float unit)
{
    const __m512i first =
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    const __m512i second = _mm512_add_epi32(first, _mm512_set1_epi32(8));
    const __m512 u = _mm512_set1_ps(unit);
    __m512 x = _mm512_cvtepi32_ps(_mm512_permutex2var_epi32(low, first, high));
    __m512 y = _mm512_cvtepi32_ps(_mm512_permutex2var_epi32(low, second, high));
    __mmask16 in_x = (__mmask16)in, in_y = (__mmask16)(in >> 16);
    __m512 old = _mm512_maskz_loadu_ps(in_x, sum);
    _mm512_mask_storeu_ps(sum, in_x, _mm512_add_ps(old, _mm512_mul_ps(x, u)));
    old = _mm512_maskz_loadu_ps(in_y, sum + COLUMNS);
    _mm512_mask_storeu_ps(sum + COLUMNS, in_y, _mm512_add_ps(old, _mm512_mul_ps(y, u)));
}

/* Four times so many at once, the last ones there are of them. */
VNNI_OUTER void gather_avx512(float *sum, const struct chunk *c, uint32_t width,
                              float unit)
{
    const __m512i none = _mm512_setzero_si512();
    for (uint32_t at = 0; at < width; at += 4 * WIDE) {
        __m512i s0 = none, s1 = none, s2 = none, s3 = none, s4 = none, s5 = none,
                s6 = none, s7 = none;
        uint32_t left = MIN(width - at, 4u * WIDE);
        __mmask32 in[4];
        for (uint32_t g = 0; g < 4; g++)
            in[g] = first_columns(left - MIN(left, g * WIDE));
        for (uint32_t i = 0; i < c->n; i += 2) {
            const int8_t *a = c->row[i] + at, *b = c->row[i + 1] + at;
            __m512i w = _mm512_set1_epi32(pair_of(&c->weight[i]));
            add_wide(&s0, &s1, a, b, in[0], w);
            add_wide(&s2, &s3, a + WIDE, b + WIDE, in[1], w);
            add_wide(&s4, &s5, a + 2 * WIDE, b + 2 * WIDE, in[2], w);
            add_wide(&s6, &s7, a + 3 * WIDE, b + 3 * WIDE, in[3], w);
        }
        put_wide(sum + at, s0, s1, in[0], unit);
        put_wide(sum + at + WIDE, s2, s3, in[1], unit);
        put_wide(sum + at + 2 * WIDE, s4, s5, in[2], unit);
        put_wide(sum + at + 3 * WIDE, s6, s7, in[3], unit);
    }
}

AVX2_OUTER void fill_avx2(int16_t *to, const float *weight, uint32_t n, float per_unit)
{
    const __m256 sign = _mm256_set1_ps(-0.0F), half = _mm256_set1_ps(0.5F);
    uint32_t i = 0;
    for (; i + 8 <= n; i += 8) {
        __m256 w = _mm256_mul_ps(_mm256_loadu_ps(weight + i), _mm256_set1_ps(per_unit));
        w = _mm256_add_ps(w, _mm256_or_ps(_mm256_and_ps(w, sign), half));
        __m256i whole = _mm256_cvttps_epi32(w);
        __m128i low = _mm256_castsi256_si128(whole);
        _mm_storeu_si128((void *)(to + i),
                         _mm_packs_epi32(low, _mm256_extracti128_si256(whole, 1)));
    }
    fill_plain(to + i, weight + i, n - i, per_unit);
}

AVX2_OUTER float largest_avx2(const float *weight, uint32_t n)
{
    const __m256 sign = _mm256_set1_ps(-0.0F);
    __m256 most = _mm256_setzero_ps();
    uint32_t i = 0;
    for (; i + 8 <= n; i += 8)
        most = _mm256_max_ps(most, _mm256_andnot_ps(sign, _mm256_loadu_ps(weight + i)));
    float all[8], largest = largest_plain(weight + i, n - i);
    _mm256_storeu_ps(all, most);
    for (int k = 0; k < 8; k++)
        largest = all[k] > largest ? all[k] : largest;
    return largest;
}
#endif

enum kernel_way kernel_best_way(void)
{
#ifdef AVX2_OUTER
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        return KERNEL_AVX512;
    if (__builtin_cpu_supports("avx2"))
        return KERNEL_AVX2;
#endif
    return KERNEL_PLAIN;
}

static float largest(enum kernel_way way, const float *weight, uint32_t n)
{
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2)
        return largest_avx2(weight, n);
#endif
    (void)way;
    return largest_plain(weight, n);
}

static void fill(enum kernel_way way, struct chunk *c, const int8_t *const *row,
                 uint32_t at, const float *weight, uint32_t n, float per_unit)
{
    for (uint32_t i = 0; i < n; i++)
        c->row[i] = row[i] + at;
    c->n = n + n % 2;
    c->row[c->n - 1] = c->row[n - 1];
    c->weight[c->n - 1] = 0;
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2) {
        fill_avx2(c->weight, weight, n, per_unit);
        return;
    }
#endif
    (void)way;
    fill_plain(c->weight, weight, n, per_unit);
}

void kernel_gather_bytes_by(enum kernel_way way, float *sum, uint32_t width,
                            const int8_t *const *row, uint32_t at, const float *weight,
                            uint32_t n, float factor)
{
    float most = largest(way, weight, n);
    if (most <= 0)
        return;
    float unit = most / (float)WEIGHT_MAX;
    struct chunk c;
    for (uint32_t i = 0; i < n; i += CHUNK) {
        fill(way, &c, row + i, at, weight + i, MIN(n - i, (uint32_t)CHUNK), 1 / unit);
#ifdef AVX2_OUTER
        if (way >= KERNEL_AVX2) {
            (way == KERNEL_AVX512 ? gather_avx512 : gather_avx2)(sum, &c, width,
                                                                 unit * factor);
            continue;
        }
#endif
        gather_plain(sum, &c, width, unit * factor);
    }
}

void kernel_gather_bytes(float *sum, uint32_t width, const int8_t *const *row,
                         uint32_t at, const float *weight, uint32_t n, float factor)
{
    kernel_gather_bytes_by(kernel_best_way(), sum, width, row, at, weight, n, factor);
}
