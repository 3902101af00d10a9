/*
 * http - HTTP(S) client on the loop: libcurl's multi interface. Never blocks.
 *
 * Redirects are not followed. A kept connection that breaks before a reply is tried anew
 * by itself, except for POST and PATCH: these are never sent twice (HTTP_UNCLEAR).
 * Proxies are taken from the settings only, TLS certificates are always verified. Only
 * bot/net includes curl.h.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "base/arena.h"
#include "net/loop.h"

enum {
    HTTP_REPLY_MAX = 1024 * 1024, /* bytes of a reply's body */
    HTTP_HEADERS_MAX = 64 * 1024,
};

struct http;
struct http_call;

/* A file inside a request's body: body, the file, tail. */
struct http_file {
    str path;
    int64_t size; /* that it must have */
    bool base64;
    str tail;
};

struct http_request {
    const char *method; /* "GET", "POST", "PUT", "PATCH", "DELETE" */
    str url;            /* http or https only */
    const str *headers; /* "Name: value" */
    size_t n_headers;
    str body;                     /* sent when body.p is set, also when empty */
    int64_t connect_ms, total_ms; /* limits; 0: 5 s and 20 s */
    str ca_file;                  /* empty: the system's */
    struct http_file file;        /* behind body; path.n 0: none */
    int reply_to;      /* where a 2xx's body goes, instead of memory; 0: nowhere */
    size_t reply_most; /* 0: HTTP_REPLY_MAX */
};

enum http_end {
    HTTP_DONE,     /* a whole reply arrived: status, headers, body */
    HTTP_NOT_SENT, /* certain that the server saw nothing: no address, no connection, TLS
                      refused */
    HTTP_UNCLEAR,  /* something may have been sent: timeout, reset, cut short, reply too
                      large */
};

struct http_reply {
    enum http_end end;
    int status;     /* HTTP_DONE */
    str body;       /* HTTP_DONE; empty when it went to reply_to */
    int64_t size;   /* bytes of the body, wherever it went */
    str headers;    /* raw header block of the final response */
    bool too_large; /* HTTP_UNCLEAR: the reply is, and will be again */
    str error;      /* why, for logs: no secrets, no body */
    str peer;       /* numeric address of who answered (or the proxy's), empty: nobody */
    int64_t took_ms;
};

struct http *http_new(struct loop *l, size_t most_connections);
void http_free(struct http *h); /* accepts NULL; cancels what runs without calling back */
/* For all later calls, e.g. "http://proxy:3128"; empty (so at first): none, whatever the
 * environment says. */
void http_set_proxy(struct http *h, str url);
/* Everything of the request is copied. done is called exactly once, later, on the loop,
 * never from inside http_send; the reply is valid during the call only. */
struct http_call *http_send(struct http *h, const struct http_request *r,
                            void (*done)(void *ctx, const struct http_reply *reply),
                            void *ctx);
void http_cancel(
    struct http_call *c); /* done is not called; not from inside its own done */
/* A header of the reply by name, any case; STR_NONE when absent. */
str http_header(const struct http_reply *r, const char *name);

#endif
