#include "net/call.h"

#include "base/clock.h"
#include "base/str.h"

#include <stdlib.h>

static void link_call(struct http_call **list, struct http_call *c)
{
    c->list = list;
    c->before = NULL;
    c->after = *list;
    if (c->after)
        c->after->before = c;
    *list = c;
}

static void unlink_call(struct http_call *c)
{
    *(c->before ? &c->before->after : c->list) = c->after;
    if (c->after)
        c->after->before = c->before;
}

/* c is in no list any more. */
static void call_free(struct http_call *c)
{
    curl_easy_cleanup(c->easy); /* accepts NULL */
    curl_slist_free_all(c->lines);
    free(c->body);
    free(c->head);
    sending_free(c->sending);
    free(c);
}

/* Making a handle costs a third of what using it does: it is emptied and kept. */
static void keep_handle(struct http *h, CURL *easy)
{
    if (h->n_spare == HTTP_SPARE_MAX) {
        curl_easy_cleanup(easy);
        return;
    }
    curl_easy_reset(easy);
    h->spare[h->n_spare++] = easy;
}

static str error_of(const struct http_call *c, CURLcode code)
{
    if (c->why)
        return str_c(c->why);
    return str_c(c->error[0] ? c->error : curl_easy_strerror(code));
}

static void on_ended(void *ctx, CURL *easy, CURLcode code)
{
    struct http *h = ctx;
    struct http_call *c = NULL;
    char *peer = NULL;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&c);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    struct http_reply reply = {.took_ms = clock_mono_ms() - c->started_ms};
    if (code == CURLE_OK && !c->headers_done)
        c->why = "cut short in the headers"; /* curl lets that pass */
    if (code == CURLE_OK && !c->why) {
        reply.end = HTTP_DONE;
        reply.status = (int)status;
        reply.body = (str){c->body ? c->body : "", c->body ? c->body_n : 0};
        reply.size = (int64_t)c->body_n;
        reply.headers = (str){c->head ? c->head : "", c->head_n};
        if (curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &peer) == CURLE_OK)
            reply.peer = str_c(peer); /* lives until the handle's next use */
    } else {
        /* curl says when it begins to send: before, nothing has left us */
        reply.end = c->requests > 0 ? HTTP_UNCLEAR : HTTP_NOT_SENT;
        reply.error = error_of(c, code);
        reply.too_large = code == CURLE_FILESIZE_EXCEEDED || c->too_large;
    }
    unlink_call(c);
    multi_remove(h->multi, easy);
    h->told = c;
    c->done(c->ctx, &reply); /* may send, cancel others, free h */
    if (c->http) {
        h->told = NULL;
        keep_handle(h, easy);
        c->easy = NULL;
    }
    call_free(c);
}

/* One a turn: done may free h. */
static void on_later(void *ctx)
{
    struct http *h = ctx;
    struct http_call *c = h->refused;
    if (!c)
        return;
    struct http_reply reply = {.end = HTTP_NOT_SENT, .error = str_c(c->why)};
    unlink_call(c);
    if (h->refused)
        timer_set(h->later, 0);
    c->done(c->ctx, &reply);
    call_free(c);
}

void http_cancel(struct http_call *c)
{
    unlink_call(c);
    if (c->easy)
        multi_remove(c->http->multi, c->easy);
    call_free(c);
}

static void cancel_all(struct http_call *c)
{
    for (struct http_call *after; c; c = after) {
        after = c->after;
        http_cancel(c);
    }
}

struct http *http_new(struct loop *l, size_t most_connections)
{
    struct http *h = must_alloc(sizeof *h);
    h->loop = l;
    h->multi = multi_new(l, most_connections, on_ended, h);
    h->later = timer_new(l, on_later, h);
    h->scratch = arena_new();
    return h;
}

void http_free(struct http *h)
{
    if (!h)
        return;
    cancel_all(h->calls);
    cancel_all(h->refused);
    while (h->n_spare > 0)
        curl_easy_cleanup(h->spare[--h->n_spare]);
    if (h->told)
        h->told->http = NULL;
    multi_free(h->multi);
    timer_free(h->later);
    arena_free(h->scratch);
    free(h->proxy);
    free(h);
}

void http_set_proxy(struct http *h, str url)
{
    free(h->proxy);
    h->proxy = NULL;
    if (url.n) {
        h->proxy = must_alloc(url.n + 1);
        memcpy(h->proxy, url.p, url.n);
    }
}

void http_start(struct http_call *c)
{
    link_call(&c->http->calls, c);
    multi_add(c->http->multi, c->easy);
}

struct http_call *http_send(struct http *h, const struct http_request *r,
                            void (*done)(void *ctx, const struct http_reply *reply),
                            void *ctx)
{
    struct http_call *c = must_alloc(sizeof *c);
    c->http = h;
    c->easy = h->n_spare > 0 ? h->spare[--h->n_spare] : NULL;
    c->done = done;
    c->ctx = ctx;
    c->started_ms = clock_mono_ms();
    if (transfer_set(c, r)) {
        http_start(c);
    } else {
        curl_easy_cleanup(c->easy);
        c->easy = NULL;
        link_call(&h->refused, c);
        timer_set(h->later, 0);
    }
    return c;
}

str http_header(const struct http_reply *r, const char *name)
{
    str rest = r->headers, line;
    while (str_line(&rest, &line)) {
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon > 0 && str_eq_ascii(str_sub(line, 0, (size_t)colon), str_c(name)))
            return str_trim(str_sub(line, (size_t)colon + 1, line.n));
    }
    return STR_NONE;
}
