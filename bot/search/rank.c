#include <stdlib.h>

#include "base/bytes.h"
#include "search/four.h"
#include "search/lanes.h"
#include "search/reach.h"
#include "search/refine.h"

enum { BLOCK = 64 }; /* docs that are looked at together */

void ranking_init(struct ranking *r, uint32_t n_docs, uint32_t n_articles, size_t n_terms)
{
    *r = (struct ranking){
        .n_docs = n_docs,
        .n_articles = n_articles,
        .doc = must_alloc(n_docs * sizeof *r->doc),
        .concepts = must_alloc(n_docs * sizeof *r->concepts),
        .hit = must_alloc(n_docs * sizeof *r->hit),
        .article = must_alloc(n_articles * sizeof *r->article),
        .touched = must_alloc((n_docs + 1) * sizeof *r->touched),
        .scores = must_alloc((n_docs + 1) * sizeof *r->scores),
        .classes = must_alloc(((size_t)1 << BEST_CLASS_BITS) * sizeof *r->classes),
        .is_found = must_alloc(n_docs + BLOCK),
        .best = must_alloc(n_docs),
        .found = must_alloc(n_docs * sizeof *r->found),
        .among = must_alloc((n_articles + 1) * sizeof *r->among),
        .live = must_alloc((n_articles + 1) * sizeof *r->live),
        .reached = must_alloc((n_articles + LANES) * sizeof *r->reached),
        .concept = must_alloc(n_terms),
        .learnt = must_alloc(n_terms * sizeof *r->learnt),
    };
}

void ranking_done(struct ranking *r)
{
    free(r->doc);
    free(r->concepts);
    free(r->hit);
    free(r->article);
    free(r->touched);
    free(r->scores);
    free(r->classes);
    free(r->is_found);
    free(r->best);
    free(r->found);
    free(r->among);
    free(r->live);
    free(r->reached);
    free(r->concept);
    free(r->learnt);
    *r = (struct ranking){0};
}

/* The postings of one alternative. A doc that an earlier concept touched begins anew. */
static uint32_t score_alternative(struct ranking *r, const struct index *x,
                                  const struct alternative *a, float w, uint32_t n)
{
    const struct posting_list *l = &x->list[a->term];
    const uint32_t *docs = x->docs + l->start;
    const uint16_t *impacts = x->impacts + l->start;
    const uint32_t n_postings = l->n;
    const int32_t number = r->number;
    const float weight = a->weight;
    uint32_t *touched = r->touched;
    for (uint32_t i = 0; i < n_postings; i++) {
        struct doc_hit *h = &r->hit[docs[i]];
        const float s = w * (float)impacts[i];
        const int32_t again = -(h->mark == number);
        const four so_far = four_where((four_bits){again, again, again, 0}, four_at(h));
        touched[n] = docs[i];
        n += !again;
        four now = four_max(so_far, (four){s, weight, 0, 0}) + (four){0, 0, s, 0};
        four_put(h, (four)((four_bits)now | (four_bits){0, 0, 0, number}));
    }
    return n;
}

/* What does not change from doc to doc of a concept. */
struct scoring {
    struct doc_score *doc;
    uint32_t *concepts;
    struct article_score *article;
    uint8_t *is_found;
    const uint32_t *owner;
    float weight, least;
    uint32_t bit, before_it; /* its place, and that of the one before it, as a shift */
    int32_t number;
    four_bits last_concept, last_question; /* marks of what begins anew */
    four
        pairs[2]; /* as doc_score: of a doc without the concept before, and of one with */
    four rarity;  /* 0, 0, 1, rarity */
};

/* An article has a concept as well as its best doc has it: now is its score and weight.
 * An article's first doc in this question finds there what an earlier question left, its
 * first one of a concept what an earlier concept did: newer marks are greater. The docs
 * of an article come behind each other and wait for what the one before them left: so
 * best and sum are worked out side by side. */
static inline void score_article(const struct scoring *c, uint32_t doc, four now)
{
    struct article_score *a = &c->article[c->owner[doc]];
    const four_bits mark = {a->mark, a->mark, a->mark, a->mark};
    const four before = four_where(mark > c->last_concept, four_low_at(&a->best));
    const four sum = four_where(mark > c->last_question, four_low_at(&a->sum));
    const four best = four_max(before, now);
    four_low_put(&a->best, best);
    four_low_put(&a->sum, sum + (best - before) * c->rarity);
    a->mark = c->number;
}

/* How much of the question is covered by an alternative of a weight. */
static inline float covered_by(const struct scoring *c, float weight)
{
    return c->weight * (c->least + (1 - c->least) * weight);
}

/* What a concept gives to a doc it is in: score and cover; to its article: score and
 * weight. */
static inline void score_doc(const struct scoring *c, uint32_t doc, four to_doc,
                             four to_article)
{
    const uint32_t concepts = c->concepts[doc];
    struct doc_score *d = &c->doc[doc];
    four_put(d, four_at(d) + (to_doc + c->pairs[concepts >> c->before_it & 1]));
    c->concepts[doc] = concepts | c->bit;
    c->is_found[doc] = 1;
    score_article(c, doc, to_article);
}

static void score_concept(struct ranking *r, const struct index *x,
                          const struct concept *c, size_t place, float pair,
                          int32_t before)
{
    const struct search_options *o = &x->vocabulary.options;
    const struct scoring by = {
        .doc = r->doc,
        .concepts = r->concepts,
        .article = r->article,
        .is_found = r->is_found,
        .owner = x->owner,
        .weight = (float)c->weight,
        .least = (float)(1 - o->cover_alternative),
        .rarity = {1, (float)c->rarity},
        .pairs = {{0}, {0, 0, pair}},
        .bit = 1u << place,
        .before_it = (uint32_t)(place - 1) % 32,
        .number = ++r->number,
        .last_concept = (four_bits){0} + (r->number - 1),
        .last_question = (four_bits){0} + before,
    };
    double full = c->weight * (o->k1 + 1) / UINT16_MAX;
    if (c->n == 1) { /* nothing to compare: most words of a question */
        const float weight = c->v[0].weight, cover = covered_by(&by, weight);
        const float w = (float)(full * (double)(weight * c->v[0].idf));
        const struct posting_list *l = &x->list[c->v[0].term];
        const uint32_t *docs = x->docs + l->start, n = l->n;
        const uint16_t *impacts = x->impacts + l->start;
        four to_doc = {0, cover}, to_article = {0, weight};
        for (uint32_t i = 0; i < n; i++) {
            to_doc[0] = to_article[0] = w * (float)impacts[i];
            score_doc(&by, docs[i], to_doc, to_article);
        }
        return;
    }
    const float rest = (float)o->rest;
    uint32_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        double w = full * (double)(c->v[i].weight * c->v[i].idf);
        n = score_alternative(r, x, &c->v[i], (float)w, n);
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct doc_hit *h = &r->hit[r->touched[i]];
        float score = h->best + rest * (h->sum - h->best), weight = h->weight;
        score_doc(&by, r->touched[i], (four){score, covered_by(&by, weight)},
                  (four){score, weight});
    }
}

static struct coverage coverage_of(const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    double all = 0;
    for (size_t i = 0; i < q->n; i++)
        all += q->v[i].weight;
    if (!o->coverage || all <= 0)
        return (struct coverage){1, 0};
    return (struct coverage){(float)o->cover_floor, (float)((1 - o->cover_floor) / all)};
}

/* Bit i: the i-th doc of a block has a concept. */
static uint64_t found_in_block(const uint8_t *is_found)
{
    uint64_t bits = 0;
    for (int i = 0; i < BLOCK; i += 16)
        bits |= (uint64_t)found16_bits(bytes16_at((const char *)is_found + i) == 1) << i;
    return bits;
}

/* What gathering has come to. */
struct gathering {
    struct coverage by;
    float feed;
    uint32_t n, n_among, article; /* docs and articles so far, and the last one */
    four best, all;               /* of the last one; the first of four */
};

/* A doc that has a concept. An article's docs come behind each other, and its best and
 * their sum are put down at each, until its last one has done it. */
static inline void gather_doc(struct ranking *r, const struct index *x,
                              struct gathering *g, uint32_t doc)
{
    struct doc_score *d = &r->doc[doc];
    const uint32_t article = x->owner[doc];
    const int32_t same = -(article == g->article);
    const float score = d->score * (g->by.least + g->by.slope * d->cover);
    const float most = score + g->feed * x->feedable[doc] + d->pairs;
    const four_bits so_far = {same};
    d->score = score;
    r->found[g->n++] = doc;
    g->n_among += 1 + (uint32_t)same;
    g->article = article;
    g->best = four_max(four_where(so_far, g->best), (four){most});
    g->all = four_where(so_far, g->all) + (four){most};
    struct found_article *f = &r->among[g->n_among - 1];
    f->article = article;
    f->best = g->best[0];
    f->all = g->all[0];
    f[1].first = g->n;
}

/* Lists the docs that have a concept, ascending, and their articles, and clears what told
 * them; weighs how much of the question they cover. */
static void gather(struct ranking *r, const struct index *x, struct coverage by,
                   float feed)
{
    struct gathering g = {.by = by, .feed = feed, .article = UINT32_MAX};
    r->among[0].first = 0;
    for (uint32_t i = 0; i < x->n_docs; i += BLOCK) {
        uint64_t left = found_in_block(r->is_found + i);
        if (left)
            memset(r->is_found + i, 0, BLOCK);
        for (; left; left &= left - 1)
            gather_doc(r, x, &g, i + (uint32_t)__builtin_ctzll(left));
    }
    r->n_found = g.n;
    r->n_among = g.n_among;
}

/* What an article shows when none of its found docs can be shown: a heading alone answers
 * nothing, and neither does where the text comes from. */
static uint32_t first_shown(const struct index *x, uint32_t article)
{
    for (uint32_t doc = x->first_doc[article]; doc < x->first_doc[article + 1]; doc++)
        if (x->shows[doc])
            return doc;
    return x->first_doc[article];
}

/* An article: its best section, a share of the next three, a little of the whole. Its
 * docs are v[0..n): those with a concept. */
static struct ranked rank_article(const struct ranking *r, const struct index *x,
                                  const uint32_t *v, size_t n, double rarity)
{
    const struct search_options *o = &x->vocabulary.options;
    const struct article_score *whole = &r->article[x->owner[v[0]]];
    float top[4] = {0}, shown = 0; /* shown: of the best section that says something */
    uint32_t doc = 0;
    struct ranked a = {.article = x->owner[v[0]]};
    for (size_t i = 0; i < n; i++) {
        float s = r->doc[v[i]].score;
        if (s <= top[3])
            continue;
        if (s > shown && x->shows[v[i]]) {
            shown = s;
            doc = v[i];
        }
        size_t at = 3;
        for (; at > 0 && top[at - 1] < s; at--)
            top[at] = top[at - 1];
        top[at] = s;
    }
    a.score = top[0];
    a.doc = shown > 0 ? doc : first_shown(x, a.article);
    if (o->article_mix && a.score > 0)
        a.score +=
            (float)o->mix * (top[1] + top[2] + top[3]) + (float)o->spread * whole->sum;
    if (rarity > 0)
        a.cover = MIN(1, whole->cover / (float)rarity);
    return a;
}

static void keep(struct ranked *v, size_t *n, size_t max, struct ranked a)
{
    if (a.score <= 0 || (*n == max && a.score <= v[max - 1].score))
        return;
    size_t at = *n < max ? (*n)++ : max - 1;
    for (; at > 0 && v[at - 1].score < a.score; at--)
        v[at] = v[at - 1];
    v[at] = a;
}

/* least: an article that can come to less (reach.h) is not among the first max. */
static void collect(struct ranking *r, const struct index *x, const struct query *q,
                    size_t max, float least, struct ranks *out)
{
    enum { HIDDEN_MAX = 3 };
    struct ranked hidden[HIDDEN_MAX] = {{0}};
    size_t n_hidden = 0;
    double rarity = 0;
    for (size_t i = 0; i < q->n; i++)
        rarity += q->v[i].rarity;
    for (uint32_t i = 0; i < r->n_among; i++) {
        const struct found_article *f = &r->among[i];
        enum sight sight = (enum sight)r->sight[f->article];
        if (sight == SIGHT_NO || (least > 0 && r->article[f->article].most < least))
            continue;
        struct ranked one =
            rank_article(r, x, r->found + f->first, f[1].first - f->first, rarity);
        if (sight == SIGHT_YES)
            keep(out->v, &out->n, max, one);
        else
            keep(hidden, &n_hidden, HIDDEN_MAX, one);
    }
    for (size_t i = 0; i < n_hidden; i++)
        out->hidden +=
            out->n < HIDDEN_MAX || hidden[i].score > out->v[HIDDEN_MAX - 1].score;
}

/* As between questions. */
static void forget(struct ranking *r)
{
    for (uint32_t i = 0; i < r->n_found; i++) {
        four_put(&r->doc[r->found[i]], (four){0});
        r->concepts[r->found[i]] = 0;
    }
    r->n_found = r->n_among = r->n_live = 0;
}

bool rank(struct ranking *r, const struct index *x, const struct query *q,
          const struct reach *want, struct ranks *out)
{
    if (r->number > INT32_MAX - QUERY_CONCEPTS_MAX) {
        memset(r->hit, 0, r->n_docs * sizeof *r->hit);
        memset(r->article, 0, r->n_articles * sizeof *r->article);
        r->number = 0;
    }
    const int32_t before = r->number;
    const struct coverage by = coverage_of(x, q);
    struct reach_more more = reach_more_of(x, q);
    float least = 0;
    out->n = 0;
    out->hidden = 0;
    if (want && !reach_ever_may(x, q, want, &more, by))
        return false;
    for (size_t i = 0; i < q->n; i++)
        score_concept(r, x, &q->v[i], i, i > 0 ? more.pair[i - 1] : 0, before);
    gather(r, x, by, more.feed);
    bool matters = refine(r, x, q, want, &more, &least);
    if (matters)
        collect(r, x, q, want ? want->hits : RANK_MAX, least, out);
    forget(r);
    return matters;
}
