#include "search/query.h"

void concept_add(struct concept *c, const struct index *x, term_t t, double weight)
{
    if (t == TERM_NONE || x->list[t].n == 0)
        return;
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].term == t) {
            c->v[i].weight = MAX(c->v[i].weight, (float)weight);
            return;
        }
    if (c->n < QUERY_ALTERNATIVES_MAX)
        c->v[c->n++] = (struct alternative){t, (float)weight, x->idf[t]};
}

void concept_add_family(struct concept *c, const struct index *x, term_t t, double weight)
{
    const struct vocabulary *v = &x->vocabulary;
    concept_add(c, x, t, weight);
    if (!v->options.relatives || t == TERM_NONE)
        return;
    for (term_t k = v->terms.v[t].next_family; k != t; k = v->terms.v[k].next_family)
        concept_add(c, x, k, weight * v->options.relative);
}

void concept_add_synonyms(struct concept *c, const struct index *x,
                          const struct sequence *from, double share)
{
    const struct synonyms *s = &x->synonyms;
    const struct search_options *o = &x->vocabulary.options;
    for (uint32_t e = from->first_edge; e; e = s->edges.v[e - 1].next) {
        const struct sequence *to = &s->sequences.v[s->edges.v[e - 1].to];
        if (to->n_words == 1) {
            concept_add_family(c, x, to->whole, o->synonym * share);
            continue;
        }
        concept_add(c, x, to->whole, o->synonym * share);
        for (size_t i = 0; i < to->n_words; i++)
            if (to->topical >> i & 1)
                concept_add(c, x, to->words[i], o->synonym * o->synonym_word * share);
    }
}

/* Alternatives that only cost time: hardly weigh beside the best, or are one loose word
 * of a synonym that stands in every eighth section. */
static void drop_idle(struct concept *c, const struct index *x)
{
    enum { COMMON = 8 };
    const float weak = 1.0f / 3;
    size_t kept = 0;
    for (size_t k = 0; k < c->n; k++) {
        const struct alternative *a = &c->v[k];
        bool common = a->weight < weak && x->list[a->term].n > x->n_docs / COMMON;
        bool heard = (double)(a->weight * a->idf) >= x->vocabulary.options.least * c->idf;
        if (heard && (!common || x->n_docs < COMMON))
            c->v[kept++] = *a;
    }
    c->n = kept;
}

void concept_weigh(struct concept *c, const struct index *x)
{
    const struct search_options *o = &x->vocabulary.options;
    bool occurs = c->own != TERM_NONE && x->list[c->own].n > 0;
    double salience = 0, own = occurs ? (double)x->idf[c->own] : 0;
    c->found = c->n > 0;
    c->idf = c->found ? 0 : x->unknown;
    for (size_t k = 0; k < c->n; k++) {
        struct alternative *a = &c->v[k];
        /* a rare synonym of a common word must not outshine the word */
        a->idf = x->idf[a->term];
        if (occurs && o->own_cap > 0)
            a->idf = (float)MIN((double)a->idf, o->own_cap * own);
        c->idf = MAX(c->idf, (double)(a->weight * a->idf));
        salience = MAX(salience, (double)x->salience[a->term]);
    }
    drop_idle(c, x);
    c->found = c->n > 0;
    c->rarity = occurs ? own : c->idf;
    c->weight = 1;
    if (o->salience)
        c->weight = o->salience_least + (1 - o->salience_least) * MIN(1, 3 * salience);
}
