#include "search/carry.h"

static uint32_t *numbers(struct arena *a, size_t n)
{
    uint32_t *v = arena_alloc(a, n * sizeof *v);
    memset(v, 0xff, n * sizeof *v);
    return v;
}

/* Pairs the docs of articles that did not change. False when there are none, or they
 * stand in another order. */
static bool pair_docs(struct carried *c, struct arena *a, const struct index *x)
{
    const struct index *from = c->from;
    uint32_t *local = numbers(a, from->catalogue->articles.n), next = 0;
    for (uint32_t i = 0; i < from->n_articles; i++)
        local[from->article[i]] = i;
    for (uint32_t i = 0; i < x->n_articles; i++) {
        int before = x->catalogue->articles.v[x->article[i]].before;
        uint32_t at = before < 0 ? CARRY_NONE : local[before];
        uint32_t n = x->first_doc[i + 1] - x->first_doc[i];
        if (at == CARRY_NONE || from->first_doc[at + 1] - from->first_doc[at] != n)
            continue;
        if (at < next)
            return false;
        next = at + 1;
        for (uint32_t k = 0; k < n; k++) {
            c->old_doc[x->first_doc[i] + k] = from->first_doc[at] + k;
            c->new_doc[from->first_doc[at] + k] = x->first_doc[i] + k;
        }
    }
    return next > 0;
}

static void count_left(struct carried *c)
{
    const struct index *from = c->from;
    for (size_t i = 0; i < from->vocabulary.words.n; i++)
        c->left[i] = from->vocabulary.words.v[i].count;
    for (uint32_t doc = 0; doc < from->n_docs; doc++) {
        struct stream s = index_words(from, doc, 0, COLUMN_COUNT - 1);
        if (c->new_doc[doc] == CARRY_NONE)
            for (uint32_t word; stream_next(&s, &word);)
                c->left[word]--;
    }
}

struct carried *carry_begin(struct arena *a, const struct index *x,
                            const struct index *from)
{
    if (!from)
        return NULL;
    struct carried *c = arena_alloc(a, sizeof *c);
    *c = (struct carried){.from = from,
                          .old_doc = numbers(a, x->n_docs),
                          .new_doc = numbers(a, from->n_docs),
                          .left = numbers(a, from->vocabulary.words.n),
                          .new_word = numbers(a, from->vocabulary.words.n),
                          .new_term = numbers(a, from->vocabulary.terms.n)};
    if (!pair_docs(c, a, x))
        return NULL;
    count_left(c);
    return c;
}

/* The word has its number: what it was there, and how often it stays, is known. */
static void found(struct carried *c, struct vocabulary *v, uint32_t old, uint32_t word)
{
    c->new_word[old] = word;
    c->new_term[c->from->vocabulary.words.v[old].term] = v->words.v[word].term;
    vocabulary_count(v, word, c->left[old]);
    if (old < c->from->first_word[c->past] && c->left[old] > 0)
        c->orphaned--;
}

static void take(struct carried *c, struct vocabulary *v, uint32_t old)
{
    const struct vocabulary *from = &c->from->vocabulary;
    if (c->new_word[old] == CARRY_NONE)
        found(c, v, old,
              vocabulary_take(v, from, old, c->new_term[from->words.v[old].term]));
}

void carry_added(struct carried *c, struct vocabulary *v, uint32_t word)
{
    const int64_t *old = map_find(&c->from->vocabulary.word_ids, v->words.v[word].text);
    if (old)
        found(c, v, (uint32_t)*old, word);
}

void carry_words(struct carried *c, struct vocabulary *v, uint32_t doc)
{
    const struct index *from = c->from;
    const uint32_t old_doc = c->old_doc[doc], *first = from->first_word;
    for (; c->past < old_doc; c->past++) /* these are gone */
        for (uint32_t w = first[c->past]; w < first[c->past + 1]; w++)
            c->orphaned += c->new_word[w] == CARRY_NONE && c->left[w] > 0;
    struct stream s = index_words(from, old_doc, 0, COLUMN_COUNT - 1);
    if (c->orphaned > 0)
        for (uint32_t word; stream_next(&s, &word);)
            take(c, v, word);
    else
        for (uint32_t w = first[old_doc]; w < first[old_doc + 1]; w++)
            take(c, v, w);
    c->past = old_doc + 1;
}

void carry_terms(struct carried *c, const struct vocabulary *v)
{
    const struct vocabulary *from = &c->from->vocabulary;
    for (term_t t = 0; t < from->terms.n; t++)
        if (c->new_term[t] == TERM_NONE)
            c->new_term[t] = vocabulary_term(v, from->terms.v[t].text);
}
