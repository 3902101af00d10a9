/*
 * index - the sections of one language as arrays: tokens, postings, owners.
 *
 * A *doc* is a section's number within this language, in the order of the catalogue, so
 * an article's docs stand behind each other. Texts are cut into words once; the words'
 * numbers become terms when the vocabulary is complete, and the postings are counted out
 * of them (postings.h). An *impact* is the part of bm25 that does not depend on the
 * question, k1, b and column weights applied, as a share of its maximum k1 + 1, in 16
 * bits.
 *
 * Reading the postings back out of FTS5 (fts5vocab) gives the same lists (tested) but
 * takes five times as long: 4.8 of 5.3 s at 10,000 articles, where one edited article has
 * to be live within a second. So FTS5 serves HR's own look-ups only (lookup.h).
 */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "content/texts.h"
#include "search/columns.h"
#include "search/feed.h"
#include "search/memo.h"
#include "search/stream.h"
#include "search/synonym.h"
#include "search/tokenizer.h"
#include "search/unpacked.h"

struct posting_list {
    uint32_t start, n;
};

struct index {
    enum lang lang;
    const struct catalogue *catalogue;
    struct vocabulary vocabulary;
    struct synonyms synonyms;
    uint32_t n_docs, n_articles;
    uint32_t *section;      /* of a doc, in the catalogue */
    uint32_t *owner;        /* of a doc: article number within this language */
    uint32_t *article;      /* within this language -> in the catalogue */
    uint32_t *first_doc;    /* of an article; n_articles + 1 entries */
    bool *shows;            /* of a doc: it has a text that can be an answer */
    uint32_t *column_start; /* doc * COLUMN_COUNT + column -> place in words; one more */
    uint32_t *first_word; /* of a doc: the first word that no doc before has; one more */
    uint8_t *words;       /* of every position (stream.h) */
    uint32_t *n_body;     /* of a doc: words of its text */
    term_t *term_of;      /* a word's term; compound parts are left out */
    uint64_t *has_parts;  /* bit per word: it is a compound */
    size_t n_tokens;
    struct posting_list *list; /* per term, docs ascending */
    uint32_t *docs;
    uint16_t *impacts;
    size_t n_postings;
    float *idf;          /* per term: log(1 + (N - n + .5) / (n + .5)) */
    float *salience;     /* per term: share of its docs that have it above the body */
    uint16_t *most;      /* per term: its highest impact (reach.h) */
    float *feedable;     /* per doc: idf times impact of the FEEDBACK_TERMS terms that
                          * feedback could add most by, together (reach.h) */
    float most_feedable; /* of all docs */
    double average;      /* tokens of a doc, to one part in a thousand: see index.c */
    uint32_t n_counted;  /* docs whose postings were counted, the others' were copied */
    double unknown;      /* idf of a word that no text has */
    struct memo memo;
    struct feeds feeds;
    struct unpacked_texts unpacked;
    size_t bytes;
};

/* NULL when the catalogue has no section in this language. Articles that did not change
 * (article.before) take their words and postings from the previous catalogue's index
 * (carry.h), which may be NULL and is only read; the outcome is the same. */
struct index *index_build(const struct catalogue *c, enum lang l,
                          const struct search_options *o, const struct index *previous,
                          struct diags *d);
void index_free(struct index *x); /* accepts NULL */
/* The number here of an article of the catalogue; -1: not of this language. */
int index_article(const struct index *x, int article);
/* The words of a column, and of the columns from..to. */
static inline struct stream index_words(const struct index *x, uint32_t doc,
                                        enum column from, enum column to)
{
    const uint32_t *start = &x->column_start[(size_t)doc * COLUMN_COUNT];
    return (struct stream){x->words + start[from], x->words + start[to + 1]};
}
static inline bool index_has_parts(const struct index *x, uint32_t word)
{
    return x->has_parts[word / 64] >> word % 64 & 1;
}
/* What is indexed of a doc; may allocate in a, and borrows from t. */
void index_columns(const struct index *x, struct arena *a, struct texts *t, uint32_t doc,
                   str out[COLUMN_COUNT]);

#endif
