#include "nlu/mixture.h"

#include "base/base.h"
#include "nlu/kernel_lanes.h"
#include "nlu/kernel_x86.h"

static const float sharpness = 8.0F; /* margins to logits */
static const float least = 1e-6F;    /* added to every probability */

/* A factor is 1e-6 to 1 or little more; a thousand times that stays in a float's range
 * when nine are multiplied. */
static const float thousand = 1000.0F, log2_thousand = 9.9657843F;

/* All powers are of 2. 2^f for |f| <= 1/2, to 2e-7; and log2(1 + t) / t for 1 + t from
 * sqrt 1/2 to sqrt 2, to 6e-7: Chebyshev's polynomials, lowest first. */
static const float power[] = {1.00000012F,   0.693147182F,   0.240221068F,
                              0.0555035695F, 0.00967605505F, 0.00133908866F};
static const float logarithm[] = {1.44269657F,   -0.721360207F, 0.480613112F,
                                  -0.359524459F, 0.296119571F,  -0.267963856F,
                                  0.16818659F};
static const float log2_e = 1.44269504F;
static const float least_power = -115.0F; /* no less is told apart */
enum {
    ROOT_HALF = 0x3f3504f3, /* the bits of sqrt 1/2 */
    MANTISSA = 0x7fffff,
    MANTISSA_BITS = 23,
    EXPONENT_0 = 127,
    ROUNDER = 0x4b400000, /* KERNEL_ROUNDER's bits */
};

/* x becomes 2^x, by the exponent's bits and the polynomial. x <= 0. */
HELPER power_of(lanes *x)
{
    lanes least_x = (lanes){0} + least_power, t = *x;
    raise_to(&t, &least_x);
    lanes whole = t + KERNEL_ROUNDER;
    lanes f = t - (whole - KERNEL_ROUNDER);
    lanes p = f * power[5] + power[4];
    p = p * f + power[3];
    p = p * f + power[2];
    p = p * f + power[1];
    p = p * f + power[0];
    count_lanes n = (count_lanes)whole + (uint32_t)(EXPONENT_0 - ROUNDER);
    *x = p * (lanes)(n << MANTISSA_BITS);
}

/* x becomes its logarithm of base 2. x > 0 and not subnormal. */
HELPER logarithm_of(lanes *x)
{
    whole_lanes bits = (whole_lanes)*x - ROOT_HALF;
    lanes e = __builtin_convertvector(bits >> MANTISSA_BITS, lanes);
    lanes t = (lanes)((bits & MANTISSA) + ROOT_HALF) - 1.0F;
    lanes p = t * logarithm[6] + logarithm[5];
    p = p * t + logarithm[4];
    p = p * t + logarithm[3];
    p = p * t + logarithm[2];
    p = p * t + logarithm[1];
    p = p * t + logarithm[0];
    *x = p * t + e;
}

/* The sum of two groups of lanes side by side, in this order whatever the processor. */
static float sum_of(const float even[KERNEL_LANES], const float odd[KERNEL_LANES])
{
    float all = 0;
    for (int i = 0; i < KERNEL_LANES; i++)
        all += even[i] + odd[i];
    return all;
}

/* The padding becomes the first, which changes no largest. */
static void pad(float *v, uint32_t n, uint32_t width)
{
    for (uint32_t k = n; k < width; k++)
        v[k] = v[0];
}

/* Of the sum, without the padding's: what is added to each. */
static float rest_of(float all, const float *e, uint32_t n, uint32_t width)
{
    for (uint32_t k = n; k < width; k++)
        all -= e[k];
    return all * least;
}

/* e becomes exp((v - largest) * sharp); *rest what is added to each of them. */
HELPER exponentials(float *e, const float *v, float sharp, uint32_t n, uint32_t width,
                    float *rest)
{
    lanes top = *(const lanes *)v, even = {0}, odd = {0};
    for (uint32_t k = KERNEL_LANES; k < width; k += KERNEL_LANES)
        raise_to(&top, (const lanes *)(v + k));
    float most = largest_lane(&top);
    for (uint32_t k = 0; k < width; k += KERNEL_LANES) {
        lanes x = (*(const lanes *)(v + k) - most) * (sharp * log2_e);
        power_of(&x);
        *(lanes *)(e + k) = x;
        if (k % (2 * KERNEL_LANES) == 0)
            even += x;
        else
            odd += x;
    }
    *rest = rest_of(sum_of((const float *)&even, (const float *)&odd), e, n, width);
}

VARIANTS static void mixture_by_lanes(const struct logits *l, float *share)
{
    float machine, words, deep;
    exponentials(share, l->margin, sharpness, l->n, l->width, &machine);
    exponentials(l->bayes, l->bayes, 1, l->n, l->width, &words);
    exponentials(l->net, l->net, 1, l->n, l->width, &deep);
    for (uint32_t k = 0; k < l->width; k += KERNEL_LANES) {
        lanes a = (*(lanes *)(share + k) + machine) * thousand;
        lanes b = (*(lanes *)(l->bayes + k) + words) * thousand;
        lanes c = (*(lanes *)(l->net + k) + deep) * thousand;
        lanes x = a * c * c * c; /* squared, this and b are all nine */
        x = x * x * b;
        logarithm_of(&x);
        x = x * (1.0F / 9) - log2_thousand;
        power_of(&x);
        *(lanes *)(share + k) = x;
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_AVX512

/* The same twice as wide, operation by operation: each gives the same to the bit. */
enum { WIDE = 2 * KERNEL_LANES };

AVX512 __m512 all_of(float x)
{
    return _mm512_set1_ps(x);
}

AVX512 __m512 add(__m512 x, __m512 y)
{
    return _mm512_add_ps(x, y);
}

AVX512 __m512 mul(__m512 x, __m512 y)
{
    return _mm512_mul_ps(x, y);
}

/* p * x + c, in two steps, as everywhere. */
AVX512 __m512 next_power(__m512 p, __m512 x, float c)
{
    return add(mul(p, x), all_of(c));
}

AVX512 __m512 power_wide(__m512 x)
{
    const __m512 rounder = all_of(KERNEL_ROUNDER);
    __m512 t = _mm512_max_ps(x, all_of(least_power));
    __m512 whole = add(t, rounder);
    __m512 f = _mm512_sub_ps(t, _mm512_sub_ps(whole, rounder));
    __m512 p = next_power(all_of(power[5]), f, power[4]);
    p = next_power(p, f, power[3]);
    p = next_power(p, f, power[2]);
    p = next_power(p, f, power[1]);
    p = next_power(p, f, power[0]);
    __m512i n = _mm512_add_epi32(_mm512_castps_si512(whole),
                                 _mm512_set1_epi32(EXPONENT_0 - ROUNDER));
    return mul(p, _mm512_castsi512_ps(_mm512_slli_epi32(n, MANTISSA_BITS)));
}

AVX512 __m512 logarithm_wide(__m512 x)
{
    const __m512i root = _mm512_set1_epi32(ROOT_HALF);
    __m512i bits = _mm512_sub_epi32(_mm512_castps_si512(x), root);
    __m512 e = _mm512_cvtepi32_ps(_mm512_srai_epi32(bits, MANTISSA_BITS));
    bits = _mm512_and_si512(bits, _mm512_set1_epi32(MANTISSA));
    __m512 t = _mm512_castsi512_ps(_mm512_add_epi32(bits, root));
    t = _mm512_sub_ps(t, all_of(1.0F));
    __m512 p = next_power(all_of(logarithm[6]), t, logarithm[5]);
    p = next_power(p, t, logarithm[4]);
    p = next_power(p, t, logarithm[3]);
    p = next_power(p, t, logarithm[2]);
    p = next_power(p, t, logarithm[1]);
    p = next_power(p, t, logarithm[0]);
    return add(mul(p, t), e);
}

/* The last sixteen may be eight. */
AVX512 __mmask16 within(uint32_t k, uint32_t width)
{
    return k + WIDE <= width ? 0xffff : 0xff;
}

/* One scorer's logits on their way: what it comes to, and what is added to each. */
struct wide {
    const float *from;
    float *to;
    __m512 most, sharp, sum, rest;
};

AVX512 struct wide wide_of(const float *from, float *to, float sharp)
{
    return (struct wide){.from = from,
                         .to = to,
                         .most = all_of(from[0]),
                         .sharp = all_of(sharp * log2_e),
                         .sum = _mm512_setzero_ps()};
}

AVX512 void raise_most(struct wide *w, uint32_t k, __mmask16 in)
{
    w->most =
        _mm512_mask_max_ps(w->most, in, w->most, _mm512_maskz_loadu_ps(in, w->from + k));
}

AVX512 void put_exponentials(struct wide *w, uint32_t k, __mmask16 in)
{
    __m512 x = _mm512_sub_ps(_mm512_maskz_loadu_ps(in, w->from + k), w->most);
    x = _mm512_maskz_mov_ps(in, power_wide(mul(x, w->sharp)));
    _mm512_mask_storeu_ps(w->to + k, in, x);
    w->sum = add(w->sum, x);
}

AVX512 void find_rest(struct wide *w, uint32_t n, uint32_t width)
{
    float half[WIDE];
    _mm512_storeu_ps(half, w->sum);
    w->rest = all_of(rest_of(sum_of(half, half + KERNEL_LANES), w->to, n, width));
}

AVX512 __m512 factor(const struct wide *w, uint32_t k, __mmask16 in)
{
    return mul(add(_mm512_maskz_loadu_ps(in, w->to + k), w->rest), all_of(thousand));
}

/* The three side by side: none of them has to wait for its own last step. */
AVX512_OUTER void mixture_wide(const struct logits *l, float *share)
{
    uint32_t width = l->width;
    struct wide a = wide_of(l->margin, share, sharpness);
    struct wide b = wide_of(l->bayes, l->bayes, 1), c = wide_of(l->net, l->net, 1);
    for (uint32_t k = 0; k < width; k += WIDE) {
        __mmask16 in = within(k, width);
        raise_most(&a, k, in), raise_most(&b, k, in), raise_most(&c, k, in);
    }
    a.most = all_of(_mm512_reduce_max_ps(a.most));
    b.most = all_of(_mm512_reduce_max_ps(b.most));
    c.most = all_of(_mm512_reduce_max_ps(c.most));
    for (uint32_t k = 0; k < width; k += WIDE) {
        __mmask16 in = within(k, width);
        put_exponentials(&a, k, in), put_exponentials(&b, k, in);
        put_exponentials(&c, k, in);
    }
    find_rest(&a, l->n, width), find_rest(&b, l->n, width), find_rest(&c, l->n, width);
    for (uint32_t k = 0; k < width; k += WIDE) {
        __mmask16 in = within(k, width);
        __m512 deep = factor(&c, k, in);
        __m512 x = mul(mul(mul(factor(&a, k, in), deep), deep), deep);
        x = logarithm_wide(mul(mul(x, x), factor(&b, k, in)));
        x = _mm512_sub_ps(mul(x, all_of(1.0F / 9)), all_of(log2_thousand));
        _mm512_mask_storeu_ps(share + k, in, power_wide(x));
    }
}
#endif

void mixture_by(enum kernel_way way, const struct logits *l, float *share)
{
    pad(l->margin, l->n, l->width);
    pad(l->bayes, l->n, l->width);
    pad(l->net, l->n, l->width);
#ifdef HAS_AVX512
    if (way == KERNEL_AVX512)
        mixture_wide(l, share);
    else
#endif
        mixture_by_lanes(l, share);
    (void)way;
    for (uint32_t k = l->n; k < l->width; k++)
        share[k] = 0;
}

void mixture(const struct logits *l, float *share)
{
    mixture_by(kernel_best_way(), l, share);
}
