#include "nlu/hunch_train.h"

#include <math.h>
#include <stdlib.h>

#include "nlu/kin.h"
#include "nlu/rng.h"

enum { FOLDS = 4, EPOCHS_MAX = 30, ALL = -1 };

static const float cost = 1.0F;       /* C, times the weight of a phrase */
static const float tolerance = 0.05F; /* gradients below it are left alone */

void hunch_learn(struct hunch_lessons *l, const struct hunch_features *f,
                 struct hunch_lesson how)
{
    if (f->n == 0)
        return;
    how.from = (uint32_t)l->ids.n;
    how.n = f->n;
    how.core = f->core;
    *arena_push(l->arena, &l->list) = how;
    for (uint32_t i = 0; i < f->n; i++)
        *arena_push(l->arena, &l->ids) = f->v[i];
    l->told += how.told;
}

struct machine {
    const struct hunch_lessons *lessons;
    float *weights, bias; /* 2^HUNCH_BITS */
    float *powers;        /* as many: see hunch_cell */
    float *length;        /* of each phrase's vector */
    float *alpha;         /* a multiplier per phrase */
    uint32_t *order;
    uint32_t n; /* in order */
};

/* What stands in fewer phrases tells more. */
static void weigh(struct machine *m)
{
    const struct hunch_lessons *l = m->lessons;
    for (size_t i = 0; i < l->ids.n; i++)
        m->powers[l->ids.v[i]]++;
    for (size_t f = 0; f < (size_t)1 << HUNCH_BITS; f++)
        m->powers[f] = logf(1 + (float)l->list.n / (1 + m->powers[f]));
    for (size_t i = 0; i < l->list.n; i++) {
        const struct hunch_lesson *x = &l->list.v[i];
        float sum = 1e-6F;
        for (uint32_t k = 0; k < x->n; k++)
            sum += m->powers[l->ids.v[x->from + k]];
        m->length[i] = sqrtf(sum);
    }
}

static float margin(const struct machine *m, uint32_t i)
{
    const struct hunch_lesson *x = &m->lessons->list.v[i];
    const uint32_t *v = m->lessons->ids.v + x->from;
    float sum = 0;
    for (uint32_t k = 0; k < x->n; k++)
        sum += m->weights[v[k]];
    return sum / m->length[i] + m->bias;
}

/* One phrase; returns whether its multiplier changed. A feature that occurs twice is
 * counted twice in the margin but not in the norm: the step is a little long, and the
 * next passes mend that. */
static bool step(struct machine *m, uint32_t i)
{
    const struct hunch_lesson *x = &m->lessons->list.v[i];
    float y = x->told ? 1.0F : -1.0F, diagonal = 0.5F / (cost * x->weight);
    float g = y * margin(m, i) - 1.0F + diagonal * m->alpha[i];
    if ((m->alpha[i] == 0.0F && g >= -tolerance) || fabsf(g) < tolerance)
        return false;
    float now = fmaxf(m->alpha[i] - g / (2.0F + diagonal), 0.0F);
    float d = (now - m->alpha[i]) * y, each = d / m->length[i];
    m->alpha[i] = now;
    m->bias += d;
    for (uint32_t k = 0; k < x->n; k++) {
        uint32_t f = m->lessons->ids.v[x->from + k];
        m->weights[f] += each * m->powers[f];
    }
    return true;
}

/* Which quarter a phrase belongs to: neighbours in a file are often alike, but so are
 * those that people send. */
int hunch_fold(uint32_t i)
{
    return (int)((i * 2654435761u >> 16) % FOLDS);
}

static void learn_without(struct machine *m, int fold)
{
    size_t n = m->lessons->list.n;
    memset(m->weights, 0, sizeof *m->weights << HUNCH_BITS);
    memset(m->alpha, 0, n * sizeof *m->alpha);
    m->bias = 0;
    m->n = 0;
    for (uint32_t i = 0; i < n; i++)
        if (hunch_fold(i) != fold)
            m->order[m->n++] = i;
    struct rng r = rng_seeded(1);
    for (int e = 0; e < EPOCHS_MAX; e++) {
        size_t changed = 0;
        rng_shuffle(&r, m->order, m->n);
        for (uint32_t i = 0; i < m->n; i++)
            changed += step(m, m->order[i]);
        if (changed * 200 <= m->n)
            break;
    }
}

static int upwards(const void *a, const void *b)
{
    const float *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* What it would score had it not been learnt. */
static float margin_held(const struct machine *m, struct kin *kin, uint32_t i)
{
    const struct hunch_lesson *x = &m->lessons->list.v[i];
    struct kin_found found;
    kin_find(kin, m->lessons->ids.v + x->from, x->core, hunch_fold(i), KIN_FARTHEST,
             &found);
    return margin(m, i) + HUNCH_KIN * (float)found.nearer;
}

static float find_bar(struct machine *m, struct kin *kin)
{
    const struct hunch_lessons *l = m->lessons;
    float *margins = must_alloc(l->list.n * sizeof *margins);
    size_t n = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
        learn_without(m, fold);
        for (uint32_t i = 0; i < l->list.n; i++)
            if (hunch_fold(i) == fold && l->list.v[i].judges && !l->list.v[i].told)
                margins[n++] = margin_held(m, kin, i);
    }
    qsort(margins, n, sizeof *margins, upwards);
    float bar = margins[n - 1 - n / HUNCH_ALARMS];
    free(margins);
    return bar;
}

str hunch_train(const struct hunch_lessons *l, struct kin *kin)
{
    struct machine m = {.lessons = l,
                        .weights = must_alloc(sizeof *m.weights << HUNCH_BITS),
                        .powers = must_alloc(sizeof *m.powers << HUNCH_BITS),
                        .length = must_alloc(l->list.n * sizeof *m.length),
                        .alpha = must_alloc(l->list.n * sizeof *m.alpha),
                        .order = must_alloc(l->list.n * sizeof *m.order)};
    size_t judges = 0;
    for (size_t i = 0; i < l->list.n; i++)
        judges += l->list.v[i].judges && !l->list.v[i].told;
    if (judges < HUNCH_JUDGES_MIN)
        judges = 0;
    weigh(&m);
    float bar = judges > 0 ? find_bar(&m, kin) : 0.0F;
    learn_without(&m, ALL);
    str block = hunch_pack(m.weights, m.powers, m.bias, bar, (uint32_t)judges);
    free(m.weights);
    free(m.powers);
    free(m.length);
    free(m.alpha);
    free(m.order);
    return block;
}
