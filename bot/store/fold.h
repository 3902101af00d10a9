/*
 * fold - writes each conversation's newest turn into its row, later and many at once.
 *
 * A turn is appended without touching its conversation's row, which lies anywhere. What
 * the rows do not know yet is kept here. A round takes all of it, writes it in steps, and
 * ends with meta.flushed_turn = F: every turn up to F is in its row. After a crash the
 * turns above F are read again (fold_open), so nothing here needs to be durable.
 *
 * Rounds are due above FOLD_CONVERSATIONS_MAX or FOLD_TURNS_MAX; small steps then go into
 * the same transactions as the jobs. A turn that is written with an id of a round that
 * has begun (ids are given out before jobs are put) goes into its row at once
 * (fold_late).
 */
#ifndef STORE_FOLD_H
#define STORE_FOLD_H

#include "store/db.h"
#include "store/newest.h"

enum { FOLD_CONVERSATIONS_MAX = 4096, FOLD_TURNS_MAX = 16384 };

struct fold {
    sqlite3_stmt *update, *mark;
    struct newest live;         /* not in a round yet */
    struct newest_entry *round; /* NULL: no round */
    size_t n, at;               /* entries of the round; of which committed */
    size_t wrote;               /* of which in the open transaction, from at */
    int64_t newest;             /* highest turn committed */
    int64_t promised;           /* F of the newest round that was begun */
    int64_t flushed;            /* F of the newest round that ended */
    size_t turns;               /* turns noted since a round began */
};

/* Prepares, and reads the turns above meta.flushed_turn. */
MUST_USE int fold_open(struct fold *f, sqlite3 *db);
void fold_close(struct fold *f);
/* A turn was committed. */
void fold_note(struct fold *f, int64_t conversation, int64_t turn);
bool fold_is_due(const struct fold *f);
bool fold_is_empty(const struct fold *f); /* rows know everything */
static inline bool fold_is_late(const struct fold *f, int64_t turn)
{
    return turn <= f->promised;
}

/* Inside a transaction: fold_step writes the next `max` entries, fold_late a late turn.
 * The step goes before the jobs of its transaction: it may begin a round, and that
 * decides which turns are late. After it one of fold_committed (true: the round ended,
 * f->flushed has moved) and fold_rolled_back. */
MUST_USE int fold_step(struct fold *f, size_t max);
MUST_USE int fold_late(struct fold *f, int64_t conversation, int64_t turn);
bool fold_committed(struct fold *f);
void fold_rolled_back(struct fold *f);

#endif
