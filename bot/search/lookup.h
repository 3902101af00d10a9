/*
 * lookup - HR's own search in the console: words, "phrases" and beginnings* as written,
 * by FTS5. No synonyms, no guessing: it shows what stands where.
 *
 * One table per language in an SQLite database in memory, filled on the builder's thread
 * and read on the loop's. The tables hold no text (content=''), the catalogue has it.
 * What fails here is a bug or a lack of memory, so nothing returns an error.
 */
#ifndef SEARCH_LOOKUP_H
#define SEARCH_LOOKUP_H

#include "search/index.h"

struct lookup;

/* indexes: LANG_COUNT of them, NULL where a language has none. */
struct lookup *lookup_new(struct index *const *indexes);
void lookup_free(struct lookup *l); /* accepts NULL */
/* Docs that hold every word, phrase and beginning, by bm25. */
size_t lookup_find(struct lookup *l, struct arena *a, enum lang lang, str text,
                   uint32_t *docs, size_t max);
/* Calls row for every position FTS5 has, sorted by term: what the postings are tested
 * against. */
struct lookup_row {
    str term; /* borrowed until the next row */
    uint32_t doc;
    enum column column;
    uint32_t offset;
};
void lookup_read(struct lookup *l, enum lang lang,
                 void (*row)(void *ctx, const struct lookup_row *), void *ctx);

#endif
