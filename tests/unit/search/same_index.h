/* same_index - whether two indexes are the same, number for number. */
#ifndef TESTS_SAME_INDEX_H
#define TESTS_SAME_INDEX_H

#include "shelf.h"

static inline void same_vocabulary(const struct vocabulary *x, const struct vocabulary *y)
{
    CHECK_INT(y->words.n, x->words.n, "words");
    for (size_t i = 0; i < x->words.n; i++) {
        const struct vocabulary_word *w = &x->words.v[i], *o = &y->words.v[i];
        CHECK_STR(o->text, w->text.p, "in the same order");
        CHECK(o->term == w->term && o->count == w->count && o->stop == w->stop &&
                  o->n_parts == w->n_parts && o->first_part == w->first_part,
              "the same word");
    }
    CHECK_INT(y->terms.n, x->terms.n, "terms");
    for (size_t i = 0; i < x->terms.n; i++) {
        const struct vocabulary_term *t = &x->terms.v[i], *o = &y->terms.v[i];
        CHECK_STR(o->text, t->text.p, "in the same order");
        CHECK(o->count == t->count && o->word == t->word && o->family == t->family &&
                  o->next_family == t->next_family && o->phrase == t->phrase,
              "the same term");
    }
    CHECK_INT(y->parts.n, x->parts.n, "parts");
    assert_memory_equal(y->parts.v, x->parts.v, x->parts.n * sizeof *x->parts.v);
}

#define SAME(what, n) assert_memory_equal(y->what, x->what, (n) * sizeof *x->what)

static inline void same_index(const struct index *x, const struct index *y)
{
    same_vocabulary(&x->vocabulary, &y->vocabulary);
    const size_t terms = x->vocabulary.terms.n;
    CHECK_INT(y->n_docs, x->n_docs, "docs");
    CHECK_INT(y->n_tokens, x->n_tokens, "words in the texts");
    CHECK_INT(y->n_postings, x->n_postings, "postings");
    CHECK(y->average == x->average, "average");
    SAME(column_start, x->n_docs * COLUMN_COUNT + 1u);
    SAME(first_word, x->n_docs + 1u);
    SAME(words, x->column_start[x->n_docs * COLUMN_COUNT]);
    SAME(term_of, x->vocabulary.words.n);
    SAME(list, terms);
    SAME(docs, x->n_postings);
    SAME(impacts, x->n_postings);
    SAME(idf, terms);
    SAME(salience, terms);
}

static inline void same_answers(struct arena *a, struct search *x, struct search *y,
                                const char *const *questions, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct search_query q = shelf_query(a, LANG_NL, questions[i]);
        struct search_result one, other;
        search_find(x, &q, &one);
        search_find(y, &q, &other);
        CHECK_INT(other.n, one.n, questions[i]);
        CHECK_INT(other.band, one.band, questions[i]);
        for (size_t k = 0; k < one.n; k++)
            CHECK(one.v[k].article == other.v[k].article &&
                      one.v[k].section == other.v[k].section &&
                      one.v[k].score == other.v[k].score,
                  questions[i]);
    }
}

/* Indexes, bars and what is answered to n questions. */
static inline void same_search(struct arena *a, struct search *x, struct search *y,
                               const char *const *questions, size_t n)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        CHECK(!x->index[l] == !y->index[l], "both or none");
        if (x->index[l])
            same_index(x->index[l], y->index[l]);
        assert_memory_equal(&y->bar[l], &x->bar[l], sizeof x->bar[l]);
    }
    same_answers(a, x, y, questions, n);
}

#endif
