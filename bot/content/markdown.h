/*
 * markdown - articles and answers: sections, plain text for the index, safe HTML.
 *
 * cmark-gfm with tables, strikethrough and autolinks. The whole text is parsed, then cut
 * at its top-level headings, so that reference links keep working; headings in quotes and
 * code do not cut. HTML in the text is taken as text: tags go, scripts and styles go with
 * what they hold. Links are kept where markdown_link_is_safe says so and lead somewhere
 * outside the knowledge base; others, and images, become their text. Slots ({leave.left})
 * pass untouched.
 *
 * Parsing is not safe in two threads at once (cmark keeps a global table): the builder
 * only.
 */
#ifndef CONTENT_MARKDOWN_H
#define CONTENT_MARKDOWN_H

#include "content/texts.h"

/* As struct piece, but for the line where it begins. */
struct markdown_piece {
    enum piece_kind kind;
    bool raw;
    uint32_t text, html;
    int line; /* 0: not known */
};

struct markdown_part {
    int level;       /* of its heading; 0: text before the first one */
    str heading;     /* plain text */
    str text, html;  /* without the heading */
    int line;        /* of the heading, else of the text; from 1 */
    int first, last; /* lines of what stands below the heading; first > last: none */
    VEC(struct markdown_piece) pieces;
};

struct markdown_link {
    str url; /* as written, entities and escapes decoded */
    int line, column;
};

struct markdown {
    VEC(struct markdown_part) parts;
    VEC(struct markdown_link) links; /* images are not among them */
};

/* cut false: one part, whatever the headings. Otherwise one for each heading and one for
 * the text before the first, when there is any. */
void markdown_read(struct arena *a, str text, bool cut, struct markdown *out);

/* http, https, mailto, tel and relative addresses; nothing a browser could read as
 * another: no other scheme, `//host`, backslash or control character. */
bool markdown_link_is_safe(str url);
/* A file of the knowledge base, or a place in the same text: nothing a chat can open. */
bool markdown_leads_inside(str url);
/* unlink.c: Markdown whose links that are unsafe or lead inside are their words, for
 * where it is shown as it is. Needs no parser, so any thread may. */
str markdown_unlink(struct arena *a, str text);

#endif
