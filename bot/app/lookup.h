/*
 * lookup - personal look-ups whose answer comes later (hris.late).
 *
 * The turn that asks stores an effect row `lookup` with a key and a deadline and tells
 * the person that it is being looked up. When that is durable the HR system is asked; its
 * answer, or a failure at the latest at the deadline, becomes an event of the
 * conversation under the id of the message that asked. The row ends in that event's
 * transaction, so after a crash it is asked once more; where the store is full the event
 * comes again later. Who is asked about is the conversation's verified person.
 */
#ifndef APP_LOOKUP_H
#define APP_LOOKUP_H

#include "app/hris.h"
#include "dialogue/outcome.h"
#include "store/store.h"

enum { LOOKUP_DEADLINE_MS = 60 * 1000, LOOKUP_UNTOLD_MS = 2 * 1000 };

#define LOOKUP_EFFECT "lookup"

struct engine;
struct job;
struct lookups;
struct looked_up; /* one that is under way or waits to be told */

/* Takes up what was under way when we ended. */
struct lookups *lookups_start(struct engine *e);
void lookups_stop(struct lookups *all); /* accepts NULL; the rows stay */

/* The row of an EFFECT_LOOKUP, for the turn's job. */
struct store_effect lookup_effect(struct job *j, const struct effect *x, int64_t id);
/* It is durable: ask. Copied. */
void lookups_add(struct lookups *all, const struct store_effect *x);

/* For the turn that tells it: fills the event; texts live in a. */
void lookup_event(const struct looked_up *l, struct event *ev, struct arena *a);
/* The row's end, for that turn's job. */
struct store_effect lookup_end(const struct looked_up *l);
/* That job is durable (the answer is forgotten here) or is not (told again later). */
void lookup_told(struct looked_up *l, enum rc rc);

#endif
