/*
 * csv - tables as HR systems and spreadsheets export them (RFC 4180, and what Excel
 * does).
 *
 * The separator is a comma, or a semicolon or tab when the header line has more of those.
 * A BOM and CRLF are accepted, quoted fields may hold line breaks. The first row names
 * the columns; rows with more fields than the header are an error, shorter ones a
 * warning.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/diag.h"

struct csv_row {
    const str *v; /* n_columns fields, missing ones empty */
    int line;
};

struct csv {
    struct strs columns;
    VEC(struct csv_row) rows;
};

/* Fields are copies in a. RC_INVALID (not UTF-8, no header, open quote) with errors in d.
 */
MUST_USE enum rc csv_parse(struct arena *a, str file, str text, struct diags *d,
                           struct csv *out);
/* The column's number, case and blanks ignored, or -1. */
int csv_column(const struct csv *t, const char *name);
str csv_get(const struct csv_row *row, int column); /* STR_NONE when column < 0 */

#endif
