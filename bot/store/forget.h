/*
 * forget - retention: deletes what is older than a time, a window of rows at a call.
 *
 * Tables are walked in rowid order, which is nearly the order of time; a table is done at
 * the first window without an old row. What a window keeps (an unfinished effect, a
 * ticket that changed since) is passed over. Ids are not given out again: before rows go,
 * the highest ids are noted in meta.
 */
#ifndef STORE_FORGET_H
#define STORE_FORGET_H

#include "store/db.h"

enum { FORGET_WINDOW = 256, FORGET_TYPED = 0, FORGET_TABLES = 8 };

struct forget {
    sqlite3_stmt *windows[FORGET_TABLES], *deletes[FORGET_TABLES], *remember;
    int64_t before_ms, typed_before_ms;
    int64_t after_id; /* rows with a higher rowid come next */
    int64_t typed_id; /* up to here nothing typed is left */
    size_t table;     /* FORGET_TABLES: nothing to do */
    int64_t gone;     /* rows deleted since forget_start */
};

MUST_USE int forget_open(struct forget *f, sqlite3 *db);
void forget_close(struct forget *f);
/* typed: into forms that were left since then; no earlier than the rest. */
void forget_start(struct forget *f, int64_t before_ms, int64_t typed_before_ms);
bool forget_is_busy(const struct forget *f);
/* Whether the next step needs every conversation's newest turn in its row (fold.h): else
 * conversations would be taken for empty. */
bool forget_needs_rows(const struct forget *f);
/* Inside a transaction: one window, or on to the next table. When the transaction fails,
 * put back the struct as it was before. */
MUST_USE int forget_step(struct forget *f);

#endif
