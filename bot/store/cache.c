#include "store/cache.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "store/db.h"
#include "store/lock.h"

enum { APPLICATION = 0x62616c63 /* "balc" */, VERSION = 1, BUSY_MS = 100 };

/*
 * Values lie in a table of their own: noting a use must not rewrite a model of megabytes.
 * used counts up with every use.
 */
static const char schema[] =
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,"
    " used INTEGER NOT NULL, sum INTEGER NOT NULL, UNIQUE (kind, key)) STRICT;"
    "CREATE INDEX entry_used ON entry (kind, used);"
    "CREATE TABLE value (id INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,"
    " bytes BLOB NOT NULL) STRICT;"
    "PRAGMA application_id = 0x62616c63; PRAGMA user_version = 1;";

enum statement { FIND, TOUCH, ENTER, FILL, FORGET, TRIM, STATEMENTS };

static const char *const texts[STATEMENTS] = {
    [FIND] = "SELECT entry.id, sum, bytes FROM entry JOIN value USING (id)"
             " WHERE kind = ?1 AND key = ?2",
    [TOUCH] = "UPDATE entry SET used = ?2 WHERE id = ?1",
    [ENTER] = "INSERT INTO entry (kind, key, used, sum) VALUES (?1, ?2, ?3, ?4)"
              " ON CONFLICT (kind, key) DO UPDATE SET used = ?3, sum = ?4 RETURNING id",
    [FILL] = "INSERT INTO value (id, bytes) VALUES (?1, ?2)"
             " ON CONFLICT (id) DO UPDATE SET bytes = ?2",
    [FORGET] = "DELETE FROM entry WHERE id = ?1",
    [TRIM] = "DELETE FROM entry WHERE kind = ?1 AND used < (SELECT coalesce(min(used),"
             " 9223372036854775807) FROM (SELECT"
             " used FROM entry WHERE kind = ?1 ORDER BY used DESC LIMIT ?2))",
};

struct cache {
    char *path;
    sqlite3 *db; /* NULL: nothing to be had */
    sqlite3_stmt *statements[STATEMENTS];
    int lock;     /* -1: another process owns the file, we only read */
    int64_t used; /* the newest use */
    bool grouped; /* between cache_begin and cache_commit */
};

static void disconnect(struct cache *c)
{
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(c->statements[i]);
    memset(c->statements, 0, sizeof c->statements);
    sqlite3_close(c->db);
    c->db = NULL;
    c->grouped = false;
}

static int prepare(struct cache *c)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < STATEMENTS && code == SQLITE_OK; i++)
        code = db_prepare(c->db, texts[i], &c->statements[i]);
    return code;
}

/* What is not ours or of another version counts as damaged: it can be made again. */
static int check(struct cache *c)
{
    int64_t application = 0, version = 0;
    int code = db_int(c->db, "PRAGMA application_id", &application);
    if (code == SQLITE_OK)
        code = db_int(c->db, "PRAGMA user_version", &version);
    if (code == SQLITE_OK && (application != APPLICATION || version != VERSION))
        code = SQLITE_NOTADB;
    return code;
}

static int make_tables(struct cache *c)
{
    int64_t tables = 0;
    int code = db_int(c->db, "SELECT count(*) FROM sqlite_schema", &tables);
    if (code != SQLITE_OK || tables > 0)
        return code;
    code = db_begin(c->db);
    return code == SQLITE_OK ? db_end(c->db, db_exec(c->db, schema)) : code;
}

static int connect_owner(struct cache *c)
{
    int code =
        db_open(c->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, BUSY_MS, &c->db);
    if (code == SQLITE_OK)
        code = db_exec(c->db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF;"
                       "PRAGMA journal_size_limit = 4194304;");
    if (code == SQLITE_OK)
        code = make_tables(c);
    if (code == SQLITE_OK)
        code = check(c);
    if (code == SQLITE_OK)
        code = prepare(c);
    if (code == SQLITE_OK)
        code = db_int(c->db, "SELECT coalesce(max(used), 0) FROM entry", &c->used);
    if (code != SQLITE_OK)
        disconnect(c);
    return code;
}

static void connect_reader(struct cache *c)
{
    int code = db_open(c->path, SQLITE_OPEN_READONLY, BUSY_MS, &c->db);
    if (code == SQLITE_OK)
        code = check(c);
    if (code == SQLITE_OK)
        code = prepare(c);
    if (code != SQLITE_OK)
        disconnect(c);
}

static void remove_files(struct cache *c)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    struct arena *a = arena_new();
    for (size_t i = 0; i < LEN(suffixes); i++)
        unlink(arena_join(a, str_c(c->path), str_c(suffixes[i])).p);
    arena_free(a);
}

/* Only by the owner: nobody else writes the file. */
static int replace(struct cache *c)
{
    log_warn("cache: damaged or of another version, made anew");
    disconnect(c);
    remove_files(c);
    return connect_owner(c);
}

enum rc cache_open(str path, struct cache **out)
{
    struct cache *c = must_alloc(sizeof *c);
    c->path = must_alloc(path.n + 1);
    memcpy(c->path, path.p, path.n);
    enum rc rc = lock_take(path, &c->lock);
    if (rc == RC_BUSY) {
        connect_reader(c);
        rc = RC_OK;
    } else if (rc == RC_OK) {
        int code = connect_owner(c);
        if (db_rc(code) == RC_INVALID)
            code = replace(c);
        if (code != SQLITE_OK)
            rc = RC_IO;
    }
    if (rc != RC_OK) {
        cache_close(c);
        c = NULL;
    }
    *out = c;
    return rc;
}

void cache_close(struct cache *c)
{
    if (!c)
        return;
    cache_commit(c);
    disconnect(c);
    lock_drop(c->lock);
    free(c->path);
    free(c);
}

static bool is_owner(const struct cache *c)
{
    return c && c->db && c->lock >= 0;
}

/* A cache has nobody to tell: it repairs itself, or stays without. */
static void on_failure(struct cache *c, const char *what, int code)
{
    if (db_rc(code) == RC_INVALID && is_owner(c))
        code = replace(c);
    if (code != SQLITE_OK)
        log_warn("cache: %s failed: %s", what, sqlite3_errstr(code));
}

static int bind_name(sqlite3_stmt *s, str kind, str key)
{
    int code = db_bind_text(s, 1, kind);
    return code == SQLITE_OK ? db_bind_text(s, 2, key) : code;
}

static int run_with(sqlite3_stmt *s, int64_t first, int64_t second)
{
    int code = sqlite3_bind_int64(s, 1, first);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(s) > 1)
        code = sqlite3_bind_int64(s, 2, second);
    return code == SQLITE_OK ? db_run(s) : code;
}

/* Sets *id to 0 when there is none, and *intact. */
static int find(struct cache *c, struct arena *a, str kind, str key, int64_t *id,
                bool *intact, str *out)
{
    sqlite3_stmt *s = c->statements[FIND];
    *id = 0;
    int code = bind_name(s, kind, key);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        str value = {sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2)};
        *intact = str_hash(value) == (uint64_t)sqlite3_column_int64(s, 1);
        *id = sqlite3_column_int64(s, 0);
        if (*intact)
            *out = arena_str(a, value);
    }
    int end = sqlite3_reset(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? end : code;
}

enum rc cache_get(struct cache *c, struct arena *a, str kind, str key, str *out)
{
    if (!c || !c->db)
        return RC_NOT_FOUND;
    int64_t id = 0;
    bool intact = false;
    int code = find(c, a, kind, key, &id, &intact, out);
    bool found = code == SQLITE_OK && id != 0 && intact;
    if (code == SQLITE_OK && id != 0 && is_owner(c))
        code = intact ? run_with(c->statements[TOUCH], id, ++c->used)
                      : run_with(c->statements[FORGET], id, 0);
    if (code != SQLITE_OK)
        on_failure(c, "get", code);
    return found ? RC_OK : RC_NOT_FOUND;
}

static int enter(struct cache *c, str kind, str key, uint64_t sum, int64_t *id)
{
    sqlite3_stmt *s = c->statements[ENTER];
    int code = bind_name(s, kind, key);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 3, ++c->used);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 4, (int64_t)sum);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
        *id = sqlite3_column_int64(s, 0);
    int end = sqlite3_reset(s);
    return code == SQLITE_ROW ? end : code;
}

static int fill(struct cache *c, int64_t id, str value)
{
    sqlite3_stmt *s = c->statements[FILL];
    int code = sqlite3_bind_int64(s, 1, id);
    if (code == SQLITE_OK)
        code = sqlite3_bind_blob64(s, 2, value.n ? value.p : "", value.n, SQLITE_STATIC);
    return code == SQLITE_OK ? db_run(s) : code;
}

void cache_put(struct cache *c, str kind, str key, str value)
{
    if (!is_owner(c))
        return;
    if (value.n > CACHE_BLOB_MAX) {
        log_warn("cache: %zu bytes are too many for an entry", value.n);
        return;
    }
    /* its two rows go together, inside a group or not */
    bool alone = sqlite3_get_autocommit(c->db) != 0;
    int64_t id = 0;
    int code = alone ? db_begin(c->db) : SQLITE_OK;
    if (code == SQLITE_OK)
        code = enter(c, kind, key, str_hash(value), &id);
    if (code == SQLITE_OK)
        code = fill(c, id, value);
    if (alone)
        code = db_end(c->db, code);
    if (code != SQLITE_OK)
        on_failure(c, "put", code);
}

void cache_trim(struct cache *c, str kind, size_t keep)
{
    if (!is_owner(c))
        return;
    sqlite3_stmt *s = c->statements[TRIM];
    int code = db_bind_text(s, 1, kind);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 2, (int64_t)keep);
    if (code == SQLITE_OK)
        code = db_run(s);
    if (code != SQLITE_OK)
        on_failure(c, "trim", code);
}

void cache_begin(struct cache *c)
{
    if (!is_owner(c) || c->grouped)
        return;
    int code = db_begin(c->db);
    c->grouped = code == SQLITE_OK;
    if (code != SQLITE_OK)
        on_failure(c, "begin", code);
}

void cache_commit(struct cache *c)
{
    if (!is_owner(c) || !c->grouped)
        return;
    c->grouped = false;
    /* a failed put may have ended the transaction already */
    int code = sqlite3_get_autocommit(c->db) ? SQLITE_OK : db_end(c->db, SQLITE_OK);
    if (code != SQLITE_OK)
        on_failure(c, "commit", code);
}
