/*
 * session - what a conversation remembers between turns.
 *
 * At rest it is a text (session.c tells its form), in memory as in the store; a turn
 * reads it into its arena, works on that copy, and writes it back. So a failed commit
 * costs nothing, a reload of content cannot leave it dangling, and an idle conversation
 * is a few hundred bytes. What the writing told of the text is kept beside it in memory
 * (session_kept.h), so that it is read anew only when it comes from the store.
 *
 * Members that belong to a sensitive topic are written only with SESSION_WHOLE, which
 * stays in memory; what is stored is written with SESSION_STORED.
 */
#ifndef DIALOGUE_SESSION_H
#define DIALOGUE_SESSION_H

#include "base/arena.h"
#include "text/lang.h"

enum { OFFERS_MAX = 12, VALUES_MAX = 16, GIVEN_MAX = 4, SESSION_MAX = 32 * 1024 };

enum offer_type {
    OFFER_CARD,    /* target: card id */
    OFFER_ARTICLE, /* target: article path # section heading */
    OFFER_HANDOFF, /* yes, pass it on */
    OFFER_NO_HANDOFF,
    OFFER_NONE_OF_THESE,
    OFFER_VALUE,     /* target: card id, slot, value for it */
    OFFER_CONFIRM,   /* the form's recap is right; target: card id */
    OFFER_CHANGE,    /* ... is not; target: card id, maybe slot */
    OFFER_STOP,      /* leave the form; target: card id */
    OFFER_SENSITIVE, /* yes, let the adviser contact me; target: card id */
    OFFER_LANGUAGE,  /* answer in the other language: target: card id */
    OFFER_SKIP,      /* leave the running form's slot open */
    OFFER_MISREAD,   /* "I mean something else", after a hunch of a sensitive topic */
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
    WAITING_CHOICE,    /* topics were offered */
    WAITING_ADD,       /* the next message goes to the ticket `adding` */
    WAITING_PERSON,    /* as WAITING_HANDOFF, of who asked for a person: words in between
                          belong to the question */
};

/* A slot's value: what was understood (ISO date, option, text) and how it is shown. */
struct value {
    str slot, value, shown;
};

struct form {
    str card;  /* id; empty: no form runs */
    int slot;  /* being asked; n_slots: the recap was shown */
    int tries; /* misunderstood answers to this slot in a row */
    int64_t asked_ms;
    size_t n_values;
    struct value values[VALUES_MAX]; /* last: session_read does not clear them */
};

/* An answer that was given: a thumb may be about it. */
struct given {
    int64_t turn;
    str what;    /* card id or article path */
    str version; /* of its source */
    enum lang lang;
};

struct session {
    int64_t turns;     /* made so far; kept by the engine */
    int64_t said_turn; /* the person's last one: older choices can no longer be typed */
    enum lang lang;
    bool lang_chosen; /* the person asked for it: stays */
    enum waiting waiting;
    str topic;          /* last card id or article path: for "and for part-timers?" */
    int64_t topic_turn; /* when that was answered */
    int64_t topic_at_ms;
    str question; /* last unanswered question (screened): goes on the ticket */
    str tried;    /* what was tried for it, for the ticket */
    str asked;    /* what the newest answer was for, redacted */
    str not_it;   /* an answer that was not what was meant */
    struct given given[GIVEN_MAX]; /* newest first */
    str runners_up[2];             /* card ids behind the newest */
    bool misread;       /* the person said that a hunch was wrong: no more of them */
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
    int files;          /* the person's, that wait for a hand-off */
    bool absence;       /* it is about somebody being ill: no files */
    size_t n_offers;    /* oldest first; the oldest go when it is full */
    /* From here on what is not counted is not cleared: it is most of the bytes of a
     * session, and a turn reads one. */
    struct offer offers[OFFERS_MAX];
    struct form form;
    struct form parked; /* left for another form; resumed when that ends */
};

enum session_form { SESSION_WHOLE, SESSION_STORED };

/* An empty session for json.n == 0, and for text that is not a session (a damaged row
 * must not take the conversation down). */
struct session *session_read(struct arena *a, str written);
struct session *session_new(struct arena *a); /* an empty one */
/* The texts in s lie in what was written from then on, where it tells of them. Empty, and
 * nobody reads it, above SESSION_MAX. */
str session_write(struct arena *a, struct session *s, enum session_form form);

/* Whether the two forms differ: something of a sensitive topic is in it. */
bool session_is_private(const struct session *s);

/* Remembers what is offered and returns its id, unique within the conversation. */
str session_offer(struct session *s, struct arena *a, int64_t turn, enum offer_type type,
                  str target, str label);
const struct offer *session_find_offer(const struct session *s, str id);

#endif
