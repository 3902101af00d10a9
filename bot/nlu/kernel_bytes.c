#include "nlu/kernel.h"

/*
 * The loop every question spends most of its time in: some hundred rows of bytes, lying
 * all over a few megabytes. GCC makes single steps of the conversion from bytes, so
 * the AVX2 variant is spelled out; both add the same numbers in the same order.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_AVX2 __builtin_cpu_supports("avx2")
#define AVX2 __attribute__((target("avx2")))
#else
#define HAS_AVX2 0
#endif

static void gather_plain(float *sum, const int8_t *rows, const float *scale,
                         uint32_t width, const struct weight *v, uint32_t n,
                         uint32_t first, float factor)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = v[i].row - first;
        const int8_t *row = rows + (size_t)r * width;
        float x = v[i].value * factor * scale[r];
        for (uint32_t k = 0; k < width; k++)
            sum[k] += (float)row[k] * x;
    }
}

#ifdef AVX2
/* So many groups of lanes are added up in registers; rows further on are asked for ahead.
 */
enum { BLOCK = 8, AHEAD = 8 };

static AVX2 void gather_block(float *sum, const int8_t *rows, const float *scale,
                              uint32_t width, const struct weight *v, uint32_t n,
                              uint32_t first, float factor)
{
    __m256 s[BLOCK];
    for (int k = 0; k < BLOCK; k++)
        s[k] = _mm256_loadu_ps(sum + k * KERNEL_LANES);
    for (uint32_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            _mm_prefetch(
                (const char *)(rows + (size_t)(v[i + AHEAD].row - first) * width),
                _MM_HINT_T0);
        uint32_t r = v[i].row - first;
        const int8_t *row = rows + (size_t)r * width;
        __m256 x = _mm256_set1_ps(v[i].value * factor * scale[r]);
        for (int k = 0; k < BLOCK; k++) {
            __m128i bytes = _mm_loadl_epi64((const void *)(row + k * KERNEL_LANES));
            __m256 w = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
            s[k] = _mm256_add_ps(s[k], _mm256_mul_ps(w, x));
        }
    }
    for (int k = 0; k < BLOCK; k++)
        _mm256_storeu_ps(sum + k * KERNEL_LANES, s[k]);
}

static AVX2 void gather_lanes(float *sum, const int8_t *rows, const float *scale,
                              uint32_t width, const struct weight *v, uint32_t n,
                              uint32_t first, float factor)
{
    __m256 s = _mm256_loadu_ps(sum);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = v[i].row - first;
        __m128i bytes = _mm_loadl_epi64((const void *)(rows + (size_t)r * width));
        __m256 w = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
        s = _mm256_add_ps(
            s, _mm256_mul_ps(w, _mm256_set1_ps(v[i].value * factor * scale[r])));
    }
    _mm256_storeu_ps(sum, s);
}

static AVX2 void gather_avx2(float *sum, const int8_t *rows, const float *scale,
                             uint32_t width, const struct weight *v, uint32_t n,
                             uint32_t first, float factor)
{
    uint32_t from = 0;
    for (; from + BLOCK * KERNEL_LANES <= width; from += BLOCK * KERNEL_LANES)
        gather_block(sum + from, rows + from, scale, width, v, n, first, factor);
    for (; from < width; from += KERNEL_LANES)
        gather_lanes(sum + from, rows + from, scale, width, v, n, first, factor);
}
#endif

void kernel_gather_bytes(float *sum, const int8_t *rows, const float *scale,
                         uint32_t width, const struct weight *v, uint32_t n,
                         uint32_t first, float factor)
{
#ifdef AVX2
    if (HAS_AVX2) {
        gather_avx2(sum, rows, scale, width, v, n, first, factor);
        return;
    }
#endif
    gather_plain(sum, rows, scale, width, v, n, first, factor);
}
