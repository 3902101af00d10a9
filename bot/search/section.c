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

void section_words(const struct search *s, const struct index *x, uint32_t doc,
                   enum column column, double *best, double *count)
{
    const struct vocabulary *v = &x->vocabulary;
    const uint8_t *of_term = s->ranking.concept;
    struct stream words = index_words(x, doc, column, column);
    for (uint32_t i = 0, word; i < READ_MAX && stream_next(&words, &word); i++) {
        if (!of_term[x->term_of[word]] && !index_has_parts(x, word))
            continue; /* nearly all of them, and it reads little memory */
        const struct vocabulary_word *w = &v->words.v[word];
        size_t concept = 0;
        double weight = weight_of(s->query, &s->ranking, w->term, &concept);
        for (size_t k = 0; k < w->n_parts && weight <= 0; k++)
            weight = v->options.part_in_text *
                weight_of(s->query, &s->ranking, v->parts.v[w->first_part + k], &concept);
        if (weight <= 0)
            continue;
        best[concept] = MAX(best[concept], weight);
        count[concept] += weight;
    }
}

double section_score(const struct search *s, const struct index *x, uint32_t doc)
{
    const struct search_options *o = &s->options;
    double head[QUERY_CONCEPTS_MAX] = {0}, n_head[QUERY_CONCEPTS_MAX] = {0};
    double body[QUERY_CONCEPTS_MAX] = {0}, n_body[QUERY_CONCEPTS_MAX] = {0};
    double words = x->n_body[doc];
    double length = words / x->average, sum = 0;
    section_words(s, x, doc, COLUMN_HEADING, head, n_head);
    section_words(s, x, doc, COLUMN_BODY, body, n_body);
    for (size_t i = 0; i < s->query->n; i++) {
        const struct concept *c = &s->query->v[i];
        double share = n_body[i] / (n_body[i] + o->section_k * (length + 1) / 2);
        sum += c->idf * c->weight * (share + o->section_heading * head[i]);
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
