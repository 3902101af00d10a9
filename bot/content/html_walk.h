/*
 * html_walk - libxml2's tree of a page, written out as Markdown: html_page.c walks the
 * blocks, html_table.c the tables.
 */
#ifndef CONTENT_HTML_WALK_H
#define CONTENT_HTML_WALK_H

#include <libxml/tree.h>

#include "content/sheet.h"

enum {
    HTML_RUN_MAX = 1024 * 1024, /* bytes of one paragraph */
    HTML_DEPTH_MAX = 200,       /* elements in elements; below it only their text */
};

struct html_walk {
    struct sheet *sheet;
    struct buf run;     /* the paragraph at work, inline Markdown */
    int list_depth;     /* lists in lists */
    const char *marker; /* of the list item that begins; NULL: none */
    int number;         /* of an ordered item */
    int level;          /* of the last heading */
    bool bold, italic, link;
    int depth;
};

bool html_is(const xmlNode *n, const char *name);
/* The attribute's value as a copy in a; STR_NONE when there is none. */
str html_attribute(struct arena *a, const xmlNode *n, const char *name);
/* What stands below n, inline, at the end of w->run. */
void html_inline(struct html_walk *w, const xmlNode *n);
/* What stands below n, as blocks. */
void html_blocks(struct html_walk *w, const xmlNode *n);
/* Ends the paragraph at work. */
void html_flush(struct html_walk *w);
/* The next node of the tree below root in the order of the text; skip: not below n. */
const xmlNode *html_next(const xmlNode *n, const xmlNode *root, bool skip);
/* html_table.c: a pipe table; false when it only lays out the page. */
bool html_table(struct html_walk *w, const xmlNode *table);

#endif
