/*
 * job - one turn made and waiting to be durable. Internal to the engine.
 */
#ifndef APP_JOB_H
#define APP_JOB_H

#include "app/conversation.h"
#include "app/frame.h"
#include "app/hris.h"
#include "app/people.h"
#include "app/settings.h"
#include "dialogue/turn.h"

enum {
    TICKETS_MAX = 4,
    FRAMES_MAX = 16,
    MESSAGES_MAX = FRAMES_MAX + 1, /* on a channel: the frames and HR's notice */
    TRANSCRIPT_TURNS = 20
};

/* Whose job the store hands back: the first member of every ctx. */
enum job_owner { OWNER_TURN, OWNER_OUTBOX, OWNER_DESK, OWNER_MESSAGE };

struct visit; /* channel_visit.h */

struct framed {
    str text;
    str kept; /* replayed; empty for what has no seq */
};

struct job {
    enum job_owner owner; /* OWNER_TURN */
    struct arena *arena;
    struct conversation *c;
    struct sink *sender; /* NULL when its connection has gone, or none */
    struct event event;
    str client_id;
    uint64_t text_hash;
    struct outcome outcome;
    struct session *session;
    str whole;       /* the session to adopt */
    bool had_values; /* the session before this turn held what was typed into a form */
    int64_t seq, turn_id;
    struct framed frames[FRAMES_MAX];
    size_t n_frames;
    struct store_effect effects[TICKETS_MAX + MESSAGES_MAX]; /* tickets, then messages */
    struct store_ticket tickets[TICKETS_MAX];
    const struct store_ticket
        *ticket_of[TICKETS_MAX]; /* that the effect opens, or NULL */
    size_t n_effects, n_tickets; /* of a ticket event: no effect, the ticket as told */
    size_t n_messages;
    str messages[MESSAGES_MAX];  /* their frames */
    struct visit *visit;         /* the arrival this turn is for, NULL: none */
    const struct people *people; /* the table of the moment */
    struct looked_up *lookup;    /* the answer that this turn tells; NULL: none */
    bool at_once;                /* a ticket of it can be sent when it is durable */
    struct store_turn turn;
    struct store_conversation row;
    struct store_count count;
    struct store_helped helped;
    struct store_feedback feedback;
    struct store_unanswered unanswered;
    int64_t started_us;
};

/* Fills in everything to store and to send from j->outcome. said: what the person did, as
 * it may be shown (empty: no `said` frame). */
void job_compose(struct job *j, struct store *store, const struct settings *s, str said);
/* job_desk.c: frames of an event about a ticket; rows of a comment and the like. */
void job_frame(struct job *j, str text, bool kept);
void job_desk_frames(struct job *j);
void job_desk_effect(struct job *j, const struct effect *x, struct store *store,
                     const struct settings *s);
/* The rows as one store job. */
struct store_job job_rows(struct job *j);

#endif
