#include "base/base.h"
#include "nlu/kernel_lanes.h"
#include "nlu/kernel_x86.h"

/* What is added to what: whole numbers, the same in any order. */
struct sums {
    float *to;
    const int16_t *sums;
    size_t step;
    const uint32_t *row;
    uint32_t n, width;
    float unit;
};

/* Eight columns at a time, by what vectors there are. */
static void add_plain(const struct sums *s)
{
    for (uint32_t k = 0; k < s->width; k += KERNEL_LANES) {
        whole_lanes sum = {0};
        for (uint32_t i = 0; i < s->n; i++) {
            const int16_t *v = s->sums + s->row[i] * s->step + k;
            sum += __builtin_convertvector(*(const short_lanes *)v, whole_lanes);
        }
        *(lanes *)(s->to + k) += __builtin_convertvector(sum, lanes) * s->unit;
    }
}

#ifdef AVX2_OUTER
/* Two rows at a time: their numbers side by side, for one instruction multiplies pairs by
 * 1 and adds them. An odd number's last row is its own neighbour, times 0. */
struct two {
    const int16_t *first, *second;
    int32_t times;
};

static inline struct two two_of(const struct sums *s, uint32_t i, uint32_t k)
{
    bool both = i + 1 < s->n;
    return (struct two){s->sums + s->row[i] * s->step + k,
                        s->sums + s->row[both ? i + 1 : i] * s->step + k,
                        both ? 0x00010001 : 0x00000001};
}

/* Sixteen columns; the unpacking leaves 0-3 and 8-11 in one sum, the others in the other.
 */
AVX2 void add_sixteen(__m256i *low, __m256i *high, const struct two *t, uint32_t at)
{
    __m256i x = _mm256_loadu_si256((const void *)(t->first + at));
    __m256i y = _mm256_loadu_si256((const void *)(t->second + at));
    __m256i times = _mm256_set1_epi32(t->times);
    __m256i l = _mm256_madd_epi16(_mm256_unpacklo_epi16(x, y), times);
    __m256i h = _mm256_madd_epi16(_mm256_unpackhi_epi16(x, y), times);
    *low = _mm256_add_epi32(*low, l);
    *high = _mm256_add_epi32(*high, h);
}

AVX2 void put_eight(float *to, __m256i sum, float unit)
{
    __m256 x = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_set1_ps(unit));
    _mm256_storeu_ps(to, _mm256_add_ps(_mm256_loadu_ps(to), x));
}

AVX2 void put_sixteen(float *to, __m256i low, __m256i high, float unit)
{
    put_eight(to, _mm256_permute2x128_si256(low, high, 0x20), unit);
    put_eight(to + KERNEL_LANES, _mm256_permute2x128_si256(low, high, 0x31), unit);
}

/* Sixteen columns or sixty-four; written out, for the compiler keeps no array in
 * registers. */
AVX2 void columns_avx2(const struct sums *s, uint32_t k, const bool all)
{
    __m256i none = _mm256_setzero_si256();
    __m256i a = none, b = none, c = none, d = none, e = none, f = none, g = none,
            h = none;
    for (uint32_t i = 0; i < s->n; i += 2) {
        struct two t = two_of(s, i, k);
        add_sixteen(&a, &b, &t, 0);
        if (all) {
            add_sixteen(&c, &d, &t, 16), add_sixteen(&e, &f, &t, 32);
            add_sixteen(&g, &h, &t, 48);
        }
    }
    put_sixteen(s->to + k, a, b, s->unit);
    if (all) {
        put_sixteen(s->to + k + 16, c, d, s->unit);
        put_sixteen(s->to + k + 32, e, f, s->unit);
        put_sixteen(s->to + k + 48, g, h, s->unit);
    }
}

AVX2 void last_eight(const struct sums *s, uint32_t k)
{
    __m256i sum = _mm256_setzero_si256();
    for (uint32_t i = 0; i < s->n; i++) {
        const int16_t *v = s->sums + s->row[i] * s->step + k;
        __m256i x = _mm256_cvtepi16_epi32(_mm_loadu_si128((const void *)v));
        sum = _mm256_add_epi32(sum, x);
    }
    put_eight(s->to + k, sum, s->unit);
}

AVX2_OUTER void add_avx2(const struct sums *s)
{
    uint32_t k = 0;
    for (; k + 64 <= s->width; k += 64)
        columns_avx2(s, k, true);
    for (; k + 16 <= s->width; k += 16)
        columns_avx2(s, k, false);
    if (k < s->width)
        last_eight(s, k);
}

enum { WIDE = 32, AT_ONCE = 4 * WIDE };

/* Those of a group of thirty-two that are among the first `left` of all. */
VNNI __mmask32 in_group(uint32_t left, uint32_t group)
{
    uint32_t here = left - MIN(left, group * WIDE);
    return here >= WIDE ? 0xffffffffu : (1u << here) - 1;
}

/* As add_sixteen, in each quarter; by VNNI's multiply and add in one. */
VNNI void add_wide(__m512i *low, __m512i *high, const struct two *t, uint32_t at,
                   __mmask32 in)
{
    __m512i x = _mm512_maskz_loadu_epi16(in, t->first + at);
    __m512i y = _mm512_maskz_loadu_epi16(in, t->second + at);
    __m512i times = _mm512_set1_epi32(t->times);
    *low = _mm512_dpwssd_epi32(*low, _mm512_unpacklo_epi16(x, y), times);
    *high = _mm512_dpwssd_epi32(*high, _mm512_unpackhi_epi16(x, y), times);
}

VNNI void put_half(float *to, __m512i sum, __mmask16 in, float unit)
{
    __m512 x = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_set1_ps(unit));
    x = _mm512_add_ps(_mm512_maskz_loadu_ps(in, to), x);
    _mm512_mask_storeu_ps(to, in, x);
}

VNNI void put_wide(float *to, __m512i low, __m512i high, __mmask32 in, float unit)
{
    const __m512i first = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11);
    const __m512i second = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
    put_half(to, _mm512_permutex2var_epi64(low, first, high), (__mmask16)in, unit);
    put_half(to + WIDE / 2, _mm512_permutex2var_epi64(low, second, high),
             (__mmask16)(in >> 16), unit);
}

/* Four groups of thirty-two at once, the last ones there are of them. */
VNNI_OUTER void add_avx512(const struct sums *s)
{
    for (uint32_t k = 0; k < s->width; k += AT_ONCE) {
        const __m512i none = _mm512_setzero_si512();
        __m512i a = none, b = none, c = none, d = none, e = none, f = none, g = none,
                h = none;
        uint32_t left = MIN(s->width - k, (uint32_t)AT_ONCE);
        __mmask32 in[4];
        for (uint32_t i = 0; i < 4; i++)
            in[i] = in_group(left, i);
        for (uint32_t i = 0; i < s->n; i += 2) {
            struct two t = two_of(s, i, k);
            add_wide(&a, &b, &t, 0, in[0]);
            add_wide(&c, &d, &t, WIDE, in[1]);
            add_wide(&e, &f, &t, 2 * WIDE, in[2]);
            add_wide(&g, &h, &t, 3 * WIDE, in[3]);
        }
        float *to = s->to + k;
        put_wide(to, a, b, in[0], s->unit);
        put_wide(to + WIDE, c, d, in[1], s->unit);
        put_wide(to + 2 * WIDE, e, f, in[2], s->unit);
        put_wide(to + 3 * WIDE, g, h, in[3], s->unit);
    }
}
#endif

void kernel_add_sums_by(enum kernel_way way, float *to, uint32_t width,
                        const int16_t *sums, size_t step, const uint32_t *row, uint32_t n,
                        float unit)
{
    struct sums s = {to, sums, step, row, n, width, unit};
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2) {
        (way == KERNEL_AVX512 ? add_avx512 : add_avx2)(&s);
        return;
    }
#endif
    (void)way;
    add_plain(&s);
}

void kernel_add_sums(float *to, uint32_t width, const int16_t *sums, size_t step,
                     const uint32_t *row, uint32_t n, float unit)
{
    kernel_add_sums_by(kernel_best_way(), to, width, sums, step, row, n, unit);
}
