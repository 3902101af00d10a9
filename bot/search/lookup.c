#include "search/lookup.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/log.h"

struct lookup {
    sqlite3 *db;
    struct tokenizer tokenizer;
    sqlite3_stmt *find[LANG_COUNT];
};

/* One table per language: names cannot be bound, so each has its own SQL. */
static const struct {
    const char *create, *insert, *find, *read;
} sql[LANG_COUNT] = {
#define TABLE(l)                                                                         \
    {                                                                                    \
        "CREATE VIRTUAL TABLE s_" l                                                      \
        " USING fts5(title, heading, also, body, content='',"                            \
        " tokenize='balie " l "');"                                                      \
        "CREATE VIRTUAL TABLE v_" l " USING fts5vocab(s_" l ", 'instance'); BEGIN",      \
            "INSERT INTO s_" l                                                           \
            "(rowid, title, heading, also, body) VALUES (?1,?2,?3,?4,?5)",               \
            "SELECT rowid FROM s_" l " WHERE s_" l " MATCH ?1"                           \
            " ORDER BY bm25(s_" l ", 5, 3, 5, 1) LIMIT ?2",                              \
            "SELECT term, doc, col, offset FROM v_" l                                    \
    }
    [LANG_NL] = TABLE("nl"),
    [LANG_EN] = TABLE("en"),
#undef TABLE
};

static void must(const struct lookup *l, int rc, const char *what)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    log_err("event=lookup at=%s error=\"%s\"", what, sqlite3_errmsg(l->db));
    abort();
}

static sqlite3_stmt *prepare(struct lookup *l, const char *text)
{
    sqlite3_stmt *s = NULL;
    must(l, sqlite3_prepare_v2(l->db, text, -1, &s, NULL), "prepare");
    return s;
}

static void run(struct lookup *l, const char *text)
{
    must(l, sqlite3_exec(l->db, text, NULL, NULL, NULL), "exec");
}

static void fill(struct lookup *l, struct index *x)
{
    struct texts *texts = texts_open();
    l->tokenizer.vocabulary[x->lang] = &x->vocabulary;
    run(l, sql[x->lang].create);
    sqlite3_stmt *s = prepare(l, sql[x->lang].insert);
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        str columns[COLUMN_COUNT];
        index_columns(x, l->tokenizer.scratch, texts, doc, columns);
        sqlite3_bind_int64(s, 1, (int64_t)doc + 1);
        for (int i = 0; i < COLUMN_COUNT; i++)
            sqlite3_bind_text(s, i + 2, columns[i].n ? columns[i].p : "",
                              (int)columns[i].n, SQLITE_STATIC);
        must(l, sqlite3_step(s), "insert");
        sqlite3_reset(s);
        arena_reset(l->tokenizer.scratch);
    }
    sqlite3_finalize(s);
    texts_close(texts);
    run(l, "COMMIT");
    l->find[x->lang] = prepare(l, sql[x->lang].find);
}

struct lookup *lookup_new(struct index *const *indexes)
{
    struct lookup *l = must_alloc(sizeof *l);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
        SQLITE_OPEN_NOMUTEX;
    must(l, sqlite3_open_v2(":memory:", &l->db, flags, NULL), "open");
    run(l, "PRAGMA journal_mode=OFF; PRAGMA secure_delete=OFF");
    l->tokenizer.scratch = arena_new();
    tokenizer_register(l->db, &l->tokenizer);
    for (int i = 0; i < LANG_COUNT; i++)
        if (indexes[i])
            fill(l, indexes[i]);
    return l;
}

void lookup_free(struct lookup *l)
{
    if (!l)
        return;
    for (int i = 0; i < LANG_COUNT; i++)
        sqlite3_finalize(l->find[i]);
    sqlite3_close(l->db);
    arena_free(l->tokenizer.scratch);
    free(l);
}

/* Every word quoted, so that nothing HR types is FTS5 syntax; "a b" stays together, a* is
 * a beginning. */
static str expression(struct arena *a, str text)
{
    enum { EXPRESSION_MAX = 4096 };
    struct buf b = buf_new(a, EXPRESSION_MAX);
    bool phrase = false, open = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool quote = c == '"';
        bool gap = c == ' ' || c == '\t' || c == '\n' || quote || c == '*';
        phrase = phrase != quote;
        if (gap && open && (!phrase || quote)) {
            buf_put(&b, c == '*' ? STR("\"* ") : STR("\" "));
            open = false;
        } else if (!gap || open) {
            if (!open)
                buf_char(&b, '"');
            open = true;
            buf_char(&b, gap ? ' ' : c);
        }
    }
    if (open)
        buf_char(&b, '"');
    return buf_failed(&b) ? STR("") : buf_str(&b);
}

size_t lookup_find(struct lookup *l, struct arena *a, enum lang lang, str text,
                   uint32_t *docs, size_t max)
{
    sqlite3_stmt *s = lang == LANG_NONE ? NULL : l->find[lang];
    str match = expression(a, text);
    size_t n = 0;
    if (!s || match.n == 0)
        return 0;
    sqlite3_bind_text(s, 1, match.p, (int)match.n, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, (int64_t)max);
    while (n < max && sqlite3_step(s) == SQLITE_ROW)
        docs[n++] = (uint32_t)(sqlite3_column_int64(s, 0) - 1);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    arena_reset(l->tokenizer.scratch);
    return n;
}

/* The instance table gives a column by its name. */
static enum column column_of(const char *name)
{
    switch (name[0]) {
    case 't':
        return COLUMN_TITLE;
    case 'h':
        return COLUMN_HEADING;
    case 'a':
        return COLUMN_ALSO;
    default:
        return COLUMN_BODY;
    }
}

void lookup_read(struct lookup *l, enum lang lang,
                 void (*row)(void *, const struct lookup_row *), void *ctx)
{
    sqlite3_stmt *s = prepare(l, sql[lang].read);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct lookup_row r = {
            .term = {(const char *)sqlite3_column_text(s, 0),
                     (size_t)sqlite3_column_bytes(s, 0)},
            .doc = (uint32_t)(sqlite3_column_int64(s, 1) - 1),
            .column = column_of((const char *)sqlite3_column_text(s, 2)),
            .offset = (uint32_t)sqlite3_column_int64(s, 3),
        };
        row(ctx, &r);
    }
    sqlite3_finalize(s);
}
