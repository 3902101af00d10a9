/*
 * serve - what the files of the server share: its state, and how they hand over.
 *
 *   server.c   start, tick, drain, free        accept.c   the listening socket
 *   exchange.c an HTTP request's life in lws   request.c  what a handler sees of it
 *   reply.c    the bytes of a reply            route.c    which handler
 *   upgrade.c  the WebSocket handshake         ws.c       an open WebSocket
 *   sweep.c    idle and closing time-outs      outbox.c   what waits for a slow reader
 *
 * lws calls back per connection (`wsi`). A WebSocket's struct ws is the wsi's opaque
 * pointer; an HTTP request hangs in a slot that lws allocates per transaction.
 */
#ifndef NET_SERVE_H
#define NET_SERVE_H

#include "base/log.h"
#include "base/str.h"
#include "net/server.h"

#include <libwebsockets.h>

enum {
    TICK_MS = 250,      /* also how late lws's own timers may be: see server.c */
    DRAIN_TICK_MS = 20, /* while draining: nobody waits for a quarter second */
    LINGER_MS = 2000,   /* how long a refused body is read and thrown away */
    READ_MAX = 4096,    /* lws's receive buffer (pt_serv_buf_size) */
    WS_CHUNK = 512,     /* lws's buffer per WebSocket; longer messages come in pieces */
    PEER_MAX = 64,
};

struct acceptor;
struct outbox;

struct ws {
    struct lws *wsi;
    struct server *server;
    const struct ws_entry *entry;
    void *conn; /* the application's */
    struct message *in;
    struct outbox *out;
    struct ws *before, *after; /* in server->idle or ->closing */
    uint32_t heard, due;       /* ticks */
    bool open : 1;             /* the handshake is done */
    bool closing : 1; /* in server->closing: nothing more is taken or delivered */
    bool close_sent : 1;
    bool paused : 1;
    bool pinged : 1;
    bool ping : 1;   /* one is to be sent */
    bool masked : 1; /* was seen to mask its frames */
};

struct ws_list {
    struct ws *first, *last;
};

enum phase {
    PHASE_BODY,   /* being read */
    PHASE_ASKED,  /* the handler has it */
    PHASE_REPLY,  /* being written */
    PHASE_LINGER, /* refused; the body is read and thrown away */
};

struct request {
    struct server *server; /* NULL: gone */
    struct lws *wsi;       /* NULL: the client has gone */
    struct request **slot; /* where lws keeps us */
    struct request *before, *after;
    struct arena *arena;
    const char *method;
    str path;
    enum phase phase;
    uint32_t due; /* ticks; all phases but PHASE_ASKED */
    bool head;    /* HEAD: answered without its body */
    bool inside;  /* the handler is running inside an lws callback */
    bool handshake;
    unsigned char *body;
    size_t body_n, body_cap, body_want;
    unsigned char *out; /* the reply; out_done of out_n bytes are written */
    size_t out_n, out_done;
    int file;         /* -1: none; what of it is left comes behind `out` */
    size_t file_left; /* bytes */
    const struct body_stream *stream; /* takes the body as it comes; NULL: it is kept */
    uint32_t ends;                    /* ticks: until then that may last */
    void *own;                        /* the handler's */
    struct watch *writable;           /* what the socket did not take waits for it */
    struct known {
        str name, value;
    } * known; /* headers that were asked for */
    size_t n_known, known_cap;
};

struct server {
    struct loop *loop;
    struct lws_context *context;
    struct lws_vhost *vhost;
    struct lws_protocols *protocols; /* [0] HTTP, then each sub-protocol once */
    struct acceptor *acceptor;
    struct timer *tick;
    const struct route_entry *routes;
    size_t n_routes;
    const struct ws_entry *sockets;
    size_t n_sockets;
    const struct body_stream *streams;
    size_t n_streams;
    size_t most;              /* WebSockets */
    size_t n_ws, n_wsi;       /* open WebSockets; all connections */
    struct ws_list idle;      /* in the order they are to be looked at */
    struct ws_list closing;   /* in the order they are to be killed */
    struct request *requests; /* all that are not replied to */
    uint32_t now;             /* ticks since the start */
    int64_t started_ms;
    uint32_t idle_ticks;
    const unsigned char *read_buf; /* lws's, once known (ws.c) */
    unsigned char *scratch;        /* LWS_PRE + SCRATCH_MAX, for writing at once */
    char peer[PEER_MAX];
    bool draining;
    int64_t drain_until_ms;
    void (*drained)(void *ctx);
    void *drained_ctx;
};

enum { SCRATCH_MAX = 16 * 1024 };

static inline struct server *server_of(struct lws *wsi)
{
    return lws_context_user(lws_get_context(wsi));
}

static inline uint32_t ticks(int64_t ms)
{
    return (uint32_t)((ms + TICK_MS - 1) / TICK_MS);
}

/* a has come, seen from now; right across the wrap of the counter */
static inline bool tick_reached(uint32_t now, uint32_t a)
{
    return (int32_t)(now - a) >= 0;
}

/* accept.c: RC_BUSY, RC_IO. */
MUST_USE enum rc acceptor_open(struct server *s, const struct server_conf *c,
                               struct acceptor **out);
int acceptor_port(const struct acceptor *a);
void acceptor_tick(struct acceptor *a); /* tries again after running out of files */
void acceptor_close(struct acceptor *a);
/* Numeric address of the socket's peer, NUL-terminated; "" when unknown. */
str socket_peer(int fd, char *to, size_t max);

/* exchange.c, ws.c: lws's callbacks */
int on_http(struct lws *wsi, enum lws_callback_reasons why, void *user, void *in,
            size_t n);
int on_ws(struct lws *wsi, enum lws_callback_reasons why, void *user, void *in, size_t n);

/* request.c */
struct request *request_new(struct server *s, struct lws *wsi, struct request **slot);
void request_free(struct request *r);
/* The client has gone: freed now, or when the handler replies. */
void request_gone(struct request *r);

/* reply.c: makes r->out. */
void reply_build(struct request *r, int status, const char *type,
                 const char *const *extra, size_t n_extra, str body);
void reply_build_file(struct request *r, int status, const char *type,
                      const char *const *extra, size_t n_extra, int fd, size_t size);
/* A refusal of our own, in plain text. */
void reply_refuse(struct request *r, int status);
/* Writes what the socket takes of r->out. False: not all of it, a watch is needed; true:
 * all, or the connection is broken: it is to be ended. */
MUST_USE bool reply_write(struct request *r);

/* route.c: NULL with *status and (405) the Allow line in *allow. */
const struct route_entry *route_find(const struct server *s, struct request *r,
                                     int *status, str *allow);

/* upgrade.c: lws's LWS_CALLBACK_HTTP_CONFIRM_UPGRADE. */
int upgrade_confirm(struct server *s, struct lws *wsi, char *upgrade);

/* ws.c */
struct ws *ws_new(struct server *s, const struct ws_entry *e);
void ws_gone(struct ws *w); /* frees it; tells the application if it ever knew it */
void ws_kill(struct ws *w); /* now; only from outside lws's callbacks */

/* sweep.c */
void sweep_add(struct ws *w);
void sweep_close(struct ws *w); /* moves it to those that must end soon */
void sweep_remove(struct ws *w);
void sweep(struct server *s);

/* outbox.c: messages that wait; each holds LWS_PRE bytes in front. */
struct outbox *outbox_new(void);
void outbox_free(struct outbox *o);
void outbox_put(struct outbox *o, enum lws_write_protocol kind, str text);
size_t outbox_bytes(const struct outbox *o);
/* The first, NULL when empty; outbox_drop frees it. */
unsigned char *outbox_first(struct outbox *o, enum lws_write_protocol *kind, size_t *n);
void outbox_drop(struct outbox *o);

#endif
