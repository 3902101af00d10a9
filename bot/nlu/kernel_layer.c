#include "base/base.h"
#include "nlu/kernel_lanes.h"
#include "nlu/kernel_x86.h"

enum { QUAD = KERNEL_QUAD };

/* The sums are whole numbers, the same in any order: all variants agree to the bit. */
struct layer {
    float *to;
    const int8_t *w;
    const float *scale, *bias;
    const uint8_t *x;
    uint32_t width, n;
    float unit;
};

static float rectify_plain(uint8_t *to, const float *sum, const float *bias, uint32_t n)
{
    float most = 0;
    for (uint32_t h = 0; h < n; h++)
        most = MAX(most, sum[h] + bias[h]);
    float per_unit = most > 0 ? KERNEL_ON_MAX / most : 0;
    for (uint32_t h = 0; h < n; h++)
        to[h] = (uint8_t)(MAX(sum[h] + bias[h], 0) * per_unit + 0.5F);
    return most / KERNEL_ON_MAX;
}

/* Two columns' four products each, which are added up in the end. */
HELPER add_two(whole_lanes *sum, const int8_t *w, const short_lanes *x)
{
    typedef int8_t signed_lanes __attribute__((vector_size(8), aligned(1), may_alias));
    short_lanes products =
        __builtin_convertvector(*(const signed_lanes *)w, short_lanes) * *x;
    *sum += __builtin_convertvector(products, whole_lanes);
}

/* Eight columns at a time, by what vectors there are. */
static void layer_plain(const struct layer *l)
{
    enum { TWO = 2 * QUAD };
    for (uint32_t k = 0; k < l->width; k += KERNEL_LANES) {
        whole_lanes sum[QUAD] = {{0}};
        const int8_t *w = l->w + (size_t)k * QUAD;
        for (uint32_t i = 0; i < l->n; i += QUAD, w += (size_t)l->width * QUAD) {
            const uint8_t *x = l->x + i;
            short_lanes both = {x[0], x[1], x[2], x[3], x[0], x[1], x[2], x[3]};
            add_two(&sum[0], w, &both);
            add_two(&sum[1], w + TWO, &both);
            add_two(&sum[2], w + 2 * TWO, &both);
            add_two(&sum[3], w + 3 * TWO, &both);
        }
        for (uint32_t c = 0; c < KERNEL_LANES; c++) {
            const whole_lanes *two = &sum[c / 2];
            uint32_t at = c % 2 * QUAD;
            int32_t s = (*two)[at] + (*two)[at + 1] + (*two)[at + 2] + (*two)[at + 3];
            l->to[k + c] = l->bias[k + c] + (float)s * (l->scale[k + c] * l->unit);
        }
    }
}

#ifdef AVX2_OUTER
static inline int32_t quad_of(const uint8_t *x)
{
    int32_t four;
    memcpy(&four, x, sizeof four);
    return four;
}

/* 127 * 127 twice is the most that two products come to: 16 bits hold it. */
AVX2 void add_quads(__m256i *sum, const int8_t *w, __m256i x)
{
    __m256i pairs = _mm256_maddubs_epi16(x, _mm256_loadu_si256((const void *)w));
    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

AVX2 void put_eight(const struct layer *l, uint32_t k, __m256i sum)
{
    __m256 scale = _mm256_loadu_ps(l->scale + k);
    scale = _mm256_mul_ps(scale, _mm256_set1_ps(l->unit));
    __m256 s = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
    _mm256_storeu_ps(l->to + k, _mm256_add_ps(_mm256_loadu_ps(l->bias + k), s));
}

/* One group of eight columns, four or eight; written out, for the compiler keeps no array
 * in registers. */
AVX2 void columns_avx2(const struct layer *l, uint32_t k, const uint32_t groups)
{
    enum { STEP = KERNEL_LANES * QUAD };
    __m256i none = _mm256_setzero_si256();
    __m256i a = none, b = none, c = none, d = none, e = none, f = none, g = none,
            h = none;
    const int8_t *w = l->w + (size_t)k * QUAD;
    for (uint32_t i = 0; i < l->n; i += QUAD, w += (size_t)l->width * QUAD) {
        __m256i x = _mm256_set1_epi32(quad_of(l->x + i));
        add_quads(&a, w, x);
        if (groups >= 4) {
            add_quads(&b, w + STEP, x), add_quads(&c, w + 2 * STEP, x);
            add_quads(&d, w + 3 * STEP, x);
        }
        if (groups >= 8) {
            add_quads(&e, w + 4 * STEP, x), add_quads(&f, w + 5 * STEP, x);
            add_quads(&g, w + 6 * STEP, x), add_quads(&h, w + 7 * STEP, x);
        }
    }
    const __m256i sums[] = {a, b, c, d, e, f, g, h};
    for (uint32_t i = 0; i < groups; i++)
        put_eight(l, k + i * KERNEL_LANES, sums[i]);
}

AVX2_OUTER void layer_avx2(const struct layer *l)
{
    uint32_t k = 0;
    for (; k + 8 * KERNEL_LANES <= l->width; k += 8 * KERNEL_LANES)
        columns_avx2(l, k, 8);
    for (; k + 4 * KERNEL_LANES <= l->width; k += 4 * KERNEL_LANES)
        columns_avx2(l, k, 4);
    for (; k < l->width; k += KERNEL_LANES)
        columns_avx2(l, k, 1);
}

AVX2 __m256 sums_at(const float *sum, const float *bias, uint32_t h)
{
    return _mm256_add_ps(_mm256_loadu_ps(sum + h), _mm256_loadu_ps(bias + h));
}

AVX2_OUTER float rectify_avx2(uint8_t *to, const float *sum, const float *bias,
                              uint32_t n)
{
    const __m256 none = _mm256_setzero_ps();
    __m256 top = none;
    for (uint32_t h = 0; h < n; h += KERNEL_LANES)
        top = _mm256_max_ps(top, sums_at(sum, bias, h));
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(top), _mm256_extractf128_ps(top, 1));
    four = _mm_max_ps(four, _mm_movehl_ps(four, four));
    float most = _mm_cvtss_f32(_mm_max_ss(four, _mm_shuffle_ps(four, four, 1)));
    const __m256 per_unit = _mm256_set1_ps(most > 0 ? KERNEL_ON_MAX / most : 0);
    for (uint32_t h = 0; h < n; h += KERNEL_LANES) {
        __m256 x = _mm256_max_ps(sums_at(sum, bias, h), none);
        x = _mm256_add_ps(_mm256_mul_ps(x, per_unit), _mm256_set1_ps(0.5F));
        __m256i whole = _mm256_cvttps_epi32(x);
        __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(whole),
                                        _mm256_extracti128_si256(whole, 1));
        _mm_storel_epi64((void *)(to + h), _mm_packus_epi16(words, words));
    }
    return most / KERNEL_ON_MAX;
}

enum { WIDE = 16 };

/* Those of a group of sixteen that are among the first `left` of all. */
VNNI __mmask16 in_group(uint32_t left, uint32_t group)
{
    uint32_t here = left - MIN(left, group * WIDE);
    return (__mmask16)((1u << MIN(here, (uint32_t)WIDE)) - 1);
}

VNNI void put_wide(const struct layer *l, uint32_t k, __mmask16 in, __m512i sum)
{
    __m512 scale = _mm512_maskz_loadu_ps(in, l->scale + k);
    scale = _mm512_mul_ps(scale, _mm512_set1_ps(l->unit));
    __m512 s = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale);
    s = _mm512_add_ps(_mm512_maskz_loadu_ps(in, l->bias + k), s);
    _mm512_mask_storeu_ps(l->to + k, in, s);
}

/* Sixty-four columns at once, the last ones there are of them. */
VNNI_OUTER void layer_avx512(const struct layer *l)
{
    for (uint32_t k = 0; k < l->width; k += 4 * WIDE) {
        __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
        uint32_t left = MIN(l->width - k, 4u * WIDE);
        __mmask16 in[4];
        for (uint32_t g = 0; g < 4; g++)
            in[g] = in_group(left, g);
        const int8_t *w = l->w + (size_t)k * QUAD;
        for (uint32_t i = 0; i < l->n; i += QUAD, w += (size_t)l->width * QUAD) {
            __m512i x = _mm512_set1_epi32(quad_of(l->x + i));
            a = _mm512_dpbusd_epi32(a, x, _mm512_maskz_loadu_epi32(in[0], w));
            b = _mm512_dpbusd_epi32(b, x, _mm512_maskz_loadu_epi32(in[1], w + 64));
            c = _mm512_dpbusd_epi32(c, x, _mm512_maskz_loadu_epi32(in[2], w + 128));
            d = _mm512_dpbusd_epi32(d, x, _mm512_maskz_loadu_epi32(in[3], w + 192));
        }
        put_wide(l, k, in[0], a);
        put_wide(l, k + WIDE, in[1], b);
        put_wide(l, k + 2 * WIDE, in[2], c);
        put_wide(l, k + 3 * WIDE, in[3], d);
    }
}
#endif

float kernel_rectify_by(enum kernel_way way, uint8_t *to, const float *sum,
                        const float *bias, uint32_t n)
{
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2)
        return rectify_avx2(to, sum, bias, n);
#endif
    (void)way;
    return rectify_plain(to, sum, bias, n);
}

float kernel_rectify(uint8_t *to, const float *sum, const float *bias, uint32_t n)
{
    return kernel_rectify_by(kernel_best_way(), to, sum, bias, n);
}

void kernel_layer_by(enum kernel_way way, float *to, uint32_t width, const int8_t *w,
                     const float *scale, const float *bias, const uint8_t *x, uint32_t n,
                     float unit)
{
    struct layer l = {to, w, scale, bias, x, width, n, unit};
#ifdef AVX2_OUTER
    if (way >= KERNEL_AVX2) {
        (way == KERNEL_AVX512 ? layer_avx512 : layer_avx2)(&l);
        return;
    }
#endif
    (void)way;
    layer_plain(&l);
}

void kernel_layer(float *to, uint32_t width, const int8_t *w, const float *scale,
                  const float *bias, const uint8_t *x, uint32_t n, float unit)
{
    kernel_layer_by(kernel_best_way(), to, width, w, scale, bias, x, n, unit);
}
