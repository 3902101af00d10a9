#include "store/schema.h"

#include "base/log.h"
#include "store/store.h"

/* The partial index below and the readers say "unfinished" as state < 3. */
_Static_assert(EFFECT_DONE == 3, "unfinished effects are the states below 3");

/*
 * Step n brings version n to n + 1. Never edit a step that was released: add one.
 *
 * turn has no index but its rowid, on purpose: random keys cost 4 to 12 times in the
 * write-ahead log. A conversation's turns are found from its last_turn along prev.
 * Nothing refers to conversation or turn by a foreign key: retention deletes those, and
 * would have to search every child for each.
 */
static const char *const steps[] = {
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"

    "CREATE TABLE conversation (id INTEGER PRIMARY KEY, secret BLOB NOT NULL,"
    " person TEXT NOT NULL, channel TEXT NOT NULL, created_ms INTEGER NOT NULL,"
    " last_turn INTEGER NOT NULL DEFAULT 0) STRICT;"

    "CREATE TABLE turn (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL,"
    " prev INTEGER NOT NULL, at_ms INTEGER NOT NULL, seq_from INTEGER NOT NULL,"
    " seq_to INTEGER NOT NULL, client_id TEXT NOT NULL, client_hash INTEGER NOT NULL,"
    " frames TEXT NOT NULL, session TEXT NOT NULL, said TEXT NOT NULL,"
    " answered TEXT NOT NULL, lang TEXT NOT NULL, outcome TEXT NOT NULL,"
    " intent TEXT NOT NULL) STRICT;"

    "CREATE TABLE effect (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL,"
    " turn INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,"
    " target TEXT NOT NULL, reply_to TEXT NOT NULL, payload TEXT NOT NULL,"
    " state INTEGER NOT NULL, attempts INTEGER NOT NULL, created_ms INTEGER NOT NULL,"
    " next_ms INTEGER NOT NULL, deadline_ms INTEGER NOT NULL, number TEXT NOT NULL,"
    " external TEXT NOT NULL, error TEXT NOT NULL, unclear_ms INTEGER NOT NULL,"
    " answered_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX effect_unfinished ON effect (state) WHERE state < 3;"
    "CREATE INDEX effect_conversation ON effect (conversation);"

    "CREATE TABLE ticket (effect INTEGER PRIMARY KEY REFERENCES effect (id)"
    " ON DELETE CASCADE, conversation INTEGER NOT NULL, person TEXT NOT NULL,"
    " receipt TEXT NOT NULL, queue TEXT NOT NULL, subject TEXT NOT NULL,"
    " number TEXT NOT NULL, external TEXT NOT NULL, status TEXT NOT NULL,"
    " created_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL,"
    " updated_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX ticket_person ON ticket (person);"

    "CREATE TABLE feedback (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL,"
    " turn INTEGER NOT NULL, at_ms INTEGER NOT NULL, helpful INTEGER NOT NULL,"
    " intent TEXT NOT NULL, lang TEXT NOT NULL, text TEXT NOT NULL) STRICT;"

    "CREATE TABLE figure (day INTEGER, lang TEXT, outcome TEXT, intent TEXT, unit TEXT,"
    " n INTEGER NOT NULL, PRIMARY KEY (day, lang, outcome, intent, unit))"
    " STRICT, WITHOUT ROWID;"

    "CREATE TABLE unanswered (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"
    " lang TEXT NOT NULL, text TEXT NOT NULL) STRICT;"

    "PRAGMA application_id = 0x62616c69; PRAGMA user_version = 1;",

    /* a judgement is about one version of a text; what helped instead, without anybody */
    "ALTER TABLE feedback ADD COLUMN version TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE helped (day INTEGER, lang TEXT, how TEXT, what TEXT, version TEXT,"
    " instead_of TEXT, n INTEGER NOT NULL,"
    " PRIMARY KEY (day, lang, how, what, version, instead_of)) STRICT, WITHOUT ROWID;"
    "PRAGMA user_version = 2;",

    /* how a ticket goes on, and what was promised */
    "ALTER TABLE ticket ADD COLUMN owner TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE ticket ADD COLUMN seen TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE ticket ADD COLUMN replied_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE ticket ADD COLUMN promised_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE ticket ADD COLUMN promise INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE ticket ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX ticket_conversation ON ticket (conversation);"
    "CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "PRAGMA user_version = 3;",

    /* channels that keep no connection open */
    "CREATE TABLE place (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " channel TEXT NOT NULL, person TEXT NOT NULL, address TEXT NOT NULL,"
    " conversation INTEGER NOT NULL, used_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX place_conversation ON place (conversation);"
    "CREATE TABLE received (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " at_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX conversation_person ON conversation (person) WHERE person <> '';"
    "PRAGMA user_version = 4;",

    /* attachments: the files lie beside the database */
    "CREATE TABLE file (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " conversation INTEGER NOT NULL, person TEXT NOT NULL, effect INTEGER NOT NULL,"
    " from_desk INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
    " size INTEGER NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL)"
    " STRICT;"
    "CREATE INDEX file_conversation ON file (conversation);"
    "ALTER TABLE ticket ADD COLUMN no_files INTEGER NOT NULL DEFAULT 0;"
    "PRAGMA user_version = 5;",
};
_Static_assert(LEN(steps) == SCHEMA_VERSION, "a version without its step");

static enum rc fail(sqlite3 *db, const char *what, int code)
{
    log_err("store: %s: %s", what, sqlite3_errmsg(db));
    return db_rc(code);
}

static enum rc check(sqlite3 *db, int64_t *version)
{
    int64_t application = 0, tables = 0;
    int code = db_int(db, "PRAGMA application_id", &application);
    if (code == SQLITE_OK)
        code = db_int(db, "PRAGMA user_version", version);
    if (code == SQLITE_OK)
        code = db_int(db, "SELECT count(*) FROM sqlite_schema", &tables);
    if (code != SQLITE_OK)
        return fail(db, "cannot be read", code);
    bool empty = application == 0 && *version == 0 && tables == 0;
    if (!empty && application != SCHEMA_APPLICATION) {
        log_err("store: a database of another program");
        return RC_INVALID;
    }
    if (*version < 0 || *version > SCHEMA_VERSION) {
        log_err("store: version %lld, this program knows %d: made by a newer one",
                (long long)*version, SCHEMA_VERSION);
        return RC_INVALID;
    }
    return RC_OK;
}

/* Of a new database; an older one keeps what it has. A turn with its frames takes 1 to
 * 2 KiB: of pages of 4 KiB a quarter stays empty, and the log is written page by page. */
#define PAGE_SIZE "PRAGMA page_size = 8192"

static enum rc to_wal(sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    int code = db_exec(db, PAGE_SIZE);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, "PRAGMA journal_mode = WAL", -1, &s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    const char *mode =
        code == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
    bool is_wal = mode && strcmp(mode, "wal") == 0;
    sqlite3_finalize(s);
    if (is_wal)
        return RC_OK;
    if (code != SQLITE_ROW)
        return fail(db, "no write-ahead log", code);
    log_err("store: this file system cannot hold a write-ahead log");
    return RC_IO;
}

enum rc schema_migrate(sqlite3 *db)
{
    int64_t version = 0;
    enum rc rc = check(db, &version);
    if (rc == RC_OK)
        rc = to_wal(db);
    for (; rc == RC_OK && version < SCHEMA_VERSION; version++) {
        int code = db_begin(db);
        if (code == SQLITE_OK)
            code = db_exec(db, steps[version]);
        code = db_end(db, code);
        if (code != SQLITE_OK)
            rc = fail(db, "migration failed", code);
    }
    return rc;
}
