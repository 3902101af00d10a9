#include "nlu/judge.h"

#include <math.h>

#include "base/base.h"

static const float impossible = -1e9F; /* a score */
static const double most = 12;         /* no sign of its own is stronger than e^12 */

struct judge judge_new(const struct synonyms *s)
{
    struct judge j = {.arena = arena_new(), .extractor = extractor_new(s)};
    j.room = arena_alloc(j.arena, FEATURE_MAX * sizeof *j.room);
    j.scores = scores_new(j.arena);
    return j;
}

void judge_free(struct judge *j)
{
    extractor_free(j->extractor);
    if (j->arena)
        arena_free(j->arena);
}

static float bounded(double x)
{
    return (float)fmax(-most, fmin(most, x));
}

/* The best real classes that are not out, by z. */
static void find_best(const struct model *m, const float *z, const bool *out,
                      struct judgement *r)
{
    float least = 0; /* of those in r, once it is full */
    for (uint32_t k = 0; k < m->head.classes; k++) {
        if ((r->n == JUDGE_BEST && z[k] <= least) || (int32_t)k == m->head.none ||
            (out && out[k]))
            continue;
        size_t at = r->n;
        while (at > 0 && z[k] > z[r->label[at - 1]])
            at--;
        r->n = MIN(r->n + 1, (size_t)JUDGE_BEST);
        for (size_t i = r->n - 1; i > at; i--)
            r->label[i] = r->label[i - 1];
        r->label[at] = k;
        least = z[r->label[r->n - 1]];
    }
}

static void read_signs(const struct model *m, const struct vector *x,
                       const struct scores *s, struct judgement *r)
{
    float *v = r->signs.v;
    double p1 = r->share[0];
    v[SIGN_ONE] = 1;
    v[SIGN_MARGIN] = s->margin[r->label[0]];
    v[SIGN_STEMS] = x->known_stems;
    v[SIGN_CHARS] = x->known_chars;
    if (r->n < 2 && m->head.none < 0)
        return; /* a single card wins whatever is asked: that says nothing */
    v[SIGN_SHARE] = bounded(log(p1 + 1e-9));
    v[SIGN_ODDS] = bounded(log(p1 + 1e-9) - log(r->others + 1e-9));
    v[SIGN_NONE] = m->head.none >= 0 ? bounded(log(p1 + 1e-9) - log(r->none + 1e-9)) : 0;
}

/* Of a whole width; several sums side by side, for one would wait for itself. */
static double sum_of(const float *p, uint32_t width)
{
    double sum[4] = {0};
    for (uint32_t k = 0; k < width; k += LEN(sum))
        for (uint32_t i = 0; i < LEN(sum); i++)
            sum[i] += (double)p[k + i];
    return sum[0] + sum[1] + sum[2] + sum[3];
}

/* `others` is added up, for 1 - share[0] has few digits left when it is sure. */
static void judge_vector(struct judge *j, const struct model *m, const struct vector *x,
                         const bool *out, struct judgement *r)
{
    struct scores *s = &j->scores;
    model_score(m, x, s);
    *r = (struct judgement){.n = 0};
    find_best(m, s->z, out, r);
    if (r->n == 0)
        return;
    float *p = s->net; /* done with */
    memcpy(p, s->z, m->head.classes * sizeof *p);
    const bool *one = out;
    const bool *end = out ? out + m->head.classes : NULL;
    for (; out && (one = memchr(one, true, (size_t)(end - one))) != NULL; one++)
        if (one - out != m->head.none)
            p[one - out] = impossible;
    kernel_softmax(p, m->head.classes, m->head.width);
    for (size_t i = 0; i < r->n; i++)
        r->share[i] = (double)p[r->label[i]];
    if (m->head.none >= 0)
        r->none = (double)p[m->head.none];
    p[r->label[0]] = 0;
    r->others = sum_of(p, m->head.width);
    read_signs(m, x, s, r);
}

void judge_grams(struct judge *j, const struct model *m, const struct gram *grams,
                 size_t n, const bool *out, struct judgement *r)
{
    struct vector x = vocabulary_vector(&m->vocabulary, grams, n, j->room);
    judge_vector(j, m, &x, out, r);
}

void judge_text(struct judge *j, const struct model *m, struct spelt *spelt, enum lang l,
                str folded, const bool *out, struct judgement *r)
{
    size_t n;
    str text;
    const struct gram *grams = features_of_words(j->extractor, l, folded, &n, &text);
    if (spelt && spelt_takes(n, text)) {
        struct vector x = spelt_vector(spelt, grams, n, text, j->room);
        judge_vector(j, m, &x, out, r);
        return;
    }
    grams = features_of(j->extractor, l, folded, &n);
    judge_grams(j, m, grams, n, out, r);
}
