#include "search/reach.h"

#include <stdlib.h>

#include "search/refine.h"

/* The most that REFINE_TERMS terms can have in a doc: a place per term, the least last. */
static void note_feedable(float top[REFINE_TERMS], float worth)
{
    if (worth <= top[REFINE_TERMS - 1])
        return;
    size_t at = REFINE_TERMS - 1;
    for (; at > 0 && top[at - 1] < worth; at--)
        top[at] = top[at - 1];
    top[at] = worth;
}

void reach_prepare(struct index *x)
{
    struct arena *a = x->vocabulary.arena;
    size_t n_terms = x->vocabulary.terms.n;
    float(*top)[REFINE_TERMS] = must_alloc(x->n_docs * sizeof *top);
    x->most = arena_alloc(a, n_terms * sizeof *x->most);
    x->feedable = arena_alloc(a, x->n_docs * sizeof *x->feedable);
    for (size_t t = 0; t < n_terms; t++) {
        const struct posting_list *l = &x->list[t];
        float idf = x->idf[t];
        for (uint32_t k = l->start; k < l->start + l->n; k++) {
            x->most[t] = MAX(x->most[t], x->impacts[k]);
            if (idf > FEED_TELLING)
                note_feedable(top[x->docs[k]], idf * (float)x->impacts[k]);
        }
    }
    for (uint32_t doc = 0; doc < x->n_docs; doc++)
        for (size_t i = 0; i < REFINE_TERMS; i++)
            x->feedable[doc] += top[doc][i];
    free(top);
}

struct reach_more reach_pairs(const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    struct reach_more m;
    m.feed = m.feed_most = 0;
    for (size_t k = 0; k < q->n; k++)
        m.pair[k] = o->pairs && k + 1 < q->n
            ? REACH_ROUNDING * (float)(o->pair * MIN(q->v[k].idf, q->v[k + 1].idf))
            : 0;
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

bool reach_may(const struct ranking *r, const struct index *x, const struct reach *want,
               const struct reach_more *more)
{
    const struct search_options *o = &x->vocabulary.options;
    const float mix = o->article_mix ? (float)o->mix : 0;
    const float spread = o->article_mix ? (float)o->spread : 0;
    bool seen = false;
    for (uint32_t i = 0; i < r->n_found;) {
        uint32_t article = x->owner[r->found[i]], end = x->first_doc[article + 1];
        float best = 0, all = 0; /* of the article's docs */
        for (; i < r->n_found && r->found[i] < end; i++) {
            float one = reach_of_doc(r, x, r->found[i], more);
            best = MAX(best, one);
            all += one;
        }
        if (r->sight[article] != SIGHT_YES)
            continue;
        seen = true;
        /* the three next are not better than the best, nor than all the others */
        float most = best + mix * MIN(all - best, 3 * best) +
            spread * r->article[article].sum;
        if (most >= want->any || (want->n && most >= wanted_of(want, article)))
            return true;
    }
    return !seen;
}
