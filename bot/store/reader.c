#include "store/reader.h"

#include "base/log.h"

enum { READER_BUSY_MS = 50 };

#define EFFECT_COLUMNS                                                                   \
    "id, conversation, turn, key, kind, target, reply_to, payload, state, attempts,"     \
    " created_ms, next_ms, deadline_ms, number, external, error, unclear_ms, "           \
    "answered_ms"
#define TICKET_COLUMNS                                                                   \
    "effect, conversation, person, receipt, queue, subject, number, external, status,"   \
    " created_ms, due_ms, updated_ms, owner, seen, replied_ms, promised_ms, promise,"    \
    " closed, no_files"

#define FILE_COLUMNS                                                                     \
    "key, conversation, person, effect, from_desk, name, type, size, created_ms,"        \
    " expires_ms, ''"
#define PLACE_COLUMNS "key, channel, person, address, conversation, used_ms"

/* Columns in the order of the record's fields. */
static const char *const texts[READ_STATEMENTS] = {
    [READ_CONVERSATION] = "SELECT id, secret, person, channel, created_ms, last_turn"
                          " FROM conversation WHERE id = ?1",
    [READ_TURN] = "SELECT id, conversation, prev, at_ms, seq_from, seq_to, client_id,"
                  " client_hash, frames, session, said, answered, lang, outcome, intent"
                  " FROM turn WHERE id = ?1",
    [READ_EFFECT] = "SELECT " EFFECT_COLUMNS " FROM effect WHERE id = ?1",
    [READ_EFFECTS_UNFINISHED] =
        "SELECT " EFFECT_COLUMNS
        " FROM effect INDEXED BY effect_unfinished WHERE state < 3 ORDER BY id",
    [READ_EFFECTS] = "SELECT " EFFECT_COLUMNS " FROM effect ORDER BY id",
    [READ_TICKETS] = "SELECT " TICKET_COLUMNS " FROM ticket ORDER BY effect DESC",
    [READ_TICKETS_OF] =
        "SELECT " TICKET_COLUMNS " FROM ticket WHERE person = ?1 ORDER BY effect DESC",
    [READ_TICKETS_IN] = "SELECT " TICKET_COLUMNS
                        " FROM ticket WHERE conversation = ?1 ORDER BY effect DESC",
    [READ_TICKET] = "SELECT " TICKET_COLUMNS " FROM ticket WHERE effect = ?1",
    [READ_MARK] = "SELECT name, value FROM mark WHERE name = ?1",
    [READ_COUNTS] = "SELECT day, lang, outcome, intent, unit, n FROM figure"
                    " WHERE day >= ?1 AND day <= ?2"
                    " ORDER BY day, lang, outcome, intent, unit",
    [READ_FEEDBACK] = "SELECT conversation, turn, at_ms, helpful, intent, lang, text,"
                      " version FROM feedback ORDER BY id DESC LIMIT ?1",
    [READ_HELPED] =
        "SELECT 0, lang, how, what, version, instead_of, sum(n) AS times FROM helped"
        " WHERE day >= ?1 AND day <= ?2 GROUP BY lang, how, what, version, instead_of"
        " HAVING times >= 5 ORDER BY times DESC, what, how, lang, version, instead_of",
    [READ_UNANSWERED] =
        "SELECT at_ms, lang, text FROM unanswered ORDER BY id DESC LIMIT ?1",
    [READ_PLACE] = "SELECT " PLACE_COLUMNS " FROM place WHERE key = ?1",
    [READ_PLACE_OF] = "SELECT " PLACE_COLUMNS
                      " FROM place WHERE conversation = ?1 ORDER BY id DESC LIMIT 1",
    [READ_RECEIVED] = "SELECT name, at_ms FROM received WHERE name = ?1",
    [READ_FILE] = "SELECT " FILE_COLUMNS " FROM file WHERE key = ?1",
    [READ_FILES] = "SELECT " FILE_COLUMNS " FROM file ORDER BY id",
    [READ_FILES_IN] =
        "SELECT " FILE_COLUMNS " FROM file WHERE conversation = ?1 ORDER BY id",
    [READ_CONVERSATIONS_OF] = "SELECT id, secret, person, channel, created_ms, last_turn"
                              " FROM conversation WHERE person = ?1 AND person <> ''"
                              " ORDER BY id DESC LIMIT 20",
};

enum rc reader_open(struct reader *r, const char *path)
{
    *r = (struct reader){0};
    int code = db_open(path, SQLITE_OPEN_READONLY, READER_BUSY_MS, &r->db);
    for (size_t i = 0; i < READ_STATEMENTS && code == SQLITE_OK; i++)
        code = db_prepare(r->db, texts[i], &r->statements[i]);
    if (code != SQLITE_OK)
        log_err("store: cannot open for reading: %s", sqlite3_errstr(code));
    return db_rc(code);
}

void reader_close(struct reader *r)
{
    for (size_t i = 0; i < READ_STATEMENTS; i++)
        sqlite3_finalize(r->statements[i]);
    sqlite3_close(r->db);
}
