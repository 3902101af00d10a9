/*
 * engine_inside - the engine's own state, for the files it is made of: engine.c (turns
 * and what channels call), engine_tickets.c (how a ticket came to the desk) and
 * engine_desk.c (what happens to it there).
 */
#ifndef APP_ENGINE_INSIDE_H
#define APP_ENGINE_INSIDE_H

#include "app/channel_visit.h"
#include "app/engine.h"
#include "app/engine_files.h"
#include "app/files.h"
#include "app/follow.h"
#include "app/job.h"
#include "app/lookup.h"
#include "app/pending.h"
#include "app/text_key.h"

enum { UNTOLD_MS = 2 * 1000, ENGINE_KEY = 25 };

/* An event that waits for the turn before it; its texts lie behind it. */
struct queued {
    struct queued *next;
    struct sink *sender;
    enum event_type type;
    bool helpful, failed;
    int64_t judged;
    str id, text;
    str number;                  /* in the arena */
    struct store_ticket *ticket; /* its row once this is told; in the arena */
    struct arena *arena;         /* NULL but for what is about a ticket */
    str name;                    /* AGENT: who; NOT_TOLD: what; in the arena */
    int64_t was_due_ms;          /* PROMISE */
    struct visit *visit;         /* NULL: not an arrival */
    struct looked_up *lookup;    /* EVENT_LOOKUP: the answer, the look-ups' own */
    struct upload *upload;       /* EVENT_FILE */
    str file; /* NOT_TOLD: its name, when it is about one; in the arena */
    const struct news_file *files; /* AGENT: what came along; in the arena */
    size_t n_files;
};

struct engine {
    struct engine_conf c;
    struct built *content;
    struct people *people;
    struct conversations conversations;
    struct outbox *outbox;
    struct channel_out *out;
    struct visit *visits; /* not durable yet */
    struct lookups *lookups;
    struct text_key text_key;
    struct arena *own;    /* lives as long as the engine */
    struct strs absent;   /* look-ups that the HR system does not have */
    char key[ENGINE_KEY]; /* drawn for the next turn that needs one */
    bool has_key;
    struct follow *follow;
    struct files files;
    struct arena *files_arena; /* holds the folder's name */
    struct upload *uploads;    /* coming in, or not durable yet */
    struct timer *sweep;
    size_t in_flight; /* turns being made durable */
    bool untold;      /* there may be tickets whose end the chat does not know yet */
    struct arenas arenas;
    struct pendings pendings;
    int64_t forgot_ms;
    int64_t minute; /* since 1970, of today and minutes */
    date_t today;
    int minutes;
    struct engine_counts counts;
};

struct arena *engine_take_arena(struct engine *e);
void engine_give_arena(struct engine *e, struct arena *a);
enum { ENGINE_RETRY_MS = 500 }; /* when what is busy now may be asked again */
/* An error frame; s may be NULL, and reply_to empty. */
void engine_tell_error(struct engine *e, struct sink *s, str reply_to, const char *code,
                       const char *text, int64_t retry_ms);
struct queued *queued_new(enum event_type type, struct sink *sender, str id, str text);
/* What a person says: at once, or when the turns before it are durable. */
void engine_say(struct engine *e, struct conversation *c, enum event_type type,
                struct sink *sender, str id, str text);
/* Takes q. What the desk or the program says is never refused. */
void engine_submit(struct engine *e, struct conversation *c, struct queued *q);
struct store_ticket *engine_copy_ticket(struct arena *a, const struct store_ticket *t);
/* The outbox's upcall: the chat is told how its ticket ended. */
void engine_ticket_ended(void *ctx, const struct store_effect *x,
                         const struct store_ticket *t, int64_t about, bool failed);
/* Tells what a crash or a full disk kept from the chat; looks again later when it must.
 */
void engine_tell_untold(struct engine *e);
void engine_tell_later(struct engine *e);

/* Joins what a later event says to the turn that asked for it. */
void engine_add_outcome(struct job *j, const struct outcome *more);

/* engine_desk.c */
void engine_desk_start(struct engine *e);
/* What a turn about a ticket needs to know of it. */
void engine_desk_event(const struct engine *e, const struct queued *q, struct event *ev,
                       struct arena *a);
/* A turn about a ticket ended: stored, or not. */
void engine_desk_ended(struct engine *e, struct job *j, enum rc rc);
/* EFFECT_TICKETS of the turn: answers it. */
void engine_list_tickets(struct engine *e, struct job *j);
/* A save of ours came back (OWNER_DESK). */
void engine_desk_stored(struct engine *e, void *ctx, enum rc rc);
/* A comment or the like could not be brought to the desk: the person is told. */
void engine_desk_not_told(struct engine *e, const struct store_effect *x, int64_t about);

#endif
