#include "search/reach.h"

#include <math.h>
#include <stdlib.h>

#include "search/feedback.h"
#include "search/lanes.h"

/* What terms can add to a doc: the FEEDBACK_TERMS best, the least last. */
struct tops {
    float (*of)[FEEDBACK_TERMS];
    float *least; /* the last of each again: most postings look at nothing else */
};

/* The highest impact of each term. */
static void note_most(struct index *x)
{
    for (size_t i = 0; i < x->vocabulary.terms.n; i++) {
        const uint16_t *impacts = x->impacts + x->list[i].start;
        uint16_t most = 0;
        for (uint32_t k = 0; k < x->list[i].n; k++)
            most = MAX(most, impacts[k]);
        x->most[i] = most;
    }
}

/* The terms whose idf is in a range. */
static void note_terms(const struct index *x, float above, float up_to, struct tops *t)
{
    for (size_t i = 0; i < x->vocabulary.terms.n; i++) {
        const struct posting_list *l = &x->list[i];
        const float idf = x->idf[i];
        for (uint32_t k = l->start; idf > above && idf <= up_to && k < l->start + l->n;
             k++) {
            float worth = idf * (float)x->impacts[k], *top = t->of[x->docs[k]];
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
    note_most(x);
    struct tops t = {must_alloc(x->n_docs * sizeof *t.of), x->feedable};
    /* rare ones first: of the common ones, in many docs, few are among the best then */
    note_terms(x, 5, INFINITY, &t);
    note_terms(x, 3, 5, &t);
    note_terms(x, FEED_TELLING, 3, &t);
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        x->feedable[doc] = 0;
        for (size_t i = 0; i < FEEDBACK_TERMS; i++)
            x->feedable[doc] += t.of[doc][i];
        x->most_feedable = MAX(x->most_feedable, x->feedable[doc]);
    }
    free(t.of);
}

struct reach_more reach_more_of(const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    struct reach_more m;
    m.feed = o->feedback ? REACH_ROUNDING * (float)feedback_share(x, q) : 0;
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

bool reach_ever_may(const struct index *x, const struct query *q,
                    const struct reach *want, const struct reach_more *more,
                    struct coverage by)
{
    const struct search_options *o = &x->vocabulary.options;
    const struct making m = making_of(x);
    float sum = 0, cover = 0, pairs = 0;
    for (size_t i = 0; i < q->n; i++) {
        const struct concept *c = &q->v[i];
        const float full = (float)(c->weight * (o->k1 + 1) / UINT16_MAX);
        float best = 0, all = 0;
        for (size_t k = 0; k < c->n; k++) {
            const struct alternative *a = &c->v[k];
            float one = full * a->weight * a->idf * (float)x->most[a->term];
            best = MAX(best, one);
            all += one;
        }
        sum += best + (float)o->rest * (all - best);
        cover += c->n > 0 ? (float)c->weight : 0;
        pairs += i > 0 && c->n > 0 ? more->pair[i - 1] : 0;
    }
    float doc =
        sum * (by.least + by.slope * cover) + pairs + more->feed * x->most_feedable;
    return REACH_ROUNDING * most_of(&m, doc, 4 * doc, sum) >= want->least;
}

/* What an article comes to with the most that its docs may get. */
static inline float may_reach(const struct ranking *r, const struct index *x,
                              const struct making *m, const struct reach_more *more,
                              const struct found_article *f)
{
    const float feed = more->feed, feed_most = more->feed_most;
    const uint32_t *doc = r->found + f->first, *end = r->found + f[1].first;
    float best = 0, all = 0;
    for (; doc < end; doc++) {
        const struct doc_score *d = &r->doc[*doc];
        float one = d->score + MIN(feed * x->feedable[*doc], feed_most) + d->pairs;
        best = MAX(best, one);
        all += one;
    }
    return most_of(m, best, all, r->article[f->article].sum);
}

static bool may_matter(const struct reach *want, uint32_t article, float most)
{
    return most >= want->least && most >= wanted_of(want, article);
}

bool reach_may(struct ranking *r, const struct index *x, const struct reach *want)
{
    const struct making m = making_of(x);
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_among; i++) {
        const struct found_article *f = &r->among[i];
        float most = most_of(&m, f->best, f->all, r->article[f->article].sum);
        r->live[n] = i;
        n += may_matter(want, f->article, most) && r->sight[f->article] == SIGHT_YES;
    }
    r->n_live = n;
    return n > 0;
}

bool reach_still_may(struct ranking *r, const struct index *x, const struct reach *want,
                     const struct reach_more *more)
{
    const struct making m = making_of(x);
    for (uint32_t i = 0; i < r->n_live; i++) {
        const struct found_article *f = &r->among[r->live[i]];
        if (may_matter(want, f->article, may_reach(r, x, &m, more, f)))
            return true;
    }
    return false;
}

bool reach_first(struct ranking *r, const struct index *x, const struct reach *want,
                 float *least)
{
    const struct making m = making_of(x);
    float *reached = r->reached;
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_among; i++) {
        const struct found_article *f = &r->among[i];
        const uint32_t *doc = r->found + f->first, *end = r->found + f[1].first;
        struct article_score *a = &r->article[f->article];
        float best = 0, all = 0, pairs = 0;
        for (; doc < end; doc++) {
            const struct doc_score *d = &r->doc[*doc];
            best = MAX(best, d->score);
            all += d->score;
            pairs += d->pairs;
        }
        a->most = REACH_ROUNDING * most_of(&m, best + pairs, all + pairs, a->sum);
        reached[n] = least_of(&m, best, all, a->sum, f[1].first - f->first);
        n += r->sight[f->article] == SIGHT_YES;
    }
    *least = lanes_reach(reached, n, want->hits) / REACH_ROUNDING;
    for (uint32_t i = 0; i < r->n_live; i++) {
        uint32_t article = r->among[r->live[i]].article;
        if (may_matter(want, article, r->article[article].most))
            return true;
    }
    return false;
}
