/*
 * rich - a reply as blocks of text with marks, for channels that have their own way of
 * writing bold, lists and tables.
 *
 * Read from the reply's safe HTML, which is ours (cmark-gfm's elements only), and not
 * from its Markdown: parsing that is the builder's alone (markdown.h). Elements that are
 * not known lose their tags and keep their text.
 */
#ifndef APP_RICH_H
#define APP_RICH_H

#include <jansson.h>

#include "base/arena.h"

struct rich_span {
    str text; /* may hold line breaks */
    str link; /* empty: none */
    bool strong, em, code, strike;
};

struct rich_line {
    VEC(struct rich_span) spans;
};

enum rich_kind { RICH_PARAGRAPH, RICH_HEADING, RICH_ITEM, RICH_CODE, RICH_TABLE };

struct rich_block {
    enum rich_kind kind;
    int depth;                   /* ITEM: 0 for the outermost list */
    int number;                  /* ITEM: of an ordered list, else 0 */
    bool quote;                  /* stands in a quotation */
    struct rich_line line;       /* all but TABLE */
    VEC(struct rich_line) cells; /* TABLE: by row, `columns` each */
    size_t columns;
    bool header; /* TABLE: its first row names the columns */
};

struct rich {
    VEC(struct rich_block) blocks;
};

void rich_read(struct arena *a, str html, struct rich *out);
/* Plain text: a block per paragraph, `- ` at a line's start makes an item, **strong**. */
void rich_read_plain(struct arena *a, str text, struct rich *out);
/* A frame of the wire: its HTML, else its text; the words of a colleague with who says
 * them above. */
void rich_read_frame(struct arena *a, const json_t *frame, struct rich *out);
/* Without marks. */
str rich_line_text(struct arena *a, const struct rich_line *l);

#endif
