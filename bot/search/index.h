/*
 * index - the sections of one language as arrays: postings, tokens, owners.
 *
 * A *doc* is a section's number within this language, in the order of the catalogue, so
 * an article's docs stand behind each other. The FTS5 table of the language (fts.h) is
 * filled first and the postings are read out of it; then SQLite is not needed to rank.
 * An *impact* is the part of bm25 that does not depend on the question, k1 and b and
 * column weights applied, as a share of its maximum k1 + 1, in 16 bits.
 */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "search/fts.h"
#include "search/synonym.h"

enum column { COLUMN_TITLE, COLUMN_HEADING, COLUMN_ALSO, COLUMN_BODY, COLUMN_COUNT };

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
    uint32_t *column_start; /* doc * COLUMN_COUNT + column -> place in tokens; one more */
    term_t *tokens;         /* term of every position, compound parts left out */
    struct posting_list *list; /* per term */
    uint32_t *docs;
    uint16_t *impacts;
    size_t n_postings;
    float *idf;      /* per term: log(1 + (N - n + .5) / (n + .5)) */
    float *salience; /* per term: share of its docs that have it in title or heading */
    double average;  /* tokens of a doc */
    size_t bytes;
};

/* NULL when the catalogue has no section in this language. */
struct index *index_build(struct fts *f, const struct catalogue *c, enum lang l,
                          const struct search_options *o, struct diags *d);
void index_free(struct index *x);
/* Weight of one hit in a column. */
double index_column_weight(const struct search_options *o, enum column c);

#endif
