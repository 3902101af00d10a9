/*
 * event - what happens to a conversation: someone wrote, chose, judged; a look-up or the
 * desk answered. Carries everything a turn may not ask for itself: the time, the person,
 * the random keys.
 */
#ifndef DIALOGUE_EVENT_H
#define DIALOGUE_EVENT_H

#include "nlu/nlu.h"

enum event_type {
    EVENT_MESSAGE,  /* text */
    EVENT_CHOOSE,   /* choice: an id that was offered */
    EVENT_FEEDBACK, /* turn, helpful, text (may be empty) */
    EVENT_HANDOFF,  /* the button "talk to a person" */
    EVENT_LOOKUP,   /* rows or failed */
    EVENT_TICKET,   /* the desk confirmed (number) or refused for good (failed) */
    EVENT_AGENT,    /* a person of the desk wrote: name, text */
    EVENT_PRESENT,  /* someone is there and has said nothing */
};

/* What is known of the verified person: the traits are columns of the people table
 * (first_name, unit, country, contract, manager ...). */
struct person {
    str id, name;
    struct traits traits;
};
/* STR_NONE for an anonymous person (NULL) and an unknown key. */
str person_get(const struct person *p, str key);

/* One row of a look-up. Numbers and units are text as the HR system gave them; a missing
 * unit stays missing. kind per language. */
struct lookup_row {
    str kind[LANG_COUNT], amount, unit;
    date_t expires, as_of; /* DATE_NONE: not told */
};

struct event {
    enum event_type type;
    int64_t at_ms;
    date_t today;
    int minutes;  /* since local midnight */
    int64_t turn; /* number of the turn this event makes, from 1 in each conversation */
    const struct person *person; /* NULL: anonymous */
    str key, receipt;            /* random: for a ticket this turn may open */
    enum boldness boldness;
    bool explain; /* fill outcome.trace */
    bool intents_only, knowledge_only;
    enum lang lang; /* fixed by the client or the command line; LANG_NONE: find out */

    str text;       /* MESSAGE, FEEDBACK, AGENT: as written, valid UTF-8 */
    str choice;     /* CHOOSE */
    int64_t judged; /* FEEDBACK: the turn it is about */
    bool helpful;
    str name; /* LOOKUP: its name; AGENT: who */
    const struct lookup_row *rows;
    size_t n_rows;
    bool failed; /* LOOKUP, TICKET */
    str ticket;  /* TICKET: the receipt it is about */
    str number;  /* TICKET: what the desk calls it */
};

#endif
