#include "base/base.h"
#include "nlu/kernel.h"
#include "nlu/kernel_pairs.h"

/* Whole numbers from beginning to end: the same in any order, and on any processor. */

enum { HALF = 1 << (KERNEL_SUM_SHIFT - 1) };

static void sum_plain(int16_t *to, uint32_t width, const struct kernel_rows *r,
                      uint32_t at)
{
    for (uint32_t k = 0; k < width; k++) {
        int32_t s = HALF;
        for (uint32_t i = 0; i < r->n; i++)
            s += r->row[i][at + k] * r->weight[i];
        s >>= KERNEL_SUM_SHIFT;
        to[k] = (int16_t)MAX(INT16_MIN, MIN(s, INT16_MAX));
    }
}

#ifdef AVX2_OUTER
AVX2 __m256i rounded_sums(__m256i s)
{
    return _mm256_srai_epi32(_mm256_add_epi32(s, _mm256_set1_epi32(HALF)),
                             KERNEL_SUM_SHIFT);
}

AVX2 void put_columns(int16_t *to, __m256i low, __m256i high)
{
    __m256i both = _mm256_packs_epi32(rounded_sums(low), rounded_sums(high));
    _mm256_storeu_si256((void *)to, _mm256_permute4x64_epi64(both, 0xd8));
}

/* Sixteen columns or thirty-two. */
AVX2 void sum_columns(int16_t *to, const struct kernel_rows *r, uint32_t at,
                      const int groups)
{
    __m256i none = _mm256_setzero_si256(), a = none, b = none, c = none, d = none;
    for (uint32_t i = 0; i < r->n; i += 2) {
        const int8_t *x = r->row[i] + at, *y = r->row[i + 1] + at;
        __m256i w = _mm256_set1_epi32(pair_of(&r->weight[i]));
        add_columns(&a, &b, x, y, w);
        if (groups > 1)
            add_columns(&c, &d, x + PAIR_COLUMNS, y + PAIR_COLUMNS, w);
    }
    put_columns(to, a, b);
    if (groups > 1)
        put_columns(to + PAIR_COLUMNS, c, d);
}

AVX2_OUTER void sum_avx2(int16_t *to, uint32_t width, const struct kernel_rows *r,
                         uint32_t at)
{
    uint32_t k = 0;
    for (; k + 2 * PAIR_COLUMNS <= width; k += 2 * PAIR_COLUMNS)
        sum_columns(to + k, r, at + k, 2);
    for (; k + PAIR_COLUMNS <= width; k += PAIR_COLUMNS)
        sum_columns(to + k, r, at + k, 1);
    if (k == width)
        return;
    __m256i s = _mm256_setzero_si256();
    for (uint32_t i = 0; i < r->n; i += 2)
        add_eight_columns(&s, r->row[i] + at + k, r->row[i + 1] + at + k,
                          _mm256_set1_epi32(pair_of(&r->weight[i])));
    s = rounded_sums(s);
    _mm_storeu_si128(
        (void *)(to + k),
        _mm_packs_epi32(_mm256_castsi256_si128(s), _mm256_extracti128_si256(s, 1)));
}

/* Packing takes four columns of either sum in turn; add_wide tells which those are. */
VNNI void put_rounded(int16_t *to, __m512i low, __m512i high, __mmask32 in)
{
    const __m512i half = _mm512_set1_epi32(HALF);
    const __m512i order = _mm512_setr_epi64(0, 2, 1, 3, 4, 6, 5, 7);
    low = _mm512_srai_epi32(_mm512_add_epi32(low, half), KERNEL_SUM_SHIFT);
    high = _mm512_srai_epi32(_mm512_add_epi32(high, half), KERNEL_SUM_SHIFT);
    __m512i both = _mm512_permutexvar_epi64(order, _mm512_packs_epi32(low, high));
    _mm512_mask_storeu_epi16(to, in, both);
}

/* Four times so many columns or twice, the last ones there are of them. */
VNNI void sum_wide(int16_t *to, uint32_t left, const struct kernel_rows *r, uint32_t at,
                   const int groups)
{
    const __m512i none = _mm512_setzero_si512();
    __m512i a = none, b = none, c = none, d = none, e = none, f = none, g = none,
            h = none;
    const __mmask32 all = 0xffffffffu, in = first_columns(left),
                    next = first_columns(left - MIN(left, (uint32_t)PAIR_WIDE));
    for (uint32_t i = 0; i < r->n; i += 2) {
        const int8_t *x = r->row[i] + at, *y = r->row[i + 1] + at;
        __m512i w = _mm512_set1_epi32(pair_of(&r->weight[i]));
        add_wide(&a, &b, x, y, groups > 2 ? all : in, w);
        add_wide(&c, &d, x + PAIR_WIDE, y + PAIR_WIDE, groups > 2 ? all : next, w);
        if (groups > 2) {
            add_wide(&e, &f, x + 2 * PAIR_WIDE, y + 2 * PAIR_WIDE, all, w);
            add_wide(&g, &h, x + 3 * PAIR_WIDE, y + 3 * PAIR_WIDE, all, w);
        }
    }
    put_rounded(to, a, b, groups > 2 ? all : in);
    put_rounded(to + PAIR_WIDE, c, d, groups > 2 ? all : next);
    if (groups > 2) {
        put_rounded(to + 2 * PAIR_WIDE, e, f, all);
        put_rounded(to + 3 * PAIR_WIDE, g, h, all);
    }
}

VNNI_OUTER void sum_avx512(int16_t *to, uint32_t width, const struct kernel_rows *r,
                           uint32_t at)
{
    uint32_t k = 0;
    for (; k + 4 * PAIR_WIDE <= width; k += 4 * PAIR_WIDE)
        sum_wide(to + k, width - k, r, at + k, 4);
    for (; k < width; k += 2 * PAIR_WIDE)
        sum_wide(to + k, width - k, r, at + k, 2);
}
#endif

void kernel_sum_rows_by(enum kernel_way way, int16_t *to, uint32_t width,
                        const struct kernel_rows *r, uint32_t at)
{
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2) {
        (way == KERNEL_AVX512 ? sum_avx512 : sum_avx2)(to, width, r, at);
        return;
    }
#endif
    (void)way;
    sum_plain(to, width, r, at);
}

void kernel_sum_rows(int16_t *to, uint32_t width, const struct kernel_rows *r,
                     uint32_t at)
{
    kernel_sum_rows_by(kernel_best_way(), to, width, r, at);
}
