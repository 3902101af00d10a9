#include "search/postings.h"

#include <math.h>
#include <stdlib.h>

void postings_note(struct index *x, struct tally *t, uint32_t doc, struct notes *notes)
{
    tally_doc(t, doc);
    double length = tally_length(x, doc);
    if (notes->n + t->n_touched > notes->cap) {
        notes->cap = notes->cap + notes->cap / 2 + t->n_touched + 4096;
        notes->v = must_grow(notes->v, notes->cap * sizeof *notes->v);
    }
    notes->of_doc[doc] = (uint32_t)t->n_touched;
    for (size_t i = 0; i < t->n_touched; i++) {
        term_t term = t->touched[i];
        struct tallied *at = &t->of_term[term];
        x->list[term].n++;
        x->salience[term] += tally_is_above(at);
        notes->v[notes->n++] =
            (struct note){term, tally_impact(t, length, (double)at->weight)};
        *at = (struct tallied){0};
    }
    x->n_counted++;
}

static void fill_lists(struct index *x, const struct notes *notes)
{
    for (size_t i = 0; i < x->vocabulary.terms.n; i++)
        x->list[i].n = 0; /* counted again */
    const struct note *at = notes->v;
    for (uint32_t doc = 0; at && doc < x->n_docs; doc++)
        for (uint32_t i = 0; i < notes->of_doc[doc]; i++, at++) {
            struct posting_list *l = &x->list[at->term];
            x->docs[l->start + l->n] = doc;
            x->impacts[l->start + l->n++] = at->impact;
        }
}

void postings_place(struct index *x)
{
    double all = x->n_docs;
    for (size_t i = 0; i < x->vocabulary.terms.n; i++) {
        struct posting_list *l = &x->list[i];
        double n = l->n;
        x->idf[i] = (float)log(1 + (all - n + .5) / (n + .5));
        if (l->n)
            x->salience[i] /= (float)l->n;
        l->start = (uint32_t)x->n_postings;
        x->n_postings += l->n;
    }
    x->docs = must_room(x->n_postings * sizeof *x->docs);
    x->impacts = must_room(x->n_postings * sizeof *x->impacts);
}

static void count_all(struct index *x)
{
    struct arena *a = arena_new();
    struct tally t;
    struct notes notes = {.of_doc = arena_alloc(a, x->n_docs * sizeof *notes.of_doc)};
    tally_begin(&t, x, a);
    for (uint32_t doc = 0; doc < x->n_docs; doc++)
        postings_note(x, &t, doc, &notes);
    postings_place(x);
    fill_lists(x, &notes);
    free(notes.v);
    tally_end(&t);
    arena_free(a);
}

void postings_make(struct index *x, const struct carried *c)
{
    struct vocabulary *v = &x->vocabulary;
    x->list = arena_alloc(v->arena, v->terms.n * sizeof *x->list);
    x->idf = arena_alloc(v->arena, v->terms.n * sizeof *x->idf);
    x->salience = arena_alloc(v->arena, v->terms.n * sizeof *x->salience);
    x->term_of = arena_alloc(v->arena, v->words.n * sizeof *x->term_of);
    x->has_parts = arena_alloc(v->arena, (v->words.n / 64 + 1) * sizeof *x->has_parts);
    for (size_t i = 0; i < v->words.n; i++) {
        x->term_of[i] = v->words.v[i].term;
        x->has_parts[i / 64] |= (uint64_t)(v->words.v[i].n_parts > 0) << i % 64;
    }
    if (!c || !postings_carry(x, c))
        count_all(x);
}
