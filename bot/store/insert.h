/*
 * insert - writes the rows of jobs through prepared statements.
 *
 * Jobs of one transaction that count the same are one row written, not one each.
 */
#ifndef STORE_INSERT_H
#define STORE_INSERT_H

#include "store/db.h"
#include "store/store.h"

enum insert_statement {
    INSERT_CONVERSATION,
    INSERT_TURN,
    INSERT_EFFECT,
    INSERT_TICKET,
    INSERT_FEEDBACK,
    INSERT_COUNT,
    INSERT_HELPED,
    INSERT_UNANSWERED,
    INSERT_PLACE,
    INSERT_RECEIVED,
    INSERT_MARK,
    INSERT_STEP,
    INSERT_END,
    INSERT_NEWS,
    INSERT_FILE,
    INSERT_GONE,
    INSERT_WIPE,
    INSERT_WIPE_SESSION,
    INSERT_STATEMENTS
};

enum { INSERT_TALLY_MAX = 32 };

struct insert {
    sqlite3 *db;
    struct {
        const struct store_count *of; /* of a job of this transaction */
        int64_t n;
    } tally[INSERT_TALLY_MAX];
    size_t n_tally;
    sqlite3_stmt *statements[INSERT_STATEMENTS];
};

MUST_USE int insert_open(struct insert *in, sqlite3 *db);
void insert_close(struct insert *in);
/* In a transaction of the caller: begin, each of its jobs, which stay until the end, end.
 * SQLite's code of the first row that failed. */
void insert_begin(struct insert *in);
MUST_USE int insert_job(struct insert *in, const struct store_job *job);
MUST_USE int insert_end(struct insert *in);

#endif
