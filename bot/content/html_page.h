/*
 * html_page - a saved web page as Markdown: what an employee would read of it.
 *
 * Parsed by libxml2's HTML parser, which closes what people leave open. Only the page's
 * own text is taken: its <main> (or its only <article>) when it has one, never menus,
 * headers without a title, footers, forms' buttons, scripts or styles. Tables become pipe
 * tables; a table that only lays out the page is taken as text. <title>, <html lang> and
 * <meta name=...> with a name that front matter knows (owner, review_by) become front
 * matter.
 *
 * libxml2 needs time that grows with the square of the nesting and of the attributes of
 * one tag, so pages beyond all reason are refused before it sees them.
 */
#ifndef CONTENT_HTML_PAGE_H
#define CONTENT_HTML_PAGE_H

#include "base/diag.h"
#include "content/sheet.h"

enum { HTML_NESTING_MAX = 500, HTML_ATTRIBUTES_MAX = 500 };

/* RC_INVALID (charset) or RC_LIMIT, with an error in d. */
MUST_USE enum rc html_page(struct arena *a, str file, str raw, struct diags *d,
                           struct sheet *out);

/* html_guard.c: whether libxml2 may see it; *line is where it may not. */
bool html_is_sane(str html, int *line);

#endif
