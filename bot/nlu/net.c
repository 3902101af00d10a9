#include "nlu/net.h"

#include <math.h>
#include <stdlib.h>

#include "nlu/rng.h"

static const float first_step = 0.05F, last_step = 0.005F;
static const float first_square = 0.01F;

/* The squares of Adagrad, and the vectors of one step. */
struct trainer {
    const struct dataset *d;
    struct net *net;
    struct net square;
    uint32_t classes, width;
    struct rng rng;
    struct weight *kept; /* inputs not left out */
    float *hidden, *grad_hidden, *output;
};

static float *filled(size_t n, float value)
{
    float *v = must_alloc(n * sizeof *v);
    for (size_t i = 0; i < n && value != 0.0F; i++)
        v[i] = value;
    return v;
}

static void net_alloc(struct net *n, uint32_t rows, uint32_t hidden, uint32_t width,
                      float value)
{
    n->hidden = hidden;
    n->in = filled((size_t)rows * hidden, value);
    n->in_bias = filled(hidden, value);
    n->out = filled((size_t)hidden * width, value);
    n->out_bias = filled(width, value);
}

void net_free(struct net *n)
{
    free(n->in);
    free(n->in_bias);
    free(n->out);
    free(n->out_bias);
}

void softmax(float *v, uint32_t n, uint32_t width)
{
    float most = v[0], sum = 0;
    for (uint32_t k = 1; k < n; k++)
        most = fmaxf(most, v[k]);
    for (uint32_t k = 0; k < n; k++)
        sum += v[k] = expf(v[k] - most);
    for (uint32_t k = 0; k < width; k++)
        v[k] = k < n ? v[k] / sum : 0.0F;
}

void net_finish(const struct net *n, uint32_t width, float *hidden, float *logits)
{
    memcpy(logits, n->out_bias, width * sizeof *logits);
    for (uint32_t h = 0; h < n->hidden; h++) {
        float x = hidden[h] + n->in_bias[h];
        if (x > 0)
            kernel_add(logits, n->out + (size_t)h * width, x, width);
    }
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

/* Hidden units after the rectifier and their own dropout; 0 is off. */
static void forward(struct trainer *t, uint32_t kept)
{
    const struct net *n = t->net;
    memcpy(t->hidden, n->in_bias, n->hidden * sizeof *t->hidden);
    kernel_gather(t->hidden, n->in, n->hidden, t->kept, kept, 0, 1.0F);
    memcpy(t->output, n->out_bias, t->width * sizeof *t->output);
    uint32_t bits = 0;
    for (uint32_t h = 0; h < n->hidden; h++) {
        if (h % 32 == 0)
            bits = rng_next(&t->rng);
        bool on = (bits & 1) && t->hidden[h] > 0;
        t->hidden[h] = on ? t->hidden[h] * 2 : 0.0F;
        bits >>= 1;
        if (on)
            kernel_add(t->output, n->out + (size_t)h * t->width, t->hidden[h], t->width);
    }
    softmax(t->output, t->classes, t->width);
}

static void backward(struct trainer *t, uint32_t label, uint32_t kept, float step)
{
    struct net *n = t->net, *s = &t->square;
    t->output[label] -= 1; /* the gradient of the logits */
    for (uint32_t h = 0; h < n->hidden; h++) {
        size_t row = (size_t)h * t->width;
        t->grad_hidden[h] = 0;
        if (t->hidden[h] <= 0)
            continue;
        t->grad_hidden[h] = 2 * kernel_dot(n->out + row, t->output, t->width);
        kernel_adagrad(n->out + row, s->out + row, t->output, t->hidden[h], step,
                       t->width);
    }
    kernel_adagrad(n->out_bias, s->out_bias, t->output, 1.0F, step, t->width);
    kernel_adagrad(n->in_bias, s->in_bias, t->grad_hidden, 1.0F, step, n->hidden);
    for (uint32_t j = 0; j < kept; j++) {
        size_t row = (size_t)t->kept[j].row * n->hidden;
        kernel_adagrad(n->in + row, s->in + row, t->grad_hidden, t->kept[j].value, step,
                       n->hidden);
    }
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

void net_train(const struct dataset *d, uint32_t classes, const struct net_plan *plan,
               struct net *out)
{
    struct trainer t = {.d = d,
                        .net = out,
                        .classes = classes,
                        .width = kernel_width(classes),
                        .rng = rng_seeded(plan->seed)};
    uint32_t rows = d->vocabulary.rows;
    net_alloc(out, rows, plan->hidden, t.width, 0.0F);
    net_alloc(&t.square, rows, plan->hidden, t.width, first_square);
    t.kept = must_alloc(FEATURE_MAX * sizeof *t.kept);
    t.hidden = filled(plan->hidden, 0.0F);
    t.grad_hidden = filled(plan->hidden, 0.0F);
    t.output = filled(t.width, 0.0F);
    start(&t);
    train(&t, plan->epochs);
    net_free(&t.square);
    free(t.kept);
    free(t.hidden);
    free(t.grad_hidden);
    free(t.output);
}
