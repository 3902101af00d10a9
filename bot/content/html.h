/*
 * html - the text in a piece of HTML: for articles pasted from intranets. Tags and
 * comments are dropped, scripts and styles with what they hold; ends of paragraphs, rows
 * and list items end a line, cells are parted by a tab, common entities are decoded.
 */
#ifndef CONTENT_HTML_H
#define CONTENT_HTML_H

#include "base/arena.h"

/* In a; lines are trimmed and never empty. Linear in html. */
str html_text(struct arena *a, str html);
/* <br>, <br/> */
bool html_is_break(str tag);

#endif
