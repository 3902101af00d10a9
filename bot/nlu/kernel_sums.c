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

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_WAYS

AVX2 void add_eight(__m256i *sum, const int16_t *v)
{
    __m256i x = _mm256_cvtepi16_epi32(_mm_loadu_si128((const void *)v));
    *sum = _mm256_add_epi32(*sum, x);
}

/* One group of lanes, four or eight; written out, for the compiler keeps no array in
 * registers. */
AVX2 void columns_avx2(const struct sums *s, uint32_t k, const uint32_t groups)
{
    __m256i none = _mm256_setzero_si256();
    __m256i a = none, b = none, c = none, d = none, e = none, f = none, g = none,
            h = none;
    for (uint32_t i = 0; i < s->n; i++) {
        const int16_t *v = s->sums + s->row[i] * s->step + k;
        add_eight(&a, v);
        if (groups >= 4)
            add_eight(&b, v + 8), add_eight(&c, v + 16), add_eight(&d, v + 24);
        if (groups >= 8) {
            add_eight(&e, v + 32), add_eight(&f, v + 40);
            add_eight(&g, v + 48), add_eight(&h, v + 56);
        }
    }
    const __m256i all[] = {a, b, c, d, e, f, g, h};
    for (uint32_t i = 0; i < groups; i++) {
        float *to = s->to + k + i * KERNEL_LANES;
        __m256 x = _mm256_mul_ps(_mm256_cvtepi32_ps(all[i]), _mm256_set1_ps(s->unit));
        _mm256_storeu_ps(to, _mm256_add_ps(_mm256_loadu_ps(to), x));
    }
}

AVX2_OUTER void add_avx2(const struct sums *s)
{
    uint32_t k = 0;
    for (; k + 8 * KERNEL_LANES <= s->width; k += 8 * KERNEL_LANES)
        columns_avx2(s, k, 8);
    for (; k + 4 * KERNEL_LANES <= s->width; k += 4 * KERNEL_LANES)
        columns_avx2(s, k, 4);
    for (; k < s->width; k += KERNEL_LANES)
        columns_avx2(s, k, 1);
}

enum { WIDE = 16, AT_ONCE = 8 * WIDE };

/* Those of a group of sixteen that are among the first `left` of all. */
AVX512 __mmask16 in_group(uint32_t left, uint32_t group)
{
    uint32_t here = left - MIN(left, group * WIDE);
    return (__mmask16)((1u << MIN(here, (uint32_t)WIDE)) - 1);
}

AVX512 void add_wide(__m512i *sum, const int16_t *v, __mmask16 in)
{
    __m512i x = _mm512_cvtepi16_epi32(_mm256_maskz_loadu_epi16(in, v));
    *sum = _mm512_add_epi32(*sum, x);
}

AVX512 void put_wide(float *to, __m512i sum, __mmask16 in, float unit)
{
    __m512 x = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_set1_ps(unit));
    x = _mm512_add_ps(_mm512_maskz_loadu_ps(in, to), x);
    _mm512_mask_storeu_ps(to, in, x);
}

/* Eight groups of sixteen at once, the last ones there are of them. */
AVX512_OUTER void add_avx512(const struct sums *s)
{
    for (uint32_t k = 0; k < s->width; k += AT_ONCE) {
        __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a, e = a, f = a, g = a,
                h = a;
        uint32_t left = MIN(s->width - k, (uint32_t)AT_ONCE);
        __mmask16 in[8];
        for (uint32_t i = 0; i < 8; i++)
            in[i] = in_group(left, i);
        for (uint32_t i = 0; i < s->n; i++) {
            const int16_t *v = s->sums + s->row[i] * s->step + k;
            add_wide(&a, v, in[0]), add_wide(&b, v + WIDE, in[1]);
            add_wide(&c, v + 2 * WIDE, in[2]), add_wide(&d, v + 3 * WIDE, in[3]);
            add_wide(&e, v + 4 * WIDE, in[4]), add_wide(&f, v + 5 * WIDE, in[5]);
            add_wide(&g, v + 6 * WIDE, in[6]), add_wide(&h, v + 7 * WIDE, in[7]);
        }
        float *to = s->to + k;
        put_wide(to, a, in[0], s->unit), put_wide(to + WIDE, b, in[1], s->unit);
        put_wide(to + 2 * WIDE, c, in[2], s->unit);
        put_wide(to + 3 * WIDE, d, in[3], s->unit);
        put_wide(to + 4 * WIDE, e, in[4], s->unit);
        put_wide(to + 5 * WIDE, f, in[5], s->unit);
        put_wide(to + 6 * WIDE, g, in[6], s->unit);
        put_wide(to + 7 * WIDE, h, in[7], s->unit);
    }
}
#endif

void kernel_add_sums_by(enum kernel_way way, float *to, uint32_t width,
                        const int16_t *sums, size_t step, const uint32_t *row, uint32_t n,
                        float unit)
{
    struct sums s = {to, sums, step, row, n, width, unit};
#ifdef HAS_WAYS
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
