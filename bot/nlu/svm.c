#include "nlu/svm.h"

#include <math.h>
#include <stdlib.h>

#include "nlu/rng.h"

enum { EPOCHS_MAX = 8 };

static const float cost = 1.0F;      /* C */
static const float tolerance = 0.1F; /* gradients below it are left alone */

struct machine {
    const struct dataset *d;
    uint32_t classes, width, first;
    float *weights, *bias;
    float *alpha;          /* n * width */
    float *margin, *delta; /* width */
};

/* New multipliers of one phrase for all classes; returns how many changed, and puts
 * label-signed changes into delta. */
static uint32_t step(struct machine *m, size_t i, float norm)
{
    const float diagonal = 0.5F / cost;
    float *alpha = m->alpha + i * m->width;
    uint32_t label = m->d->v[i].label, changed = 0;
    for (uint32_t k = 0; k < m->classes; k++) {
        float y = k == label ? 1.0F : -1.0F;
        float g = y * m->margin[k] - 1.0F + diagonal * alpha[k];
        m->delta[k] = 0;
        if ((alpha[k] == 0.0F && g >= -tolerance) || fabsf(g) < tolerance)
            continue;
        float now = fmaxf(alpha[k] - g / (norm + diagonal), 0.0F);
        m->delta[k] = (now - alpha[k]) * y;
        alpha[k] = now;
        changed++;
    }
    return changed;
}

/* Few classes change after the first passes: then only their columns are touched. */
static void spread(struct machine *m, const struct weight *v, uint32_t n,
                   uint32_t changed)
{
    kernel_add(m->bias, m->delta, 1.0F, m->width);
    if (changed > m->width / KERNEL_LANES) {
        kernel_scatter(m->weights, m->width, v, n, m->first, m->delta);
        return;
    }
    for (uint32_t k = 0; k < m->classes; k++) {
        float d = m->delta[k];
        for (uint32_t j = 0; j < n && d != 0.0F; j++)
            m->weights[(size_t)(v[j].row - m->first) * m->width + k] += v[j].value * d;
    }
}

/* Returns how many multipliers changed. */
static size_t epoch(struct machine *m, const uint32_t *order)
{
    size_t changed = 0;
    for (size_t at = 0; at < m->d->n; at++) {
        size_t i = order[at];
        const struct vector *x = &m->d->v[i].x;
        const struct weight *v = x->v + x->n_words;
        uint32_t n = x->n - x->n_words;
        float norm = 1.0F; /* the bias */
        for (uint32_t j = 0; j < n; j++)
            norm += v[j].value * v[j].value;
        memcpy(m->margin, m->bias, m->width * sizeof *m->margin);
        kernel_gather(m->margin, m->weights, m->width, v, n, m->first);
        uint32_t now = step(m, i, norm);
        if (now > 0)
            spread(m, v, n, now);
        changed += now;
    }
    return changed;
}

float *svm_train(const struct dataset *d, uint32_t classes)
{
    struct machine m = {.d = d, .classes = classes, .width = kernel_width(classes)};
    m.first = d->vocabulary.word_rows;
    uint32_t rows = d->vocabulary.rows - m.first;
    m.weights = must_alloc((size_t)(rows + 1) * m.width * sizeof *m.weights);
    m.bias = m.weights + (size_t)rows * m.width;
    m.alpha = must_alloc(d->n * m.width * sizeof *m.alpha);
    m.margin = must_alloc(m.width * sizeof *m.margin);
    m.delta = must_alloc(m.width * sizeof *m.delta);
    uint32_t *order = must_alloc(d->n * sizeof *order);
    for (uint32_t i = 0; i < d->n; i++)
        order[i] = i;
    struct rng r = rng_seeded(1);
    size_t first_changes = 0;
    for (int e = 0; e < EPOCHS_MAX; e++) {
        rng_shuffle(&r, order, d->n);
        size_t changed = epoch(&m, order);
        if (e == 0)
            first_changes = changed;
        if (changed * 500 <= first_changes)
            break;
    }
    free(m.alpha);
    free(m.margin);
    free(m.delta);
    free(order);
    return m.weights;
}
