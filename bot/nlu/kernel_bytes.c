#include "nlu/kernel.h"

#include <math.h>

#include "base/base.h"

/*
 * The loop every question spends most of its time in: some hundred rows of bytes, lying
 * all over a few megabytes. The weights become 16-bit fractions of the largest first, so
 * that two rows are multiplied and added by one instruction; sums of whole numbers are
 * the same in any order, so all variants agree to the bit.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_AVX2 __builtin_cpu_supports("avx2")
#define AVX2 __attribute__((target("avx2"), always_inline)) static inline
#define AVX2_OUTER __attribute__((target("avx2"))) static
#else
#define HAS_AVX2 0
#endif

/* 127 * WEIGHT_MAX * CHUNK stays below 2^31. Rows are asked for AHEAD of their turn. */
enum { CHUNK = 512, WEIGHT_MAX = 32767, AHEAD = 8, CACHE_LINE = 64 };

/* Rows of bytes with the weights they are added with: two by two, an odd number made even
 * by a row without weight. */
struct chunk {
    const int8_t *row[CHUNK + AHEAD];
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
enum { COLUMNS = 16 };

/* Both rows' bytes side by side, the rows' weights as pairs. */
AVX2 void add_pair(__m256i *s, __m128i bytes, __m256i weights)
{
    *s = _mm256_add_epi32(*s, _mm256_madd_epi16(_mm256_cvtepi8_epi16(bytes), weights));
}

AVX2 void put_sums(float *sum, __m256i s, float unit)
{
    __m256 x = _mm256_mul_ps(_mm256_cvtepi32_ps(s), _mm256_set1_ps(unit));
    _mm256_storeu_ps(sum, _mm256_add_ps(_mm256_loadu_ps(sum), x));
}

AVX2 __m256i pair_of(const struct chunk *c, uint32_t i)
{
    int32_t both;
    memcpy(&both, &c->weight[i], sizeof both);
    return _mm256_set1_epi32(both);
}

/* So many columns, sixteen by sixteen, are added up in registers. */
AVX2 void gather_columns(float *sum, const struct chunk *c, uint32_t at, float unit,
                         const int groups)
{
    __m256i s[8];
    for (int g = 0; g < groups * 2; g++)
        s[g] = _mm256_setzero_si256();
    for (uint32_t i = 0; i < c->n; i += 2) {
        const int8_t *a = c->row[i] + at, *b = c->row[i + 1] + at;
        __m256i w = pair_of(c, i);
        if (groups == 4) {
            _mm_prefetch((const char *)(c->row[i + AHEAD] + at), _MM_HINT_T0);
            _mm_prefetch((const char *)(c->row[i + AHEAD + 1] + at), _MM_HINT_T0);
        }
        for (int g = 0; g < groups; g++) {
            __m128i x = _mm_loadu_si128((const void *)(a + g * COLUMNS));
            __m128i y = _mm_loadu_si128((const void *)(b + g * COLUMNS));
            add_pair(&s[2 * g], _mm_unpacklo_epi8(x, y), w);
            add_pair(&s[2 * g + 1], _mm_unpackhi_epi8(x, y), w);
        }
    }
    for (int g = 0; g < groups * 2; g++)
        put_sums(sum + at + g * KERNEL_LANES, s[g], unit);
}

AVX2 void gather_last(float *sum, const struct chunk *c, uint32_t at, float unit)
{
    __m256i s = _mm256_setzero_si256();
    for (uint32_t i = 0; i < c->n; i += 2) {
        __m128i x = _mm_loadl_epi64((const void *)(c->row[i] + at));
        __m128i y = _mm_loadl_epi64((const void *)(c->row[i + 1] + at));
        add_pair(&s, _mm_unpacklo_epi8(x, y), pair_of(c, i));
    }
    put_sums(sum + at, s, unit);
}

AVX2_OUTER void gather_avx2(float *sum, const struct chunk *c, uint32_t width, float unit)
{
    uint32_t at = 0;
    for (; at + 4 * COLUMNS <= width; at += 4 * COLUMNS)
        gather_columns(sum, c, at, unit, 4);
    if (at + 2 * COLUMNS <= width) {
        gather_columns(sum, c, at, unit, 2);
        at += 2 * COLUMNS;
    }
    if (at + COLUMNS <= width) {
        gather_columns(sum, c, at, unit, 1);
        at += COLUMNS;
    }
    if (at < width)
        gather_last(sum, c, at, unit);
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

static float largest(const float *weight, uint32_t n)
{
#ifdef AVX2_OUTER
    if (HAS_AVX2)
        return largest_avx2(weight, n);
#endif
    return largest_plain(weight, n);
}

static void fill(struct chunk *c, const int8_t *const *row, uint32_t at,
                 const float *weight, uint32_t n, float per_unit)
{
    for (uint32_t i = 0; i < n; i++)
        c->row[i] = row[i] + at;
    c->n = n + n % 2;
    for (uint32_t i = n; i < c->n + AHEAD; i++)
        c->row[i] = c->row[n - 1];
    c->weight[c->n - 1] = 0;
#ifdef AVX2_OUTER
    if (HAS_AVX2) {
        fill_avx2(c->weight, weight, n, per_unit);
        return;
    }
#endif
    fill_plain(c->weight, weight, n, per_unit);
}

void kernel_gather_bytes(float *sum, uint32_t width, const int8_t *const *row,
                         uint32_t at, const float *weight, uint32_t n, float factor)
{
    float most = largest(weight, n);
    if (most <= 0)
        return;
    float unit = most / (float)WEIGHT_MAX;
    struct chunk c;
    for (uint32_t i = 0; i < n; i += CHUNK) {
        fill(&c, row + i, at, weight + i, MIN(n - i, (uint32_t)CHUNK), 1 / unit);
#ifdef AVX2_OUTER
        if (HAS_AVX2) {
            gather_avx2(sum, &c, width, unit * factor);
            continue;
        }
#endif
        gather_plain(sum, &c, width, unit * factor);
    }
}
