#include <stdlib.h>

#include "search/refine.h"

void ranking_init(struct ranking *r, uint32_t n_docs, uint32_t n_articles, size_t n_terms)
{
    *r = (struct ranking){
        .score = must_alloc(n_docs * sizeof *r->score),
        .cover = must_alloc(n_docs * sizeof *r->cover),
        .hit = must_alloc(n_docs * sizeof *r->hit),
        .article = must_alloc(n_articles * sizeof *r->article),
        .touched = must_alloc(n_docs * sizeof *r->touched),
        .sight = must_alloc(n_articles),
        .concept = must_alloc(n_terms),
        .slot = must_alloc(n_terms * sizeof *r->slot),
    };
}

void ranking_done(struct ranking *r)
{
    free(r->score);
    free(r->cover);
    free(r->hit);
    free(r->article);
    free(r->touched);
    free(r->sight);
    free(r->concept);
    free(r->slot);
    *r = (struct ranking){0};
}

/* The postings of one alternative. */
static uint32_t score_alternative(struct ranking *r, const struct index *x,
                                  const struct alternative *a, float w, uint32_t n)
{
    const struct posting_list *l = &x->list[a->term];
    for (uint32_t k = l->start; k < l->start + l->n; k++) {
        struct doc_hit *h = &r->hit[x->docs[k]];
        float s = w * (float)x->impacts[k];
        if (h->mark != r->number) {
            *h = (struct doc_hit){
                .best = s, .sum = s, .weight = a->weight, .mark = r->number};
            r->touched[n++] = x->docs[k];
            continue;
        }
        h->sum += s;
        h->best = MAX(h->best, s);
        h->weight = MAX(h->weight, a->weight);
    }
    return n;
}

/* An article has a concept as well as its best doc has it. */
static void score_article(struct article_score *a, float s, float weight, float rarity,
                          uint32_t number)
{
    if (a->mark != number) {
        a->mark = number;
        a->best = a->weight = 0;
    }
    if (s > a->best) {
        a->sum += s - a->best;
        a->best = s;
    }
    if (weight > a->weight) {
        a->cover += (weight - a->weight) * rarity;
        a->weight = weight;
    }
}

/* What a concept gives to a doc it is in. */
static void score_doc(struct ranking *r, const struct index *x, const struct concept *c,
                      uint32_t doc, float s, float weight)
{
    const struct search_options *o = &x->vocabulary.options;
    float least = (float)(1 - o->cover_alternative);
    r->score[doc] += s;
    r->cover[doc] += (float)c->weight * (least + (1 - least) * weight);
    score_article(&r->article[x->owner[doc]], s, weight, (float)c->rarity, r->number);
}

static void score_concept(struct ranking *r, const struct index *x,
                          const struct concept *c)
{
    const struct search_options *o = &x->vocabulary.options;
    double full = c->weight * (o->k1 + 1) / UINT16_MAX;
    r->number++;
    if (c->n == 1) { /* nothing to compare: most words of a question */
        float w = (float)(full * (double)(c->v[0].weight * c->v[0].idf));
        const struct posting_list *l = &x->list[c->v[0].term];
        for (uint32_t k = l->start; k < l->start + l->n; k++)
            score_doc(r, x, c, x->docs[k], w * (float)x->impacts[k], c->v[0].weight);
        return;
    }
    uint32_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        double w = full * (double)(c->v[i].weight * c->v[i].idf);
        n = score_alternative(r, x, &c->v[i], (float)w, n);
    }
    float rest = (float)o->rest;
    for (uint32_t i = 0; i < n; i++) {
        const struct doc_hit *h = &r->hit[r->touched[i]];
        score_doc(r, x, c, r->touched[i], h->best + rest * (h->sum - h->best), h->weight);
    }
}

static void cover(struct ranking *r, const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    double all = 0;
    for (size_t i = 0; i < q->n; i++)
        all += q->v[i].weight;
    if (!o->coverage || all <= 0)
        return;
    float least = (float)o->cover_floor, slope = (float)((1 - o->cover_floor) / all);
    for (uint32_t d = 0; d < x->n_docs; d++)
        r->score[d] *= least + slope * r->cover[d];
}

/* A heading alone answers nothing; what stands below it has the heading in its path. */
static bool has_text(const struct index *x, uint32_t doc)
{
    const uint32_t *start = &x->column_start[(size_t)doc * COLUMN_COUNT];
    return start[COLUMN_BODY + 1] > start[COLUMN_BODY];
}

/* An article: its best section, a share of the next three, a little of the whole. */
static struct ranked rank_article(const struct ranking *r, const struct index *x,
                                  uint32_t article, double rarity)
{
    const struct search_options *o = &x->vocabulary.options;
    float top[4] = {0}, shown = 0; /* shown: of the best section that says something */
    uint32_t doc = 0;
    struct ranked a = {.article = article};
    for (uint32_t d = x->first_doc[article]; d < x->first_doc[article + 1]; d++) {
        float s = r->score[d];
        if (s <= top[3])
            continue;
        if (s > top[0])
            a.doc = d;
        if (s > shown && has_text(x, d)) {
            shown = s;
            doc = d;
        }
        size_t at = 3;
        for (; at > 0 && top[at - 1] < s; at--)
            top[at] = top[at - 1];
        top[at] = s;
    }
    a.score = top[0];
    if (shown > 0)
        a.doc = doc;
    if (o->article_mix && a.score > 0)
        a.score += (float)o->mix * (top[1] + top[2] + top[3]) +
            (float)o->spread * r->article[article].sum;
    if (rarity > 0)
        a.cover = MIN(1, r->article[article].cover / (float)rarity);
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

static void collect(struct ranking *r, const struct index *x, const struct query *q,
                    struct ranks *out)
{
    enum { HIDDEN_MAX = 3 };
    struct ranked hidden[HIDDEN_MAX] = {{0}};
    size_t n_hidden = 0;
    double rarity = 0;
    for (size_t i = 0; i < q->n; i++)
        rarity += q->v[i].rarity;
    *out = (struct ranks){0};
    for (uint32_t a = 0; a < x->n_articles; a++) {
        if (r->sight[a] == SIGHT_NO || r->article[a].mark == 0)
            continue;
        struct ranked one = rank_article(r, x, a, rarity);
        if (r->sight[a] == SIGHT_YES)
            keep(out->v, &out->n, RANK_MAX, one);
        else
            keep(hidden, &n_hidden, HIDDEN_MAX, one);
    }
    for (size_t i = 0; i < n_hidden; i++)
        out->hidden +=
            out->n < HIDDEN_MAX || hidden[i].score > out->v[HIDDEN_MAX - 1].score;
}

void rank(struct ranking *r, const struct index *x, const struct query *q,
          struct ranks *out)
{
    memset(r->score, 0, x->n_docs * sizeof *r->score);
    memset(r->cover, 0, x->n_docs * sizeof *r->cover);
    memset(r->article, 0, x->n_articles * sizeof *r->article);
    if (r->number > UINT32_MAX - QUERY_CONCEPTS_MAX) {
        memset(r->hit, 0, x->n_docs * sizeof *r->hit);
        r->number = 0;
    }
    for (size_t i = 0; i < q->n; i++)
        score_concept(r, x, &q->v[i]);
    cover(r, x, q);
    refine(r, x, q);
    collect(r, x, q, out);
}
