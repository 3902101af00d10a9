#include "base/str.h"
#include "search/reading.h"

static int concept_of(struct reader *r, const struct reading *w)
{
    for (size_t i = 0; i < r->q->n; i++)
        if (str_eq(r->q->v[i].word, w->text) ||
            (w->term != TERM_NONE && r->q->v[i].own == w->term))
            return (int)i;
    if (r->q->n == QUERY_CONCEPTS_MAX)
        return -1;
    struct concept *c = &r->q->v[r->q->n];
    *c = (struct concept){.word = w->text, .own = w->term, .weight = 1};
    return (int)r->q->n++;
}

static void add_parts(struct concept *c, struct reader *r, const struct reading *w)
{
    struct vocabulary *v = &r->x->vocabulary;
    term_t parts[VOCABULARY_PARTS_MAX];
    size_t n = compound_split(v, w->text, parts);
    for (size_t i = 0; i < n; i++)
        concept_add_family(c, r->x, parts[i], r->o->part);
}

/* Repairs the word, or takes it for a kind of its last part. */
static void add_nearest(struct concept *c, struct reader *r, struct reading *w)
{
    struct vocabulary *v = &r->x->vocabulary;
    uint32_t near[3];
    size_t n = r->o->typos ? typo_repair(v, w->text, near, LEN(near)) : 0;
    for (size_t i = 0; i < n; i++)
        concept_add_family(c, r->x, v->words.v[near[i]].term, r->o->repaired);
    if (n > 0) {
        w->term = v->words.v[near[0]].term;
        w->family = v->terms.v[w->term].family;
        w->repaired = true;
    } else if (r->o->compounds) {
        concept_add_family(c, r->x, compound_tail(v, w->text), r->o->part);
    }
}

/*
 * The word's own alternatives, before its neighbours are looked at. A word that no text
 * and no synonym has is tried as a form of another, then as a compound, then as a typo.
 */
static void read_word(struct reader *r, struct reading *w)
{
    struct index *x = r->x;
    struct vocabulary *v = &x->vocabulary;
    struct concept c = {0};
    bool occurs = w->term != TERM_NONE && x->list[w->term].n > 0;
    concept_add_family(&c, x, w->term, 1);
    if (w->term == TERM_NONE && r->o->relatives)
        concept_add_family(&c, x, w->family, r->o->relative);
    if (!occurs && c.n == 0 && r->o->compounds)
        add_parts(&c, r, w);
    if (w->term == TERM_NONE && c.n == 0)
        add_nearest(&c, r, w);
    const struct vocabulary_word *known = occurs ? vocabulary_word(v, w->text) : NULL;
    for (size_t i = 0; known && i < known->n_parts; i++)
        concept_add(&c, x, v->parts.v[known->first_part + i], r->o->known_part);
    w->concept = concept_of(r, w);
    for (size_t i = 0; i < c.n && w->concept >= 0; i++)
        concept_add(&r->q->v[w->concept], x, c.v[i].term, (double)c.v[i].weight);
}

static void read_words(struct reader *r, str folded, bool keep_stops)
{
    struct vocabulary *v = &r->x->vocabulary;
    size_t pos = 0;
    char scratch[64];
    struct word w;
    r->n = r->q->n = 0;
    while (r->n < QUERY_WORDS_MAX && word_next(folded, &pos, scratch, &w)) {
        str text = arena_str(r->arena, str_sub(w.text, 0, VOCABULARY_WORD_MAX));
        struct reading *one = &r->words[r->n++];
        *one = (struct reading){.text = text, .concept = -1};
        one->term = vocabulary_term(v, vocabulary_stem(v, text));
        one->family = one->term != TERM_NONE ? v->terms.v[one->term].family
                                             : vocabulary_family(v, text);
        if (keep_stops || !r->o->stop_words || !lang_is_stop_word(v->lang, text))
            read_word(r, one);
    }
}

void query_build(struct query *q, struct index *x, struct arena *a, str folded)
{
    struct reader *r = arena_alloc(a, sizeof *r);
    r->q = q;
    r->x = x;
    r->arena = a;
    r->o = &x->vocabulary.options;
    read_words(r, folded, false);
    if (q->n == 0)
        read_words(r, folded, true);
    for (size_t i = 0; i < r->n; i++)
        neighbour_read(r, i);
    for (size_t i = 0; i < q->n; i++)
        concept_weigh(&q->v[i], x);
}

bool query_loosen(struct query *q, struct index *x)
{
    bool any = false;
    for (size_t i = 0; i < q->n; i++) {
        struct concept *c = &q->v[i];
        uint32_t like[3];
        size_t n = c->n ? 0 : typo_resembling(&x->vocabulary, c->word, like, LEN(like));
        for (size_t k = 0; k < n; k++)
            concept_add(c, x, x->vocabulary.words.v[like[k]].term,
                        x->vocabulary.options.part);
        concept_weigh(c, x);
        any = any || c->n > 0;
    }
    return any;
}
