/*
 * sheet - Markdown written out of another format, and where each of its lines came from.
 *
 * The other formats of the knowledge base become Markdown first, so that every article
 * goes through one reader. Mistakes are told at the line of the file HR has.
 */
#ifndef CONTENT_SHEET_H
#define CONTENT_SHEET_H

#include "base/buf.h"

enum { SHEET_MAX = 8 * 1024 * 1024 };

struct sheet {
    struct arena *arena;
    struct buf out;
    VEC(int) lines; /* of each line of out that has ended: the source's */
    int line;       /* of the source, at work; the writer sets it */
};

struct sheet sheet_new(struct arena *a);
void sheet_put(struct sheet *s, str text); /* a line feed ends a line */
/* Ends the line at work, if one is, and leaves one blank line behind it. */
void sheet_gap(struct sheet *s);
/* One key of the front matter, its value quoted. */
void sheet_key(struct sheet *s, str key, str value);
/* text so that Markdown reads it as it is; start: at the beginning of a line. */
void sheet_escape(struct buf *b, str text, bool start);
/* Line of the source for a line of the Markdown, from 1; it may lie behind the end. */
int sheet_source_line(const struct sheet *s, int line);

#endif
