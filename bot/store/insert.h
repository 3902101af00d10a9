/*
 * insert - writes the rows of one job through prepared statements.
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
    INSERT_FILE,
    INSERT_GONE,
    INSERT_WIPE,
    INSERT_WIPE_SESSION,
    INSERT_STATEMENTS
};

struct insert {
    sqlite3 *db;
    sqlite3_stmt *statements[INSERT_STATEMENTS];
};

MUST_USE int insert_open(struct insert *in, sqlite3 *db);
void insert_close(struct insert *in);
/* Inside a transaction of the caller. SQLite's code of the first row that failed. */
MUST_USE int insert_job(struct insert *in, const struct store_job *job);

#endif
