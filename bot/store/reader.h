/*
 * reader - the loop's read-only connection: prepared statements, always reset.
 */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "store/db.h"
#include "store/record.h"

enum read_statement {
    READ_CONVERSATION,
    READ_TURN,
    READ_EFFECT,
    READ_EFFECTS_UNFINISHED,
    READ_EFFECTS,
    READ_TICKETS,
    READ_TICKETS_OF,
    READ_TICKETS_IN,
    READ_TICKET,
    READ_MARK,
    READ_COUNTS,
    READ_FEEDBACK,
    READ_HELPED,
    READ_UNANSWERED,
    READ_PLACE,
    READ_PLACE_OF,
    READ_RECEIVED,
    READ_FILE,
    READ_FILES,
    READ_FILES_IN,
    READ_CONVERSATIONS_OF,
    READ_STATEMENTS
};

struct reader {
    sqlite3 *db;
    sqlite3_stmt *statements[READ_STATEMENTS];
};

/* After the writer has made and migrated the file. RC_IO, RC_INVALID; then, too, call
 * reader_close. */
MUST_USE enum rc reader_open(struct reader *r, const char *path);
void reader_close(struct reader *r);

#endif
