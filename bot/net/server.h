/*
 * server - HTTP/1.1 and WebSocket (RFC 6455) server on the loop, by libwebsockets.
 *
 * One listening address, a table of routes, and WebSocket endpoints that are routes too.
 * A connection carries one HTTP request (exchange.c says why), or a WebSocket.
 * Limits are named below and enforced before memory is spent. Everything runs on the
 * loop's thread. Only bot/net includes libwebsockets.h.
 */
#ifndef NET_SERVER_H
#define NET_SERVER_H

#include "base/arena.h"
#include "net/loop.h"

enum {
    SERVER_BODY_MAX = 256 * 1024, /* bytes of a request body: 413 above */
    SERVER_FRAME_MAX =
        16 * 1024, /* bytes of a WebSocket message, fragments together: close 1009 */
    SERVER_IDLE_MS =
        30 * 60 * 1000, /* a silent WebSocket is pinged at half, closed at this */
    SERVER_CONNECTIONS_MAX = 18000, /* above: 503 before the upgrade */
    SERVER_QUEUE_MAX =
        1024 * 1024, /* bytes queued to one slow reader: closed 1008 above */
    SERVER_HEADERS_MAX = 16 * 1024, /* bytes of request line and headers: closed above */
    SERVER_HEADERS_MS = 10 * 1000,  /* for a request's headers */
    SERVER_BODY_MS = 30 * 1000,     /* for a request's body, and for reading a reply */
    SERVER_STREAM_MS = 10 * 60 * 1000, /* for a body that is handed over as it comes */
    SERVER_CLOSE_MS = 5 * 1000,        /* for the peer to answer our close */
};

struct server;
struct request;
struct ws;

/* The body of POSTs to a path that is handed over as it comes, instead of being kept. It
 * may take as long as it goes on coming (SERVER_STREAM_MS at most). Then the path's route
 * handles the request, whose body is empty. */
struct body_stream {
    const char *path;
    void *ctx;
    size_t most; /* bytes: 413 above */
    /* The headers are there. False: refused, by request_reply. */
    bool (*begin)(void *ctx, struct request *r);
    /* The next bytes. False likewise. */
    bool (*piece)(void *ctx, struct request *r, str bytes);
    /* After begin said yes: the client went before the end. The request goes with it. */
    void (*gone)(void *ctx, struct request *r);
};

/* A route matches method ("GET", "POST", "HEAD" is answered through GET) and path; a path
 * that ends in "*" matches by prefix. First match wins. Unmatched: 404; path known but
 * method not: 405. The handler must answer now or later, once, with request_reply. */
struct route_entry {
    const char *method, *path;
    void (*handle)(void *ctx, struct request *r);
    void *ctx;
};

/* A WebSocket endpoint. Its request is checked before open is called: method, version,
 * key, sub-protocol, number of connections (503). open returns the connection's own
 * pointer, or NULL to refuse (the upgrade is answered 403). message gets one whole text
 * message, valid UTF-8 checked (else closed 1007; binary closed 1003). After closed the
 * struct ws is dead. paused connections do not read. */
struct ws_entry {
    const char *path, *protocol; /* sub-protocol that must be offered; else 400 */
    void *ctx;
    void *(*open)(void *ctx, struct ws *ws, struct request *handshake);
    void (*message)(void *conn, str text);
    void (*closed)(void *conn);
};

struct server_conf {
    str address; /* numeric IPv4 or IPv6, or "localhost" */
    int port;    /* 0: any free one */
    const struct route_entry *routes;
    size_t n_routes;
    const struct ws_entry *sockets;
    size_t n_sockets;
    const struct body_stream *streams;
    size_t n_streams;
    size_t most_connections; /* 0: SERVER_CONNECTIONS_MAX; never above what the process's
                                file limit allows */
    int64_t idle_ms;         /* 0: SERVER_IDLE_MS */
};

/* routes, sockets and streams stay the caller's and must live as long as the server.
 * RC_BUSY the address is taken (a line is logged), RC_IO anything else (e.g. the libev
 * plugin of libwebsockets is missing: the log line names the package to install). */
MUST_USE enum rc server_start(struct loop *l, const struct server_conf *c,
                              struct server **out);
int server_port(const struct server *s);
size_t server_connections(const struct server *s); /* open WebSockets */
/* Stops accepting; says goodbye (close 1001) to every socket; calls `drained` once all
 * are gone or after grace_ms. Then call server_free OUTSIDE any callback of the loop
 * (after loop_run). */
void server_drain(struct server *s, int64_t grace_ms, void (*drained)(void *ctx),
                  void *ctx);
void server_free(struct server *s); /* accepts NULL */

/* --- a request, valid until it is replied to --- */
str request_method(const struct request *r);
/* Percent-decoded once, "//", "/./" and "/../" resolved (libwebsockets keeps no raw
 * path), without the query. */
str request_path(const struct request *r);
/* Without "?", may be empty; percent-encoded again, so that decoding it gives what was
 * sent. */
str request_query(const struct request *r);
/* The decoded value of one member of the query; STR_NONE when absent. */
str request_arg(struct request *r, const char *name);
/* Value of a header by lower-case name; STR_NONE when absent. Any header: common ones and
 * unknown; common ones that were repeated are joined by ','. A header that was asked for
 * once stays known when the client has gone, others do not: ask inside handle. */
str request_header(struct request *r, const char *name);
str request_body(const struct request *r);
str request_peer(const struct request *r); /* numeric address */
struct arena *request_arena(struct request *r);
/* extra: complete "Name: value" lines, may be NULL. type NULL: no body expected (204,
 * 304). The body is copied. Safe when the client has gone. */
void request_reply(struct request *r, int status, const char *type,
                   const char *const *extra, size_t n_extra, str body);

/* The same with the next `size` bytes of the file fd as its body; closes fd. */
void request_reply_file(struct request *r, int status, const char *type,
                        const char *const *extra, size_t n_extra, int fd, size_t size);
/* The handler's own pointer, NULL at first. */
void request_set_own(struct request *r, void *own);
void *request_own(const struct request *r);

/* --- a WebSocket: every call is allowed from anywhere on the loop, open and message
 * included, until closed has returned. Nothing here calls back. --- */
void ws_send(struct ws *w,
             str text); /* copied; sent in order; at once when nothing is queued */
void ws_close(struct ws *w, int code,
              const char *reason); /* after what is queued is sent */
void ws_pause(struct ws *w, bool paused);
str ws_peer(const struct ws *w); /* numeric address, valid until the next ws_peer */

#endif
