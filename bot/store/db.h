/*
 * db - the little of SQLite that every file of this folder needs.
 *
 * Functions that run SQL return SQLite's own code (SQLITE_OK is 0), because the caller
 * decides by it; db_rc turns it into ours at the folder's edge. Statements are prepared
 * once, persistent, and are always reset before control goes back: an open statement of a
 * reader pins the write-ahead log, which then grows without bound.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>

#include "base/base.h"

/* The database file of path (NUL behind it) for one thread at a time. *out is NULL on
 * failure. flags: SQLITE_OPEN_READONLY, or READWRITE with or without CREATE. */
MUST_USE int db_open(const char *path, int flags, int busy_ms, sqlite3 **out);
/* The same by another VFS than SQLite's own; NULL: its own. */
MUST_USE int db_open_by(const char *vfs, const char *path, int flags, int busy_ms,
                        sqlite3 **out);
MUST_USE int db_exec(sqlite3 *db, const char *sql);
MUST_USE int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out);
/* Steps a statement that gives no rows, and resets it. */
MUST_USE int db_run(sqlite3_stmt *s);
/* The first column of the first row of sql; *out stays as it is when there is no row. */
MUST_USE int db_int(sqlite3 *db, const char *sql, int64_t *out);
MUST_USE int db_bind_text(sqlite3_stmt *s, int at, str text);
MUST_USE int db_begin(sqlite3 *db);
/* Ends the transaction, by COMMIT when code is SQLITE_OK, else or when that fails by
 * ROLLBACK. Returns code, or what COMMIT returned. */
MUST_USE int db_end(sqlite3 *db, int code);
/* RC_OK; RC_INVALID: not a database, or a damaged one; RC_IO: anything else. */
enum rc db_rc(int code);

#endif
