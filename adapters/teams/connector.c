#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "net/http.h"
#include "rest/retry_after.h"

enum { TOTAL_MS = 15000, RETRY_MAX_MS = 600 * 1000, TOKEN_RETRY_MS = 5000 };

struct connector_call {
    struct teams *teams;
    struct arena *arena; /* it lies in it */
    str url, body;
    struct http_call *http;
    bool again; /* the second try, with a new token */
    void (*done)(void *ctx, const struct connector_result *r);
    void *ctx;
    struct connector_call *before, *next;
};

str connector_part(struct arena *a, str s)
{
    struct buf b = buf_new(a, 3 * s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain)
            buf_char(&b, c);
        else
            buf_fmt(&b, "%%%02X", (unsigned)(unsigned char)c);
    }
    return buf_str(&b);
}

static void end(struct connector_call *c, const struct connector_result *r)
{
    if (c->next)
        c->next->before = c->before;
    if (c->before)
        c->before->next = c->next;
    else
        c->teams->calls = c->next;
    if (r)
        c->done(c->ctx, r);
    arena_free(c->arena);
}

/* 429 and 412 say "not now"; 502 and 504 that a gateway lost sight of it. */
static struct connector_result judged(const struct http_reply *r, const json_t *body)
{
    struct connector_result out = {.end = MESSAGE_FAILED,
                                   .status = r->end == HTTP_DONE ? r->status : 0,
                                   .body = body,
                                   .error = r->error};
    if (r->end != HTTP_DONE) {
        out.end = r->end == HTTP_NOT_SENT ? MESSAGE_RETRY : MESSAGE_UNCLEAR;
        return out;
    }
    str code = json_text_of(json_object_get(body, "error"), "code");
    out.error = code.n ? code : STR("refused");
    out.retry_ms =
        retry_after(http_header(r, "retry-after"), clock_wall_ms(), RETRY_MAX_MS);
    if (r->status >= 200 && r->status < 300)
        out.end = MESSAGE_SENT;
    else if (r->status == 401 || r->status == 412 || r->status == 429)
        out.end = MESSAGE_RETRY;
    else if (r->status >= 500 || r->status == 408)
        out.end = MESSAGE_UNCLEAR;
    return out;
}

static void go(struct connector_call *c);

static void answered(void *ctx, const struct http_reply *r)
{
    struct connector_call *c = ctx;
    c->http = NULL;
    if (r->end == HTTP_DONE && r->status == 401 && !c->again) {
        c->again = true;
        if (c->teams->tokens)
            token_refused(c->teams->tokens);
        go(c);
        return;
    }
    json_t *body = r->end == HTTP_DONE && r->body.n > 0
        ? json_loadb(r->body.p, r->body.n, 0, NULL)
        : NULL;
    struct connector_result result = judged(r, body);
    end(c, &result);
    json_decref(body);
}

static void send(struct connector_call *c, str token)
{
    str headers[] = {STR("Content-Type: application/json; charset=utf-8"),
                     arena_fmt(c->arena, "Authorization: Bearer %.*s", STR_ARG(token))};
    struct http_request r = {.method = c->body.n ? "POST" : "GET",
                             .url = c->url,
                             .headers = headers,
                             .n_headers = token.n ? 2 : 1,
                             .body = c->body,
                             .total_ms = TOTAL_MS,
                             .ca_file = c->teams->s.ca_file};
    if (c->body.n == 0)
        r.body = STR_NONE;
    c->http = http_send(c->teams->http, &r, answered, c);
}

static void got_token(void *ctx, str token, str error)
{
    struct connector_call *c = ctx;
    if (token.n > 0) {
        send(c, token);
        return;
    }
    struct connector_result r = {
        .end = MESSAGE_RETRY, .error = error, .retry_ms = TOKEN_RETRY_MS};
    end(c, &r);
}

static void go(struct connector_call *c)
{
    if (c->teams->tokens)
        token_get(c->teams->tokens, got_token, c);
    else
        send(c, STR_NONE); /* a local test */
}

void connector_send(struct teams *t, str service_url, str path, str body,
                    void (*done)(void *ctx, const struct connector_result *r), void *ctx)
{
    struct arena *a = arena_new();
    struct connector_call *c = arena_alloc(a, sizeof *c);
    if (str_ends(service_url, STR("/")))
        service_url.n--;
    *c = (struct connector_call){.teams = t,
                                 .arena = a,
                                 .url = arena_join(a, service_url, path),
                                 .body = arena_str(a, body),
                                 .done = done,
                                 .ctx = ctx,
                                 .next = t->calls};
    if (c->next)
        c->next->before = c;
    t->calls = c;
    go(c);
}

/* After token_client_free: nobody calls back for a token any more. */
void connector_drop(struct teams *t)
{
    while (t->calls) {
        if (t->calls->http)
            http_cancel(t->calls->http);
        end(t->calls, NULL);
    }
}
