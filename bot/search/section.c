#include "search/section.h"

#include "search/passage.h"

enum { READ_MAX = 1500 /* words of a section */ };

/* How much of a concept a term is; 0: it is of none. */
static double weight_of(const struct query *q, const struct ranking *r, term_t t,
                        size_t *concept)
{
    uint8_t k = r->concept[t];
    if (k == 0)
        return 0;
    *concept = (size_t)k - 1;
    const struct concept *c = &q->v[*concept];
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].term == t)
            return (double)c->v[i].weight;
    return 0;
}

/* Words that the question may have: those whose term is marked, and compounds, whose
 * parts may be. */
static void mark_words(const struct search *s, const struct index *x,
                       struct unpacked_words words, struct marked_words *m)
{
    marked_read(m, x, words, s->ranking.concept);
    for (size_t i = 0; x->vocabulary.parts.n > 0 && i < words.n; i++)
        m->of[i] = (uint8_t)(m->of[i] | index_has_parts(x, words.v[i]));
}

/* Adds a word that the question may have. */
static void add_word(const struct search *s, const struct index *x, uint32_t word,
                     double *best, double *count)
{
    const struct vocabulary *v = &x->vocabulary;
    const struct vocabulary_word *w = &v->words.v[word];
    size_t concept = 0;
    double weight = weight_of(s->query, &s->ranking, w->term, &concept);
    for (size_t k = 0; k < w->n_parts && weight <= 0; k++)
        weight = v->options.part_in_text *
            weight_of(s->query, &s->ranking, v->parts.v[w->first_part + k], &concept);
    best[concept] = MAX(best[concept], weight);
    count[concept] += weight;
}

void section_words(const struct search *s, const struct index *x, uint32_t doc,
                   enum column column, double *best, double *count)
{
    struct marked_words m;
    struct unpacked_words words = unpacked_words(x, doc, column, column, READ_MAX);
    mark_words(s, x, words, &m);
    for (size_t at = 0; at < m.n; at += MARKED_WINDOW)
        for (uint64_t some = ~marked_bits(&m, at, 0); some; some &= some - 1)
            add_word(s, x, words.v[at + (size_t)__builtin_ctzll(some)], best, count);
}

/* What of each concept some columns have. */
struct has {
    double best[QUERY_CONCEPTS_MAX], count[QUERY_CONCEPTS_MAX];
};

static void has_none(struct has *h, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h->best[i] = h->count[i] = 0;
}

double section_score(const struct search *s, const struct index *x, uint32_t doc)
{
    const struct search_options *o = &s->options;
    struct has head, body;
    double words = x->n_body[doc];
    double length = words / x->average, sum = 0;
    has_none(&head, MAX(s->query->n, 1u));
    has_none(&body, MAX(s->query->n, 1u));
    section_words(s, x, doc, COLUMN_HEADING, head.best, head.count);
    section_words(s, x, doc, COLUMN_BODY, body.best, body.count);
    for (size_t i = 0; i < s->query->n; i++) {
        const struct concept *c = &s->query->v[i];
        double n = body.count[i];
        double share = n / (n + o->section_k * (length + 1) / 2);
        sum += c->idf * c->weight * (share + o->section_heading * head.best[i]);
    }
    return sum;
}

uint32_t section_best(struct search *s, const struct index *x, uint32_t article,
                      uint32_t otherwise)
{
    uint32_t from = x->first_doc[article], to = x->first_doc[article + 1];
    double most = 0;
    if (to - from < 2)
        return otherwise;
    passage_mark(s, true);
    for (uint32_t doc = from; doc < to; doc++) {
        double one = x->shows[doc] ? section_score(s, x, doc) : 0;
        if (one > most + 1e-9) {
            most = one;
            otherwise = doc;
        }
    }
    passage_mark(s, false);
    return otherwise;
}
