/*
 * plain - the text of a reply that a servicedesk keeps as HTML.
 *
 * For reading in a chat, not for showing: tags go, the ends of blocks and <br> become
 * line ends, a list's items get a dash, scripts and styles go with their content,
 * character references become characters. What does not look like HTML is left alone:
 * some products keep plain text and HTML in the same field, and "a < b" is text.
 */
#ifndef REST_PLAIN_H
#define REST_PLAIN_H

#include "base/arena.h"
#include "base/str.h"

/* Allocated in a; never longer than html and a few bytes. */
str plain(struct arena *a, str html);

#endif
