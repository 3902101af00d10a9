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
    float least = 0; /* what a doc must beat */
    out->n = 0;
    for (uint32_t d = 0; d < x->n_docs; d++) {
        float s = r->score[d];
        if (s <= least || r->sight[x->owner[d]] != SIGHT_YES)
            continue;
        size_t at = out->n < max ? out->n++ : max - 1;
        for (; at > 0 && r->score[out->doc[at - 1]] < s; at--)
            out->doc[at] = out->doc[at - 1];
        out->doc[at] = d;
        if (out->n == max)
            least = r->score[out->doc[max - 1]];
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

static void add_pairs(struct ranking *r, const struct index *x, const struct query *q,
                      const struct best *b)
{
    float each = (float)x->vocabulary.options.pair;
    for (size_t i = 0; i < b->n; i++)
        r->score[b->doc[i]] += each * (float)pairs_in(r, x, q, b->doc[i]);
}

/* --- feedback --- */

struct learnt {
    term_t term;
    float weight;
};

enum { LEARNT_MAX = REFINE_SOURCES * REFINE_LEARN };

/* Every word of the best docs that the question lacks, by how telling it is. */
static size_t learn(struct ranking *r, const struct index *x, const struct best *b,
                    struct learnt v[LEARNT_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < MIN(b->n, (size_t)REFINE_SOURCES); i++) {
        const uint32_t *column = &x->column_start[(size_t)b->doc[i] * COLUMN_COUNT];
        uint32_t end = MIN(column[COLUMN_COUNT], column[0] + REFINE_LEARN);
        float each =
            r->score[b->doc[i]] / r->score[b->doc[0]] / (float)MAX(end - column[0], 20u);
        for (uint32_t p = column[0]; p < end; p++) {
            term_t t = x->tokens[p];
            if (r->concept[t] != 0 || x->idf[t] <= 1)
                continue;
            if (r->slot[t] == 0) {
                v[n++] = (struct learnt){.term = t};
                r->slot[t] = (uint16_t)n;
            }
            v[r->slot[t] - 1].weight += each * x->idf[t];
        }
    }
    for (size_t i = 0; i < n; i++)
        r->slot[v[i].term] = 0;
    return n;
}

/* The best n of many, in front. */
static void select_best(struct learnt *v, size_t many, size_t n)
{
    for (size_t k = 0; k < MIN(n, many); k++) {
        size_t top = k;
        for (size_t i = k + 1; i < many; i++)
            if (v[i].weight > v[top].weight)
                top = i;
        struct learnt one = v[top];
        v[top] = v[k];
        v[k] = one;
    }
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

static void add_feedback(struct ranking *r, const struct index *x, const struct query *q,
                         const struct best *b)
{
    enum { LONGEST = 3 }; /* words of a question; a longer one says enough itself */
    const struct search_options *o = &x->vocabulary.options;
    struct learnt v[LEARNT_MAX];
    size_t n = learn(r, x, b, v);
    select_best(v, n, REFINE_TERMS);
    double all = o->feed * (o->k1 + 1) / UINT16_MAX * (double)MIN(q->n, (size_t)LONGEST);
    for (size_t k = 0; k < MIN(n, (size_t)REFINE_TERMS); k++) {
        float w = (float)all * (v[k].weight / v[0].weight) * x->idf[v[k].term];
        for (size_t i = 0; i < b->n; i++)
            r->score[b->doc[i]] += w * (float)impact_of(x, v[k].term, b->doc[i]);
    }
}

/* By score again, after pairs changed it. */
static void sort(const struct ranking *r, struct best *b)
{
    for (size_t i = 1; i < b->n; i++) {
        uint32_t doc = b->doc[i];
        size_t at = i;
        for (; at > 0 && r->score[b->doc[at - 1]] < r->score[doc]; at--)
            b->doc[at] = b->doc[at - 1];
        b->doc[at] = doc;
    }
}

void refine(struct ranking *r, const struct index *x, const struct query *q)
{
    const struct search_options *o = &x->vocabulary.options;
    struct best b;
    if (!o->pairs && !o->feedback)
        return;
    best_docs(r, x, REFINE_DOCS, &b);
    mark_terms(r, q, true);
    if (o->pairs && q->n > 1) {
        add_pairs(r, x, q, &b);
        sort(r, &b);
    }
    if (o->feedback && b.n > 0)
        add_feedback(r, x, q, &b);
    mark_terms(r, q, false);
}
