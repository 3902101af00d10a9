#include "nlu/kernel.h"

#include <math.h>

#include "base/base.h"

/*
 * The loop every question spends most of its time in: some hundred rows of bytes, lying
 * all over a few megabytes. The weights become 16-bit fractions of the largest first, so
 * that two rows are multiplied and added by one instruction; sums of whole numbers are
 * the same in any order, so both variants agree to the bit.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_AVX2 __builtin_cpu_supports("avx2")
#define AVX2 __attribute__((target("avx2"), always_inline)) static inline
#define AVX2_OUTER __attribute__((target("avx2"))) static
#else
#define HAS_AVX2 0
#endif

/* 127 * WEIGHT_MAX * CHUNK stays below 2^31. */
enum { CHUNK = 512, WEIGHT_MAX = 32767 };

/* Rows of bytes with the weights they are added with. */
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

#ifdef AVX2_OUTER
enum { AHEAD = 8, COLUMNS = 16 };

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

/* So many columns, sixteen by sixteen, are added up in registers. */
AVX2 void gather_columns(float *sum, const struct chunk *c, uint32_t at, float unit,
                         const int groups)
{
    __m256i s[8];
    for (int g = 0; g < groups * 2; g++)
        s[g] = _mm256_setzero_si256();
    for (uint32_t i = 0; i < c->n; i += 2) {
        const int8_t *a = c->row[i] + at, *b = c->row[i + 1] + at;
        __m256i w =
            _mm256_set1_epi32((int32_t)((uint32_t)(uint16_t)c->weight[i + 1] << 16 |
                                        (uint16_t)c->weight[i]));
        if (i + AHEAD + 1 < c->n) {
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
        __m256i w =
            _mm256_set1_epi32((int32_t)((uint32_t)(uint16_t)c->weight[i + 1] << 16 |
                                        (uint16_t)c->weight[i]));
        add_pair(&s, _mm_unpacklo_epi8(x, y), w);
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
#endif

/* Two by two: an odd number is made even by a row without weight. */
static void fill(struct chunk *c, const int8_t *rows, const float *scale, uint32_t width,
                 const struct weight *v, uint32_t n, uint32_t first, float per_unit)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = v[i].row - first;
        c->row[i] = rows + (size_t)r * width;
        float w = v[i].value * scale[r] * per_unit;
        c->weight[i] = (int16_t)(w < 0 ? w - 0.5F : w + 0.5F);
    }
    c->n = n;
    if (n % 2) {
        c->row[n] = c->row[n - 1];
        c->weight[n] = 0;
        c->n++;
    }
}

void kernel_gather_bytes(float *sum, const int8_t *rows, const float *scale,
                         uint32_t width, const struct weight *v, uint32_t n,
                         uint32_t first, float factor)
{
    float most = 0;
    for (uint32_t i = 0; i < n; i++) {
        float w = fabsf(v[i].value * scale[v[i].row - first]);
        most = w > most ? w : most;
    }
    if (most <= 0)
        return;
    float unit = most / (float)WEIGHT_MAX;
    struct chunk c;
    for (uint32_t i = 0; i < n; i += CHUNK) {
        fill(&c, rows, scale, width, v + i, MIN(n - i, (uint32_t)CHUNK), first, 1 / unit);
#ifdef AVX2_OUTER
        if (HAS_AVX2) {
            gather_avx2(sum, &c, width, unit * factor);
            continue;
        }
#endif
        gather_plain(sum, &c, width, unit * factor);
    }
}
