/*
 * source - the text of a file as people's editors leave it, made plain.
 *
 * A byte order mark is skipped and CRLF becomes LF, so that every reader behind this door
 * sees LF only. Columns do not change by it. Text that is not UTF-8 is found and told
 * with its place; a NUL counts as not UTF-8.
 */
#ifndef CONTENT_SOURCE_H
#define CONTENT_SOURCE_H

#include "base/diag.h"

/* The text without BOM and without CR before LF; a copy in a only where needed. */
str source_plain(struct arena *a, str raw);
/* True when text is UTF-8. Otherwise an error with its place; first_line is the number of
 * the text's first line. */
bool source_is_utf8(str file, str text, int first_line, struct diags *d);
/* Blank to HR: space, tab, and the no-break space word processors put in. Its length in
 * bytes at s.p[at], 0 when none. */
size_t source_blank(str s, size_t at);
/* Without blanks at either end. */
str source_trim(str s);
/* Without one pair of quotes around it, straight or typographic. */
str source_unquote(str s);

/* Lines of a text with their numbers; line ends are cut off. */
struct lines {
    str text;
    size_t next; /* byte where the next line starts */
    int number;  /* of the line returned last */
};
bool lines_next(struct lines *l, str *line);

#endif
