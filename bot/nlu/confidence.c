#include "nlu/confidence.h"

#include <math.h>

const struct confidence confidence_prior = {
    .weight = {[SIGN_ONE] = -4.0F,
               [SIGN_ODDS] = 0.5F,
               [SIGN_NONE] = 0.1F,
               [SIGN_SECOND] = 0.2F,
               [SIGN_MARGIN] = 1.0F,
               [SIGN_STEMS] = 2.0F,
               [SIGN_CHARS] = 2.0F},
    .choice = {0.45F, 0.35F, 0.25F},
    .answer = {0.90F, 0.75F, 0.55F},
};

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

/* Penalised log likelihood of the weights, which the fit makes as large as it can. */
static double likelihood(const float *w, const float *prior, const struct seen *v,
                         size_t n)
{
    double sum = 0;
    for (int i = 0; i < SIGN_COUNT; i++) {
        double off = (double)(w[i] - prior[i]);
        sum -= prior_strength * off * off / 2;
    }
    for (size_t k = 0; k < n; k++) {
        double x = logit(w, &v[k].signs);
        if (v[k].right)
            x = -x;
        /* log(1 + e^x) without overflow */
        sum -= (double)v[k].weight * (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));
    }
    return sum;
}

/* The Newton step from w, into g. */
static void newton(const float *w, const float *prior, const struct seen *v, size_t n,
                   double g[SIGN_COUNT])
{
    double h[SIGN_COUNT][SIGN_COUNT] = {{0}};
    for (int i = 0; i < SIGN_COUNT; i++) {
        g[i] = -prior_strength * (double)(w[i] - prior[i]);
        h[i][i] = prior_strength;
    }
    for (size_t k = 0; k < n; k++) {
        double p = 1 / (1 + exp(-logit(w, &v[k].signs)));
        for (int i = 0; i < SIGN_COUNT; i++) {
            double x = (double)v[k].signs.v[i] * (double)v[k].weight;
            g[i] += ((v[k].right ? 1 : 0) - p) * x;
            for (int j = 0; j < SIGN_COUNT; j++)
                h[i][j] += p * (1 - p) * x * (double)v[k].signs.v[j];
        }
    }
    solve(h, g);
}

/* Newton's method, a step halved until it helps. */
void confidence_fit(struct confidence *c, const struct seen *v, size_t n)
{
    float prior[SIGN_COUNT];
    memcpy(prior, c->weight, sizeof prior);
    double now = likelihood(c->weight, prior, v, n);
    for (int step = 0; step < newton_steps; step++) {
        double g[SIGN_COUNT], length = 1;
        newton(c->weight, prior, v, n, g);
        for (int half = 0; half < 10; half++, length /= 2) {
            float next[SIGN_COUNT];
            for (int i = 0; i < SIGN_COUNT; i++)
                next[i] = c->weight[i] + (float)(length * g[i]);
            double then = likelihood(next, prior, v, n);
            if (then <= now)
                continue;
            now = then;
            memcpy(c->weight, next, sizeof next);
            break;
        }
    }
}
