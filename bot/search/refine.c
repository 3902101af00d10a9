#include "search/refine.h"

#include <math.h>

#include "search/reach.h"

enum { NEAR = 3 }; /* tokens between the words of a pair, at most */

/* The docs with the highest score, in no order. */
struct best {
    uint32_t doc[REFINE_DOCS];
    float first[REFINE_DOCS]; /* its score before pairs */
    size_t n;
};

/* Of two equal docs the earlier is better. */
static bool is_worse(const struct best *b, size_t i, size_t k)
{
    return b->first[i] < b->first[k] ||
        (b->first[i] <= b->first[k] && b->doc[i] > b->doc[k]);
}

static void swap(struct best *b, size_t i, size_t k)
{
    uint32_t doc = b->doc[i];
    float first = b->first[i];
    b->doc[i] = b->doc[k];
    b->first[i] = b->first[k];
    b->doc[k] = doc;
    b->first[k] = first;
}

/* Restores the heap, the worst in front, below place at. */
static void sink(struct best *b, size_t at)
{
    for (size_t k; (k = 2 * at + 1) < b->n; at = k) {
        k += k + 1 < b->n && is_worse(b, k + 1, k);
        if (!is_worse(b, k, at))
            return;
        swap(b, k, at);
    }
}

/* The REFINE_DOCS docs with the highest score. */
static void best_docs(const struct ranking *r, const struct index *x, struct best *out)
{
    float least = 0; /* what a doc must beat */
    out->n = 0;
    for (uint32_t i = 0; i < r->n_found; i++) {
        uint32_t doc = r->found[i];
        float s = r->doc[doc].score;
        if (s <= least || r->sight[x->owner[doc]] != SIGHT_YES)
            continue;
        size_t at = out->n < REFINE_DOCS ? out->n++ : 0;
        out->doc[at] = doc;
        out->first[at] = s;
        if (out->n < REFINE_DOCS)
            continue;
        if (at > 0) /* just full */
            for (size_t k = REFINE_DOCS / 2; k-- > 0;)
                sink(out, k);
        else
            sink(out, 0);
        least = out->first[0];
    }
}

/* concept[term] = 1 + number of the concept it stands for, 0: none; and back again. */
static void mark_terms(struct ranking *r, const struct query *q, bool set)
{
    for (size_t i = 0; i < q->n; i++)
        for (size_t k = 0; k < q->v[i].n; k++) {
            uint8_t *at = &r->concept[q->v[i].v[k].term];
            if (!set)
                *at = 0;
            else if (*at == 0 && q->v[i].v[k].weight >= .5f)
                *at = (uint8_t)(i + 1);
        }
}

/* How much of the question's neighbourhood the doc repeats: pairs of words that stand
 * beside each other in the question, bit k for words k and k + 1. */
static double pairs_in(const struct ranking *r, const struct index *x,
                       const struct query *q, uint32_t doc, uint32_t pairs)
{
    uint32_t last[QUERY_CONCEPTS_MAX + 1] = {0}; /* 1 + position */
    struct stream words = index_words(x, doc, 0, COLUMN_COUNT - 1);
    double sum = 0;
    for (uint32_t p = 0, word; p < REFINE_TOKENS && pairs; p++) {
        if (!stream_next(&words, &word))
            break;
        uint8_t c = r->concept[x->term_of[word]];
        if (c == 0)
            continue;
        last[c] = p + 1;
        for (int side = -1; side <= 0; side++) {
            /* the pair (k, k + 1) of which c is one */
            int k = c + side;
            if (k < 1 || !(pairs >> (k - 1) & 1))
                continue;
            uint32_t other = last[side ? k : k + 1];
            if (other == 0 || p + 1 - other > NEAR + 1 || other == p + 1)
                continue;
            pairs &= ~(1u << (k - 1));
            sum += MIN(q->v[k - 1].idf, q->v[k].idf);
        }
    }
    return sum;
}

static void add_pairs(struct ranking *r, const struct index *x, const struct query *q,
                      uint32_t doc)
{
    struct doc_score *d = &r->doc[doc];
    uint32_t pairs = x->vocabulary.options.pairs ? d->concepts & d->concepts >> 1 : 0;
    if (pairs && !d->paired)
        d->score +=
            (float)x->vocabulary.options.pair * (float)pairs_in(r, x, q, doc, pairs);
    d->paired = true;
}

/* --- feedback --- */

struct learnt {
    term_t term;
    float weight;
};

enum { LEARNT_MAX = REFINE_SOURCES * FEED_READ };

/* What a term counts in full, idf apart: in a doc with the highest impact there is. */
static double feedback_share(const struct index *x, const struct query *q)
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

/* The weight that the best REFINE_TERMS reach. */
static float bar_of_best(const struct ranking *r, const term_t *seen, size_t n)
{
    float top[REFINE_TERMS] = {0};
    for (size_t i = 0; i < n; i++) {
        float weight = r->learnt[seen[i]];
        if (weight <= top[REFINE_TERMS - 1])
            continue;
        size_t at = REFINE_TERMS - 1;
        for (; at > 0 && top[at - 1] < weight; at--)
            top[at] = top[at - 1];
        top[at] = weight;
    }
    return top[REFINE_TERMS - 1];
}

/*
 * The best REFINE_TERMS in front of v; returns how many. Takes what a selection by
 * swapping takes, in its order, but looks only at those that can be taken: place is where
 * such a sort would have one. Gives r->learnt back.
 */
static size_t select_best(struct ranking *r, const term_t *seen, size_t n,
                          struct learnt v[LEARNT_MAX])
{
    uint16_t place[LEARNT_MAX];
    float bar = bar_of_best(r, seen, n);
    size_t many = 0;
    for (size_t i = 0; i < n; i++) {
        float *weight = &r->learnt[seen[i]];
        if (*weight >= bar) {
            v[many] = (struct learnt){seen[i], *weight};
            place[many++] = (uint16_t)i;
        }
        *weight = 0;
    }
    size_t taken = MIN(many, (size_t)REFINE_TERMS);
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
        struct learnt one = v[top];
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

/* Adds the term's worth to those of the best docs that have it: by its list when that is
 * short, else doc by doc. */
static void add_term(struct ranking *r, const struct index *x, const struct best *b,
                     term_t t, float w)
{
    enum { SEARCH_COST = 8 }; /* of a binary search in postings read one by one */
    const struct posting_list *l = &x->list[t];
    if (l->n > SEARCH_COST * b->n) {
        for (size_t i = 0; i < b->n; i++)
            r->doc[b->doc[i]].score += w * (float)impact_of(x, t, b->doc[i]);
        return;
    }
    const uint32_t *docs = x->docs + l->start;
    const uint16_t *impacts = x->impacts + l->start;
    struct doc_score *doc = r->doc;
    for (uint32_t k = 0; k < l->n; k++)
        if (doc[docs[k]].best)
            doc[docs[k]].score += w * (float)impacts[k];
}

/* The first REFINE_SOURCES of the best: by score, by the score before pairs, earlier. */
static size_t sources(const struct ranking *r, const struct best *b,
                      uint32_t out[REFINE_SOURCES])
{
    size_t n = 0, place[REFINE_SOURCES];
    for (size_t i = 0; i < b->n; i++) {
        float s = r->doc[b->doc[i]].score;
        size_t at = n;
        for (; at > 0; at--) {
            float other = r->doc[b->doc[place[at - 1]]].score;
            if (s < other || (s <= other && is_worse(b, i, place[at - 1])))
                break;
            if (at < REFINE_SOURCES)
                place[at] = place[at - 1];
        }
        if (at < REFINE_SOURCES) {
            place[at] = i;
            n = MIN(n + 1, (size_t)REFINE_SOURCES);
        }
    }
    for (size_t i = 0; i < n; i++)
        out[i] = b->doc[place[i]];
    return n;
}

/* How much each term counts in a doc that has all of it, best first; returns how many. */
static size_t find_feedback(struct ranking *r, const struct index *x,
                            const struct query *q, const struct best *b,
                            struct learnt v[LEARNT_MAX])
{
    term_t seen[LEARNT_MAX];
    uint32_t from[REFINE_SOURCES];
    size_t n_from = sources(r, b, from);
    set_learnt(r, q, -INFINITY);
    size_t n = learn(r, x, from, n_from, seen);
    set_learnt(r, q, 0);
    n = select_best(r, seen, n, v);
    const float all = (float)feedback_share(x, q);
    for (size_t k = n; k-- > 0;)
        v[k].weight = all * (v[k].weight / v[0].weight) * x->idf[v[k].term];
    return n;
}

/* The least that the first REFINE_SOURCES have before pairs. */
static float least_of_sources(const struct best *b)
{
    float top[REFINE_SOURCES] = {0};
    for (size_t i = 0; i < b->n; i++) {
        size_t at = REFINE_SOURCES;
        for (; at > 0 && top[at - 1] < b->first[i]; at--)
            if (at < REFINE_SOURCES)
                top[at] = top[at - 1];
        if (at < REFINE_SOURCES)
            top[at] = b->first[i];
    }
    return top[REFINE_SOURCES - 1];
}

/* Pairs of those docs that can be among the sources with them. */
static void pair_sources(struct ranking *r, const struct index *x, const struct query *q,
                         const struct best *b, const struct reach_more *more)
{
    float least = least_of_sources(b);
    for (size_t i = 0; i < b->n; i++)
        if (reach_of_doc(r, x, b->doc[i], more) >= least)
            add_pairs(r, x, q, b->doc[i]);
}

static bool refine_best(struct ranking *r, const struct index *x, const struct query *q,
                        const struct reach *want, struct reach_more *more)
{
    const struct search_options *o = &x->vocabulary.options;
    struct best b;
    struct learnt v[LEARNT_MAX];
    size_t n = 0;
    best_docs(r, x, &b);
    if (o->feedback && b.n > 0) {
        float feed = more->feed;
        more->feed = more->feed_most = 0;
        pair_sources(r, x, q, &b, more);
        n = find_feedback(r, x, q, &b, v);
        for (size_t k = 0; k < n; k++)
            more->feed_most += REACH_ROUNDING * v[k].weight * (float)x->most[v[k].term];
        more->feed = feed;
        if (want && !reach_may(r, x, want, more))
            return false;
    }
    for (size_t i = 0; i < b.n; i++) {
        add_pairs(r, x, q, b.doc[i]);
        r->doc[b.doc[i]].best = true;
    }
    for (size_t k = 0; k < n; k++)
        add_term(r, x, &b, v[k].term, v[k].weight);
    return true;
}

bool refine(struct ranking *r, const struct index *x, const struct query *q,
            const struct reach *want)
{
    const struct search_options *o = &x->vocabulary.options;
    struct reach_more more = reach_pairs(x, q);
    more.feed = o->feedback ? REACH_ROUNDING * (float)feedback_share(x, q) : 0;
    more.feed_most = INFINITY;
    if (want && !reach_may(r, x, want, &more))
        return false;
    if (!o->pairs && !o->feedback)
        return true;
    mark_terms(r, q, true);
    bool matters = refine_best(r, x, q, want, &more);
    mark_terms(r, q, false);
    return matters;
}
