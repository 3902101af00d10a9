#include "store/record.h"

#define F(type, of, member)                                                              \
    {                                                                                    \
        FIELD_##type, offsetof(struct of, member)                                        \
    }

static const struct field conversation[] = {
    F(INT64, store_conversation, id),         F(SECRET, store_conversation, secret),
    F(TEXT, store_conversation, person),      F(TEXT, store_conversation, channel),
    F(INT64, store_conversation, created_ms), F(INT64, store_conversation, last_turn),
};
const struct record record_conversation = {
    sizeof(struct store_conversation), conversation, LEN(conversation),
    "INSERT INTO conversation (id, secret, person, channel, created_ms)"
    " VALUES (?1, ?2, ?3, ?4, ?5)"};

static const struct field turn[] = {
    F(INT64, store_turn, id),       F(INT64, store_turn, conversation),
    F(INT64, store_turn, prev),     F(INT64, store_turn, at_ms),
    F(INT64, store_turn, seq_from), F(INT64, store_turn, seq_to),
    F(TEXT, store_turn, client_id), F(INT64, store_turn, client_hash),
    F(TEXT, store_turn, frames),    F(TEXT, store_turn, session),
    F(TEXT, store_turn, said),      F(TEXT, store_turn, answered),
    F(TEXT, store_turn, lang),      F(TEXT, store_turn, outcome),
    F(TEXT, store_turn, intent),
};
const struct record record_turn = {
    sizeof(struct store_turn), turn, LEN(turn),
    "INSERT INTO turn (id, conversation, prev, at_ms, seq_from, seq_to, client_id,"
    " client_hash, frames, session, said, answered, lang, outcome, intent)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"};

static const struct field effect[] = {
    F(INT64, store_effect, id),          F(INT64, store_effect, conversation),
    F(INT64, store_effect, turn),        F(TEXT, store_effect, key),
    F(TEXT, store_effect, kind),         F(TEXT, store_effect, target),
    F(TEXT, store_effect, reply_to),     F(TEXT, store_effect, payload),
    F(INT, store_effect, state),         F(INT, store_effect, attempts),
    F(INT64, store_effect, created_ms),  F(INT64, store_effect, next_ms),
    F(INT64, store_effect, deadline_ms), F(TEXT, store_effect, number),
    F(TEXT, store_effect, external),     F(TEXT, store_effect, error),
    F(INT64, store_effect, unclear_ms),  F(INT64, store_effect, answered_ms),
};
/* What never changes is left alone, and with it the indexes on it.
 * Not INSERT OR REPLACE: that deletes the old row, and with it the effect's ticket. */
const struct record record_effect = {
    sizeof(struct store_effect), effect, LEN(effect),
    "INSERT INTO effect (id, conversation, turn, key, kind, target, reply_to, payload,"
    " state, attempts, created_ms, next_ms, deadline_ms, number, external, error,"
    " unclear_ms, answered_ms) VALUES"
    " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
    " ON CONFLICT (id) DO UPDATE SET payload = ?8, state = ?9, attempts = ?10,"
    " next_ms = ?12, deadline_ms = ?13, number = ?14, external = ?15,"
    " error = ?16, unclear_ms = ?17, answered_ms = ?18"};

static const struct field effect_step[] = {
    F(INT64, store_effect, id),          F(INT, store_effect, state),
    F(INT, store_effect, attempts),      F(INT64, store_effect, next_ms),
    F(INT64, store_effect, deadline_ms), F(TEXT, store_effect, error),
    F(INT64, store_effect, unclear_ms),  F(INT64, store_effect, answered_ms),
};
const struct record record_effect_step = {
    sizeof(struct store_effect), effect_step, LEN(effect_step),
    "UPDATE effect SET state = ?2, attempts = ?3, next_ms = ?4, deadline_ms = ?5,"
    " error = ?6, unclear_ms = ?7, answered_ms = ?8 WHERE id = ?1"};

static const struct field effect_end[] = {
    F(INT64, store_effect, id),          F(INT, store_effect, state),
    F(INT, store_effect, attempts),      F(INT64, store_effect, next_ms),
    F(INT64, store_effect, deadline_ms), F(TEXT, store_effect, error),
    F(INT64, store_effect, unclear_ms),  F(INT64, store_effect, answered_ms),
    F(TEXT, store_effect, payload),      F(TEXT, store_effect, number),
    F(TEXT, store_effect, external),
};
const struct record record_effect_end = {
    sizeof(struct store_effect), effect_end, LEN(effect_end),
    "UPDATE effect SET state = ?2, attempts = ?3, next_ms = ?4, deadline_ms = ?5,"
    " error = ?6, unclear_ms = ?7, answered_ms = ?8, payload = ?9, number = ?10,"
    " external = ?11 WHERE id = ?1"};

static const struct field ticket_news[] = {
    F(INT64, store_ticket, effect),     F(TEXT, store_ticket, number),
    F(TEXT, store_ticket, external),    F(TEXT, store_ticket, status),
    F(INT64, store_ticket, due_ms),     F(INT64, store_ticket, updated_ms),
    F(TEXT, store_ticket, owner),       F(TEXT, store_ticket, seen),
    F(INT64, store_ticket, replied_ms), F(INT64, store_ticket, promised_ms),
    F(INT, store_ticket, promise),      F(BOOL, store_ticket, closed),
};
const struct record record_ticket_news = {
    sizeof(struct store_ticket), ticket_news, LEN(ticket_news),
    "UPDATE ticket SET number = ?2, external = ?3, status = ?4, due_ms = ?5,"
    " updated_ms = ?6, owner = ?7, seen = ?8, replied_ms = ?9, promised_ms = ?10,"
    " promise = ?11, closed = ?12 WHERE effect = ?1"};

static const struct field ticket[] = {
    F(INT64, store_ticket, effect),     F(INT64, store_ticket, conversation),
    F(TEXT, store_ticket, person),      F(TEXT, store_ticket, receipt),
    F(TEXT, store_ticket, queue),       F(TEXT, store_ticket, subject),
    F(TEXT, store_ticket, number),      F(TEXT, store_ticket, external),
    F(TEXT, store_ticket, status),      F(INT64, store_ticket, created_ms),
    F(INT64, store_ticket, due_ms),     F(INT64, store_ticket, updated_ms),
    F(TEXT, store_ticket, owner),       F(TEXT, store_ticket, seen),
    F(INT64, store_ticket, replied_ms), F(INT64, store_ticket, promised_ms),
    F(INT, store_ticket, promise),      F(BOOL, store_ticket, closed),
    F(BOOL, store_ticket, no_files),
};
const struct record record_ticket = {
    sizeof(struct store_ticket), ticket, LEN(ticket),
    "INSERT INTO ticket (effect, conversation, person, receipt, queue, subject, number,"
    " external, status, created_ms, due_ms, updated_ms, owner, seen, replied_ms,"
    " promised_ms, promise, closed, no_files) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
    " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
    " ON CONFLICT (effect) DO UPDATE SET number = ?7, external = ?8, status = ?9,"
    " due_ms = ?11, updated_ms = ?12, owner = ?13, seen = ?14,"
    " replied_ms = ?15, promised_ms = ?16, promise = ?17, closed = ?18"};

static const struct field feedback[] = {
    F(INT64, store_feedback, conversation), F(INT64, store_feedback, turn),
    F(INT64, store_feedback, at_ms),        F(BOOL, store_feedback, helpful),
    F(TEXT, store_feedback, intent),        F(TEXT, store_feedback, lang),
    F(TEXT, store_feedback, text),          F(TEXT, store_feedback, version),
};
const struct record record_feedback = {
    sizeof(struct store_feedback), feedback, LEN(feedback),
    "INSERT INTO feedback (conversation, turn, at_ms, helpful, intent, lang, text,"
    " version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};

static const struct field helped[] = {
    F(INT, store_helped, day),      F(TEXT, store_helped, lang),
    F(TEXT, store_helped, how),     F(TEXT, store_helped, what),
    F(TEXT, store_helped, version), F(TEXT, store_helped, instead_of),
};
const struct record record_helped = {
    sizeof(struct store_helped), helped, LEN(helped),
    "INSERT INTO helped (day, lang, how, what, version, instead_of, n)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1) ON CONFLICT DO UPDATE SET n = n + 1"};

static const struct field count[] = {
    F(INT, store_count, day),      F(TEXT, store_count, lang),
    F(TEXT, store_count, outcome), F(TEXT, store_count, intent),
    F(TEXT, store_count, unit),
};
const struct record record_count = {
    sizeof(struct store_count), count, LEN(count),
    "INSERT INTO figure (day, lang, outcome, intent, unit, n)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET n = n + excluded.n"};

static const struct field unanswered[] = {
    F(INT64, store_unanswered, at_ms),
    F(TEXT, store_unanswered, lang),
    F(TEXT, store_unanswered, text),
};
const struct record record_unanswered = {
    sizeof(struct store_unanswered), unanswered, LEN(unanswered),
    "INSERT INTO unanswered (at_ms, lang, text) VALUES (?1, ?2, ?3)"};

static const struct field place[] = {
    F(TEXT, store_place, key),           F(TEXT, store_place, channel),
    F(TEXT, store_place, person),        F(TEXT, store_place, address),
    F(INT64, store_place, conversation), F(INT64, store_place, used_ms),
};
/* REPLACE gives a new rowid: rows stay in the order of their use, as retention wants. */
const struct record record_place = {
    sizeof(struct store_place), place, LEN(place),
    "INSERT OR REPLACE INTO place (key, channel, person, address, conversation, used_ms)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};

static const struct field received[] = {
    F(TEXT, store_received, id),
    F(INT64, store_received, at_ms),
};
const struct record record_received = {
    sizeof(struct store_received), received, LEN(received),
    "INSERT OR IGNORE INTO received (name, at_ms) VALUES (?1, ?2)"};

static const struct field file[] = {
    F(TEXT, store_file, key),         F(INT64, store_file, conversation),
    F(TEXT, store_file, person),      F(INT64, store_file, effect),
    F(BOOL, store_file, from_desk),   F(TEXT, store_file, name),
    F(TEXT, store_file, type),        F(INT64, store_file, size),
    F(INT64, store_file, created_ms), F(INT64, store_file, expires_ms),
    F(TEXT, store_file, path),
};
const struct record record_file = {
    sizeof(struct store_file), file, LEN(file),
    "INSERT INTO file (key, conversation, person, effect, from_desk, name, type, size,"
    " created_ms, expires_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    " ON CONFLICT (key) DO UPDATE SET effect = ?4"};

static const struct field gone[] = {F(TEXT, store_gone, key)};
const struct record record_gone = {sizeof(struct store_gone), gone, LEN(gone),
                                   "DELETE FROM file WHERE key = ?1"};

static const struct field mark[] = {
    F(TEXT, store_mark, name),
    F(TEXT, store_mark, value),
};
const struct record record_mark = {sizeof(struct store_mark), mark, LEN(mark),
                                   "INSERT INTO mark (name, value) VALUES (?1, ?2)"
                                   " ON CONFLICT DO UPDATE SET value = ?2"};

static str text_of(const struct field *f, const void *from)
{
    str s;
    memcpy(&s, (const char *)from + f->at, sizeof s);
    return s;
}

size_t record_texts(const struct record *r, const void *from)
{
    size_t sum = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->fields[i].type == FIELD_TEXT)
            sum += text_of(&r->fields[i], from).n;
    return sum;
}

char *record_copy(const struct record *r, const void *from, void *to, char *texts)
{
    memcpy(to, from, r->size);
    for (size_t i = 0; i < r->n; i++) {
        if (r->fields[i].type != FIELD_TEXT)
            continue;
        str s = text_of(&r->fields[i], from);
        if (s.n > 0)
            memcpy(texts, s.p, s.n);
        s.p = texts;
        memcpy((char *)to + r->fields[i].at, &s, sizeof s);
        texts += s.n;
    }
    return texts;
}

enum { SECRET_BYTES = sizeof((struct store_conversation){0}.secret) };

static int bind_field(const struct field *f, const void *from, sqlite3_stmt *s, int at)
{
    const char *p = (const char *)from + f->at;
    int64_t wide = 0;
    int narrow = 0;
    bool truth = false;
    switch (f->type) {
    case FIELD_INT64:
        memcpy(&wide, p, sizeof wide);
        return sqlite3_bind_int64(s, at, wide);
    case FIELD_INT:
        memcpy(&narrow, p, sizeof narrow);
        return sqlite3_bind_int(s, at, narrow);
    case FIELD_BOOL:
        memcpy(&truth, p, sizeof truth);
        return sqlite3_bind_int(s, at, truth);
    case FIELD_TEXT:
        return db_bind_text(s, at, text_of(f, from));
    case FIELD_SECRET:
        return sqlite3_bind_blob(s, at, p, SECRET_BYTES, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

int record_bind(const struct record *r, const void *from, sqlite3_stmt *s)
{
    int n = sqlite3_bind_parameter_count(s), code = SQLITE_OK;
    for (int i = 0; i < n && i < (int)r->n && code == SQLITE_OK; i++)
        code = bind_field(&r->fields[i], from, s, i + 1);
    return code;
}

static void read_field(const struct field *f, sqlite3_stmt *s, int at, struct arena *a,
                       void *to)
{
    char *p = (char *)to + f->at;
    int64_t wide = sqlite3_column_int64(s, at);
    switch (f->type) {
    case FIELD_INT64:
        memcpy(p, &wide, sizeof wide);
        break;
    case FIELD_INT:
        memcpy(p, &(int){(int)wide}, sizeof(int));
        break;
    case FIELD_BOOL:
        memcpy(p, &(bool){wide != 0}, sizeof(bool));
        break;
    case FIELD_TEXT: {
        const char *text = (const char *)sqlite3_column_text(s, at);
        str copy = arena_str(a, (str){text, (size_t)sqlite3_column_bytes(s, at)});
        memcpy(p, &copy, sizeof copy);
        break;
    }
    case FIELD_SECRET:
        if (sqlite3_column_bytes(s, at) == SECRET_BYTES)
            memcpy(p, sqlite3_column_blob(s, at), SECRET_BYTES);
        break;
    }
}

void record_read(const struct record *r, sqlite3_stmt *s, struct arena *a, void *to)
{
    memset(to, 0, r->size);
    for (size_t i = 0; i < r->n; i++)
        read_field(&r->fields[i], s, (int)i, a, to);
}
