#include "nlu/confidence.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

/* Fitted to 144 small sets drawn from CLINC150's training part (2 to 60 classes, 3 to 20
 * phrases each), a third of the questions strange; without and with a class "none". */
static const float small_set[2][SIGN_COUNT] = {
    {[SIGN_ONE] = -2.9F,
     [SIGN_SHARE] = 0.5F,
     [SIGN_ODDS] = 0.4F,
     [SIGN_MARGIN] = 1.8F,
     [SIGN_STEMS] = 2.6F,
     [SIGN_CHARS] = 2.0F},
    {[SIGN_ONE] = 1.0F, [SIGN_ODDS] = 0.25F, [SIGN_MARGIN] = 4.5F, [SIGN_STEMS] = 1.5F},
};
/* The direction that told best what no card answers, on a large set: bench.md's own, half
 * way to what tells right from wrong. */
static const float strange_direction[SIGN_COUNT] = {[SIGN_SHARE] = 0.50F,
                                                    [SIGN_ODDS] = 0.10F,
                                                    [SIGN_NONE] = 0.50F,
                                                    [SIGN_MARGIN] = 1.00F};

struct confidence confidence_prior(bool has_none)
{
    struct confidence c = {.choice = {0.45F, 0.35F, 0.25F},
                           .answer = {0.90F, 0.75F, 0.55F}};
    memcpy(c.weight, small_set[has_none], sizeof c.weight);
    return c;
}

/* How many answers the prior weighs. */
static const double prior_strength = 4.0;
static const int newton_steps = 12;

static double logit(const float *w, const struct signs *s)
{
    double sum = 0;
    for (int i = 0; i < SIGN_COUNT; i++)
        sum += (double)w[i] * (double)s->v[i];
    return sum;
}

double confidence_of(const struct confidence *c, const struct signs *s)
{
    return 1 / (1 + exp(-logit(c->weight, s)));
}

/* Solves a x = b in place by Gauss-Jordan; a is positive definite. */
static void solve(double a[SIGN_COUNT][SIGN_COUNT], double b[SIGN_COUNT])
{
    for (int i = 0; i < SIGN_COUNT; i++) {
        double pivot = a[i][i];
        for (int k = i; k < SIGN_COUNT; k++)
            a[i][k] /= pivot;
        b[i] /= pivot;
        for (int r = 0; r < SIGN_COUNT; r++) {
            if (r == i)
                continue;
            double f = a[r][i];
            for (int k = i; k < SIGN_COUNT; k++)
                a[r][k] -= f * a[i][k];
            b[r] -= f * b[i];
        }
    }
}

/* A regression under way: any number of weights up to SIGN_COUNT, n rows. */
struct fit {
    size_t n;
    int terms;
    double (*x)[SIGN_COUNT];
    const double *weight;
    const struct seen *seen;
    double prior[SIGN_COUNT], w[SIGN_COUNT];
};

static double sum_of(const struct fit *f, const double *w, size_t k)
{
    double sum = 0;
    for (int i = 0; i < f->terms; i++)
        sum += w[i] * f->x[k][i];
    return sum;
}

/* Penalised log likelihood, which the fit makes as large as it can. */
static double likelihood(const struct fit *f, const double *w)
{
    double sum = 0;
    for (int i = 0; i < f->terms; i++)
        sum -= prior_strength * (w[i] - f->prior[i]) * (w[i] - f->prior[i]) / 2;
    for (size_t k = 0; k < f->n; k++) {
        double x = sum_of(f, w, k);
        if (f->seen[k].right)
            x = -x;
        /* log(1 + e^x) without overflow */
        sum -= f->weight[k] * (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));
    }
    return sum;
}

/* Newton's step from f->w, into g. */
static void newton(const struct fit *f, double g[SIGN_COUNT])
{
    double h[SIGN_COUNT][SIGN_COUNT] = {{0}};
    for (int i = 0; i < SIGN_COUNT; i++) {
        g[i] = i < f->terms ? -prior_strength * (f->w[i] - f->prior[i]) : 0;
        h[i][i] = prior_strength;
    }
    for (size_t k = 0; k < f->n; k++) {
        double p = 1 / (1 + exp(-sum_of(f, f->w, k)));
        for (int i = 0; i < f->terms; i++) {
            double x = f->x[k][i] * f->weight[k];
            g[i] += ((f->seen[k].right ? 1 : 0) - p) * x;
            for (int j = 0; j < f->terms; j++)
                h[i][j] += p * (1 - p) * x * f->x[k][j];
        }
    }
    solve(h, g);
}

/* Newton's method, a step halved until it helps. */
static void climb(struct fit *f)
{
    memcpy(f->w, f->prior, sizeof f->w);
    double now = likelihood(f, f->w);
    for (int step = 0; step < newton_steps; step++) {
        double g[SIGN_COUNT], next[SIGN_COUNT] = {0}, length = 1;
        newton(f, g);
        for (int half = 0; half < 10; half++) {
            for (int i = 0; i < f->terms; i++)
                next[i] = f->w[i] + length * g[i];
            double then = likelihood(f, next);
            length /= 2;
            if (then <= now)
                continue;
            now = then;
            memcpy(f->w, next, sizeof next);
            break;
        }
    }
}

/* Slope and height of what the weights say already. */
static void level(struct confidence *c, struct fit *f, double (*x)[SIGN_COUNT],
                  double *weight)
{
    for (size_t k = 0; k < f->n; k++) {
        x[k][1] = logit(c->weight, &f->seen[k].signs);
        x[k][0] = 1;
        weight[k] = (double)f->seen[k].weight;
    }
    f->terms = 2;
    f->prior[0] = 0;
    f->prior[1] = 1;
    climb(f);
    double slope = fmax(f->w[1], 0.1);
    for (int i = 0; i < SIGN_COUNT; i++)
        c->weight[i] *= (float)slope;
    c->weight[SIGN_ONE] += (float)f->w[0];
}

/* Two opinions, averaged: the regression, and the fixed direction, which does not depend
 * on how few phrases of "none" were there to learn from. */
void confidence_fit(struct confidence *c, const struct seen *v, size_t n)
{
    double(*x)[SIGN_COUNT] = must_alloc(n * sizeof *x),
    *weight = must_alloc(n * sizeof *weight);
    struct fit f = {.n = n, .terms = SIGN_COUNT, .x = x, .weight = weight, .seen = v};
    for (int i = 0; i < SIGN_COUNT; i++)
        f.prior[i] = (double)c->weight[i];
    for (size_t k = 0; k < n; k++) {
        weight[k] = (double)v[k].emphasis;
        for (int i = 0; i < SIGN_COUNT; i++)
            x[k][i] = (double)v[k].signs.v[i];
    }
    climb(&f);
    for (int i = 0; i < SIGN_COUNT; i++)
        c->weight[i] = (float)f.w[i];
    level(c, &f, x, weight);
    struct confidence other = *c;
    memcpy(other.weight, strange_direction, sizeof other.weight);
    level(&other, &f, x, weight);
    for (int i = 0; i < SIGN_COUNT; i++)
        c->weight[i] = (c->weight[i] + other.weight[i]) / 2;
    level(c, &f, x, weight);
    free(x);
    free(weight);
}
