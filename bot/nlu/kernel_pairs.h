/*
 * kernel_pairs - two rows of bytes multiplied and added at a time: what kernel_bytes.c
 * and kernel_rows.c share on x86 processors. Their weights stand side by side as one
 * number of 32 bits, their bytes likewise: one instruction adds both products to a
 * column's sum of 32 bits.
 */
#ifndef NLU_KERNEL_PAIRS_H
#define NLU_KERNEL_PAIRS_H

#include <string.h>

#include "nlu/kernel_x86.h"

#ifdef AVX2_OUTER
enum { PAIR_COLUMNS = 16, PAIR_WIDE = 32 };

static inline int32_t pair_of(const int16_t *weight)
{
    int32_t both;
    memcpy(&both, weight, sizeof both);
    return both;
}

/* Sixteen columns of two rows. */
AVX2 void add_columns(__m256i *low, __m256i *high, const int8_t *a, const int8_t *b,
                      __m256i w)
{
    __m128i x = _mm_loadu_si128((const void *)a), y = _mm_loadu_si128((const void *)b);
    __m256i l = _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(x, y));
    __m256i h = _mm256_cvtepi8_epi16(_mm_unpackhi_epi8(x, y));
    *low = _mm256_add_epi32(*low, _mm256_madd_epi16(l, w));
    *high = _mm256_add_epi32(*high, _mm256_madd_epi16(h, w));
}

/* Eight. */
AVX2 void add_eight_columns(__m256i *sum, const int8_t *a, const int8_t *b, __m256i w)
{
    __m128i x = _mm_loadl_epi64((const void *)a), y = _mm_loadl_epi64((const void *)b);
    __m256i both = _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(x, y));
    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(both, w));
}

/* Thirty-two columns, of which `in` are there; by VNNI's multiply and add in one. The
 * unpacking leaves columns 0-7 and 16-23 in one sum, the others in the other. */
VNNI void add_wide(__m512i *low, __m512i *high, const int8_t *a, const int8_t *b,
                   __mmask32 in, __m512i w)
{
    __m256i x = _mm256_maskz_loadu_epi8(in, a), y = _mm256_maskz_loadu_epi8(in, b);
    __m512i l = _mm512_cvtepi8_epi16(_mm256_unpacklo_epi8(x, y));
    __m512i h = _mm512_cvtepi8_epi16(_mm256_unpackhi_epi8(x, y));
    *low = _mm512_dpwssd_epi32(*low, l, w);
    *high = _mm512_dpwssd_epi32(*high, h, w);
}

/* The first `left` of thirty-two columns. */
VNNI __mmask32 first_columns(uint32_t left)
{
    return left >= PAIR_WIDE ? 0xffffffffu : (1u << left) - 1;
}
#endif

#endif
