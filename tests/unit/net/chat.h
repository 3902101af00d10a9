/*
 * chat - a server with a chat that answers by what it is told, for the tests of
 * WebSocket.
 */
#ifndef TESTS_UNIT_NET_CHAT_H
#define TESTS_UNIT_NET_CHAT_H

#include <stdatomic.h>

#include "base/clock.h"
#include "net/server.h"
#include "wire.h"

struct chat {
    struct loop *loop;
    struct server *server;
    struct ws_entry entries[2];
    struct server_conf conf;
    struct timer *timer;
    struct talk *held; /* paused */
    int opened;
    atomic_int closed, messages; /* the player looks at them */
    size_t longest;
    char peer[64], origin[64];
    bool refuse, greet, drained;
};

struct talk {
    struct chat *chat;
    struct ws *ws;
    int seen;
};

static inline void *on_open(void *ctx, struct ws *ws, struct request *handshake)
{
    struct chat *c = ctx;
    if (c->refuse)
        return NULL;
    c->opened++;
    snprintf(c->peer, sizeof c->peer, "%.*s", STR_ARG(ws_peer(ws)));
    snprintf(c->origin, sizeof c->origin, "%.*s",
             STR_ARG(request_header(handshake, "origin")));
    if (c->greet)
        ws_send(ws, STR("welcome"));
    struct talk *t = must_alloc(sizeof *t);
    *t = (struct talk){c, ws, 0};
    return t;
}

static inline void release(void *ctx)
{
    struct chat *c = ctx;
    struct talk *t = c->held;
    c->held = NULL;
    ws_send(t->ws, STR("released"));
    ws_pause(t->ws, false);
}

static inline void flood(struct talk *t)
{
    static char text[100 * 1000];
    memset(text, 'f', sizeof text);
    for (int i = 0; i < 200; i++)
        ws_send(t->ws, (str){text, sizeof text});
}

static inline void on_message(void *conn, str text)
{
    struct talk *t = conn;
    struct chat *c = t->chat;
    c->messages++;
    c->longest = MAX(c->longest, text.n);
    t->seen++;
    if (str_eq(text, STR("bye"))) {
        ws_send(t->ws, STR("goodbye"));
        ws_close(t->ws, 4401, "token");
        ws_send(t->ws, STR("never sent"));
    } else if (str_eq(text, STR("flood"))) {
        flood(t);
    } else if (str_eq(text, STR("twice"))) {
        ws_send(t->ws, STR("one"));
        ws_send(t->ws, STR("two"));
    } else if (str_eq(text, STR("hold"))) {
        c->held = t;
        ws_pause(t->ws, true);
        timer_set(c->timer, 100);
    } else {
        ws_send(t->ws, text);
    }
}

static inline void on_closed(void *conn)
{
    struct talk *t = conn;
    t->chat->closed++;
    if (t->chat->held == t)
        t->chat->held = NULL;
    free(t);
}

static inline void open_chat(struct chat *c, const struct server_conf *with)
{
    *c = (struct chat){.loop = loop_new()};
    c->entries[0] =
        (struct ws_entry){"/chat", "balie.v1", c, on_open, on_message, on_closed};
    c->entries[1] =
        (struct ws_entry){"/other", "other.v1", c, on_open, on_message, on_closed};
    c->conf = *with;
    c->conf.address = STR("127.0.0.1");
    c->conf.sockets = c->entries;
    c->conf.n_sockets = 2;
    c->timer = timer_new(c->loop, release, c);
    CHECK_RC(server_start(c->loop, &c->conf, &c->server), RC_OK);
}

static inline void close_chat(struct chat *c)
{
    timer_free(c->timer);
    server_free(c->server);
    loop_free(c->loop);
    CHECK_INT(c->closed, c->opened, "every connection is closed once");
}

static inline struct chat run_with(void (*script)(struct play *),
                                   const struct server_conf *with)
{
    struct chat c;
    open_chat(&c, with);
    play(c.loop, server_port(c.server), script, &c);
    close_chat(&c);
    return c;
}

static inline struct chat run(void (*script)(struct play *))
{
    return run_with(script, &(struct server_conf){0});
}

#endif
