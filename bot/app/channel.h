/*
 * channel - the plug point for ways people reach balie.
 *
 * A channel adds its routes and WebSocket endpoints before the server starts, attaches
 * sinks to conversations (engine.h) and hands over what people do. It knows nothing of
 * the dialogue, the dialogue nothing of it.
 */
#ifndef APP_CHANNEL_H
#define APP_CHANNEL_H

#include "app/engine.h"
#include "app/host.h"
#include "net/server.h"

/* What the server will answer; entries are copied, their ctx stays the channel's. */
struct routes {
    struct arena *arena;
    VEC(struct route_entry) http;
    VEC(struct route_entry) own; /* of metrics_listen, when that is set */
    VEC(struct ws_entry) sockets;
};

struct channel {
    const char *name;
    MUST_USE enum rc (*start)(const struct host *host, struct engine *engine,
                              struct routes *routes, void **self);
    void (*drain)(void *self); /* take no more; what is in hand goes on */
    void (*stop)(void *self);  /* after the server is gone; accepts NULL */
};

#endif
