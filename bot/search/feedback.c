#include "search/feedback.h"

#include <math.h>

enum { LEARNT_MAX = BEST_SOURCES * FEED_READ };

double feedback_share(const struct index *x, const struct query *q)
{
    enum { LONGEST = 3 }; /* words of a question; a longer one says enough itself */
    const struct search_options *o = &x->vocabulary.options;
    return o->feed * (o->k1 + 1) / UINT16_MAX * (double)MIN(q->n, (size_t)LONGEST);
}

/* For those of the question, which are not learnt: -INFINITY, and back again. */
static void set_learnt(struct ranking *r, const struct query *q, float to)
{
    for (size_t i = 0; i < q->n; i++)
        for (size_t k = 0; k < q->v[i].n; k++)
            if (r->concept[q->v[i].v[k].term] != 0)
                r->learnt[q->v[i].v[k].term] = to;
}

/* Every word of the docs, each occurrence weighing as much as it is telling, into
 * r->learnt; which ones they are to seen. Those of the question, -INFINITY there, stay
 * so. */
static size_t learn(struct ranking *r, const struct index *x, const uint32_t *docs,
                    size_t n_docs, term_t seen[LEARNT_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < n_docs; i++) {
        const struct feed *f = feed_of(x, docs[i]);
        float each =
            r->doc[docs[i]].score / r->doc[docs[0]].score / (float)MAX(f->read, 20u);
        for (uint32_t k = 0; k < f->n; k++) {
            const struct feed_word *w = &f->v[k];
            float *at = &r->learnt[w->term];
            seen[n] = w->term;
            n += *at == 0;
            float once = each * w->telling, all = *at + once;
            for (uint32_t m = 1; m < w->times; m++)
                all += once;
            *at = all;
        }
    }
    return n;
}

/* The weight that the best FEEDBACK_TERMS reach. */
static float bar_of_best(const struct ranking *r, const term_t *seen, size_t n)
{
    float top[FEEDBACK_TERMS] = {0};
    for (size_t i = 0; i < n; i++) {
        /* learn filled n of them: NOLINTNEXTLINE(clang-analyzer-core.uninitialized.*) */
        float weight = r->learnt[seen[i]];
        if (weight <= top[FEEDBACK_TERMS - 1])
            continue;
        size_t at = FEEDBACK_TERMS - 1;
        for (; at > 0 && top[at - 1] < weight; at--)
            top[at] = top[at - 1];
        top[at] = weight;
    }
    return top[FEEDBACK_TERMS - 1];
}

/*
 * The best FEEDBACK_TERMS in front of v; returns how many. Takes what a selection by
 * swapping takes, in its order, but looks only at those that can be taken: place is where
 * such a sort would have one. Gives r->learnt back.
 */
static size_t select_best(struct ranking *r, const term_t *seen, size_t n,
                          struct feedback_term v[LEARNT_MAX])
{
    uint16_t place[LEARNT_MAX];
    float bar = bar_of_best(r, seen, n);
    size_t many = 0;
    for (size_t i = 0; i < n; i++) {
        /* as above: NOLINTNEXTLINE(clang-analyzer-core.uninitialized.*) */
        float *weight = &r->learnt[seen[i]];
        if (*weight >= bar) {
            v[many] = (struct feedback_term){seen[i], *weight};
            place[many++] = (uint16_t)i;
        }
        *weight = 0;
    }
    size_t taken = MIN(many, (size_t)FEEDBACK_TERMS);
    for (size_t k = 0; k < taken; k++) {
        size_t top = k, out = k;
        for (size_t i = k; i < many; i++) {
            if (v[i].weight > v[top].weight ||
                (v[i].weight >= v[top].weight && place[i] < place[top]))
                top = i;
            if (place[i] == k)
                out = i;
        }
        if (place[out] == k)
            place[out] = place[top];
        struct feedback_term one = v[top];
        v[top] = v[k];
        v[k] = one;
        place[top] = place[k];
    }
    return taken;
}

/* The term's impact in a doc, 0 when it is not there. */
static uint16_t impact_of(const struct index *x, term_t t, uint32_t doc)
{
    uint32_t lo = x->list[t].start, hi = lo + x->list[t].n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (x->docs[mid] == doc)
            return x->impacts[mid];
        if (x->docs[mid] < doc)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

/* What a term adds to those of the best docs that have it: by its list when that is
 * short, else doc by doc. */
static void read_term(const struct ranking *r, const struct index *x,
                      const struct best *b, const struct feedback_term *t,
                      float out[BEST_DOCS])
{
    enum { SEARCH_COST = 8 }; /* of a binary search in postings read one by one */
    const struct posting_list *list = &x->list[t->term];
    memset(out, 0, BEST_DOCS * sizeof *out);
    if (list->n > SEARCH_COST * b->n) {
        for (size_t i = 0; i < b->n; i++)
            out[i] = t->weight * (float)impact_of(x, t->term, b->doc[i]);
        return;
    }
    const uint32_t *docs = x->docs + list->start;
    const uint16_t *impacts = x->impacts + list->start;
    const struct doc_score *doc = r->doc;
    for (uint32_t k = 0; k < list->n; k++)
        if (doc[docs[k]].best)
            out[doc[docs[k]].best - 1] = t->weight * (float)impacts[k];
}

void feedback_learn(struct ranking *r, const struct index *x, const struct query *q,
                    const struct best *b, struct feedback *f)
{
    struct feedback_term v[LEARNT_MAX];
    term_t seen[LEARNT_MAX];
    uint32_t from[BEST_SOURCES];
    size_t n_from = best_sources(r, b, from);
    set_learnt(r, q, -INFINITY);
    size_t n = learn(r, x, from, n_from, seen);
    set_learnt(r, q, 0);
    f->n = select_best(r, seen, n, v);
    const float all = (float)feedback_share(x, q);
    for (size_t k = 0; k < f->n; k++)
        f->v[k] = (struct feedback_term){
            v[k].term, all * (v[k].weight / v[0].weight) * x->idf[v[k].term]};
}

float feedback_most(const struct index *x, const struct feedback *f)
{
    float most = 0;
    for (size_t k = 0; k < f->n; k++)
        most += f->v[k].weight * (float)x->most[f->v[k].term];
    return most;
}

void feedback_read(struct ranking *r, const struct index *x, const struct best *b,
                   struct feedback *f)
{
    for (size_t i = 0; i < b->n; i++)
        r->doc[b->doc[i]].best = (uint8_t)(i + 1);
    for (size_t k = 0; k < f->n; k++)
        read_term(r, x, b, &f->v[k], f->of[k]);
}

void feedback_add(float *restrict scores, const struct feedback *f)
{
    for (size_t k = 0; k < f->n; k++)
        for (size_t i = 0; i < BEST_DOCS; i++)
            scores[i] += f->of[k][i];
}
