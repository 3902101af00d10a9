/*
 * follow - the tickets that are alive: what happens to them at the desk, and whether
 * their promise is kept.
 *
 * It holds the newest row of every ticket that is not long over. Each poll asks the desk
 * which tickets changed since the last one (DESK_CHANGED; a desk that cannot tell has all
 * its open ones looked at) and looks at those: status, owner, and the replies behind the
 * newest one that the chat knows. A webhook, or a person who comes back, only makes a
 * look happen at once: what is told always comes from the desk's own list, so deliveries
 * that are lost, repeated or out of order change nothing.
 *
 * News is handed over one at a time per ticket, each with the row as it will be; it
 * counts when follow_told says that it is durable, and comes again otherwise. So nothing
 * is told twice or left out, whatever crashes when.
 */
#ifndef APP_FOLLOW_H
#define APP_FOLLOW_H

#include "app/desk.h"
#include "app/files.h"
#include "dialogue/promise.h"
#include "store/store.h"

struct follow;

enum news_kind { NEWS_REPLY, NEWS_STATUS, NEWS_PROMISE };

/* A file that came with a reply: its bytes lie under `key`; or it could not be fetched,
 * and `problem` says why ("type", "too_large", "lost", "private"). */
struct news_file {
    str key, name, type, problem;
    int64_t size;
};

struct news {
    enum news_kind kind;
    struct store_ticket ticket;    /* the row once this is told */
    str name, text;                /* REPLY */
    const struct news_file *files; /* REPLY */
    size_t n_files;
    bool reopened;      /* STATUS: it was over */
    int64_t was_due_ms; /* PROMISE */
};

struct follow_conf {
    struct loop *loop;
    struct store *store;
    const struct desk *desk;
    void *desk_self;
    struct files *files; /* where what comes with a reply is kept */
    int64_t poll_ms;
    const struct promise_rules *promises; /* NULL: none */
    /* Takes news: true when follow_told will be called for it. False: not now (the person
     * is away and it must not be kept, or the state cannot be read); it comes again. */
    bool (*tell)(void *ctx, const struct news *n);
    /* The owner of a ticket's queue must know: a comment, as a row of the outbox. The
     * effect and the ticket's row are to be stored together; likewise false. */
    bool (*warn)(void *ctx, const struct store_ticket *t);
    void *ctx;
};

struct news_file *news_files_copy(struct arena *a, const struct news_file *v, size_t n);

/* Takes up the tickets of the store. */
struct follow *follow_start(const struct follow_conf *c);
void follow_stop(struct follow *f); /* accepts NULL */
/* A ticket's row was stored by somebody else: a new ticket, or its end at the outbox. */
void follow_put(struct follow *f, const struct store_ticket *t);
/* The newest row of a ticket by its effect; NULL: it is not followed. */
const struct store_ticket *follow_find(const struct follow *f, int64_t effect);
/* The end of what tell or warn took: stored, or to come again. */
void follow_told(struct follow *f, const struct store_ticket *t, enum rc rc);
/* Something happened at the desk (webhook). False: no ticket of ours. */
bool follow_poke(struct follow *f, str external);
/* The person is here: looks at the tickets of their conversation. */
void follow_visit(struct follow *f, int64_t conversation);
/* A status that did not come from the desk's lists: the built-in inbox, or the end of a
 * withdrawal. RC_NOT_FOUND. */
MUST_USE enum rc follow_status(struct follow *f, int64_t effect, str status);
/* A reply that did not come from the desk's lists (the built-in inbox). status may be
 * empty. file: one that is in already and was judged, taken over; or NULL. RC_NOT_FOUND;
 * RC_BUSY: it is not confirmed yet; RC_DENIED: a sensitive one, and the person is away,
 * or a file is with it. */
struct file_arrived {
    struct file_in in;
    const struct file_type *type;
    str name; /* clean */
};
MUST_USE enum rc follow_reply(struct follow *f, int64_t effect, str name, str text,
                              str status, struct file_arrived *file);

struct follow_counts {
    uint64_t alive, polls, looks, replies, failures;
    uint64_t kept, moved, broken, warned; /* promises; broken: without a word before */
};
struct follow_counts follow_counts(const struct follow *f);

/* resolved, withdrawn, failed, undelivered */
bool ticket_is_over(str status);

#endif
