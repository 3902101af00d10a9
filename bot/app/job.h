/*
 * job - one turn being made, up to its rows. Internal to the engine.
 */
#ifndef APP_JOB_H
#define APP_JOB_H

#include "app/conversation.h"
#include "app/files.h"
#include "app/frame.h"
#include "app/hris.h"
#include "app/people.h"
#include "app/settings.h"
#include "dialogue/turn.h"

enum {
    TICKETS_MAX = 4,
    FRAMES_MAX = 16,
    MESSAGES_MAX = FRAMES_MAX + 1, /* on a channel: the frames and HR's notice */
    TRANSCRIPT_TURNS = 20,
    EFFECTS_MAX = TICKETS_MAX + FILES_MAX, /* without the messages */
};

/* Whose job the store hands back: the first member of every ctx. */
enum job_owner { OWNER_TURN, OWNER_OUTBOX, OWNER_DESK, OWNER_MESSAGE };

struct visit; /* channel_visit.h */

struct framed {
    str text;
    str kept; /* replayed; empty for what has no seq */
};

/* Everything of one turn while it is made; pending.h: what is kept of it until it is
 * durable. */
struct job {
    struct arena *arena; /* it lies in it itself */
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
    size_t n_frames;
    const struct store_ticket
        *ticket_of[EFFECTS_MAX]; /* that the effect opens, or NULL */
    size_t n_effects, n_tickets; /* of a ticket event: no effect, the ticket as told */
    size_t n_messages;
    struct visit *visit;                /* the arrival this turn is for, NULL: none */
    const struct people *people;        /* the table of the moment */
    struct looked_up *lookup;           /* the answer that this turn tells; NULL: none */
    struct upload *upload;              /* the file this turn is about; NULL: none */
    const struct news_file *news_files; /* AGENT: what came with the reply */
    size_t n_news_files;
    size_t n_files, n_gone;
    bool at_once; /* a ticket of it can be sent when it is durable */
    struct store_turn turn;
    struct store_conversation row;
    struct store_count count;
    struct store_helped helped;
    struct store_feedback feedback;
    struct store_unanswered unanswered;
    int64_t started_us;
    /* Most turns fill hardly any of these, so what is not counted above is not cleared:
     * it is most of the bytes of a job. */
    struct framed frames[FRAMES_MAX];
    struct store_effect effects[EFFECTS_MAX + MESSAGES_MAX]; /* tickets, then messages */
    struct store_ticket tickets[TICKETS_MAX];
    str messages[MESSAGES_MAX]; /* their frames */
    struct store_file
        files[FILES_MAX];              /* rows: new ones, and those that go to the desk */
    struct store_gone gone[FILES_MAX]; /* rows of what is deleted, */
    int64_t gone_size[FILES_MAX];      /* and how large that was */
};

/* An empty one, in the arena that it is to keep. */
struct job *job_begin(struct arena *a);
/* Fills in everything to store and to send from j->outcome. said: what the person did, as
 * it may be shown (empty: no `said` frame). */
void job_compose(struct job *j, struct store *store, const struct settings *s, str said);
/* job_desk.c: frames of an event about a ticket; rows of a comment and the like. */
void job_frame(struct job *j, str text, bool kept);
void job_desk_frames(struct job *j);
void job_desk_effect(struct job *j, const struct effect *x, struct store *store,
                     const struct settings *s);
/* job_files.c: rows of files. The person's, when the turn took it, for a ticket of
 * theirs or to wait; */
void job_file_take(struct job *j, const struct effect *x, struct store *store,
                   const struct settings *s);
/* those that wait, for the ticket that j->effects[opening] opens; */
void job_files_along(struct job *j, size_t opening, struct store *store,
                     const struct settings *s);
/* those that wait are deleted; */
void job_files_drop(struct job *j, struct store *store);
/* what the desk sent along. Frames of both. */
void job_files_came(struct job *j, const struct settings *s);
void job_said_file(struct job *j);
void job_frame_agent(struct job *j);
/* The agent's frame for a channel that cannot show files: lines say what came, and that
 * it is read in the chat in a browser, at chat_url when that is set. */
str job_agent_spoken(struct job *j, enum lang l, str chat_url);
/* " (bestand: a.pdf)", for the transcript; empty: none came. */
str job_files_named(struct job *j);
/* The person's own ticket with that receipt, in whichever conversation it was made. */
bool job_find_ticket(struct job *j, struct store *store, str receipt,
                     struct store_ticket *out);
/* The rows as one store job. */
struct store_job job_rows(struct job *j);

#endif
