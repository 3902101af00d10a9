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

void bayes_train(struct arena *a, const struct dataset *d, uint32_t classes,
                 struct bayes *out)
{
    struct arena *scratch = arena_new();
    struct column c;
    turn(scratch, d, &c);
    uint32_t rows = d->vocabulary.word_rows, n = 0;
    struct bayes_span *spans = arena_alloc(a, rows * sizeof *spans);
    struct bayes_entry *entries = arena_alloc(a, c.start[rows] * sizeof *entries);
    float *total = arena_alloc(a, kernel_width(classes) * sizeof *total);
    float *count = arena_alloc(scratch, classes * sizeof *count);
    for (uint32_t r = 0; r < rows; r++) {
        spans[r].from = n;
        for (uint32_t i = c.start[r]; i < c.start[r + 1]; i++)
            count[c.label[i]] += c.value[i];
        for (uint32_t i = c.start[r]; i < c.start[r + 1]; i++) {
            uint16_t k = c.label[i];
            if (count[k] <= 0)
                continue; /* put down already */
            entries[n++] = (struct bayes_entry){
                .label = k, .gain = logf((count[k] + smoothing) / smoothing)};
            total[k] += count[k];
            count[k] = 0;
        }
        spans[r].to = n;
    }
    for (uint32_t k = 0; k < classes; k++)
        total[k] = logf(total[k] + smoothing * (float)MAX(rows, 1u));
    arena_free(scratch);
    *out = (struct bayes){.n = n,
                          .entries = entries,
                          .spans = spans,
                          .span_step = sizeof *spans,
                          .total = total};
}

void bayes_score(const struct bayes *b, const struct vector *x, uint32_t classes,
                 float *score)
{
    float sum = 0;
    for (uint32_t j = 0; j < x->n_words; j++)
        sum += x->v[j].value;
    kernel_scale(score, b->total, -sum, kernel_width(classes));
    for (uint32_t j = 0; j < x->n_words; j++) {
        struct bayes_span s = bayes_span_of(b, x->v[j].row);
        const struct bayes_entry *end = b->entries + s.to;
        float value = x->v[j].value;
        for (const struct bayes_entry *e = b->entries + s.from; e < end; e++)
            score[e->label] += value * e->gain;
    }
}
