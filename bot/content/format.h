/*
 * format - the kinds of files that are articles, by how their names end.
 *
 * Markdown is read as it is. A web page or a plain text becomes Markdown first; a table
 * of questions and answers is an article per row (question_table.h).
 */
#ifndef CONTENT_FORMAT_H
#define CONTENT_FORMAT_H

#include "base/diag.h"
#include "content/sheet.h"

enum format {
    FORMAT_NONE,
    FORMAT_MARKDOWN, /* .md, .markdown */
    FORMAT_HTML,     /* .html, .htm */
    FORMAT_TEXT,     /* .txt */
    FORMAT_TABLE,    /* .csv */
};

enum format format_of(str path);
/* path without what format_of looked at. */
str format_stem(str path);

/*
 * text_page.c: a plain text as Markdown. Headings are lines that are underlined,
 * numbered, in capitals, or short, alone and without a stop; signs that begin a list in a
 * word processor begin one; columns parted by tabs are a table. All else is text.
 */
void text_page(struct arena *a, str text, struct sheet *out);

#endif
