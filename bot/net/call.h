/*
 * call - what the files of the HTTP client share.
 *
 *   http.c      the interface, the end of a call     multi.c    curl on the loop
 *   transfer.c  one request as curl's options, its reply as it comes in
 *   transfer_file.c   a file as part of a request
 *   mail.c      the same for a mail
 */
#ifndef NET_CALL_H
#define NET_CALL_H

#include "net/http.h"

#include <curl/curl.h>

enum { HTTP_SPARE_MAX = 64 };

struct multi;

struct http {
    struct loop *loop;
    struct multi *multi;
    struct http_call *calls;
    struct http_call *refused; /* ended before curl saw them: told at the next turn */
    struct http_call *told;    /* whose done is being called: it may free us */
    CURL *spare[HTTP_SPARE_MAX];
    size_t n_spare;
    struct arena *scratch;
    struct timer *later;
    char *proxy; /* NULL: none */
};

struct http_call {
    struct http *http;
    struct http_call **list; /* http->calls or ->refused */
    struct http_call *before, *after;
    void (*done)(void *ctx, const struct http_reply *reply);
    void *ctx;
    CURL *easy; /* NULL: refused */
    struct curl_slist *lines;
    int64_t started_ms;
    int requests;      /* how often curl began to send it */
    bool once;         /* must not be sent twice: POST, PATCH */
    bool headers_done; /* what follows are trailers */
    const char *why;   /* our reason for ending it, NULL: curl's */
    char *body;
    size_t body_n, body_cap;
    char *head;
    size_t head_n, head_cap;
    char error[CURL_ERROR_SIZE];
    struct sending *sending; /* a body with a file in it, NULL: none */
    bool too_large;          /* the reply */
    int reply_to;            /* 0: memory */
    size_t reply_most;
};

/* http.c: c->easy is set up; from now on it runs. */
void http_start(struct http_call *c);

/* transfer.c: sets up c->easy. False: the request is not one (c->why). */
MUST_USE bool transfer_set(struct http_call *c, const struct http_request *r);

/* transfer_file.c: a body with a file in it. False: the file cannot be read, or has
 * another size. */
MUST_USE bool sending_set(struct http_call *c, const struct http_request *r);
void sending_free(struct sending *s); /* accepts NULL */

/* multi.c: ended gets every transfer that has ended, from the loop, and may add, remove
 * and call multi_free (which then takes effect when the loop is done with it). */
struct multi *multi_new(struct loop *l, size_t most,
                        void (*ended)(void *ctx, CURL *easy, CURLcode code), void *ctx);
void multi_add(struct multi *m, CURL *easy);
void multi_remove(struct multi *m, CURL *easy);
void multi_free(struct multi *m);

#endif
