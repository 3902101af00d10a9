/*
 * session - what a conversation remembers between turns.
 *
 * At rest it is a text (session.c tells its form), in memory as in the store; a turn
 * reads it into its arena, works on that copy, and writes it back. So a failed commit
 * costs nothing, a reload of content cannot leave it dangling, and an idle conversation
 * is a few hundred bytes.
 *
 * Members that belong to a sensitive topic are written only with SESSION_WHOLE, which
 * stays in memory; what is stored is written with SESSION_STORED.
 */
#ifndef DIALOGUE_SESSION_H
#define DIALOGUE_SESSION_H

#include "base/arena.h"
#include "text/lang.h"

enum { OFFERS_MAX = 12, VALUES_MAX = 16, SESSION_MAX = 32 * 1024 };

enum offer_type {
    OFFER_CARD,    /* target: card id */
    OFFER_ARTICLE, /* target: article path # section heading */
    OFFER_HANDOFF, /* yes, pass it on */
    OFFER_NO_HANDOFF,
    OFFER_NONE_OF_THESE,
    OFFER_VALUE,     /* target: the value for the running form's slot */
    OFFER_CONFIRM,   /* the running form's recap is right */
    OFFER_CHANGE,    /* ... is not */
    OFFER_STOP,      /* leave the form */
    OFFER_SENSITIVE, /* yes, let the adviser contact me; target: card id */
    OFFER_LANGUAGE,  /* answer in the other language: target: card id */
    OFFER_ADD,       /* something to add to a ticket; target: receipt */
    OFFER_WITHDRAW,  /* target: receipt */
    OFFER_REOPEN,    /* target: receipt */
};
struct offer {
    enum offer_type type;
    str id, label, target;
};

enum waiting {
    WAITING_NOTHING,
    WAITING_HANDOFF,   /* "shall I pass this on?" was asked */
    WAITING_SENSITIVE, /* the same, for a closed queue */
    WAITING_TOPIC,     /* "what is your question?" before a hand-off without one */
    WAITING_ADD,       /* the next message goes to the ticket `adding` */
};

/* A slot's value: what was understood (ISO date, option, text) and how it is shown. */
struct value {
    str slot, value, shown;
};

struct form {
    str card; /* id; empty: no form runs */
    int slot; /* being asked; n_slots: the recap was shown */
    struct value values[VALUES_MAX];
    size_t n_values;
    int tries; /* misunderstood answers to this slot in a row */
    int64_t asked_ms;
};

struct session {
    int64_t turns; /* made so far; kept by the engine */
    enum lang lang;
    bool lang_chosen; /* the person asked for it: stays */
    enum waiting waiting;
    str topic;             /* last card id or article path: for "and for part-timers?" */
    str question;          /* last unanswered question (screened): goes on the ticket */
    str tried;             /* what was tried for it, for the ticket */
    int64_t answered_turn; /* last turn that gave an answer, for feedback */
    str asked;             /* what it was asked, redacted */
    str answered_intent;
    str runners_up[2]; /* card ids behind that answer */
    struct offer offers[OFFERS_MAX];
    size_t n_offers; /* oldest first; the oldest go when it is full */
    struct form form;
    struct form parked; /* left for another form; resumed when that ends */
    bool private_topic; /* sensitive, until the topic changes */
    str sensitive_card;
    str pending_lookup; /* card id waiting for its look-up */
    int declined;       /* "I don't know"s in a row */
    str adding;         /* WAITING_ADD: receipt */
    str human;          /* receipt of the ticket whose human has the conversation */
    str human_name;     /* empty: not known */
    bool human_closed;  /* the ticket is a sensitive one */
    bool human_told;    /* that messages go to them */
    int64_t human_ms;   /* the last word of either side */
};

enum session_form { SESSION_WHOLE, SESSION_STORED };

/* An empty session for json.n == 0, and for text that is not a session (a damaged row
 * must not take the conversation down). */
struct session *session_read(struct arena *a, str written);
str session_write(struct arena *a, const struct session *s, enum session_form form);

/* Whether the two forms differ: something of a sensitive topic is in it. */
bool session_is_private(const struct session *s);

/* Remembers what is offered and returns its id, unique within the conversation. */
str session_offer(struct session *s, struct arena *a, int64_t turn, enum offer_type type,
                  str target, str label);
const struct offer *session_find_offer(const struct session *s, str id);

#endif
