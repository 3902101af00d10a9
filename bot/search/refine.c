#include "search/refine.h"

#include "search/feedback.h"
#include "search/reach.h"

enum { NEAR = 3 }; /* words between those of a pair, at most */

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

/*
 * Whether two bytes stand near each other. Windows overlap, so that of every two near
 * ones one window has both.
 */
static bool stand_near(const struct marked_words *words, uint8_t a, uint8_t b)
{
    enum { STEP = MARKED_WINDOW - (NEAR + 1) };
    uint64_t any = 0;
    for (size_t at = 0; at < words->n; at += STEP) {
        uint64_t is_a = marked_bits(words, at, a), is_b = marked_bits(words, at, b);
        uint64_t behind_a = is_a, behind_b = is_b;
        for (int i = 0; i < NEAR; i++) {
            behind_a |= behind_a << 1;
            behind_b |= behind_b << 1;
        }
        any |= (behind_a << 1 & is_b) | (behind_b << 1 & is_a);
    }
    return any != 0;
}

/* How much of the question's neighbourhood the doc repeats: pairs of words that stand
 * beside each other in the question, bit k for words k and k + 1. */
static double pairs_in(const struct ranking *r, const struct index *x,
                       const struct query *q, uint32_t doc, uint32_t pairs)
{
    struct marked_words words;
    double sum = 0;
    marked_read(&words, x, unpacked_words(x, doc, 0, COLUMN_COUNT - 1, REFINE_TOKENS),
                r->concept);
    for (; pairs; pairs &= pairs - 1) {
        int k = __builtin_ctz(pairs);
        double worth = MIN(q->v[k].idf, q->v[k + 1].idf);
        sum += stand_near(&words, (uint8_t)(k + 1), (uint8_t)(k + 2)) ? worth : 0;
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

/* Pairs of those docs that can be among the sources with them. */
static void pair_sources(struct ranking *r, const struct index *x, const struct query *q,
                         const struct best *b, const struct reach_more *more)
{
    float least = best_least(b);
    for (size_t i = 0; i < b->n; i++)
        if (b->first[i] + reach_by_pairs(&r->doc[b->doc[i]], more) >= least)
            add_pairs(r, x, q, b->doc[i]);
}

static void get_scores(const struct ranking *r, const struct best *b,
                       float out[BEST_DOCS])
{
    for (size_t i = 0; i < b->n; i++)
        out[i] = r->doc[b->doc[i]].score;
    for (size_t i = b->n; i < BEST_DOCS; i++)
        out[i] = 0;
}

static void set_scores(struct ranking *r, const struct best *b,
                       const float scores[BEST_DOCS])
{
    for (size_t i = 0; i < b->n; i++)
        r->doc[b->doc[i]].score = scores[i];
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
                     const struct reach *want, const struct reach_more *more,
                     const struct best *b, const struct feedback *f)
{
    float least = 0, before[BEST_DOCS], scores[BEST_DOCS];
    get_scores(r, b, before);
    if (want) {
        memcpy(scores, before, sizeof scores);
        feedback_add(scores, f);
        set_scores(r, b, scores);
        if (!reach_first(r, x, want, more, &least))
            return false;
        set_scores(r, b, before);
    }
    for (size_t i = 0; i < b->n; i++)
        if (!want || matters(r, x, more, b, scores, i, least))
            add_pairs(r, x, q, b->doc[i]);
    get_scores(r, b, scores);
    feedback_add(scores, f);
    set_scores(r, b, scores);
    return true;
}

static bool refine_best(struct ranking *r, const struct index *x, const struct query *q,
                        const struct reach *want, struct reach_more *more)
{
    struct best b;
    struct feedback f;
    f.n = 0;
    best_docs(r, x, &b);
    if (x->vocabulary.options.feedback) {
        pair_sources(r, x, q, &b, more);
        feedback_learn(r, x, q, &b, &f);
        more->feed_most = REACH_ROUNDING * feedback_most(x, &f);
        if (want && !reach_may(r, x, want, more))
            return false;
        feedback_read(r, x, &b, &f);
    }
    return add_both(r, x, q, want, more, &b, &f);
}

bool refine(struct ranking *r, const struct index *x, const struct query *q,
            const struct reach *want)
{
    const struct search_options *o = &x->vocabulary.options;
    struct reach_more more = reach_pairs(x, q);
    if (o->feedback)
        more.feed = REACH_ROUNDING * (float)feedback_share(x, q);
    if (want && !reach_may(r, x, want, &more))
        return false;
    if (!o->pairs && !o->feedback)
        return true;
    mark_terms(r, q, true);
    bool matters = refine_best(r, x, q, want, &more);
    mark_terms(r, q, false);
    return matters;
}
