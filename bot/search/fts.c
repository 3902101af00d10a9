#include "search/fts.h"

#include <stdlib.h>

#include "base/log.h"

static void must(const struct fts *f, int rc, const char *what)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    log_err("event=search at=%s error=\"%s\"", what, sqlite3_errmsg(f->db));
    abort();
}

static void run(struct fts *f, const char *sql)
{
    must(f, sqlite3_exec(f->db, sql, NULL, NULL, NULL), "exec");
}

static sqlite3_stmt *prepare(struct fts *f, const char *sql)
{
    sqlite3_stmt *s = NULL;
    must(f, sqlite3_prepare_v3(f->db, sql, -1, 0, &s, NULL), "prepare");
    return s;
}

void fts_open(struct fts *f)
{
    *f = (struct fts){0};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
        SQLITE_OPEN_NOMUTEX;
    must(f, sqlite3_open_v2(":memory:", &f->db, flags, NULL), "open");
    run(f, "PRAGMA journal_mode=OFF; PRAGMA secure_delete=OFF");
    f->tokenizer.scratch = arena_new();
    tokenizer_register(f->db, &f->tokenizer);
}

void fts_close(struct fts *f)
{
    for (int l = 0; l < LANG_COUNT; l++)
        sqlite3_finalize(f->insert[l]);
    sqlite3_close(f->db);
    arena_free(f->tokenizer.scratch);
    *f = (struct fts){0};
}

/* One table per language: the names cannot be bound, so each has its own SQL. */
static const struct {
    const char *create, *insert, *read;
} sql[LANG_COUNT] = {
#define TABLE(l)                                                                         \
    {                                                                                    \
        "CREATE VIRTUAL TABLE s_" l                                                      \
        " USING fts5(title, heading, also, body, content='',"                            \
        " columnsize=0, tokenize='balie " l "');"                                        \
        "CREATE VIRTUAL TABLE v_" l " USING fts5vocab(s_" l ", 'instance');BEGIN",       \
            "INSERT INTO s_" l                                                           \
            "(rowid, title, heading, also, body) VALUES (?1,?2,?3,?4,?5)",               \
            "SELECT term, doc, col, offset FROM v_" l                                    \
    }
    [LANG_NL] = TABLE("nl"),
    [LANG_EN] = TABLE("en"),
#undef TABLE
};

void fts_begin(struct fts *f, struct vocabulary *v, struct token_sink *sink)
{
    f->tokenizer.vocabulary[v->lang] = v;
    f->tokenizer.sink = sink;
    run(f, sql[v->lang].create);
    f->insert[v->lang] = prepare(f, sql[v->lang].insert);
}

void fts_insert(struct fts *f, enum lang l, uint32_t doc, const str *columns, size_t n)
{
    sqlite3_stmt *s = f->insert[l];
    sqlite3_bind_int64(s, 1, (int64_t)doc + 1);
    for (size_t i = 0; i < n; i++)
        sqlite3_bind_text(s, (int)i + 2, columns[i].n ? columns[i].p : "",
                          (int)columns[i].n, SQLITE_STATIC);
    must(f, sqlite3_step(s), "insert");
    sqlite3_reset(s);
    arena_reset(f->tokenizer.scratch);
}

void fts_end(struct fts *f, enum lang l)
{
    sqlite3_finalize(f->insert[l]);
    f->insert[l] = NULL;
    f->tokenizer.sink = NULL;
    run(f, "COMMIT");
}

/* The instance table gives a column by its name. */
static int column_of(const char *name)
{
    switch (name[0]) {
    case 't':
        return 0;
    case 'h':
        return 1;
    case 'a':
        return 2;
    default:
        return 3;
    }
}

void fts_read(struct fts *f, enum lang l, void (*row)(void *, const struct fts_row *),
              void *ctx)
{
    sqlite3_stmt *s = prepare(f, sql[l].read);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        struct fts_row r = {
            .term = {(const char *)sqlite3_column_text(s, 0),
                     (size_t)sqlite3_column_bytes(s, 0)},
            .doc = (uint32_t)(sqlite3_column_int64(s, 1) - 1),
            .column = column_of((const char *)sqlite3_column_text(s, 2)),
            .offset = (uint32_t)sqlite3_column_int64(s, 3),
        };
        row(ctx, &r);
    }
    must(f, rc, "read");
    sqlite3_finalize(s);
}
