#include "nlu/mixture.h"

#include "nlu/kernel_lanes.h"

static const float sharpness = 8.0F; /* margins to logits */
static const float least = 1e-6F;    /* added to every probability */

/* A factor is 1e-6 to 1 or little more; a thousand times that stays in a float's range
 * when nine are multiplied. */
static const float thousand = 1000.0F, log_thousand = 6.9077553F;

/* e becomes exp((v - largest) * sharp), behind n nothing; *rest what is added to each of
 * them. */
HELPER exponentials(float *e, float *v, float sharp, uint32_t n, uint32_t width,
                    float *rest)
{
    for (uint32_t k = n; k < width; k++)
        v[k] = v[0];
    lanes top = *(const lanes *)v, sum = {0};
    for (uint32_t k = KERNEL_LANES; k < width; k += KERNEL_LANES)
        raise_to(&top, (const lanes *)(v + k));
    float most = largest_lane(&top), all = 0;
    for (uint32_t k = 0; k < width; k += KERNEL_LANES) {
        lanes x = (*(const lanes *)(v + k) - most) * sharp;
        exp_of(&x);
        *(lanes *)(e + k) = x;
        sum += x;
    }
    for (int i = 0; i < KERNEL_LANES; i++)
        all += sum[i];
    for (uint32_t k = n; k < width; k++)
        all -= e[k];
    *rest = all * least;
}

VARIANTS void mixture(const struct logits *l, float *z, float *share)
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
        log_of(&x);
        x = x * (1.0F / 9) - log_thousand;
        *(lanes *)(z + k) = x;
        exp_of(&x);
        *(lanes *)(share + k) = x;
    }
    for (uint32_t k = l->n; k < l->width; k++) {
        z[k] = MIXTURE_NONE;
        share[k] = 0;
    }
}
