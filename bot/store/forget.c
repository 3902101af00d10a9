#include "store/forget.h"

/*
 * Children first. A window is the rowid it ends with and the oldest time in it; ?1 is the
 * rowid before it, ?2 the size of a window, or for a delete the rowid it ends with, and
 * ?3 the time.
 */
static const struct {
    const char *window, *delete;
} tables[] = {
    /* what was typed into a form that was left: session.h has it behind a mark */
    {"SELECT max(id), min(at_ms) FROM"
     " (SELECT id, at_ms FROM turn WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "UPDATE turn SET session = substr(session, 1, instr(session, char(30)) - 1)"
     " WHERE id > ?1 AND id <= ?2 AND at_ms < ?3 AND instr(session, char(30)) > 0"},
    {"SELECT max(id), min(at_ms) FROM"
     " (SELECT id, at_ms FROM turn WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM turn WHERE id > ?1 AND id <= ?2 AND at_ms < ?3"},
    {"SELECT max(id), min(at_ms) FROM"
     " (SELECT id, at_ms FROM feedback WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM feedback WHERE id > ?1 AND id <= ?2 AND at_ms < ?3"},
    {"SELECT max(id), min(at_ms) FROM"
     " (SELECT id, at_ms FROM unanswered WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM unanswered WHERE id > ?1 AND id <= ?2 AND at_ms < ?3"},
    {"SELECT max(id), min(created_ms) FROM"
     " (SELECT id, created_ms FROM effect WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM effect WHERE id > ?1 AND id <= ?2 AND created_ms < ?3 AND state >= 3"
     " AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.effect = effect.id"
     " AND ticket.updated_ms >= ?3)"},
    {"SELECT max(id), min(at_ms) FROM"
     " (SELECT id, at_ms FROM received WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM received WHERE id > ?1 AND id <= ?2 AND at_ms < ?3"},
    {"SELECT max(id), min(used_ms) FROM"
     " (SELECT id, used_ms FROM place WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM place WHERE id > ?1 AND id <= ?2 AND used_ms < ?3"},
    {"SELECT max(id), min(created_ms) FROM"
     " (SELECT id, created_ms FROM conversation WHERE id > ?1 ORDER BY id LIMIT ?2)",
     "DELETE FROM conversation WHERE id > ?1 AND id <= ?2 AND created_ms < ?3"
     " AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.id = conversation.last_turn)"
     " AND NOT EXISTS (SELECT 1 FROM effect WHERE effect.conversation = "
     "conversation.id)"},
};
_Static_assert(LEN(tables) == FORGET_TABLES, "one entry per table");

static const char remember_sql[] =
    "INSERT INTO meta (key, value)"
    " SELECT 'last_conversation', coalesce(max(id), 0) FROM conversation"
    " UNION ALL SELECT 'last_turn', coalesce(max(id), 0) FROM turn"
    " UNION ALL SELECT 'last_effect', coalesce(max(id), 0) FROM effect WHERE true"
    " ON CONFLICT DO UPDATE SET value = max(value, excluded.value)";

int forget_open(struct forget *f, sqlite3 *db)
{
    *f = (struct forget){.table = FORGET_TABLES};
    int code = db_prepare(db, remember_sql, &f->remember);
    for (size_t i = 0; i < FORGET_TABLES && code == SQLITE_OK; i++) {
        code = db_prepare(db, tables[i].window, &f->windows[i]);
        if (code == SQLITE_OK)
            code = db_prepare(db, tables[i].delete, &f->deletes[i]);
    }
    return code;
}

void forget_close(struct forget *f)
{
    sqlite3_finalize(f->remember);
    for (size_t i = 0; i < FORGET_TABLES; i++) {
        sqlite3_finalize(f->windows[i]);
        sqlite3_finalize(f->deletes[i]);
    }
}

void forget_start(struct forget *f, int64_t before_ms, int64_t typed_before_ms)
{
    f->before_ms = before_ms;
    f->typed_before_ms = MAX(typed_before_ms, before_ms);
    f->table = FORGET_TYPED;
    f->after_id = f->typed_id;
    f->gone = 0;
}

static int64_t time_of(const struct forget *f)
{
    return f->table == FORGET_TYPED ? f->typed_before_ms : f->before_ms;
}

bool forget_is_busy(const struct forget *f)
{
    return f->table < FORGET_TABLES;
}

/* Sets *end to the last rowid of the next window, 0 when the table is done. */
static int find_window(struct forget *f, int64_t *end)
{
    sqlite3_stmt *s = f->windows[f->table];
    *end = 0;
    int code = sqlite3_bind_int64(s, 1, f->after_id);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int(s, 2, FORGET_WINDOW);
    if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        code = SQLITE_OK;
        if (sqlite3_column_int64(s, 1) < time_of(f))
            *end = sqlite3_column_int64(s, 0); /* 0 when there is no row: max is NULL */
    }
    sqlite3_reset(s);
    return code;
}

static int delete_window(struct forget *f, int64_t end)
{
    sqlite3_stmt *s = f->deletes[f->table];
    int code = db_run(f->remember);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 1, f->after_id);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 2, end);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 3, time_of(f));
    if (code == SQLITE_OK)
        code = db_run(s);
    if (code == SQLITE_OK)
        f->gone += sqlite3_changes64(sqlite3_db_handle(s));
    return code;
}

bool forget_needs_rows(const struct forget *f)
{
    return f->table == FORGET_TABLES - 1;
}

int forget_step(struct forget *f)
{
    int64_t end = 0;
    int code = find_window(f, &end);
    if (code == SQLITE_OK && end > 0)
        code = delete_window(f, end);
    if (code == SQLITE_OK && end > 0 && f->table == FORGET_TYPED)
        f->typed_id = f->after_id; /* the window before this one was old as a whole */
    if (code == SQLITE_OK && end == 0)
        f->table++;
    f->after_id = end;
    return code;
}
