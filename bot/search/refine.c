#include "search/refine.h"

#include "search/feedback.h"

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

/* Looks for the doc's pairs, once. */
static void add_pairs(struct ranking *r, const struct index *x, const struct query *q,
                      uint32_t doc)
{
    struct doc_score *d = &r->doc[doc];
    const float pair = (float)x->vocabulary.options.pair;
    const uint32_t concepts = r->concepts[doc];
    d->score += pair * (float)pairs_in(r, x, q, doc, concepts & concepts >> 1);
    d->pairs = 0;
}

/* Pairs of those docs that can be among the sources with them. */
static void pair_sources(struct ranking *r, const struct index *x, const struct query *q,
                         const struct best *b)
{
    uint32_t docs[BEST_DOCS + 1] = {0};
    size_t n = 0;
    float least = best_least(b);
    for (size_t i = 0; i < b->n; i++) {
        const struct doc_score *d = &r->doc[b->doc[i]];
        docs[n] = b->doc[i];
        n += (d->pairs > 0) & (b->first[i] + d->pairs >= least);
    }
    for (size_t i = 0; i < n; i++)
        unpacked_fetch(x, docs[i]);
    for (size_t i = 0; i < n; i++)
        add_pairs(r, x, q, docs[i]);
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

/* The articles of some docs, and 1 or 0 for whether a doc shows: side by side, to be
 * compared with one of them. */
struct owners {
    uint32_t article[BEST_DOCS], shows[BEST_DOCS];
};

static void get_owners(const struct index *x, const struct best *b, struct owners *o)
{
    for (size_t i = 0; i < b->n; i++) {
        o->article[i] = x->owner[b->doc[i]];
        o->shows[i] = x->shows[b->doc[i]];
    }
    for (size_t i = b->n; i < BEST_DOCS; i++)
        o->article[i] = o->shows[i] = 0;
}

/* Whether a doc can still be among its article's first four (rank.c) or the one that is
 * shown: how often it has pairs matters only then. scores are those without pairs. */
static bool is_among_four(const struct ranking *r, const struct best *b,
                          const struct owners *o, const float *scores, size_t i)
{
    float most = REACH_ROUNDING * (scores[i] + r->doc[b->doc[i]].pairs);
    uint32_t article = o->article[i], better = 0;
    for (size_t k = 0; k < BEST_DOCS; k++)
        better += (uint32_t)(scores[k] > most) & (uint32_t)(o->article[k] == article) &
            o->shows[k];
    return better < 4;
}

/* Pairs of the docs for which they matter: whose article can be among the first. */
static void pair_best(struct ranking *r, const struct index *x, const struct query *q,
                      const struct best *b, const float *scores, float least)
{
    struct owners o;
    uint8_t some[BEST_DOCS + 1] = {0};
    size_t n = 0;
    get_owners(x, b, &o);
    for (size_t i = 0; i < b->n; i++) {
        some[n] = (uint8_t)i;
        n += (r->doc[b->doc[i]].pairs > 0) & (r->article[o.article[i]].most >= least);
    }
    for (size_t i = 0; i < n; i++)
        if (is_among_four(r, b, &o, scores, some[i]))
            add_pairs(r, x, q, b->doc[some[i]]);
}

/*
 * Pairs count before feedback, but are dear to look for: a doc's whole text is read. So
 * feedback is added first, to see which articles can be among those that are looked at.
 * Floats depend on the order of the sums, so the docs of those get pairs first after all.
 */
static bool add_both(struct ranking *r, const struct index *x, const struct query *q,
                     const struct reach *want, const struct best *b,
                     const struct feedback *f, float *least)
{
    float before[BEST_DOCS], scores[BEST_DOCS];
    get_scores(r, b, before);
    if (want) {
        memcpy(scores, before, sizeof scores);
        feedback_add(scores, f);
        set_scores(r, b, scores);
        if (!reach_first(r, x, want, least))
            return false;
        set_scores(r, b, before);
        pair_best(r, x, q, b, scores, *least);
    }
    for (size_t i = 0; i < b->n && !want; i++)
        if (r->doc[b->doc[i]].pairs > 0)
            add_pairs(r, x, q, b->doc[i]);
    get_scores(r, b, scores);
    feedback_add(scores, f);
    set_scores(r, b, scores);
    return true;
}

static bool refine_best(struct ranking *r, const struct index *x, const struct query *q,
                        const struct reach *want, struct reach_more *more, float *least)
{
    struct best b;
    struct feedback f;
    f.n = 0;
    best_docs(r, x, &b);
    if (x->vocabulary.options.feedback) {
        pair_sources(r, x, q, &b);
        feedback_learn(r, x, q, &b, &f);
        more->feed_most = REACH_ROUNDING * feedback_most(x, &f);
        if (want && !reach_still_may(r, x, want, more))
            return false;
        feedback_read(r, x, &b, &f);
    }
    return add_both(r, x, q, want, &b, &f, least);
}

bool refine(struct ranking *r, const struct index *x, const struct query *q,
            const struct reach *want, struct reach_more *more, float *least)
{
    const struct search_options *o = &x->vocabulary.options;
    *least = 0;
    if (want && !reach_may(r, x, want))
        return false;
    if (!o->pairs && !o->feedback)
        return true;
    mark_terms(r, q, true);
    bool matters = refine_best(r, x, q, want, more, least);
    mark_terms(r, q, false);
    return matters;
}
