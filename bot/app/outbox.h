/*
 * outbox - delivers what was promised: every hand-off is a row with a key, written in the
 * turn's transaction, and is worked on until the desk confirmed it or a person must look.
 *
 * A row is marked SENDING, durably, before the first byte leaves. After an unclear end
 * (timeout, reset, 5xx, garbage, or a crash of ours) the ticket is searched by key over a
 * grace period, counted from the desk's first successful answer, and only then sent
 * again. So a crash at any moment repeats a search and never a ticket.
 */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H

#include "app/desk.h"
#include "store/store.h"

struct outbox;

/* A ticket's status between its end at the desk and the moment that the chat knows: what
 * is found so at a start is told then. */
#define TICKET_CONFIRMED "confirmed"
#define TICKET_UNDELIVERED "undelivered"

struct outbox_conf {
    struct loop *loop;
    struct store *store;
    const struct desk *desk;
    void *desk_self;
    size_t in_flight; /* operations at once */
    int64_t grace_ms;
    /* The end of a row: number is set when it was confirmed; failed otherwise. */
    void (*ended)(void *ctx, const struct store_effect *e, const struct store_ticket *t,
                  bool failed);
    void *ctx;
};

/* Takes up the unfinished rows of the store. */
struct outbox *outbox_start(const struct outbox_conf *c);
void outbox_stop(struct outbox *o); /* accepts NULL; rows stay as they are */
/* A committed effect: copied. ticket may be NULL. */
void outbox_add(struct outbox *o, const struct store_effect *e,
                const struct store_ticket *t);
/* The store finished a job of ours (its ctx). */
void outbox_stored(struct outbox *o, void *ctx, enum rc rc);
struct outbox_counts {
    uint64_t waiting, in_flight, delivered, failed, retries, searches;
};
struct outbox_counts outbox_counts(const struct outbox *o);

#endif
