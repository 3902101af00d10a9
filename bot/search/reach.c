#include "search/reach.h"

#include <math.h>
#include <stdlib.h>

#include "search/feedback.h"

/* What terms can add to a doc: the FEEDBACK_TERMS best, the least last. */
struct tops {
    float (*of)[FEEDBACK_TERMS];
    float *least; /* the last of each again: most postings look at nothing else */
};

/* The terms whose idf is in a range. */
static void note_terms(const struct index *x, float above, float up_to, struct tops *t)
{
    for (size_t i = 0; i < x->vocabulary.terms.n; i++) {
        const struct posting_list *l = &x->list[i];
        const float idf = x->idf[i];
        for (uint32_t k = l->start; idf > above && idf <= up_to && k < l->start + l->n;
             k++) {
            float worth = idf * (float)x->impacts[k], *top = t->of[x->docs[k]];
            x->most[i] = MAX(x->most[i], x->impacts[k]);
            if (worth <= t->least[x->docs[k]])
                continue;
            size_t at = FEEDBACK_TERMS - 1;
            for (; at > 0 && top[at - 1] < worth; at--)
                top[at] = top[at - 1];
            top[at] = worth;
            t->least[x->docs[k]] = top[FEEDBACK_TERMS - 1];
        }
    }
}

void reach_prepare(struct index *x)
{
    struct arena *a = x->vocabulary.arena;
    x->most = arena_alloc(a, x->vocabulary.terms.n * sizeof *x->most);
    x->feedable = arena_alloc(a, x->n_docs * sizeof *x->feedable);
    struct tops t = {must_alloc(x->n_docs * sizeof *t.of), x->feedable};
    /* rare ones first: of the common ones, in many docs, few are among the best then */
    note_terms(x, 5, INFINITY, &t);
    note_terms(x, 3, 5, &t);
    note_terms(x, FEED_TELLING, 3, &t);
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        x->feedable[doc] = 0;
        for (size_t i = 0; i < FEEDBACK_TERMS; i++)
            x->feedable[doc] += t.of[doc][i];
    }
    free(t.of);
}

struct reach_more reach_pairs(const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    struct reach_more m;
    m.feed = 0;
    m.feed_most = INFINITY;
    for (size_t k = 0; k < q->n; k++) {
        m.pair[k] = o->pairs && k + 1 < q->n
            ? REACH_ROUNDING * (float)(o->pair * MIN(q->v[k].idf, q->v[k + 1].idf))
            : 0;
    }
    return m;
}

/* What an article must score to matter. */
static float wanted_of(const struct reach *want, uint32_t article)
{
    for (size_t i = 0; i < want->n; i++)
        if (want->v[i].article == article)
            return MIN(want->any, want->v[i].score);
    return want->any;
}

/* How an article's score is made of its docs', see rank.c. */
struct making {
    float mix, spread;
};

static struct making making_of(const struct index *x)
{
    const struct search_options *o = &x->vocabulary.options;
    return o->article_mix ? (struct making){(float)o->mix, (float)o->spread}
                          : (struct making){0};
}

/* Of the best of the docs and of all of them together: the three next are not better than
 * the best, nor than all the others. */
static inline float most_of(const struct making *m, float best, float all, float sum)
{
    return best + m->mix * MIN(all - best, 3 * best) + m->spread * sum;
}

/* ... and they are not worse than the mean. */
static inline float least_of(const struct making *m, float best, float all, float sum,
                             uint32_t n)
{
    float share = n > 4 ? 3 / (float)(n - 1) : 1;
    return best + m->mix * share * (all - best) + m->spread * sum;
}

bool reach_may(const struct ranking *r, const struct index *x, const struct reach *want,
               const struct reach_more *more)
{
    const struct making m = making_of(x);
    const uint32_t *found = r->found, *last = found + r->n_found;
    const float *feedable = x->feedable, feed = more->feed, feed_most = more->feed_most;
    bool seen = false;
    while (found < last) {
        uint32_t article = x->owner[*found], end = x->first_doc[article + 1];
        float best = 0, all = 0;
        do {
            const struct doc_score *d = &r->doc[*found];
            float one = d->score + MIN(feed * feedable[*found], feed_most);
            if (d->concepts & d->concepts >> 1)
                one += reach_by_pairs(d, more);
            best = MAX(best, one);
            all += one;
        } while (++found < last && *found < end);
        if (r->sight[article] != SIGHT_YES)
            continue;
        seen = true;
        float most = most_of(&m, best, all, r->article[article].sum);
        if (most >= want->any || (want->n && most >= wanted_of(want, article)))
            return true;
    }
    return !seen;
}

bool reach_first(struct ranking *r, const struct index *x, const struct reach *want,
                 const struct reach_more *more, float *least)
{
    const struct making m = making_of(x);
    float top[RANK_MAX] = {0}; /* what the first ones reach without more */
    bool may = false;
    for (uint32_t i = 0, to; i < r->n_found; i = to) {
        uint32_t article = x->owner[r->found[i]], end = x->first_doc[article + 1];
        struct article_score *a = &r->article[article];
        float best = 0, all = 0, pairs = 0;
        for (to = i; to < r->n_found && r->found[to] < end; to++) {
            const struct doc_score *d = &r->doc[r->found[to]];
            best = MAX(best, d->score);
            all += d->score;
            if (d->concepts & d->concepts >> 1)
                pairs += reach_by_pairs(d, more);
        }
        if (r->sight[article] != SIGHT_YES)
            continue;
        a->most = REACH_ROUNDING * most_of(&m, best + pairs, all + pairs, a->sum);
        may = may || a->most >= want->any ||
            (want->n > 0 && a->most >= wanted_of(want, article));
        float one = least_of(&m, best, all, a->sum, to - i) / REACH_ROUNDING;
        if (one <= top[want->hits - 1])
            continue;
        size_t at = want->hits - 1;
        for (; at > 0 && top[at - 1] < one; at--)
            top[at] = top[at - 1];
        top[at] = one;
    }
    *least = top[want->hits - 1];
    return may;
}
