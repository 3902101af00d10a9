/*
 * desk_text - what somebody wrote at the desk, as plain text for the chat: HTML and mail
 * habits taken off.
 */
#ifndef APP_DESK_TEXT_H
#define APP_DESK_TEXT_H

#include "base/arena.h"

enum { DESK_TEXT_MAX = 16 * 1024 };

/* HTML becomes text (blocks and <br> are lines, scripts and styles go, entities are
 * read), quoted mail at the end goes, blank lines are squeezed; invalid UTF-8 gives an
 * empty text; longer than DESK_TEXT_MAX is cut with an ellipsis. */
str desk_text(struct arena *a, str written);
/* The text without the lines that are nothing but that word, any case; *found when there
 * were any. An empty word is never found. */
str desk_text_take(struct arena *a, str text, str word, bool *found);
/* A comment of ours that the desk gives back: it holds "[balie KEY]". */
bool desk_text_is_ours(str written);

#endif
