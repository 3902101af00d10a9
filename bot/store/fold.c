#include "store/fold.h"

#include <stdlib.h>

static int read_unflushed(struct fold *f, sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(
        db, "SELECT conversation, id FROM turn WHERE id > ?1 ORDER BY id", -1, &s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(s, 1, f->flushed);
    while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        fold_note(f, sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1));
        code = SQLITE_OK;
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int fold_open(struct fold *f, sqlite3 *db)
{
    *f = (struct fold){0};
    int code =
        db_int(db, "SELECT value FROM meta WHERE key = 'flushed_turn'", &f->flushed);
    if (code == SQLITE_OK)
        code = db_prepare(db,
                          "UPDATE conversation SET last_turn = ?2"
                          " WHERE id = ?1 AND last_turn < ?2",
                          &f->update);
    if (code == SQLITE_OK)
        code = db_prepare(db,
                          "INSERT INTO meta (key, value) VALUES ('flushed_turn', ?1)"
                          " ON CONFLICT DO UPDATE SET value = ?1",
                          &f->mark);
    f->newest = f->promised = f->flushed;
    return code == SQLITE_OK ? read_unflushed(f, db) : code;
}

void fold_close(struct fold *f)
{
    sqlite3_finalize(f->update);
    sqlite3_finalize(f->mark);
    newest_done(&f->live);
    free(f->round);
}

void fold_note(struct fold *f, int64_t conversation, int64_t turn)
{
    f->newest = MAX(f->newest, turn);
    if (conversation <= 0 || fold_is_late(f, turn))
        return; /* fold_late has written it */
    newest_put(&f->live, conversation, turn);
    f->turns++;
}

bool fold_is_due(const struct fold *f)
{
    return f->round || f->live.n > FOLD_CONVERSATIONS_MAX || f->turns > FOLD_TURNS_MAX;
}

bool fold_is_empty(const struct fold *f)
{
    return !f->round && f->live.n == 0;
}

static int update_row(struct fold *f, int64_t conversation, int64_t turn)
{
    int code = sqlite3_bind_int64(f->update, 1, conversation);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(f->update, 2, turn);
    return code == SQLITE_OK ? db_run(f->update) : code;
}

int fold_late(struct fold *f, int64_t conversation, int64_t turn)
{
    return update_row(f, conversation, turn);
}

static void begin_round(struct fold *f)
{
    f->round = newest_take(&f->live, &f->n);
    f->at = 0;
    f->turns = 0;
    f->promised = f->newest;
}

int fold_step(struct fold *f, size_t max)
{
    if (!f->round && f->live.n > 0)
        begin_round(f);
    int code = SQLITE_OK;
    f->wrote = 0;
    for (; f->round && code == SQLITE_OK && f->at + f->wrote < f->n && f->wrote < max;
         f->wrote++) {
        const struct newest_entry *e = &f->round[f->at + f->wrote];
        code = update_row(f, e->conversation, e->turn);
    }
    if (code == SQLITE_OK && f->round && f->at + f->wrote == f->n) {
        code = sqlite3_bind_int64(f->mark, 1, f->promised);
        if (code == SQLITE_OK)
            code = db_run(f->mark);
    }
    return code;
}

bool fold_committed(struct fold *f)
{
    f->at += f->wrote;
    f->wrote = 0;
    if (!f->round || f->at < f->n)
        return false;
    free(f->round);
    f->round = NULL;
    f->n = f->at = 0;
    f->flushed = f->promised;
    return true;
}

void fold_rolled_back(struct fold *f)
{
    f->wrote = 0;
}
