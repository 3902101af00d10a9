/*
 * record - the rows of the state, described once: which members, in which order, under
 * which SQL.
 *
 * One description serves copying (texts packed behind each other in a caller's block),
 * binding to the insert, and reading back from a SELECT of the same columns in the same
 * order. Those named after a part of a row serve copying and binding to its update: texts
 * of other members are not copied.
 */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "store/db.h"
#include "store/store.h"

enum field_type {
    FIELD_INT64,  /* int64_t or uint64_t */
    FIELD_INT,    /* int, int32_t or an enum */
    FIELD_BOOL,   /* bool */
    FIELD_TEXT,   /* str */
    FIELD_SECRET, /* unsigned char[16] */
};

struct field {
    enum field_type type;
    size_t at; /* offset in the struct */
};

struct record {
    size_t size;
    const struct field *fields;
    size_t n;
    const char *insert; /* binds as many of the first fields as it has parameters */
};

extern const struct record record_conversation, record_turn, record_effect, record_ticket,
    record_feedback, record_count, record_helped, record_unanswered, record_mark,
    record_place, record_received, record_effect_step, record_effect_end,
    record_ticket_news, record_file, record_gone;

/* Bytes of all texts of one row. */
size_t record_texts(const struct record *r, const void *from);
/* Copies one row; its texts go to `texts`. Returns the end of what was written there. */
char *record_copy(const struct record *r, const void *from, void *to, char *texts);
/* The row's memory must live until the statement is stepped. SQLite's code. */
MUST_USE int record_bind(const struct record *r, const void *from, sqlite3_stmt *s);
/* The current row of s, from column 0; texts are copied into a. */
void record_read(const struct record *r, sqlite3_stmt *s, struct arena *a, void *to);

#endif
