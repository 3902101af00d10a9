/*
 * channel_out - what balie says on channels that keep no connection open.
 *
 * Every message is a row, committed with its turn, with a key and a deadline. Those of
 * one place leave in order and one at a time; a message that is refused for good, or
 * whose deadline has passed, is left behind and the next one goes. During an outage they
 * wait here with growing pauses. After an unclear end, and for rows found at a start, the
 * channel is told to look for the key before it sends again. What was sent is wiped.
 *
 * Words of a private turn are not stored (DESIGN, "Never"): its row says only that
 * something was to be said. When balie ended before it left, the person is asked to
 * repeat the question.
 */
#ifndef APP_CHANNEL_OUT_H
#define APP_CHANNEL_OUT_H

#include "app/channel.h"
#include "store/store.h"

/* Kind of an effect row that is a message; its place stands in `external`. */
#define EFFECT_KIND_MESSAGE "message"

struct channel_out;

/* Takes up the unsent rows of the store; they wait for their channel. */
struct channel_out *channel_out_start(struct loop *l, struct store *s);
void channel_out_stop(struct channel_out *o); /* accepts NULL; rows stay */
void channel_out_plug(struct channel_out *o, const struct channel *c, void *self);
/* A committed row: copied. frame: what to say (the row's payload may hold less). */
void channel_out_add(struct channel_out *o, const struct store_effect *e, str frame);
/* The payload of a row whose words are not stored. */
str channel_out_unspoken(struct arena *a, enum lang l);
/* The store finished a job of ours (its ctx). */
void channel_out_stored(struct channel_out *o, void *ctx, enum rc rc);

struct channel_out_counts {
    uint64_t waiting, sent, failed, retries;
};
struct channel_out_counts channel_out_counts(const struct channel_out *o);

#endif
