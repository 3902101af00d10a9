/*
 * scan - cuts a file of cards into cards, sections and items, line by line.
 *
 * `#` and a blank begin a card, `##` and a blank a section, `-` and a blank at column 1
 * an item: one physical line, taken literally. In a section whose form is a body every
 * line up to the next `#` or `##` belongs to it, code fences with what they hold, too.
 * Markdown's own reading (cmark) is not what HR means: it joins, swallows and rules off
 * such lines. Everything else is a mistake, told with its place; the card it stands in is
 * marked broken and reading goes on.
 *
 * Examples of items: `- ---`, `- # x`, `- [ref]: http://x`, `- 1. x` are literal texts.
 * Examples of mistakes: `-x`, `* x`, ` - x`, `#x`, `### x` outside a body.
 */
#ifndef CONTENT_SCAN_H
#define CONTENT_SCAN_H

#include "base/diag.h"

enum scan_form { SCAN_UNKNOWN, SCAN_ITEMS, SCAN_BODY };

struct scan_item {
    str text; /* without the `- `, never empty */
    int line, column;
};

struct scan_section {
    str heading; /* without its `##`; empty: what stands before the first section */
    int line, column;
    enum scan_form form;
    VEC(struct scan_item) items;
    str body; /* without blank lines at either end */
    int body_line;
};

struct scan_card {
    str id; /* the heading's text; empty: before the first card of a loose file */
    int line, column;
    str source;                        /* from its heading to the next card */
    VEC(struct scan_section) sections; /* v[0] has no heading */
    bool broken;
};

struct scan {
    VEC(struct scan_card) cards;
    bool broken; /* a mistake before the first card */
};

struct scan_rules {
    enum scan_form (*form)(str heading);
    bool loose; /* items may stand before the first card: lists, not cards */
};

/* text is plain (source.h); its first line has the number first_line. Mistakes go to d;
 * unknown sections are returned as such and are no mistake here. */
void scan_text(struct arena *a, str file, str text, int first_line,
               const struct scan_rules *rules, struct diags *d, struct scan *out);

#endif
