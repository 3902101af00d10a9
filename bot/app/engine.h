/*
 * engine - event in, turn, commit, effects out.
 *
 * One turn is in flight per conversation; later events of it queue (QUEUED_MAX, then
 * `busy`). A turn works on a copy of the session; session, transcript and effect rows go
 * to the writer as one job; when that is durable the copy is adopted, the replies leave
 * and the effects start. A failed commit leaves the session as it was and answers
 * `storage`: the same message id may be tried again.
 *
 * Channels attach sinks to conversations and hand over what people do. Everything runs on
 * the loop's thread. Texts handed in are borrowed for the call; they are valid UTF-8.
 */
#ifndef APP_ENGINE_H
#define APP_ENGINE_H

#include "app/builder.h"
#include "app/conversation.h"
#include "app/follow.h"
#include "app/hris.h"
#include "app/outbox.h"
#include "app/people.h"
#include "app/settings.h"

enum { MESSAGE_MAX = 4096 }; /* bytes of one message */

struct engine;
struct channel;

struct engine_conf {
    struct loop *loop;
    struct store *store;
    const struct settings *settings;
    const struct hris *hris;
    void *hris_self;
    const struct desk *desk;
    void *desk_self;
};

/* first: the content to start with; the engine owns it from here on. */
struct engine *engine_start(const struct engine_conf *c, struct built *first,
                            struct people *people);
void engine_stop(struct engine *e); /* accepts NULL; every sink must be detached */
/* True when nothing is queued, in flight or waiting to be durable. */
bool engine_is_idle(const struct engine *e);

/* Takes the new content and returns the old one, to be given back to the builder. */
struct built *engine_swap(struct engine *e, struct built *next);
const struct built *engine_content(const struct engine *e);
void engine_set_people(struct engine *e, struct people *p); /* frees the old table */
const struct people *engine_people(const struct engine *e);
/* The channel is started: what waits for it may leave. */
void engine_plug(struct engine *e, const struct channel *c, void *self);
/* Call when the store rang. */
void engine_committed(struct engine *e);

/*
 * A client said hello: resumes `public_id` when it is that very person's, otherwise
 * begins a new conversation; sends welcome and what was missed after seq `after` (< 0:
 * nothing). person empty: anonymous. RC_IO: the store cannot be read (nothing was
 * attached).
 */
MUST_USE enum rc engine_hello(struct engine *e, struct sink *s, str person, str channel,
                              str public_id, int64_t after, enum lang wished);
void engine_message(struct engine *e, struct sink *s, str id, str text);
void engine_choose(struct engine *e, struct sink *s, str id, str choice);
void engine_handoff(struct engine *e, struct sink *s, str id);
void engine_feedback(struct engine *e, struct sink *s, int64_t turn, bool helpful,
                     str text);
void engine_leave(struct engine *e, struct sink *s); /* the connection is gone */

struct engine_counts {
    uint64_t events, turns, replayed, busy, storage_errors, conflicts;
    uint64_t outcomes[8]; /* by enum outcome_kind */
    uint64_t conversations, waiting;
    uint64_t reloads, reload_ms;
    uint64_t arrivals, repeated; /* on channels */
    uint64_t messages_waiting, messages_sent, messages_failed;
    uint64_t files_taken, files_refused, files_came;
    struct outbox_counts outbox;
    struct follow_counts follow;
    uint64_t desk_calls[3]; /* by enum desk_call_end (engine_desk.h) */
};
struct engine_counts engine_counts(const struct engine *e);

#endif
