/*
 * replay - what past questions get from one content set and from another, so that HR sees
 * the effect of an edit before it is published.
 *
 * Each question is asked in a conversation of its own, as the same person on the same
 * day; nothing is looked up and nothing is kept. Two answers are the same when the same
 * card or section answers with the same text, or the same choices are offered.
 */
#ifndef APP_REPLAY_H
#define APP_REPLAY_H

#include "dialogue/turn.h"

struct replay {
    const struct brain *before, *after;
    const struct person *who; /* NULL: anonymous */
    date_t today;
    enum boldness boldness;
};

struct replayed {
    str before, after; /* "leave.balance answers", "asks: Leave balance | Buy leave" */
    bool changed;
    bool text_only; /* the same card or section, with other words */
};

/* Texts live in a. */
void replay_question(const struct replay *r, struct arena *a, str question,
                     struct replayed *out);

#endif
