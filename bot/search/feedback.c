#include "search/feedback.h"

#include <math.h>

#include "search/lanes.h"

enum { LEARNT_MAX = BEST_SOURCES * FEED_READ };

/* What was learnt, in the order in which it was met first. */
struct learnt {
    size_t n;
    term_t term[LEARNT_MAX + 1];
    float weight[LEARNT_MAX + LANES];
};

double feedback_share(const struct index *x, const struct query *q)
{
    enum { LONGEST = 3 }; /* words of a question; a longer one says enough itself */
    const struct search_options *o = &x->vocabulary.options;
    return o->feed * (o->k1 + 1) / UINT16_MAX * (double)MIN(q->n, (size_t)LONGEST);
}

/* For those of the question, which are not learnt: -INFINITY, and back again. */
static void set_learnt(struct ranking *r, const struct query *q, float to)
{
    for (size_t i = 0; i < q->n; i++)
        for (size_t k = 0; k < q->v[i].n; k++) {
            term_t t = q->v[i].v[k].term;
            r->learnt[t] = r->concept[t] ? to : r->learnt[t];
        }
}

static uint32_t bits_of(float f)
{
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    return bits;
}

/*
 * Every word of the docs, each occurrence weighing as much as it is telling; those of the
 * question, -INFINITY in r->learnt, stay out. Some hundred words are looked at, of which
 * nobody can foretell whether they were met before: so nothing here branches on it. Gives
 * r->learnt back but for the question's words.
 */
static void learn(struct ranking *r, const struct index *x, const uint32_t *docs,
                  size_t n_docs, struct learnt *l)
{
    size_t n = 0;
    float *learnt = r->learnt;
    for (size_t i = 0; i < n_docs; i++) {
        const struct feed *f = feed_of(x, docs[i]);
        float each =
            r->doc[docs[i]].score / r->doc[docs[0]].score / (float)MAX(f->read, 20u);
        for (uint32_t k = 0; k < f->n; k++) {
            float *at = &learnt[f->v[k].term];
            l->term[n] = f->v[k].term;
            n += bits_of(*at) == 0;
            *at += each * f->v[k].telling;
        }
        for (uint32_t k = f->n; k < f->n_all; k++)
            learnt[f->v[k].term] += each * f->v[k].telling;
    }
    l->n = n;
    for (size_t i = 0; i < n; i++) {
        l->weight[i] = learnt[l->term[i]];
        learnt[l->term[i]] = 0;
    }
}

/* A term's weight, and of equal ones that at the earlier place is greater: weights are
 * above 0, and the bits of such floats are in the order of their size. */
static uint64_t key_of(float weight, uint32_t place)
{
    return (uint64_t)bits_of(weight) << 32 | (UINT32_MAX - place);
}

static uint32_t place_of(uint64_t key)
{
    return UINT32_MAX - (uint32_t)key;
}

/*
 * The best FEEDBACK_TERMS; returns how many. Takes what a selection by swapping takes, in
 * its order: the one taken changes places with the one that stands where it belongs. Only
 * those that can be taken are looked at, and only the first places can be changed from.
 */
static size_t select_best(struct learnt *l, struct feedback_term v[FEEDBACK_TERMS])
{
    uint64_t key[LEARNT_MAX + 1];
    uint16_t from[LEARNT_MAX + 1], stands_at[FEEDBACK_TERMS + 1];
    float bar = lanes_reach(l->weight, l->n, FEEDBACK_TERMS);
    size_t many = 0;
    for (size_t i = 0; i < l->n; i++) {
        key[many] = key_of(l->weight[i], (uint32_t)i);
        from[many] = (uint16_t)i;
        many += l->weight[i] >= bar;
    }
    key[many] = 0; /* nobody's: for places where none stands who can be taken */
    for (size_t k = 0; k <= FEEDBACK_TERMS; k++)
        stands_at[k] = (uint16_t)many;
    for (size_t i = MIN(many, (size_t)FEEDBACK_TERMS); i-- > 0;)
        stands_at[MIN(from[i], FEEDBACK_TERMS)] = (uint16_t)i;
    size_t taken = MIN(many, (size_t)FEEDBACK_TERMS);
    for (size_t k = 0; k < taken; k++) {
        size_t top = 0, out = stands_at[k];
        uint64_t most = 0;
        for (size_t i = 0; i < many; i++) {
            top = key[i] > most ? i : top;
            most = MAX(key[i], most);
        }
        uint32_t place = place_of(most);
        stands_at[MIN(place, (uint32_t)FEEDBACK_TERMS)] = (uint16_t)out;
        key[out] = (key[out] >> 32 << 32) | (UINT32_MAX - place);
        key[top] = 0;
        v[k] = (struct feedback_term){l->term[from[top]], l->weight[from[top]]};
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

/* What a term adds to those of the best docs that have it: by its list unless that is
 * long, else doc by doc. The other docs of a list have place 0. */
static void read_term(const struct ranking *r, const struct index *x,
                      const struct best *b, const struct feedback_term *t,
                      float out[1 + BEST_DOCS])
{
    enum { SEARCH_COST = 32 }; /* of a binary search in postings read one by one */
    const struct posting_list *list = &x->list[t->term];
    const float weight = t->weight;
    memset(out, 0, (1 + BEST_DOCS) * sizeof *out);
    if (list->n > SEARCH_COST * b->n) {
        for (size_t i = 0; i < b->n; i++)
            out[1 + i] = weight * (float)impact_of(x, t->term, b->doc[i]);
        return;
    }
    const uint32_t *docs = x->docs + list->start;
    const uint16_t *impacts = x->impacts + list->start;
    const uint8_t *best = r->best;
    for (uint32_t k = 0; k < list->n; k++)
        out[best[docs[k]]] = weight * (float)impacts[k];
}

void feedback_learn(struct ranking *r, const struct index *x, const struct query *q,
                    const struct best *b, struct feedback *f)
{
    struct learnt l;
    uint32_t from[BEST_SOURCES];
    size_t n_from = best_sources(r, b, from);
    for (size_t i = 0; i < n_from; i++)
        feed_fetch(x, from[i]);
    set_learnt(r, q, -INFINITY);
    learn(r, x, from, n_from, &l);
    set_learnt(r, q, 0);
    f->n = select_best(&l, f->v);
    const float all = (float)feedback_share(x, q);
    for (size_t k = f->n; k-- > 0;) /* the first, by which all are measured, last */
        f->v[k].weight = all * (f->v[k].weight / f->v[0].weight) * x->idf[f->v[k].term];
}

float feedback_most(const struct index *x, const struct feedback *f)
{
    float most = 0;
    for (size_t k = 0; k < f->n; k++)
        most += f->v[k].weight * (float)x->most[f->v[k].term];
    return most;
}

void feedback_read(struct ranking *r, const struct index *x, const struct best *b,
                   struct feedback *f)
{
    for (size_t i = 0; i < b->n; i++)
        r->best[b->doc[i]] = (uint8_t)(i + 1);
    for (size_t k = 0; k < f->n; k++)
        read_term(r, x, b, &f->v[k], f->of[k]);
    for (size_t i = 0; i < b->n; i++)
        r->best[b->doc[i]] = 0;
}

void feedback_add(float *restrict scores, const struct feedback *f)
{
    for (size_t k = 0; k < f->n; k++)
        for (size_t i = 0; i < BEST_DOCS; i++)
            scores[i] += f->of[k][1 + i];
}
