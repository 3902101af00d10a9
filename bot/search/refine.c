#include "search/refine.h"

enum { NEAR = 3 }; /* tokens between the words of a pair, at most */

struct best {
    uint32_t doc[REFINE_DOCS];
    size_t n;
};

/* The n docs with the highest score, best first. */
static void best_docs(const struct ranking *r, const struct index *x, size_t max,
                      struct best *out)
{
    out->n = 0;
    for (uint32_t d = 0; d < x->n_docs; d++) {
        float s = r->doc[d].score;
        if (s <= 0 || (out->n == max && s <= r->doc[out->doc[max - 1]].score) ||
            r->sight[x->owner[d]] != SIGHT_YES)
            continue;
        size_t at = out->n < max ? out->n++ : max - 1;
        for (; at > 0 && r->doc[out->doc[at - 1]].score < s; at--)
            out->doc[at] = out->doc[at - 1];
        out->doc[at] = d;
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

/* How much of the question's neighbourhood the doc repeats. */
static double pairs_in(const struct ranking *r, const struct index *x,
                       const struct query *q, uint32_t doc)
{
    uint32_t last[QUERY_CONCEPTS_MAX + 1] = {0}; /* 1 + position */
    bool seen[QUERY_CONCEPTS_MAX + 1] = {false};
    const uint32_t *column = &x->column_start[(size_t)doc * COLUMN_COUNT];
    uint32_t end = MIN(column[COLUMN_COUNT], column[0] + REFINE_TOKENS);
    double sum = 0;
    for (uint32_t p = column[0]; p < end; p++) {
        uint8_t c = r->concept[x->tokens[p]];
        if (c == 0)
            continue;
        last[c] = p + 1;
        for (int side = -1; side <= 0; side++) {
            /* the pair (k, k + 1) of which c is one */
            int k = c + side;
            if (k < 1 || k + 1 > (int)q->n || seen[k])
                continue;
            uint32_t other = last[side ? k : k + 1];
            if (other == 0 || p + 1 - other > NEAR + 1 || other == p + 1)
                continue;
            seen[k] = true;
            sum += MIN(q->v[k - 1].idf, q->v[k].idf);
        }
    }
    return sum;
}

void refine_pairs(struct ranking *r, const struct index *x, const struct query *q)
{
    if (q->n < 2)
        return;
    struct best b;
    best_docs(r, x, REFINE_DOCS, &b);
    mark_terms(r, q, true);
    for (size_t i = 0; i < b.n; i++)
        r->doc[b.doc[i]].score +=
            (float)(x->vocabulary.options.pair * pairs_in(r, x, q, b.doc[i]));
    mark_terms(r, q, false);
}

struct learnt {
    term_t term;
    double weight;
};

static void learn(struct learnt *v, size_t *n, term_t t, double weight)
{
    for (size_t i = 0; i < *n; i++)
        if (v[i].term == t) {
            v[i].weight += weight;
            return;
        }
    enum { MANY = 512 };
    if (*n < MANY)
        v[(*n)++] = (struct learnt){t, weight};
}

static size_t learn_from(const struct ranking *r, const struct index *x,
                         const struct best *b, struct learnt v[512])
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const uint32_t *column = &x->column_start[(size_t)b->doc[i] * COLUMN_COUNT];
        uint32_t end = MIN(column[COLUMN_COUNT], column[0] + 200);
        double each = (double)(r->doc[b->doc[i]].score / r->doc[b->doc[0]].score) /
            (double)MAX(end - column[0], 20u);
        for (uint32_t p = column[0]; p < end; p++) {
            term_t t = x->tokens[p];
            if (r->concept[t] == 0 && x->idf[t] > 1)
                learn(v, &n, t, each * (double)x->idf[t]);
        }
    }
    return n;
}

void refine_feedback(struct ranking *r, const struct index *x, const struct query *q)
{
    struct best b;
    struct learnt v[512];
    best_docs(r, x, REFINE_SOURCES, &b);
    if (b.n == 0)
        return;
    mark_terms(r, q, true);
    size_t n = learn_from(r, x, &b, v);
    mark_terms(r, q, false);
    float most = 0;
    for (size_t k = 0; k < REFINE_TERMS && k < n; k++) {
        size_t top = k;
        for (size_t i = k + 1; i < n; i++)
            if (v[i].weight > v[top].weight)
                top = i;
        struct learnt one = v[top];
        v[top] = v[k];
        most = k == 0 ? (float)one.weight : most;
        float w = (float)(x->vocabulary.options.feed * (x->vocabulary.options.k1 + 1) /
                          UINT16_MAX) *
            ((float)one.weight / most) * x->idf[one.term] * (float)MIN(q->n, 3u);
        const struct posting_list *l = &x->list[one.term];
        for (uint32_t i = l->start; i < l->start + l->n; i++)
            if (r->doc[x->docs[i]].score > 0)
                r->doc[x->docs[i]].score += w * (float)x->impacts[i];
    }
}
