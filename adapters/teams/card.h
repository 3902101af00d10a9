/*
 * card - an answer as a Teams message: plain text where that does, else an Adaptive Card.
 *
 * Text is written as RichTextBlock runs and never as Markdown, so nothing in it can be
 * taken for a mark. Buttons are Action.Execute with Action.Submit for older clients, five
 * to a row (Teams shows six). A table is a Table with its rows as text for clients that
 * have none. A text that is too long becomes several messages, cut between blocks.
 *
 * Source: adaptivecards.io schema 1.5; learn.microsoft.com, "Cards reference" (2025).
 */
#ifndef TEAMS_CARD_H
#define TEAMS_CARD_H

#include <jansson.h>

#include "base/arena.h"

enum {
    CARD_TEXT_MAX = 9000, /* bytes of text in one message; Teams takes 28 KB in all */
    CARD_MESSAGES_MAX = 16,
};

struct card_messages {
    str v[CARD_MESSAGES_MAX]; /* members of an activity, without its braces */
    size_t n;
};

/* frame: an answer or agent frame. */
void card_write(struct arena *a, const json_t *frame, struct card_messages *out);

#endif
