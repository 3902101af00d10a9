#include "nlu/bayes.h"

#include <math.h>
#include <stdlib.h>

#include "nlu/kernel.h"

static const float smoothing = 0.05F;

/* The samples' word weights turned round: by row, (label, value). */
struct column {
    uint32_t *start;
    uint16_t *label;
    float *value;
};

static void turn(struct arena *a, const struct dataset *d, struct column *c)
{
    uint32_t rows = d->vocabulary.word_rows;
    c->start = arena_alloc(a, (rows + 2) * sizeof *c->start);
    for (size_t i = 0; i < d->n; i++)
        for (uint32_t j = 0; j < d->v[i].x.n_words; j++)
            c->start[d->v[i].x.v[j].row + 2]++;
    for (uint32_t r = 0; r < rows; r++)
        c->start[r + 2] += c->start[r + 1];
    /* start[r + 1] is where row r's next entry goes, and becomes its end */
    uint32_t n = c->start[rows + 1];
    c->label = arena_alloc(a, n * sizeof *c->label);
    c->value = arena_alloc(a, n * sizeof *c->value);
    for (size_t i = 0; i < d->n; i++) {
        const struct vector *x = &d->v[i].x;
        for (uint32_t j = 0; j < x->n_words; j++) {
            uint32_t at = c->start[x->v[j].row + 1]++;
            c->label[at] = (uint16_t)d->v[i].label;
            c->value[at] = x->v[j].value;
        }
    }
}

/* What is being made, and where the next goes. */
struct maker {
    const struct column *column;
    uint32_t width, n, n_common;
    struct bayes_entry *entries;
    int8_t *common;
    float *common_scale, *total;
    float *count, *gains; /* of each class; zero between two rows */
};

/* The entries become a row of all classes. */
static struct bayes_span make_common(struct maker *m, uint32_t from)
{
    for (uint32_t i = from; i < m->n; i++)
        m->gains[m->entries[i].label] = m->entries[i].gain;
    m->common_scale[m->n_common] =
        kernel_quantise(m->common + (size_t)m->n_common * m->width, m->gains, m->width);
    for (uint32_t i = from; i < m->n; i++)
        m->gains[m->entries[i].label] = 0;
    m->n = from;
    return (struct bayes_span){m->n_common++, BAYES_IS_COMMON};
}

static struct bayes_span make_row(struct maker *m, uint32_t row)
{
    const struct column *c = m->column;
    uint32_t from = m->n;
    for (uint32_t i = c->start[row]; i < c->start[row + 1]; i++)
        m->count[c->label[i]] += c->value[i];
    for (uint32_t i = c->start[row]; i < c->start[row + 1]; i++) {
        uint16_t k = c->label[i];
        if (m->count[k] <= 0)
            continue; /* put down already */
        m->entries[m->n++] = (struct bayes_entry){
            .label = k, .gain = logf((m->count[k] + smoothing) / smoothing)};
        m->total[k] += m->count[k];
        m->count[k] = 0;
    }
    return m->n - from < BAYES_COMMON ? (struct bayes_span){from, m->n}
                                      : make_common(m, from);
}

void bayes_train(struct arena *a, const struct dataset *d, uint32_t classes,
                 struct bayes *out)
{
    struct arena *scratch = arena_new();
    struct column c;
    turn(scratch, d, &c);
    uint32_t rows = d->vocabulary.word_rows, width = kernel_width(classes);
    size_t most = c.start[rows] / BAYES_COMMON; /* common ones */
    struct maker m = {.column = &c, .width = width};
    m.entries = arena_alloc(a, c.start[rows] * sizeof *m.entries);
    m.common = arena_alloc(a, most * width);
    m.common_scale = arena_alloc(a, most * sizeof *m.common_scale);
    m.total = arena_alloc(a, width * sizeof *m.total);
    m.count = arena_alloc(scratch, width * sizeof *m.count);
    m.gains = arena_alloc(scratch, width * sizeof *m.gains);
    struct bayes_span *spans = arena_alloc(a, rows * sizeof *spans);
    for (uint32_t r = 0; r < rows; r++)
        spans[r] = make_row(&m, r);
    for (uint32_t k = 0; k < classes; k++)
        m.total[k] = logf(m.total[k] + smoothing * (float)MAX(rows, 1u));
    arena_free(scratch);
    *out = (struct bayes){.n = m.n,
                          .entries = m.entries,
                          .spans = spans,
                          .span_step = sizeof *spans,
                          .n_common = m.n_common,
                          .common = m.common,
                          .common_scale = m.common_scale,
                          .total = m.total};
}

void bayes_score(const struct bayes *b, const struct vector *x, uint32_t classes,
                 float *score)
{
    enum { AT_ONCE = 64 };
    const int8_t *row[AT_ONCE];
    float weight[AT_ONCE], sum = 0;
    uint32_t width = kernel_width(classes), n = 0;
    for (uint32_t j = 0; j < x->n_words; j++)
        sum += x->v[j].value;
    kernel_scale(score, b->total, -sum, width);
    for (uint32_t j = 0; j < x->n_words; j++) {
        struct bayes_span s = bayes_span_of(b, x->v[j].row);
        float value = x->v[j].value;
        if (s.to == BAYES_IS_COMMON) {
            row[n] = b->common + (size_t)s.from * width;
            weight[n++] = value * b->common_scale[s.from];
            if (n == AT_ONCE) {
                kernel_gather_bytes(score, width, row, 0, weight, n, 1);
                n = 0;
            }
            continue;
        }
        const struct bayes_entry *end = b->entries + s.to;
        for (const struct bayes_entry *e = b->entries + s.from; e < end; e++)
            score[e->label] += value * e->gain;
    }
    kernel_gather_bytes(score, width, row, 0, weight, n, 1);
}
