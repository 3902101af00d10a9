#include "nlu/judge.h"

#include <math.h>

#include "base/base.h"

static const double most = 12;     /* no sign of its own is stronger than e^12 */
static const float little = 0.02F; /* of the best one's share */

struct judge judge_new(const struct synonyms *s)
{
    struct judge j = {.arena = arena_new(), .extractor = extractor_new(s)};
    j.room = arena_alloc(j.arena, (FEATURE_MAX + 1) * sizeof *j.room);
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

/* The best classes that are not out; known until one more is left out. */
static void find_best(struct judge *j)
{
    if (!j->has_best)
        j->n_best = kernel_best(j->scores.share, j->model->head.width, j->best);
    j->has_best = true;
}

static void read_signs(const struct judge *j, struct judgement *r)
{
    float *v = r->signs.v;
    int32_t none = j->model->head.none;
    double p1 = r->share[0];
    v[SIGN_ONE] = 1;
    v[SIGN_MARGIN] = j->scores.margin[r->label[0]];
    v[SIGN_STEMS] = j->known_stems;
    v[SIGN_CHARS] = j->known_chars;
    if (r->n < 2 && none < 0)
        return; /* a single card wins whatever is asked: that says nothing */
    double share = log(p1 + 1e-9);
    v[SIGN_SHARE] = bounded(share);
    v[SIGN_ODDS] = bounded(share - log(r->others + 1e-9));
    v[SIGN_NONE] = none >= 0 ? bounded(share - log(r->none + 1e-9)) : 0;
}

static void score(struct judge *j, const struct model *m, const struct vector *x)
{
    struct scores *s = &j->scores;
    model_score(m, x, s);
    j->model = m;
    j->known_stems = x->known_stems;
    j->known_chars = x->known_chars;
    j->none = 0;
    j->has_best = false;
    if (m->head.none >= 0) {
        j->none = s->share[m->head.none];
        judge_leave_out(j, (uint32_t)m->head.none);
    }
}

void judge_leave_out(struct judge *j, uint32_t label)
{
    j->scores.share[label] = 0;
    j->has_best = false;
}

float judge_counting(struct judge *j)
{
    const float *share = j->scores.share;
    find_best(j);
    return j->n_best < JUDGE_BEST
        ? 0
        : MIN(share[j->best[0]] * little, share[j->best[JUDGE_BEST - 1]]);
}

/* The others are added up without the best: 1 - its share has few digits left when it is
 * sure. */
void judge_best(struct judge *j, struct judgement *r)
{
    float *share = j->scores.share;
    find_best(j);
    *r = (struct judgement){.n = j->n_best};
    memcpy(r->label, j->best, sizeof j->best);
    if (r->n == 0)
        return;
    float best = share[r->label[0]];
    share[r->label[0]] = 0;
    double others = (double)kernel_sum(share, j->model->head.width) + (double)j->none;
    share[r->label[0]] = best;
    double all = others + (double)best;
    for (size_t i = 0; i < r->n; i++)
        r->share[i] = (double)share[r->label[i]] / all;
    r->none = (double)j->none / all;
    r->others = others / all;
    read_signs(j, r);
}

void judge_grams(struct judge *j, const struct model *m, const struct gram *grams,
                 size_t n)
{
    struct vector x = vocabulary_vector(&m->vocabulary, grams, n, j->room);
    score(j, m, &x);
}

void judge_text(struct judge *j, const struct model *m, struct spelt *spelt, enum lang l,
                str folded, const struct words *words)
{
    size_t n;
    if (!spelt) {
        const struct gram *grams = features_of(j->extractor, l, folded, &n);
        judge_grams(j, m, grams, n);
        return;
    }
    struct spelling spelling;
    const struct gram *grams =
        features_of_words(j->extractor, l, folded, words, &n, &spelling);
    struct vector x = spelt_vector(spelt, grams, n, &spelling, j->room);
    score(j, m, &x);
}
