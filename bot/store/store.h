/*
 * store - the state: conversations, turns, effects, tickets, counts, in one SQLite file
 * owned by the writer thread, with a read-only connection for the loop.
 *
 * The loop puts jobs; each job is everything one turn wants durable and is committed
 * whole or not at all. Jobs are committed in the order they were put, many in one
 * transaction; the next commit starts when the previous one ends. store_next hands
 * finished jobs back to the loop in the same order, each with its result, after `ring`
 * was called (from the writer's thread: it must only wake the loop). A failed commit
 * (disk full) fails its jobs with RC_IO; nothing of them is in the file; the writer goes
 * on with what comes later.
 *
 * Turn rowids are given by the loop (store_next_turn) so that turns append in rowid order
 * and a reply can name its turn before it is durable. Times are wall milliseconds.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"

struct store;

/* Process-wide settings of SQLite. Call once, before any other use of SQLite and before
 * threads. */
void store_init(void);

enum { STORE_QUEUE_MAX = 4096, STORE_GROUP_MAX = 512 };

/* A conversation's row. secret is the 128 random bits of its public id. */
struct store_conversation {
    int64_t id;
    unsigned char secret[16];
    str person;  /* verified id, empty: anonymous */
    str channel; /* "web", "slack" ... */
    int64_t created_ms;
    int64_t last_turn; /* rowid, 0: none yet. Read side only */
};

struct store_turn {
    int64_t id, conversation,
        prev; /* prev: the conversation's previous turn's rowid, 0: first */
    int64_t at_ms;
    int64_t seq_from, seq_to; /* frames this turn gave seq numbers */
    str client_id;            /* message id of the client, may be empty */
    uint64_t client_hash;     /* of the message's text: same id, other text = conflict */
    str frames;               /* what a replay sends: JSON array of frames, redacted */
    str session;              /* the session after this turn (JSON) */
    str said, answered; /* transcript: redacted; empty for a private (sensitive) turn */
    str lang, outcome, intent;
};

enum effect_state {
    EFFECT_PENDING, /* to be sent at next_ms */
    EFFECT_SENDING, /* a request was started: after a crash its end is unclear */
    EFFECT_UNCLEAR, /* find by key before sending again */
    EFFECT_DONE,
    EFFECT_FAILED, /* dead letter: a person must look */
    EFFECT_DROPPED,
};

/* Something to do outside: open a ticket, look something up, send a message. */
struct store_effect {
    int64_t id; /* given by the loop: store_next_effect */
    int64_t conversation, turn;
    str key;      /* random_key(20): how the desk's ticket is found again */
    str kind;     /* "ticket", "comment", "lookup", "message" */
    str target;   /* desk, HR system or channel by name */
    str reply_to; /* the client's message id */
    str payload;  /* JSON: what to send */
    enum effect_state state;
    int attempts;
    int64_t created_ms, next_ms, deadline_ms;
    str number;          /* what the desk calls it, once confirmed */
    str external;        /* the desk's own id, for API calls */
    str error;           /* last failure, for operators; no personal data */
    int64_t unclear_ms;  /* when its end first was unclear; 0: never */
    int64_t answered_ms; /* first successful answer after the unclear end; 0: none yet */
};

/* The person's tickets, and what the desk said last. */
struct store_ticket {
    int64_t effect; /* its opening effect */
    int64_t conversation;
    str person, receipt, queue, subject, number, external, status;
    int64_t created_ms, due_ms, updated_ms;
    str owner;           /* who has it at the desk, as the desk calls them */
    str seen;            /* the desk's newest reply that the chat knows */
    int64_t replied_ms;  /* newest reply of the desk; 0: none yet */
    int64_t promised_ms; /* the first due date; due_ms is the newest */
    int promise;         /* enum promise_state */
    bool closed;         /* sensitive: nothing that is said about it is kept */
    bool no_files;       /* about somebody's absence: takes no files from them */
};

/* How a promise ended, or how far it is. */
enum promise_state {
    PROMISE_OPEN,   /* none was made, or its time has not come */
    PROMISE_WARNED, /* the queue's owner was told that time is short */
    PROMISE_MOVED,  /* the person was told a new date: it was not kept */
    PROMISE_KEPT,
    PROMISE_BROKEN, /* its time passed without a word */
};

/* A place in somebody else's list, to go on from: one row per name. */
struct store_mark {
    str name, value;
};

struct store_feedback {
    int64_t conversation, turn, at_ms;
    bool helpful;
    str intent;     /* what was judged: card id or article path */
    str lang, text; /* lang: of the answer */
    str version;    /* of the card's or article's source */
};

/* One more for the lists of what helped: no person and no conversation in it. */
struct store_helped {
    int32_t day;
    str lang;
    str how;        /* "up", "down": thumbs; "chosen": taken from what was offered */
    str what;       /* card id or article path */
    str version;    /* of its source */
    str instead_of; /* chosen: after this answer was not it; empty: after a choice */
};

/* One more for the figures: no person in it. day = days since 1970. */
struct store_count {
    int32_t day;
    str lang, outcome, intent, unit; /* unit may be empty */
};

struct store_unanswered {
    int64_t at_ms;
    str lang, text; /* redacted */
};

/* Where a channel's messages go, and the conversation that is held there: a direct
 * message, a thread. A conversation resumed elsewhere has two places; the newest is where
 * the person is. */
struct store_place {
    int64_t id;  /* read side; a row that is written again moves to the end */
    str key;     /* "slack:T1/U1": channel and the channel's own name for it */
    str channel; /* "slack", "teams" ... */
    str person;  /* whose; empty: unknown or shared */
    str address; /* JSON, the channel's: what it needs for sending there */
    int64_t conversation, used_ms;
};

/* A delivery that was taken, so that its repetition is not taken again. */
struct store_received {
    str id; /* "slack:Ev123" */
    int64_t at_ms;
};

/* A file that lies beside the database, under its key: on its way to the desk, or from it
 * to the person. */
struct store_file {
    str key;
    int64_t conversation;
    str person;
    int64_t effect; /* the outbox's row that takes it to the desk; 0: none yet, or ever */
    bool from_desk;
    str name, type; /* as people call it; by its content, "application/pdf" */
    int64_t size, created_ms, expires_ms;
    str path; /* not stored: made durable before the row is */
};

/* The row of a file that is no more. */
struct store_gone {
    str key;
};

/* All members may be NULL or 0. Copied by store_put. Effects and tickets are inserted;
 * when the id (ticket: effect) is there, what can change of them is. A message of the
 * built-in inbox is a ticket. */
struct store_job {
    const struct store_conversation *conversation; /* insert */
    const struct store_turn *turn;
    const struct store_effect *effects;
    size_t n_effects;
    const struct store_ticket *tickets;
    size_t n_tickets;
    /* How a row that is there goes on: a third of the work, and nothing when retention
     * has deleted it. step: state, attempts, times and error; end: payload, number and
     * external too; news: what can change of a ticket. */
    const struct store_effect *step, *end;
    const struct store_ticket *news;
    const struct store_feedback *feedback;
    const struct store_count *count;
    const struct store_helped *helped;
    const struct store_unanswered *unanswered;
    const struct store_place *place;
    const struct store_received *received;
    size_t n_received;
    const struct store_file *files; /* when the key is there, only effect changes */
    size_t n_files;
    const struct store_gone *gone;
    size_t n_gone;
    const struct store_mark *mark; /* insert or replace */
    int64_t delete_effect_payload; /* id: wipe its payload (delivered) */
    int64_t wipe_session; /* a turn's id: its session is of no use to anybody any more */
    void *ctx;            /* given back by store_next */
};

struct store_result {
    enum rc rc; /* RC_OK, RC_IO */
    void *ctx;
    const struct store_turn *turn; /* as it was put; NULL: none. Until the next call */
};

/* Opens or makes and migrates `path` and starts the writer. ring(ring_ctx) is called from
 * the writer. RC_BUSY another process holds the lock file (path + ".lock"), RC_INVALID
 * not our database or from a newer version, RC_IO. A log line says which. */
MUST_USE enum rc store_open(str path, void (*ring)(void *), void *ring_ctx,
                            struct store **out);
/* Commits what is queued, checkpoints, ends the thread, closes. Unfetched results are
 * lost. */
void store_close(struct store *s); /* accepts NULL */

int64_t store_next_conversation(struct store *s);
int64_t store_next_turn(struct store *s);
int64_t store_next_effect(struct store *s);

/* RC_BUSY the queue is full (nothing was taken). Loop thread only. */
MUST_USE enum rc store_put(struct store *s, const struct store_job *j);
size_t store_waiting(const struct store *s); /* jobs put and not yet handed back */
/* From now on jobs wait for store_flush (at most 256 of them), so that one commit holds
 * all that one turn of the loop brought. Off at first: every job is told at once. */
void store_gather(struct store *s, bool gathering);
void store_flush(struct store *s);
/* The next finished job, in order; false when there is none. */
bool store_next(struct store *s, struct store_result *out);

/* --- reading, loop thread, from committed rows; texts are copied into a --- */
MUST_USE enum rc
store_read_conversation(struct store *s, struct arena *a, int64_t id,
                        struct store_conversation *out); /* RC_NOT_FOUND, RC_IO */
MUST_USE enum rc store_read_turn(struct store *s, struct arena *a, int64_t id,
                                 struct store_turn *out);

struct store_effects {
    VEC(struct store_effect) list;
};
/* Every effect not DONE, FAILED or DROPPED (unfinished), or all of them, oldest first. */
MUST_USE enum rc store_read_effects(struct store *s, struct arena *a, bool unfinished,
                                    struct store_effects *out);
MUST_USE enum rc store_read_effect(struct store *s, struct arena *a, int64_t id,
                                   struct store_effect *out);
/* By its key; the newest of a conversation. RC_NOT_FOUND, RC_IO. */
MUST_USE enum rc store_read_place(struct store *s, struct arena *a, str key,
                                  struct store_place *out);
MUST_USE enum rc store_read_place_of(struct store *s, struct arena *a,
                                     int64_t conversation, struct store_place *out);
/* RC_NOT_FOUND: not taken yet. RC_IO. */
MUST_USE enum rc store_read_received(struct store *s, str id);
/* The person's conversation with the newest turn, but for one. RC_NOT_FOUND, RC_IO. */
MUST_USE enum rc store_read_newest_of(struct store *s, struct arena *a, str person,
                                      int64_t except, struct store_conversation *out);
struct store_tickets {
    VEC(struct store_ticket) list;
};
/* Newest first; person empty: all of them. */
MUST_USE enum rc store_read_tickets(struct store *s, struct arena *a, str person,
                                    struct store_tickets *out);
/* Those of one conversation, newest first. */
MUST_USE enum rc store_read_tickets_in(struct store *s, struct arena *a,
                                       int64_t conversation, struct store_tickets *out);
MUST_USE enum rc store_read_ticket(struct store *s, struct arena *a, int64_t effect,
                                   struct store_ticket *out); /* RC_NOT_FOUND, RC_IO */
struct store_files {
    VEC(struct store_file) list;
};
/* Oldest first; conversation 0: all of them. */
MUST_USE enum rc store_read_files(struct store *s, struct arena *a, int64_t conversation,
                                  struct store_files *out);
MUST_USE enum rc store_read_file(struct store *s, struct arena *a, str key,
                                 struct store_file *out); /* RC_NOT_FOUND, RC_IO */
/* A mark's value; empty when there is none. RC_IO. */
MUST_USE enum rc store_read_mark(struct store *s, struct arena *a, str name, str *out);

/* How often something came out this way. Groups below five are for nobody's eyes: whoever
 * shows these figures leaves them out. */
struct store_counted {
    struct store_count count;
    int64_t n;
};
struct store_counts {
    VEC(struct store_counted) list;
};
/* From first_day to last_day, both included, by day. */
MUST_USE enum rc store_read_counts(struct store *s, struct arena *a, int32_t first_day,
                                   int32_t last_day, struct store_counts *out);
struct store_feedbacks {
    VEC(struct store_feedback) list;
};
/* The newest `max`, newest first. */
MUST_USE enum rc store_read_feedback(struct store *s, struct arena *a, size_t max,
                                     struct store_feedbacks *out);
/* What helped from first_day to last_day, most often first; nothing that fewer than
 * STORE_SMALLEST_GROUP times happened. day of the rows is 0. */
enum { STORE_SMALLEST_GROUP = 5 };
struct store_helped_count {
    struct store_helped helped;
    int64_t n;
};
struct store_helped_counts {
    VEC(struct store_helped_count) list;
};
MUST_USE enum rc store_read_helped(struct store *s, struct arena *a, int32_t first_day,
                                   int32_t last_day, struct store_helped_counts *out);
struct store_unanswereds {
    VEC(struct store_unanswered) list;
};
/* The newest `max`, newest first. */
MUST_USE enum rc store_read_unanswered(struct store *s, struct arena *a, size_t max,
                                       struct store_unanswereds *out);

/* --- retention --- */

/*
 * Queues for the writer: delete turns, feedback and unanswered questions from before
 * wall_ms; finished effects made before it, with their ticket, unless the ticket changed
 * since; then conversations made before it that have no turn and no effect left. Done in
 * small batches between commits. A time given while it still works starts another round
 * behind it. What is not done at store_close is done by the next call. Counts stay.
 */
void store_forget_before(struct store *s, int64_t wall_ms);
/* With the next one: what was typed into forms and is as old as this, too. */
void store_forget_typed_before(struct store *s, int64_t wall_ms);
bool store_is_forgetting(const struct store *s);

/* Whether an acknowledgement means "on disk" (the default), or only "survives the death
 * of the process" (synchronous=NORMAL). Next commit on. */
void store_set_durable(struct store *s, bool durable);
/* Test aid: pages the database may have (PRAGMA max_page_count), 0: no limit. Next commit
 * on. */
void store_limit_pages(struct store *s, int64_t pages);

#endif
