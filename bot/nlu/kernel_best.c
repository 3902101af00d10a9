#include <float.h>

#include "base/base.h"
#include "nlu/kernel_lanes.h"
#include "nlu/kernel_x86.h"

/*
 * A pass finds the largest of each lane. The third largest of these is no more than the
 * third largest of all; so a second pass marks the few that are not below it, and only
 * those are looked at one by one. Neither pass branches on what it reads.
 */

enum { LANES = KERNEL_LANES, BITS = 64 };

/* Places that may be among the best, as bits; and a place for what the last group of
 * lanes writes behind them. */
struct marks {
    uint64_t bits[KERNEL_WIDTH_MAX / BITS + 1];
};

/* Three values, largest first: x comes in where it is more than one of them. */
static inline void insert(float best[KERNEL_BEST], uint32_t at[KERNEL_BEST], float x,
                          uint32_t k)
{
    bool first = x > best[0], second = x > best[1], third = x > best[2];
    best[2] = second ? best[1] : third ? x : best[2];
    at[2] = second ? at[1] : third ? k : at[2];
    best[1] = first ? best[0] : second ? x : best[1];
    at[1] = first ? at[0] : second ? k : at[1];
    best[0] = first ? x : best[0];
    at[0] = first ? k : at[0];
}

/* The least that can be among the best, for what is 0 cannot. */
static float floor_of(const float most[LANES])
{
    float a = FLT_TRUE_MIN, b = a, c = a;
    for (int i = 0; i < LANES; i++) {
        float x = most[i], y = MIN(a, x);
        a = MAX(a, x);
        x = MIN(b, y);
        b = MAX(b, y);
        c = MAX(c, x);
    }
    return c;
}

static uint32_t best_of(const float *v, uint32_t width, const struct marks *m,
                        uint32_t at[KERNEL_BEST])
{
    float best[KERNEL_BEST] = {0};
    for (uint32_t from = 0; from < width; from += BITS)
        for (uint64_t bits = m->bits[from / BITS]; bits != 0; bits &= bits - 1) {
            uint32_t k = from + (uint32_t)__builtin_ctzll(bits);
            insert(best, at, v[k], k);
        }
    return (uint32_t)((best[0] > 0) + (best[1] > 0) + (best[2] > 0));
}

static void mark_plain(const float *v, uint32_t width, struct marks *m)
{
    lanes top = *(const lanes *)v;
    for (uint32_t k = LANES; k < width; k += LANES)
        raise_to(&top, (const lanes *)(v + k));
    float least = floor_of((const float *)&top);
    for (uint32_t k = 0; k < width; k += LANES) {
        uint64_t in = 0;
        for (uint32_t i = 0; i < LANES; i++)
            in |= (uint64_t)(v[k + i] >= least) << i;
        if (k % BITS == 0)
            m->bits[k / BITS] = 0;
        m->bits[k / BITS] |= in << k % BITS;
    }
}

#ifdef AVX2_OUTER
AVX2 uint64_t at_least(const float *v, __m256 least)
{
    __m256 in = _mm256_cmp_ps(_mm256_loadu_ps(v), least, _CMP_GE_OQ);
    return (uint64_t)(uint32_t)_mm256_movemask_ps(in);
}

AVX2_OUTER void mark_avx2(const float *v, uint32_t width, struct marks *m)
{
    __m256 a = _mm256_loadu_ps(v), b = a;
    uint32_t k = 0;
    for (; k + 2 * LANES <= width; k += 2 * LANES) {
        a = _mm256_max_ps(a, _mm256_loadu_ps(v + k));
        b = _mm256_max_ps(b, _mm256_loadu_ps(v + k + LANES));
    }
    if (k < width)
        a = _mm256_max_ps(a, _mm256_loadu_ps(v + k));
    float most[LANES];
    _mm256_storeu_ps(most, _mm256_max_ps(a, b));
    __m256 least = _mm256_set1_ps(floor_of(most));
    for (k = 0; k < width; k += BITS) {
        uint64_t bits = 0;
        uint32_t n = MIN(width - k, (uint32_t)BITS);
        for (uint32_t i = 0; i < n; i += LANES)
            bits |= at_least(v + k + i, least) << i;
        m->bits[k / BITS] = bits;
    }
}

enum { WIDE = 16 };

/* The last sixteen may be eight. */
AVX512 __m512 wide_at(const float *v, uint32_t k, uint32_t width)
{
    return _mm512_maskz_loadu_ps(k + WIDE <= width ? 0xffff : 0xff, v + k);
}

AVX512_OUTER void mark_avx512(const float *v, uint32_t width, struct marks *m)
{
    __m512 a = _mm512_setzero_ps(), b = a; /* below 0 is nothing looked for */
    uint32_t k = 0;
    for (; k + 2 * WIDE <= width; k += 2 * WIDE) {
        a = _mm512_max_ps(a, _mm512_loadu_ps(v + k));
        b = _mm512_max_ps(b, _mm512_loadu_ps(v + k + WIDE));
    }
    for (; k < width; k += WIDE)
        a = _mm512_max_ps(a, wide_at(v, k, width));
    a = _mm512_max_ps(a, b);
    float most[LANES];
    __m256 high = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(a), 1));
    _mm256_storeu_ps(most, _mm256_max_ps(_mm512_castps512_ps256(a), high));
    __m512 least = _mm512_set1_ps(floor_of(most));
    for (k = 0; k < width; k += BITS) {
        uint64_t bits = 0;
        uint32_t n = MIN(width - k, (uint32_t)BITS);
        for (uint32_t i = 0; i < n; i += WIDE) {
            __mmask16 in =
                _mm512_cmp_ps_mask(wide_at(v, k + i, width), least, _CMP_GE_OQ);
            bits |= (uint64_t)in << i;
        }
        m->bits[k / BITS] = bits;
    }
}
#endif

uint32_t kernel_best_by(enum kernel_way way, const float *v, uint32_t width,
                        uint32_t at[KERNEL_BEST])
{
    struct marks m;
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2) {
        (way == KERNEL_AVX512 ? mark_avx512 : mark_avx2)(v, width, &m);
        return best_of(v, width, &m, at);
    }
#endif
    (void)way;
    mark_plain(v, width, &m);
    return best_of(v, width, &m, at);
}

uint32_t kernel_best(const float *v, uint32_t width, uint32_t at[KERNEL_BEST])
{
    return kernel_best_by(kernel_best_way(), v, width, at);
}
