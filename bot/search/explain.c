#include "base/buf.h"
#include "search/inside.h"

enum { READ_AS_MAX = 400, SHOWN = 8 };

/* "verlof, ziek (0.80), ..." best first; what counts in full has no figure. */
static str read_as(struct arena *a, const struct index *x, const struct concept *c)
{
    bool shown[QUERY_ALTERNATIVES_MAX] = {false};
    struct buf b = buf_new(a, READ_AS_MAX);
    for (size_t i = 0; i < MIN(c->n, (size_t)SHOWN); i++) {
        size_t best = c->n;
        for (size_t k = 0; k < c->n; k++)
            if (!shown[k] && (best == c->n || c->v[k].weight > c->v[best].weight))
                best = k;
        shown[best] = true;
        str term = vocabulary_shown(&x->vocabulary, a, c->v[best].term);
        buf_put(&b, i ? STR(", ") : STR(""));
        buf_put(&b, term);
        if (c->v[best].weight < 1)
            buf_fmt(&b, " (%.2f)", (double)c->v[best].weight);
    }
    if (c->n > SHOWN)
        buf_fmt(&b, " and %zu more", c->n - SHOWN);
    return buf_str(&b);
}

size_t search_explain(struct search *s, struct arena *a, const struct search_query *q,
                      struct search_term *out, size_t max)
{
    struct index *x = search_index(s, q);
    if (!x)
        return 0;
    arena_reset(s->scratch);
    query_build(s->query, x, s->scratch, q->folded);
    bool nothing = true; /* as search_find: then words that look alike stand in */
    for (size_t i = 0; i < s->query->n; i++)
        nothing = nothing && !s->query->v[i].found;
    bool loose = nothing && query_loosen(s->query, x);
    size_t n = MIN(s->query->n, max);
    for (size_t i = 0; i < n; i++) {
        const struct concept *c = &s->query->v[i];
        out[i] = (struct search_term){
            .word = arena_str(a, c->word),
            .read_as = read_as(a, x, c),
            .idf = c->idf,
            .found = c->found,
            .alike = loose && c->found,
        };
    }
    return n;
}
