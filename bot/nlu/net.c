#include "nlu/net.h"

#include <math.h>
#include <stdlib.h>

#include "nlu/rng.h"

static const float first_step = 0.08F, last_step = 0.008F;
static const float first_square = 0.01F;

/* Adagrad's sums of squares, and the vectors of one step. */
struct trainer {
    const struct dataset *d;
    struct net *net;
    float *square_in; /* one per row: its weights share a step */
    float *square_out, *square_in_bias, *square_out_bias;
    uint32_t classes, width;
    struct rng rng;
    struct weight *kept; /* inputs not left out */
    uint16_t *groups;    /* of hidden units not left out: where each begins */
    uint32_t n_groups;
    float *hidden, *grad_hidden, *output;
};

static float *filled(size_t n, float value)
{
    float *v = must_alloc(n * sizeof *v);
    for (size_t i = 0; i < n && value != 0.0F; i++)
        v[i] = value;
    return v;
}

void net_free(struct net *n)
{
    free(n->in);
    free(n->in_bias);
    free(n->out);
    free(n->out_bias);
}

/* Leaves half of the inputs out and doubles the others; returns how many are left. */
static uint32_t drop_inputs(struct trainer *t, const struct vector *x)
{
    uint32_t n = 0, bits = 0;
    for (uint32_t j = 0; j < x->n; j++) {
        if (j % 32 == 0)
            bits = rng_next(&t->rng);
        t->kept[n] = (struct weight){x->v[j].row, x->v[j].value * x->scale * 2};
        n += bits & 1;
        bits >>= 1;
    }
    return n;
}

/* Leaves about half of the groups of hidden units out: what is out costs nothing, in
 * either direction. */
static void drop_groups(struct trainer *t)
{
    t->n_groups = 0;
    while (t->n_groups == 0)
        for (uint32_t h = 0; h < t->net->hidden; h += KERNEL_LANES)
            if (rng_next(&t->rng) >> 31)
                t->groups[t->n_groups++] = (uint16_t)h;
}

static void forward(struct trainer *t, uint32_t kept)
{
    const struct net *n = t->net;
    drop_groups(t);
    memcpy(t->hidden, n->in_bias, n->hidden * sizeof *t->hidden);
    kernel_gather_some(t->hidden, n->in, n->hidden, t->kept, kept, t->groups,
                       t->n_groups);
    memcpy(t->output, n->out_bias, t->width * sizeof *t->output);
    for (uint32_t g = 0; g < t->n_groups; g++)
        for (uint32_t h = t->groups[g]; h < t->groups[g] + (uint32_t)KERNEL_LANES; h++) {
            t->hidden[h] = t->hidden[h] > 0 ? t->hidden[h] * 2 : 0.0F;
            if (t->hidden[h] > 0)
                kernel_add(t->output, n->out + (size_t)h * t->width, t->hidden[h],
                           t->width);
        }
    kernel_softmax(t->output, t->classes, t->width);
}

/* One hidden unit's weights to the output, and its own gradient. */
static void learn_out(struct trainer *t, uint32_t h, float step)
{
    size_t row = (size_t)h * t->width;
    float *out = t->net->out + row;
    t->grad_hidden[h] = 2 * kernel_dot(out, t->output, t->width);
    kernel_adagrad(out, t->square_out + row, t->output, t->hidden[h], step, t->width);
}

/* The inputs' rows; turns t->kept into steps on the way. */
static void learn_in(struct trainer *t, uint32_t kept, float step)
{
    float mean = kernel_dot(t->grad_hidden, t->grad_hidden, t->net->hidden) /
        (float)t->net->hidden;
    for (uint32_t j = 0; j < kept; j++) {
        struct weight *w = &t->kept[j];
        float *square = &t->square_in[w->row];
        *square += w->value * w->value * mean;
        w->value *= -step / sqrtf(*square);
    }
    kernel_scatter_some(t->net->in, t->net->hidden, t->kept, kept, t->grad_hidden,
                        t->groups, t->n_groups);
}

static void backward(struct trainer *t, uint32_t label, uint32_t kept, float step)
{
    struct net *n = t->net;
    uint32_t live = 0;     /* groups with a unit that is on */
    t->output[label] -= 1; /* the gradient of the logits */
    memset(t->grad_hidden, 0, n->hidden * sizeof *t->grad_hidden);
    for (uint32_t g = 0; g < t->n_groups; g++) {
        bool on = false;
        for (uint32_t h = t->groups[g]; h < t->groups[g] + (uint32_t)KERNEL_LANES; h++)
            if (t->hidden[h] > 0) {
                learn_out(t, h, step);
                on = true;
            }
        if (on)
            t->groups[live++] = t->groups[g];
    }
    t->n_groups = live;
    kernel_adagrad(n->out_bias, t->square_out_bias, t->output, 1.0F, step, t->width);
    kernel_adagrad(n->in_bias, t->square_in_bias, t->grad_hidden, 1.0F, step, n->hidden);
    learn_in(t, kept, step);
}

static void start(struct trainer *t)
{
    struct net *n = t->net;
    uint32_t rows = t->d->vocabulary.rows;
    float a = sqrtf(6.0F / (60.0F + (float)n->hidden));
    for (size_t i = 0; i < (size_t)rows * n->hidden; i++)
        n->in[i] = (rng_unit(&t->rng) * 2 - 1) * a;
    a = sqrtf(6.0F / (float)(n->hidden + t->classes));
    for (uint32_t h = 0; h < n->hidden; h++)
        for (uint32_t k = 0; k < t->classes; k++)
            n->out[(size_t)h * t->width + k] = (rng_unit(&t->rng) * 2 - 1) * a;
}

static void train(struct trainer *t, float epochs)
{
    uint32_t n = (uint32_t)t->d->n;
    if (n == 0)
        return;
    uint32_t *order = must_alloc(n * sizeof *order);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    size_t steps = (size_t)(epochs * (float)n);
    for (size_t s = 0; s < steps; s++) {
        if (s % n == 0)
            rng_shuffle(&t->rng, order, n);
        const struct sample *one = &t->d->v[order[s % n]];
        float done = (float)s / (float)steps;
        uint32_t kept = drop_inputs(t, &one->x);
        forward(t, kept);
        backward(t, one->label, kept, first_step + (last_step - first_step) * done);
    }
    free(order);
}

static void trainer_done(struct trainer *t)
{
    free(t->square_in);
    free(t->square_in_bias);
    free(t->square_out);
    free(t->square_out_bias);
    free(t->kept);
    free(t->groups);
    free(t->hidden);
    free(t->grad_hidden);
    free(t->output);
}

void net_train(const struct dataset *d, uint32_t classes, const struct net_plan *plan,
               struct net *out)
{
    struct trainer t = {.d = d,
                        .net = out,
                        .classes = classes,
                        .width = kernel_width(classes),
                        .rng = rng_seeded(plan->seed)};
    uint32_t rows = d->vocabulary.rows, hidden = plan->hidden;
    *out = (struct net){.hidden = hidden,
                        .in = filled((size_t)rows * hidden, 0.0F),
                        .in_bias = filled(hidden, 0.0F),
                        .out = filled((size_t)hidden * t.width, 0.0F),
                        .out_bias = filled(t.width, 0.0F)};
    t.square_in = filled(rows, first_square);
    t.square_in_bias = filled(hidden, first_square);
    t.square_out = filled((size_t)hidden * t.width, first_square);
    t.square_out_bias = filled(t.width, first_square);
    t.kept = must_alloc(FEATURE_MAX * sizeof *t.kept);
    t.groups = must_alloc(hidden * sizeof *t.groups);
    t.hidden = filled(hidden, 0.0F);
    t.grad_hidden = filled(hidden, 0.0F);
    t.output = filled(t.width, 0.0F);
    start(&t);
    train(&t, plan->epochs);
    trainer_done(&t);
}
