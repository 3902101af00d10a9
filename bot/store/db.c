#include "store/db.h"

int db_open(const char *path, int flags, int busy_ms, sqlite3 **out)
{
    return db_open_by(NULL, path, flags, busy_ms, out);
}

int db_open_by(const char *vfs, const char *path, int flags, int busy_ms, sqlite3 **out)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, vfs);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(db, busy_ms);
    if (code != SQLITE_OK) {
        sqlite3_close(db);
        db = NULL;
    }
    *out = db;
    return code;
}

int db_exec(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out)
{
    return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
}

int db_run(sqlite3_stmt *s)
{
    int code = sqlite3_step(s);
    int end = sqlite3_reset(s);
    return code == SQLITE_DONE || code == SQLITE_ROW ? end : code;
}

int db_int(sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
        *out = sqlite3_column_int64(s, 0);
    int end = sqlite3_finalize(s);
    return code == SQLITE_DONE || code == SQLITE_ROW ? end : code;
}

int db_bind_text(sqlite3_stmt *s, int at, str text)
{
    /* a NULL pointer would bind NULL; the bytes outlive the step that follows */
    return sqlite3_bind_text64(s, at, text.n ? text.p : "", text.n, SQLITE_STATIC,
                               SQLITE_UTF8);
}

int db_begin(sqlite3 *db)
{
    return db_exec(db, "BEGIN IMMEDIATE");
}

int db_end(sqlite3 *db, int code)
{
    if (code == SQLITE_OK)
        code = db_exec(db, "COMMIT");
    /* a full disk has rolled back already, a busy one has not */
    if (code != SQLITE_OK && !sqlite3_get_autocommit(db))
        (void)!db_exec(db, "ROLLBACK");
    return code;
}

enum rc db_rc(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
        return RC_OK;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return RC_INVALID;
    default:
        return RC_IO;
    }
}
