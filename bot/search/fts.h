/*
 * fts - the FTS5 tables in memory: one per language, filled by our tokenizer, read back
 * as postings.
 *
 * The tables hold no text (content=''): the catalogue has it. What fails here is a bug or
 * a lack of memory, so nothing returns an error.
 */
#ifndef SEARCH_FTS_H
#define SEARCH_FTS_H

#include "search/tokenizer.h"

struct fts {
    sqlite3 *db;
    struct tokenizer tokenizer;
    sqlite3_stmt *insert[LANG_COUNT]; /* while filling */
};

void fts_open(struct fts *f);
void fts_close(struct fts *f);
/* Makes the table of a language whose vocabulary is frozen; terms go to sink. */
void fts_begin(struct fts *f, struct vocabulary *v, struct token_sink *sink);
/* Columns in the order of enum column; rows are numbered from 0. */
void fts_insert(struct fts *f, enum lang l, uint32_t doc, const str *columns, size_t n);
void fts_end(struct fts *f, enum lang l);

struct fts_row {
    str term; /* borrowed until the next row */
    uint32_t doc, offset;
    int column;
};
/* Calls row for every position, sorted by term, doc, column, offset. */
void fts_read(struct fts *f, enum lang l, void (*row)(void *ctx, const struct fts_row *),
              void *ctx);

#endif
