#include "search/refine.h"

#include <stdlib.h>

void ranking_init(struct ranking *r, uint32_t n_docs, uint32_t n_articles, size_t n_terms)
{
    *r = (struct ranking){
        .score = must_alloc(n_docs * sizeof(float)),
        .best = must_alloc(n_docs * sizeof(float)),
        .sum = must_alloc(n_docs * sizeof(float)),
        .cover = must_alloc(n_docs * sizeof(float)),
        .mark = must_alloc(n_docs * sizeof(uint32_t)),
        .touched = must_alloc(n_docs * sizeof(uint32_t)),
        .bestw = must_alloc(n_docs * sizeof(float)),
        .art_sum = must_alloc(n_articles * sizeof(float)),
        .art_best = must_alloc(n_articles * sizeof(float)),
        .art_mark = must_alloc(n_articles * sizeof(uint32_t)),
        .sight = must_alloc(n_articles),
        .concept = must_alloc(n_terms),
    };
}

void ranking_done(struct ranking *r)
{
    free(r->score);
    free(r->best);
    free(r->sum);
    free(r->cover);
    free(r->mark);
    free(r->touched);
    free(r->sight);
    free(r->bestw);
    free(r->art_sum);
    free(r->art_best);
    free(r->art_mark);
    free(r->concept);
    *r = (struct ranking){0};
}

/* Every alternative's postings: the best one of a doc in full, the others a little. */
static void score_concept(struct ranking *r, const struct index *x,
                          const struct concept *c, uint32_t number)
{
    const struct search_options *o = &x->vocabulary.options;
    uint32_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct posting_list *l = &x->list[c->v[i].term];
        float w = (float)(c->weight * c->v[i].weight * c->v[i].idf *
                          (o->k1 + 1) / UINT16_MAX);
        for (uint32_t k = l->start; k < l->start + l->n; k++) {
            uint32_t doc = x->docs[k];
            float s = w * (float)x->impacts[k];
            if (r->mark[doc] != number) {
                r->mark[doc] = number;
                r->touched[n++] = doc;
                r->best[doc] = r->sum[doc] = s;
                r->bestw[doc] = c->v[i].weight;
                continue;
            }
            r->sum[doc] += s;
            r->bestw[doc] = MAX(r->bestw[doc], c->v[i].weight);
            r->best[doc] = MAX(r->best[doc], s);
        }
    }
    float rest = (float)o->rest, cover = (float)(o->cover_idf > 0 ? c->weight * c->idf : c->weight);
    float alt = (float)o->cover_alt;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t doc = r->touched[i];
        float s = r->best[doc] + rest * (r->sum[doc] - r->best[doc]);
        r->score[doc] += s;
        r->cover[doc] += cover * (1 - alt + alt * r->bestw[doc]);
        uint32_t art = x->owner[doc];
        if (r->art_mark[art] != number) {
            r->art_mark[art] = number;
            r->art_best[art] = 0;
        }
        if (s > r->art_best[art]) {
            r->art_sum[art] += s - r->art_best[art];
            r->art_best[art] = s;
        }
    }
}

static void cover(struct ranking *r, const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    double all = 0;
    for (size_t i = 0; i < q->n; i++)
        all += o->cover_idf > 0 ? q->v[i].weight * q->v[i].idf : q->v[i].weight;
    if (!o->coverage || all <= 0)
        return;
    float floor_ = (float)o->cover_floor, slope = (float)((1 - o->cover_floor) / all);
    for (uint32_t d = 0; d < x->n_docs; d++)
        r->score[d] *= floor_ + slope * r->cover[d];
}

/* An article: its best section, and a share of the next three. */
static struct ranked article_score(const struct ranking *r, const struct index *x,
                                   uint32_t article)
{
    float top[4] = {0};
    struct ranked a = {.article = article};
    for (uint32_t d = x->first_doc[article]; d < x->first_doc[article + 1]; d++) {
        float s = r->score[d];
        if (s <= top[3])
            continue;
        if (s > top[0])
            a.doc = d;
        size_t at = 3;
        for (; at > 0 && top[at - 1] < s; at--)
            top[at] = top[at - 1];
        top[at] = s;
    }
    a.score = top[0];
    if (x->vocabulary.options.article_mix)
        a.score += (float)x->vocabulary.options.mix * (top[1] + top[2] + top[3]);
    if (a.score > 0)
        a.score += (float)x->vocabulary.options.spread * r->art_sum[article];
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

static void collect(struct ranking *r, const struct index *x, struct ranks *out)
{
    enum { HIDDEN_MAX = 3 };
    struct ranked hidden[HIDDEN_MAX];
    size_t n_hidden = 0;
    *out = (struct ranks){0};
    for (uint32_t a = 0; a < x->n_articles; a++) {
        if (r->sight[a] == SIGHT_NO)
            continue;
        struct ranked one = article_score(r, x, a);
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
    memset(r->mark, 0, x->n_docs * sizeof *r->mark);
    memset(r->art_mark, 0, x->n_articles * sizeof *r->art_mark);
    memset(r->art_sum, 0, x->n_articles * sizeof *r->art_sum);
    for (size_t i = 0; i < q->n; i++)
        score_concept(r, x, &q->v[i], (uint32_t)i + 1);
    cover(r, x, q);
    if (x->vocabulary.options.pairs)
        refine_pairs(r, x, q);
    if (x->vocabulary.options.feedback)
        refine_feedback(r, x, q);
    collect(r, x, out);
}
