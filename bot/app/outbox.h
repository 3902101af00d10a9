/*
 * outbox - delivers what was promised: every hand-off, every word for the desk is a row
 * with a key, written in the turn's transaction, and is worked on until the desk
 * confirmed it or a person must look.
 *
 *   kind      what it does             after an unclear end
 *   ticket    opens one                searched by key, then sent again
 *   comment   adds to a ticket         the same, where the desk can tell
 *   withdraw  closes it, reopen        sent again: twice is once
 *   file      adds a file to a ticket  the same
 *   check     looks for a twin later   asked again
 *   notice    mails that it came       sent again
 *
 * A row is marked SENDING, durably, before the first byte leaves: when it is written, if
 * it can go at once, or later. After an unclear end
 * (timeout, reset, 5xx, garbage, or a crash of ours) the ticket is searched by key over a
 * grace period, counted from the desk's first successful answer, and only then sent
 * again. So a crash at any moment repeats a search and never a ticket. A ticket whose end
 * was unclear is looked for once more minutes later: twins are told to the desk by
 * comment, and withdrawn.
 *
 * Rows of one conversation go one by one, in their order. A desk that fails is left alone
 * for a while (breaker.h). What is not delivered by its deadline, or is refused, becomes
 * a dead letter: FAILED, in the log and in the figures, until `retry` or `drop`.
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

/* Where the outbox gets the time from; NULL members: clock.h. For tests of long waits. */
struct outbox_time {
    int64_t (*wall_ms)(void *ctx);
    int64_t (*mono_ms)(void *ctx);
    void *ctx;
};

struct outbox_conf {
    struct loop *loop;
    struct store *store;
    const struct desk *desk;
    void *desk_self;
    size_t in_flight; /* operations at once */
    int64_t grace_ms, give_up_ms;
    bool notices; /* what comes into the desk is told by DESK_NOTICE */
    /* The end of a row: number is set when it was confirmed; failed otherwise. t is the
     * ticket's row with its new status; NULL for other kinds, which are about the ticket
     * opened by the effect `about` (0: about none of ours). */
    void (*ended)(void *ctx, const struct store_effect *e, const struct store_ticket *t,
                  int64_t about, bool failed);
    void *ctx;
    struct outbox_time time;
};

/* Takes up the unfinished rows of the store. */
struct outbox *outbox_start(const struct outbox_conf *c);
void outbox_stop(struct outbox *o); /* accepts NULL; rows stay as they are */
/* Whether a row of that conversation would be sent as soon as it is durable. Then it may
 * be written as EFFECT_SENDING at once: no second commit stands between the person's yes
 * and the first byte, and a crash in between costs a search. */
bool outbox_would_send(const struct outbox *o, int64_t conversation);
/* A committed effect: copied. ticket may be NULL. */
void outbox_add(struct outbox *o, const struct store_effect *e,
                const struct store_ticket *t);
/* The store finished a job of ours (its ctx). */
void outbox_stored(struct outbox *o, void *ctx, enum rc rc);
/* Looks at what is due now, whatever the timer says. */
void outbox_poke(struct outbox *o);
/* By an operator: a dead letter goes again (searched for first), a waiting row goes at
 * once. RC_NOT_FOUND, RC_BUSY (it is being sent), RC_INVALID (it is delivered), RC_IO. */
MUST_USE enum rc outbox_retry(struct outbox *o, int64_t id);
/* Given up for good; its text is wiped. The same codes. */
MUST_USE enum rc outbox_give_up(struct outbox *o, int64_t id);

struct outbox_counts {
    uint64_t waiting, in_flight, delivered, failed, retries, searches, twins;
    uint64_t dead;   /* rows that need a person now */
    uint64_t opened; /* how often the desk was left alone */
    bool open;       /* it is now */
};
struct outbox_counts outbox_counts(const struct outbox *o);

#endif
