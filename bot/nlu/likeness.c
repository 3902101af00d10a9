#include "nlu/likeness.h"

#include <stdlib.h>

struct likeness {
    struct dataset dataset; /* example i is at 2i, its copy with a slip behind it */
    float *dense;           /* one vector spread over all rows; else zeros */
};

struct likeness *likeness_new(const struct corpus *c)
{
    struct likeness *l = must_alloc(sizeof *l);
    dataset_init(&l->dataset, c, NULL);
    l->dense = must_alloc(l->dataset.vocabulary.rows * sizeof *l->dense);
    return l;
}

void likeness_free(struct likeness *l)
{
    if (!l)
        return;
    dataset_done(&l->dataset);
    free(l->dense);
    free(l);
}

int64_t likeness_nearest(struct likeness *l, size_t i, size_t from, size_t to,
                         float *best)
{
    const struct vector *x = &l->dataset.v[2 * i].x;
    int64_t nearest = -1;
    *best = 0;
    for (uint32_t k = 0; k < x->n; k++)
        l->dense[x->v[k].row] = x->v[k].value * x->scale;
    for (size_t j = from; j < to; j++) {
        const struct vector *y = &l->dataset.v[2 * j].x;
        float sum = 0;
        for (uint32_t k = 0; k < y->n; k++)
            sum += l->dense[y->v[k].row] * y->v[k].value;
        sum *= y->scale;
        if (j != i && (nearest < 0 || sum > *best)) {
            *best = sum;
            nearest = (int64_t)j;
        }
    }
    for (uint32_t k = 0; k < x->n; k++)
        l->dense[x->v[k].row] = 0;
    return nearest;
}
