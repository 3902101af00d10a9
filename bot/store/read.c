/* The reading half of store.h. */
#include "base/log.h"
#include "store/parts.h"

/* One row by its id. */
static enum rc read_one(struct store *s, enum read_statement which,
                        const struct record *r, struct arena *a, int64_t id, void *out)
{
    sqlite3_stmt *st = s->reader.statements[which];
    int code = sqlite3_bind_int64(st, 1, id);
    if (code == SQLITE_OK)
        code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        record_read(r, st, a, out);
    sqlite3_reset(st);
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return code == SQLITE_ROW ? RC_OK : RC_NOT_FOUND;
    log_err("store: read failed: %s", sqlite3_errstr(code));
    return RC_IO;
}

/* Steps a list. At its end resets the statement and sets *rc. */
static bool next_row(sqlite3_stmt *st, enum rc *rc)
{
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        return true;
    sqlite3_reset(st);
    *rc = code == SQLITE_DONE ? RC_OK : RC_IO;
    if (*rc != RC_OK)
        log_err("store: read failed: %s", sqlite3_errstr(code));
    return false;
}

/* A failed bind leaves NULL, which no row matches; there is no other way for it to fail.
 */
static sqlite3_stmt *list(struct store *s, enum read_statement which, int64_t first,
                          int64_t second)
{
    sqlite3_stmt *st = s->reader.statements[which];
    int n = sqlite3_bind_parameter_count(st);
    if (n >= 1)
        sqlite3_bind_int64(st, 1, first);
    if (n >= 2)
        sqlite3_bind_int64(st, 2, second);
    return st;
}

enum rc store_read_conversation(struct store *s, struct arena *a, int64_t id,
                                struct store_conversation *out)
{
    enum rc rc = read_one(s, READ_CONVERSATION, &record_conversation, a, id, out);
    if (rc == RC_OK)
        out->last_turn = MAX(out->last_turn, newest_find(&s->acknowledged, id));
    return rc;
}

enum rc store_read_turn(struct store *s, struct arena *a, int64_t id,
                        struct store_turn *out)
{
    return read_one(s, READ_TURN, &record_turn, a, id, out);
}

enum rc store_read_effect(struct store *s, struct arena *a, int64_t id,
                          struct store_effect *out)
{
    return read_one(s, READ_EFFECT, &record_effect, a, id, out);
}

enum rc store_read_effects(struct store *s, struct arena *a, bool unfinished,
                           struct store_effects *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = list(s, unfinished ? READ_EFFECTS_UNFINISHED : READ_EFFECTS, 0, 0);
    *out = (struct store_effects){0};
    while (next_row(st, &rc))
        record_read(&record_effect, st, a, arena_push(a, &out->list));
    return rc;
}

enum rc store_read_tickets(struct store *s, struct arena *a, str person,
                           struct store_tickets *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = s->reader.statements[person.n ? READ_TICKETS_OF : READ_TICKETS];
    *out = (struct store_tickets){0};
    if (person.n && db_bind_text(st, 1, person) != SQLITE_OK)
        return RC_IO;
    while (next_row(st, &rc))
        record_read(&record_ticket, st, a, arena_push(a, &out->list));
    return rc;
}

static enum rc read_by_text(struct store *s, enum read_statement which,
                            const struct record *r, struct arena *a, str key, void *out)
{
    sqlite3_stmt *st = s->reader.statements[which];
    int code = db_bind_text(st, 1, key);
    if (code == SQLITE_OK)
        code = sqlite3_step(st);
    if (code == SQLITE_ROW && out)
        record_read(r, st, a, out);
    sqlite3_reset(st);
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return code == SQLITE_ROW ? RC_OK : RC_NOT_FOUND;
    log_err("store: read failed: %s", sqlite3_errstr(code));
    return RC_IO;
}

enum rc store_read_place(struct store *s, struct arena *a, str key,
                         struct store_place *out)
{
    return read_by_text(s, READ_PLACE, &record_place, a, key, out);
}

enum rc store_read_place_of(struct store *s, struct arena *a, int64_t conversation,
                            struct store_place *out)
{
    return read_one(s, READ_PLACE_OF, &record_place, a, conversation, out);
}

enum rc store_read_received(struct store *s, str id)
{
    return read_by_text(s, READ_RECEIVED, &record_received, NULL, id, NULL);
}

enum rc store_read_newest_of(struct store *s, struct arena *a, str person, int64_t except,
                             struct store_conversation *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = s->reader.statements[READ_CONVERSATIONS_OF];
    *out = (struct store_conversation){0};
    if (db_bind_text(st, 1, person) != SQLITE_OK)
        return RC_IO;
    while (next_row(st, &rc)) {
        struct store_conversation c;
        record_read(&record_conversation, st, a, &c);
        c.last_turn = MAX(c.last_turn, newest_find(&s->acknowledged, c.id));
        if (c.id != except && c.last_turn > out->last_turn)
            *out = c;
    }
    return rc == RC_OK && out->id == 0 ? RC_NOT_FOUND : rc;
}

enum rc store_read_tickets_in(struct store *s, struct arena *a, int64_t conversation,
                              struct store_tickets *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = list(s, READ_TICKETS_IN, conversation, 0);
    *out = (struct store_tickets){0};
    while (next_row(st, &rc))
        record_read(&record_ticket, st, a, arena_push(a, &out->list));
    return rc;
}

enum rc store_read_ticket(struct store *s, struct arena *a, int64_t effect,
                          struct store_ticket *out)
{
    return read_one(s, READ_TICKET, &record_ticket, a, effect, out);
}

enum rc store_read_files(struct store *s, struct arena *a, int64_t conversation,
                         struct store_files *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st =
        list(s, conversation ? READ_FILES_IN : READ_FILES, conversation, 0);
    *out = (struct store_files){0};
    while (next_row(st, &rc))
        record_read(&record_file, st, a, arena_push(a, &out->list));
    return rc;
}

enum rc store_read_file(struct store *s, struct arena *a, str key, struct store_file *out)
{
    return read_by_text(s, READ_FILE, &record_file, a, key, out);
}

enum rc store_read_mark(struct store *s, struct arena *a, str name, str *out)
{
    enum rc rc = RC_OK;
    struct store_mark m;
    sqlite3_stmt *st = s->reader.statements[READ_MARK];
    *out = STR_NONE;
    if (db_bind_text(st, 1, name) != SQLITE_OK)
        return RC_IO;
    while (next_row(st, &rc)) {
        record_read(&record_mark, st, a, &m);
        *out = m.value;
    }
    return rc;
}

enum rc store_read_counts(struct store *s, struct arena *a, int32_t first_day,
                          int32_t last_day, struct store_counts *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = list(s, READ_COUNTS, first_day, last_day);
    *out = (struct store_counts){0};
    while (next_row(st, &rc)) {
        struct store_counted *c = arena_push(a, &out->list);
        record_read(&record_count, st, a, &c->count);
        c->n = sqlite3_column_int64(st, (int)record_count.n);
    }
    return rc;
}

enum rc store_read_feedback(struct store *s, struct arena *a, size_t max,
                            struct store_feedbacks *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = list(s, READ_FEEDBACK, (int64_t)max, 0);
    *out = (struct store_feedbacks){0};
    while (next_row(st, &rc))
        record_read(&record_feedback, st, a, arena_push(a, &out->list));
    return rc;
}

_Static_assert(STORE_SMALLEST_GROUP == 5, "the statement of READ_HELPED says so too");

enum rc store_read_helped(struct store *s, struct arena *a, int32_t first_day,
                          int32_t last_day, struct store_helped_counts *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = list(s, READ_HELPED, first_day, last_day);
    *out = (struct store_helped_counts){0};
    while (next_row(st, &rc)) {
        struct store_helped_count *c = arena_push(a, &out->list);
        record_read(&record_helped, st, a, &c->helped);
        c->n = sqlite3_column_int64(st, (int)record_helped.n);
    }
    return rc;
}

enum rc store_read_unanswered(struct store *s, struct arena *a, size_t max,
                              struct store_unanswereds *out)
{
    enum rc rc = RC_OK;
    sqlite3_stmt *st = list(s, READ_UNANSWERED, (int64_t)max, 0);
    *out = (struct store_unanswereds){0};
    while (next_row(st, &rc))
        record_read(&record_unanswered, st, a, arena_push(a, &out->list));
    return rc;
}
