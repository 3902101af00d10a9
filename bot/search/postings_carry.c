/*
 * Postings after an edit: those of the docs that stayed are copied, the others counted.
 *
 * An impact depends on its doc alone, but for the average length, which is rounded so
 * that one edit of many articles leaves it (index.h). A doc that stayed is counted again
 * where a compound in it is cut otherwise than before, by the words that came or went.
 */
#include <math.h>
#include <stdlib.h>

#include "search/postings.h"

enum { WORTH = 4 }; /* reading a quarter of the docs is not less work than all */

struct merge {
    struct index *x;
    const struct carried *c;
    bool *again;        /* per old doc: it stays, and is counted again */
    uint32_t n_again;   /* docs of x to count */
    uint32_t *to;       /* old doc whose postings stay -> doc; CARRY_NONE */
    term_t *old_term;   /* of a term */
    uint32_t *less;     /* per old term: docs whose postings do not stay */
    uint32_t *above;    /* of those: above the body */
    struct notes notes; /* of the docs counted */
    uint32_t *more;     /* per term: the first of its notes in by_term; one more */
    uint32_t *more_doc; /* notes term by term */
    uint16_t *more_impact;
};

/* The same phrases to look for, in the same order. */
static bool same_phrases(const struct synonyms *s, const struct synonyms *old)
{
    bool same = s->sequences.n == old->sequences.n;
    for (size_t i = 0; same && i < s->sequences.n; i++) {
        const struct sequence *q = &s->sequences.v[i], *p = &old->sequences.v[i];
        same = str_eq(q->key, p->key) && q->n_words == p->n_words &&
            (q->whole == TERM_NONE) == (p->whole == TERM_NONE);
    }
    return same;
}

static bool same_parts(const struct merge *m, uint32_t old)
{
    const struct vocabulary *v = &m->x->vocabulary, *from = &m->c->from->vocabulary;
    const struct vocabulary_word *p = &from->words.v[old],
                                 *w = &v->words.v[m->c->new_word[old]];
    bool same = w->n_parts == p->n_parts;
    for (size_t k = 0; same && k < w->n_parts; k++)
        same = v->parts.v[w->first_part + k] ==
            m->c->new_term[from->parts.v[p->first_part + k]];
    return same;
}

/* Which docs are counted, and which are copied to where. */
static void choose_docs(struct merge *m, struct arena *a)
{
    const struct index *from = m->c->from;
    m->again = arena_alloc(a, from->n_docs);
    for (uint32_t w = 0; w < from->vocabulary.words.n; w++) {
        if (m->c->new_word[w] == CARRY_NONE || same_parts(m, w))
            continue;
        const struct posting_list *l = &from->list[from->vocabulary.words.v[w].term];
        for (uint32_t i = 0; i < l->n; i++)
            m->again[from->docs[l->start + i]] = true;
    }
    m->to = arena_alloc(a, from->n_docs * sizeof *m->to);
    m->n_again = m->x->n_docs;
    for (uint32_t doc = 0; doc < from->n_docs; doc++) {
        m->to[doc] = m->again[doc] ? CARRY_NONE : m->c->new_doc[doc];
        m->n_again -= m->to[doc] != CARRY_NONE;
    }
}

/* What the postings that do not stay counted for. */
static void count_less(struct merge *m, struct arena *a)
{
    const struct index *from = m->c->from;
    struct tally t;
    m->less = arena_alloc(a, from->vocabulary.terms.n * sizeof *m->less);
    m->above = arena_alloc(a, from->vocabulary.terms.n * sizeof *m->above);
    tally_begin(&t, from, a);
    for (uint32_t doc = 0; doc < from->n_docs; doc++) {
        if (m->to[doc] != CARRY_NONE)
            continue;
        tally_doc(&t, doc);
        for (size_t i = 0; i < t.n_touched; i++) {
            struct tallied *at = &t.of_term[t.touched[i]];
            m->less[t.touched[i]]++;
            m->above[t.touched[i]] += tally_is_above(at);
            *at = (struct tallied){0};
        }
    }
    tally_end(&t);
}

static bool is_counted(const struct merge *m, uint32_t doc)
{
    uint32_t old = m->c->old_doc[doc];
    return old == CARRY_NONE || m->to[old] == CARRY_NONE;
}

/* The counts of all docs: of those that stay, and of those counted now. */
static void count_more(struct merge *m, struct arena *a)
{
    struct index *x = m->x;
    const struct index *from = m->c->from;
    const size_t n_terms = x->vocabulary.terms.n;
    struct tally t;
    m->notes.of_doc = arena_alloc(a, x->n_docs * sizeof *m->notes.of_doc);
    tally_begin(&t, x, a);
    for (uint32_t doc = 0; doc < x->n_docs; doc++)
        if (is_counted(m, doc))
            postings_note(x, &t, doc, &m->notes);
    tally_end(&t);
    m->more = arena_alloc(a, (n_terms + 1) * sizeof *m->more);
    for (term_t i = 0; i < n_terms; i++)
        m->more[i + 1] = m->more[i] + x->list[i].n;
    m->old_term = arena_alloc(a, n_terms * sizeof *m->old_term);
    memset(m->old_term, 0xff, n_terms * sizeof *m->old_term);
    for (term_t i = 0; i < from->vocabulary.terms.n; i++) {
        term_t now = m->c->new_term[i];
        if (now == TERM_NONE)
            continue;
        m->old_term[now] = i;
        const struct posting_list *l = &from->list[i];
        x->list[now].n += l->n - m->less[i];
        x->salience[now] += roundf(from->salience[i] * (float)l->n) - (float)m->above[i];
    }
}

/* The notes term by term, docs ascending. */
static void sort_notes(struct merge *m, struct arena *a)
{
    m->more_doc = arena_alloc(a, m->notes.n * sizeof *m->more_doc);
    m->more_impact = arena_alloc(a, m->notes.n * sizeof *m->more_impact);
    uint32_t *at = arena_alloc(a, m->x->vocabulary.terms.n * sizeof *at);
    const struct note *note = m->notes.v;
    memcpy(at, m->more, m->x->vocabulary.terms.n * sizeof *at);
    for (uint32_t doc = 0; doc < m->x->n_docs; doc++)
        for (uint32_t i = 0; i < m->notes.of_doc[doc]; i++, note++) {
            m->more_doc[at[note->term]] = doc;
            m->more_impact[at[note->term]++] = note->impact;
        }
}

/* The list of one term: the old one without what does not stay, and the notes. */
static void merge_list(const struct merge *m, term_t t, const struct posting_list *old)
{
    const struct index *from = m->c->from;
    uint32_t *docs = m->x->docs + m->x->list[t].start;
    uint16_t *impacts = m->x->impacts + m->x->list[t].start;
    uint32_t more = m->more[t], end = m->more[t + 1];
    for (uint32_t i = old->start; i < old->start + old->n; i++) {
        uint32_t doc = m->to[from->docs[i]];
        if (doc == CARRY_NONE)
            continue;
        for (; more < end && m->more_doc[more] < doc; more++) {
            *docs++ = m->more_doc[more];
            *impacts++ = m->more_impact[more];
        }
        *docs++ = doc;
        *impacts++ = from->impacts[i];
    }
    for (; more < end; more++) {
        *docs++ = m->more_doc[more];
        *impacts++ = m->more_impact[more];
    }
}

/* Most lists have nothing to do with the edit. */
static void copy_list(const struct merge *m, term_t t, const struct posting_list *old)
{
    const uint32_t *docs = m->c->from->docs + old->start;
    uint32_t *out = m->x->docs + m->x->list[t].start;
    for (uint32_t i = 0; i < old->n; i++)
        out[i] = m->to[docs[i]];
    memcpy(m->x->impacts + m->x->list[t].start, m->c->from->impacts + old->start,
           old->n * sizeof *m->x->impacts);
}

static void fill_lists(const struct merge *m)
{
    static const struct posting_list none;
    for (term_t t = 0; t < m->x->vocabulary.terms.n; t++) {
        term_t o = m->old_term[t];
        const struct posting_list *old = o == TERM_NONE ? &none : &m->c->from->list[o];
        if (o != TERM_NONE && m->less[o] == 0 && m->more[t] == m->more[t + 1])
            copy_list(m, t, old);
        else
            merge_list(m, t, old);
    }
}

bool postings_carry(struct index *x, const struct carried *c)
{
    struct arena *a = arena_new();
    struct merge m = {.x = x, .c = c};
    bool fits =
        x->average == c->from->average && same_phrases(&x->synonyms, &c->from->synonyms);
    if (fits)
        choose_docs(&m, a);
    fits = fits && m.n_again < x->n_docs / WORTH;
    if (fits) {
        count_less(&m, a);
        count_more(&m, a);
        sort_notes(&m, a);
        postings_place(x);
        fill_lists(&m);
    }
    free(m.notes.v);
    arena_free(a);
    return fits;
}
