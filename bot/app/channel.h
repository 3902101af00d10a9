/*
 * channel - the plug point for ways people reach balie.
 *
 * A channel adds its routes and WebSocket endpoints before the server starts and hands
 * over what people do: over a connection that stays open by attaching a sink
 * (engine.h), otherwise as arrivals (channel_in.h). What is said on a channel without
 * connections is a row (channel_out.h) that `send` gets until its end is told. A channel
 * knows nothing of the dialogue, the dialogue nothing of it.
 */
#ifndef APP_CHANNEL_H
#define APP_CHANNEL_H

#include "app/channel_in.h"
#include "app/engine.h"
#include "app/host.h"
#include "net/server.h"

/* What the server will answer; entries are copied, their ctx stays the channel's. */
struct routes {
    struct arena *arena;
    VEC(struct route_entry) http;
    VEC(struct route_entry) own; /* of metrics_listen, when that is set */
    VEC(struct ws_entry) sockets;
    VEC(struct body_stream) streams;
};

/* One outgoing message; everything is the caller's until done is called. */
struct message {
    str key;      /* random_key's alphabet; the same however often it is tried */
    str place;    /* the channel's own name for where it goes */
    str address;  /* JSON, as the newest arrival from there gave it */
    str frame;    /* JSON as in balie.v1: an `answer` or an `agent` frame */
    bool unclear; /* an earlier try may have arrived: look there for the key first */
};

enum message_end {
    MESSAGE_SENT,
    MESSAGE_RETRY,   /* it certainly did not arrive; may work later */
    MESSAGE_UNCLEAR, /* it may have arrived (time-out, reset, 5xx) */
    MESSAGE_FAILED,  /* it did not arrive and never will */
};

struct message_result {
    enum message_end end;
    str id;           /* SENT: the channel's own id of it, may be empty */
    str error;        /* for operators: no secrets, no personal data */
    int64_t retry_ms; /* the channel's own wish; 0: none */
};

struct channel {
    const char *name;
    /* RC_NOT_FOUND: there are no settings for it; it is left out. */
    MUST_USE enum rc (*start)(const struct host *host, struct engine *engine,
                              struct routes *routes, void **self);
    /* done is called once, later or from inside; after stop not at all. Messages of one
     * place come one after the other. NULL: people here keep connections open. */
    void (*send)(void *self, const struct message *m,
                 void (*done)(void *ctx, const struct message_result *r), void *ctx);
    void (*drain)(void *self); /* take no more; what is in hand goes on */
    void (*stop)(void *self);  /* after the server is gone; accepts NULL */
};

#endif
