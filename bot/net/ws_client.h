/*
 * ws_client - WebSockets that we open (RFC 6455), by libwebsockets on the loop.
 *
 * lws resolves names by blocking the loop, so the caller gives the address: http.h tells
 * it for a host that was just asked (http_reply.peer). The certificate is checked
 * against the name. A connection that says nothing is pinged, and given up when it does
 * not answer. No proxy, whatever the environment says.
 */
#ifndef NET_WS_CLIENT_H
#define NET_WS_CLIENT_H

#include "base/base.h"
#include "net/loop.h"

enum {
    WS_CLIENT_MESSAGE_MAX = 1024 * 1024,
    WS_CLIENT_CONNECT_MS = 15 * 1000, /* until it is open */
    WS_CLIENT_PING_MS = 20 * 1000,
    WS_CLIENT_PONG_MS = 10 * 1000,
};

struct ws_clients;
struct ws_client;

struct ws_client_events {
    void (*opened)(void *ctx);
    void (*message)(void *ctx, str text); /* whole, valid UTF-8 */
    /* Once, also when it never opened; the struct ws_client is dead afterwards. Never
     * from inside ws_client_open. */
    void (*closed)(void *ctx);
};

/* ca_file empty: the system's. RC_IO. */
MUST_USE enum rc ws_clients_new(struct loop *l, str ca_file, struct ws_clients **out);
void ws_clients_free(struct ws_clients *c); /* accepts NULL; calls nobody back */
/* url: ws or wss. address: numeric, empty when the url's host is numeric. RC_INVALID. */
MUST_USE enum rc ws_client_open(struct ws_clients *c, str url, str address,
                                const struct ws_client_events *events, void *ctx,
                                struct ws_client **out);
void ws_client_send(struct ws_client *w, str text); /* copied; in order */
/* Says goodbye and goes; nobody is called back any more. */
void ws_client_leave(struct ws_client *w);

/* Splits "wss://host:port/path?query". RC_INVALID. */
struct ws_url {
    bool secure;
    str host, path; /* path with its query, "/" at least */
    int port;
    bool numeric; /* host is an address */
};
MUST_USE enum rc ws_url_parse(str url, struct ws_url *out);

#endif
