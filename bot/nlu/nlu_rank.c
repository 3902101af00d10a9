#include "nlu/nlu_inside.h"

#include <math.h>

#include "base/str.h"
#include "nlu/plain.h"

enum { WHY_WORDS_MAX = 24 };

/* Not allowed is mostly the same for one question as for the one before. */
static void close_labels(struct nlu *n, struct school *s, const bool *allowed)
{
    size_t cards = n->catalogue->cards.n;
    if (!allowed) {
        s->n_closed = 0;
        s->has_allowed = false;
        return;
    }
    if (s->has_allowed && memcmp(s->allowed, allowed, cards * sizeof *allowed) == 0)
        return;
    memcpy(s->allowed, allowed, cards * sizeof *allowed);
    s->has_allowed = true;
    s->n_closed = 0;
    for (uint32_t k = 0; k < s->classifier->model.head.classes; k++)
        if (!allowed[s->card[k]])
            s->closed[s->n_closed++] = k;
}

/* Takes out what is not to be answered with: not allowed, or vetoed. A veto is tried only
 * where it makes a difference; and once one held, others may. */
static void leave_out(struct nlu *n, enum lang l, const bool *allowed)
{
    struct school *s = &n->school[l];
    struct judge *j = &n->judge;
    close_labels(n, s, allowed);
    for (uint32_t i = 0; i < s->n_closed; i++)
        judge_leave_out(j, s->closed[i]);
    size_t count, literal;
    const uint32_t *possible = pattern_possible(n->patterns, &count);
    for (bool again = true; again;) {
        again = false;
        float counting = judge_counting(j);
        for (size_t i = 0; i < count; i++) {
            const struct pattern *p = pattern_at(n->patterns, possible[i]);
            int label = s->label[p->card];
            if (!p->veto || p->lang != l || label < 0 ||
                !judge_counts(j, (uint32_t)label, counting) ||
                !pattern_matches(n->patterns, possible[i], &literal))
                continue;
            judge_leave_out(j, (uint32_t)label);
            again = true;
        }
    }
}

bool nlu_judge(struct nlu *n, enum lang l, str folded, const bool *allowed,
               struct judgement *out)
{
    struct school *s = &n->school[l];
    *out = (struct judgement){.n = 0};
    if (!s->classifier)
        return false;
    nlu_look(n, folded);
    judge_text(&n->judge, &s->classifier->model, s->spelt, l, folded, &n->words);
    leave_out(n, l, allowed);
    judge_best(&n->judge, out);
    return out->n > 0;
}

/* The best gets its calibrated probability, the others their share of it, as far as
 * there is probability left. */
static void spread(const struct nlu *n, enum lang l, const struct judgement *g,
                   enum boldness b, struct nlu_result *out)
{
    const struct school *s = &n->school[l];
    const struct confidence *c = &s->classifier->model.head.confidence;
    double best = confidence_of(c, &g->signs), left = 1 - best;
    *out = (struct nlu_result){.n = g->n};
    for (size_t i = 0; i < g->n; i++) {
        double score = best;
        if (i > 0) {
            score = g->share[0] > 0 ? best * g->share[i] / g->share[0] : 0;
            score = MIN(score, left);
            left -= score;
        }
        out->v[i] = (struct candidate){.card = s->card[g->label[i]], .score = score};
    }
    out->none = g->others > 0 ? MIN(left, (1 - best) * g->none / g->others) : 0;
    out->band = best >= (double)c->answer[b] ? BAND_ANSWER
        : best >= (double)c->choice[b]       ? BAND_CHOICE
                                             : BAND_DECLINE;
}

void nlu_rank(struct nlu *n, enum lang l, str folded, const bool *allowed,
              enum boldness b, struct nlu_result *out)
{
    *out = (struct nlu_result){.band = BAND_DECLINE};
    for (int k = 0; k < LANG_COUNT; k++) {
        if (l != LANG_NONE && (int)l != k)
            continue;
        struct judgement g;
        struct nlu_result one;
        if (!nlu_judge(n, (enum lang)k, folded, allowed, &g))
            continue;
        spread(n, (enum lang)k, &g, b, &one);
        if (out->n == 0 || one.v[0].score > out->v[0].score)
            *out = one;
    }
}

void nlu_bars(const struct nlu *n, enum lang l, enum boldness b, double *choice,
              double *answer)
{
    struct confidence c = confidence_prior(true);
    if (l == LANG_NONE)
        l = n->school[LANG_NL].classifier ? LANG_NL : LANG_EN;
    if (n->school[l].classifier)
        c = n->school[l].classifier->model.head.confidence;
    *choice = (double)c.choice[b];
    *answer = (double)c.answer[b];
}

/* How far card is ahead of rival: the logarithm of how many times its share. */
static double lead(struct nlu *n, enum lang l, str text, int label, int rival)
{
    const struct school *s = &n->school[l];
    judge_text(&n->judge, &s->classifier->model, s->spelt, l, text, NULL);
    const float *share = n->judge.scores.share;
    return log((double)share[label] + 1e-9) - log((double)share[rival] + 1e-9);
}

/* What the lead loses when the word is not there. */
size_t nlu_words(struct nlu *n, struct arena *a, enum lang l, str folded, int card,
                 int rival, struct weighed_word *out, size_t max)
{
    if (l == LANG_NONE || !n->school[l].classifier || card < 0 || rival < 0)
        return 0;
    int x = n->school[l].label[card], y = n->school[l].label[rival];
    if (x < 0 || y < 0)
        return 0;
    struct words words = words_of(a, folded);
    double whole = lead(n, l, folded, x, y);
    size_t found = 0;
    for (size_t i = 0; i < words.list.n && i < WHY_WORDS_MAX; i++) {
        const struct word *w = &words.list.v[i];
        str rest =
            arena_join(a, str_sub(folded, 0, w->from), str_sub(folded, w->to, folded.n));
        struct weighed_word one = {w->text, whole - lead(n, l, rest, x, y)};
        size_t at = MIN(found, max);
        while (at > 0 && one.weight > out[at - 1].weight)
            at--;
        if (at >= max || one.weight <= 0)
            continue;
        found = MIN(found + 1, max);
        memmove(&out[at + 1], &out[at], (found - at - 1) * sizeof *out);
        out[at] = one;
    }
    return found;
}
