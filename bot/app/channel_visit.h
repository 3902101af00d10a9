/*
 * channel_visit - an arrival on its way through the engine: from the delivery until its
 * turn is durable. Internal to the engine.
 */
#ifndef APP_CHANNEL_VISIT_H
#define APP_CHANNEL_VISIT_H

#include "app/channel_in.h"
#include "app/job.h"

struct waiter {
    void (*done)(void *ctx, enum rc rc);
    void *ctx;
    struct waiter *next;
};

struct visit {
    struct arena *arena; /* it lies in it */
    struct arrival a;    /* copied */
    struct conversation *c;
    struct store_place place;
    struct store_received received[2];
    bool fresh;             /* the first from this place: HR's notice goes first */
    bool moved;             /* the place has a row to be written */
    bool greet;             /* came over from a shared place without a question */
    bool continuing;        /* wants the conversation held elsewhere ... */
    int64_t last;           /* ... whose newest turn this is; 0: there is none */
    bool can_continue;      /* fresh, and there is one */
    struct waiter *waiters; /* the delivery, and its repetitions meanwhile */
    struct visit *next;
};

struct engine;

/* After the turn: what others may not read, what unknown people are told. */
void visit_adjust(struct engine *e, struct job *j);
/* After job_compose: the messages of a turn that is for a place. */
void visit_compose(struct engine *e, struct job *j);
void visit_rows(const struct job *j, struct store_job *rows);
/* Whether the person hears what is said now, without a connection that is open. */
bool visit_has_place(struct engine *e, struct arena *a, const struct conversation *c);
/* Tells everyone who waits and frees it. v may be NULL. */
void visit_end(struct engine *e, struct visit *v, enum rc rc);
void visits_free(struct engine *e); /* without telling */

#endif
