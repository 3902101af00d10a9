/*
 * event - what happens to a conversation: someone wrote, chose, judged; a look-up or the
 * desk answered. Carries everything a turn may not ask for itself: the time, the person,
 * the random keys.
 */
#ifndef DIALOGUE_EVENT_H
#define DIALOGUE_EVENT_H

#include "dialogue/promise.h"
#include "nlu/nlu.h"

enum event_type {
    EVENT_MESSAGE,  /* text */
    EVENT_CHOOSE,   /* choice: an id that was offered */
    EVENT_FEEDBACK, /* turn, helpful, text (may be empty) */
    EVENT_HANDOFF,  /* the button "talk to a person" */
    EVENT_PRESENT,  /* someone is there and has said nothing */
    EVENT_LOOKUP,   /* rows or failed */
    EVENT_TICKET,   /* the desk confirmed (number) or refused for good (failed) */
    EVENT_AGENT,    /* a person of the desk wrote: name, text */
    EVENT_STATUS,   /* the desk has another status for a ticket */
    EVENT_PROMISE,  /* a ticket's due date will not be met, there is a new one */
    EVENT_TICKETS,  /* the person's own tickets, as EFFECT_TICKETS asked */
    EVENT_NOT_TOLD, /* a comment (or what name says) could not be brought to the desk */
    EVENT_FILE,     /* the person gave a file: name; tickets: the conversation's */
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
 * unit stays missing. kind per language. Days are DATE_NONE where they are not told. */
struct lookup_row {
    str kind[LANG_COUNT], amount, unit;
    date_t expires,
        as_of;       /* as_of: of a balance; the day of payment; a document's date */
    date_t from, to; /* what a request is about */
    str group;       /* of documents: contract, payslip, statement; or empty */
    str text, link;  /* text: a remark; of a request where it stands. link: http(s),
                        to a host the settings allow. Both may be empty */
};

/* A ticket of the person's own, as far as they may know it. */
struct own_ticket {
    str receipt, number, status, subject, owner;
    int64_t created_ms, due_ms, replied_ms; /* 0: none */
    bool open;                              /* neither resolved, withdrawn nor failed */
    bool here;                              /* of this conversation */
    bool no_files; /* sensitive, or about an absence: takes no files from them */
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
    bool lookups_late;          /* answers of look-ups come later: the person is told */
    int64_t forms_since_ms;     /* a form that was left before is forgotten */
    struct strs lookups_absent; /* look-ups the HR system does not have, by name */
    bool explain;               /* fill outcome.trace */
    bool intents_only, knowledge_only;
    enum lang lang;  /* what the client asks for; LANG_NONE: find out */
    bool lang_fixed; /* ... whatever the message is in */

    str text;       /* MESSAGE, FEEDBACK, AGENT: as written, valid UTF-8 */
    str choice;     /* CHOOSE */
    int64_t judged; /* FEEDBACK: the turn it is about */
    bool helpful;
    str name;       /* LOOKUP: its name; AGENT: who; FILE: the file's */
    str file;       /* NOT_TOLD: the file that did not arrive; empty: none */
    int files_most; /* FILE: so many wait at most; 0: the desk takes none */
    bool brings;    /* AGENT: files came along */
    const struct lookup_row *rows;
    size_t n_rows;
    str card; /* LOOKUP that came late: the card that asked; STR_NONE: in the same turn */
    str asked;   /* LOOKUP that came late: the question, as it may be stored */
    bool failed; /* LOOKUP, TICKET; STATUS: it was over, and is not any more */
    str ticket;  /* TICKET, AGENT, STATUS, PROMISE, NOT_TOLD: the receipt it is about */
    str number;  /* of that ticket: what the desk calls it */
    str status;  /* of that ticket: "open" ... */
    bool closed; /* of that ticket: sensitive, nothing of it is kept */
    int64_t due_ms, was_due_ms;           /* PROMISE: the new date, and the old one */
    const struct promise_rules *promises; /* NULL: nothing is promised */
    bool handed_back;                 /* AGENT: the human gives the conversation back */
    const struct own_ticket *tickets; /* TICKETS: newest first */
    size_t n_tickets;
};

#endif
