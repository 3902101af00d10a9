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

/* Scores are told apart roughly by their leading bits, eight classes to a doubling. */
enum { CLASSES = 1 << 11, CLASS_SHIFT = 20 };

/* Of a score above 0; the bits of such floats are in the order of their size. */
static uint32_t class_of(float score)
{
    uint32_t bits;
    memcpy(&bits, &score, sizeof bits);
    return bits >> CLASS_SHIFT;
}

/* The lowest score of a class. */
static float class_begins(uint32_t class)
{
    uint32_t bits = class << CLASS_SHIFT;
    float score;
    memcpy(&score, &bits, sizeof score);
    return score;
}

/* A doc of the class of which only the n best fit. Docs come ascending, so of two equal
 * ones the first stays. */
static void add_if_best(struct best *b, size_t n, uint32_t doc, float score)
{
    if (b->n == n && score <= b->first[0])
        return;
    bool fills = b->n + 1 == n;
    size_t at = b->n < n ? b->n++ : 0;
    b->doc[at] = doc;
    b->first[at] = score;
    if (fills)
        for (size_t k = n / 2; k-- > 0;)
            sink(b, k);
    else if (at == 0)
        sink(b, 0);
}

/* The REFINE_DOCS docs with the highest score: whole classes, and the best of the one that
 * does not fit. */
static void best_docs(struct ranking *r, const struct index *x, struct best *out)
{
    uint16_t count[CLASSES] = {0};
    uint32_t *docs = r->touched, n = 0, class = 0;
    const struct doc_score *doc = r->doc;
    for (uint32_t i = 0; i < r->n_found; i++) {
        float s = doc[r->found[i]].score;
        if (s <= 0 || r->sight[x->owner[r->found[i]]] != SIGHT_YES)
            continue;
        docs[n++] = r->found[i];
        uint32_t own = class_of(s);
        class = MAX(class, own + 1);
        count[own] = (uint16_t)MIN(count[own] + 1, REFINE_DOCS + 1);
    }
    size_t above = 0, rest; /* docs of higher classes; room for those of this one */
    if (n <= REFINE_DOCS)
        class = 0;
    else
        while (above + count[class - 1] <= REFINE_DOCS)
            above += count[--class];
    rest = n <= REFINE_DOCS ? 0 : REFINE_DOCS - above;
    float all_from = class_begins(class), some_from = class_begins(class - (rest > 0));
    struct best some;
    out->n = some.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        float s = doc[docs[i]].score;
        if (s >= all_from) {
            out->doc[out->n] = docs[i];
            out->first[out->n++] = s;
        } else if (s >= some_from) {
            add_if_best(&some, rest, docs[i], s);
        }
    }
    memcpy(out->doc + out->n, some.doc, some.n * sizeof *some.doc);
    memcpy(out->first + out->n, some.first, some.n * sizeof *some.first);
    out->n += some.n;
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
    const uint8_t *concept = r->concept;
    const term_t *term_of = x->term_of;
    for (uint32_t p = 1, word; p <= REFINE_TOKENS && stream_next(&words, &word); p++) {
        uint8_t c = concept[term_of[word]];
        if (c == 0)
            continue;
        last[c] = p;
        for (int side = -1; side <= 0; side++) {
            /* the pair (k, k + 1) of which c is one */
            int k = c + side;
            if (k < 1 || !(pairs >> (k - 1) & 1))
                continue;
            uint32_t other = last[side ? k : k + 1];
            if (other == 0 || p - other > NEAR + 1 || other == p)
                continue;
            pairs &= ~(1u << (k - 1));
            sum += MIN(q->v[k - 1].idf, q->v[k].idf);
        }
        if (pairs == 0)
            break;
    }
    return sum;
}

static void look_for_pairs(struct ranking *r, const struct index *x,
                           const struct query *q, uint32_t doc, uint32_t pairs)
{
    const struct search_options *o = &x->vocabulary.options;
    r->doc[doc].paired = true;
    if (o->pairs)
        r->doc[doc].score += (float)o->pair * (float)pairs_in(r, x, q, doc, pairs);
}

static inline void add_pairs(struct ranking *r, const struct index *x,
                             const struct query *q, uint32_t doc)
{
    const struct doc_score *d = &r->doc[doc];
    uint32_t pairs = d->concepts & d->concepts >> 1;
    if (pairs && !d->paired)
        look_for_pairs(r, x, q, doc, pairs);
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

/* What each term adds to each of the best docs. */
struct feedback {
    float of[REFINE_TERMS][REFINE_DOCS];
    size_t n;
};

/* What a term adds to those of the best docs that have it: by its list when that is short,
 * else doc by doc. */
static void read_term(const struct ranking *r, const struct index *x, const struct best *b,
                      const struct learnt *l, float out[REFINE_DOCS])
{
    enum { SEARCH_COST = 8 }; /* of a binary search in postings read one by one */
    const struct posting_list *list = &x->list[l->term];
    memset(out, 0, REFINE_DOCS * sizeof *out);
    if (list->n > SEARCH_COST * b->n) {
        for (size_t i = 0; i < b->n; i++)
            out[i] = l->weight * (float)impact_of(x, l->term, b->doc[i]);
        return;
    }
    const uint32_t *docs = x->docs + list->start;
    const uint16_t *impacts = x->impacts + list->start;
    const struct doc_score *doc = r->doc;
    for (uint32_t k = 0; k < list->n; k++)
        if (doc[docs[k]].best)
            out[doc[docs[k]].best - 1] = l->weight * (float)impacts[k];
}

/* To the scores of the best docs, term by term: all of them, so that the sums are made
 * side by side. */
static void add_feedback(float *restrict scores, const struct feedback *f)
{
    for (size_t k = 0; k < f->n; k++)
        for (size_t i = 0; i < REFINE_DOCS; i++)
            scores[i] += f->of[k][i];
}

static void get_scores(const struct ranking *r, const struct best *b,
                       float out[REFINE_DOCS])
{
    for (size_t i = 0; i < b->n; i++)
        out[i] = r->doc[b->doc[i]].score;
    for (size_t i = b->n; i < REFINE_DOCS; i++)
        out[i] = 0;
}

static void set_scores(struct ranking *r, const struct best *b,
                       const float scores[REFINE_DOCS])
{
    for (size_t i = 0; i < b->n; i++)
        r->doc[b->doc[i]].score = scores[i];
}

/* The first REFINE_SOURCES of the best: by score, by the score before pairs, earlier. */
static size_t sources(const struct ranking *r, const struct best *b,
                      uint32_t out[REFINE_SOURCES])
{
    size_t n = 0, place[REFINE_SOURCES];
    for (size_t i = 0; i < b->n; i++) {
        float s = r->doc[b->doc[i]].score;
        size_t at = n;
        if (n == REFINE_SOURCES && s < r->doc[b->doc[place[n - 1]]].score)
            continue;
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

/* Learns, and reads what it adds to the best docs. */
static void find_feedback(struct ranking *r, const struct index *x, const struct query *q,
                          const struct best *b, struct feedback *f)
{
    struct learnt v[LEARNT_MAX];
    term_t seen[LEARNT_MAX];
    uint32_t from[REFINE_SOURCES];
    size_t n_from = sources(r, b, from);
    set_learnt(r, q, -INFINITY);
    size_t n = learn(r, x, from, n_from, seen);
    set_learnt(r, q, 0);
    f->n = select_best(r, seen, n, v);
    for (size_t i = 0; i < b->n; i++)
        r->doc[b->doc[i]].best = (uint8_t)(i + 1);
    const float all = (float)feedback_share(x, q), first = f->n ? v[0].weight : 0;
    for (size_t k = 0; k < f->n; k++) {
        v[k].weight = all * (v[k].weight / first) * x->idf[v[k].term];
        read_term(r, x, b, &v[k], f->of[k]);
    }
}

/* The least that the first REFINE_SOURCES have before pairs. */
static float least_of_sources(const struct best *b)
{
    float top[REFINE_SOURCES] = {0};
    for (size_t i = 0; i < b->n; i++) {
        if (b->first[i] <= top[REFINE_SOURCES - 1])
            continue;
        size_t at = REFINE_SOURCES - 1;
        for (; at > 0 && top[at - 1] < b->first[i]; at--)
            top[at] = top[at - 1];
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
        if (b->first[i] + reach_by_pairs(&r->doc[b->doc[i]], more) >= least)
            add_pairs(r, x, q, b->doc[i]);
}

/* Whether it can matter how often a doc has pairs: its article must be among the first,
 * and it among the article's first four (rank.c) or the one that is shown. scores are
 * those without pairs. */
static bool matters(const struct ranking *r, const struct index *x,
                    const struct reach_more *more, const struct best *b,
                    const float *scores, size_t i, float least)
{
    uint32_t article = x->owner[b->doc[i]], better = 0;
    const struct doc_score *d = &r->doc[b->doc[i]];
    if (!(d->concepts & d->concepts >> 1) || d->paired ||
        r->article[article].most < least)
        return false;
    float most = REACH_ROUNDING * (scores[i] + reach_by_pairs(d, more));
    for (size_t k = 0; k < b->n; k++)
        if (scores[k] > most && x->owner[b->doc[k]] == article)
            better += x->shows[b->doc[k]];
    return better < 4;
}

/*
 * Pairs count before feedback, but are dear to look for: a doc's whole text is read. So
 * feedback is added first, to see which articles can be among those that are looked at.
 * Floats depend on the order of the sums, so the docs of those get pairs first after all.
 */
static bool add_both(struct ranking *r, const struct index *x, const struct query *q,
                     const struct reach *want, struct reach_more *more,
                     const struct best *b, const struct feedback *f)
{
    float least = 0, before[REFINE_DOCS], scores[REFINE_DOCS];
    get_scores(r, b, before);
    if (want) {
        memcpy(scores, before, sizeof scores);
        add_feedback(scores, f);
        set_scores(r, b, scores);
        more->feed = 0;
        if (!reach_first(r, x, want, more, &least))
            return false;
        set_scores(r, b, before);
    }
    for (size_t i = 0; i < b->n; i++)
        if (!want || matters(r, x, more, b, scores, i, least))
            add_pairs(r, x, q, b->doc[i]);
    get_scores(r, b, scores);
    add_feedback(scores, f);
    set_scores(r, b, scores);
    return true;
}

bool refine(struct ranking *r, const struct index *x, const struct query *q,
            const struct reach *want)
{
    const struct search_options *o = &x->vocabulary.options;
    struct reach_more more = reach_pairs(x, q);
    struct best b;
    struct feedback f;
    f.n = 0;
    more.feed = o->feedback ? REACH_ROUNDING * (float)feedback_share(x, q) : 0;
    if (want && !reach_may(r, x, want, &more))
        return false;
    if (!o->pairs && !o->feedback)
        return true;
    best_docs(r, x, &b);
    mark_terms(r, q, true);
    if (o->feedback && b.n > 0) {
        pair_sources(r, x, q, &b, &more);
        find_feedback(r, x, q, &b, &f);
    }
    bool matters = add_both(r, x, q, want, &more, &b, &f);
    mark_terms(r, q, false);
    return matters;
}
