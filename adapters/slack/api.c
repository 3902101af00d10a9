#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "base/log.h"
#include "net/http.h"

enum {
    CONNECT_MS = 5000,
    TOTAL_MS = 10000,
    RETRY_DEFAULT_MS = 1000,
    RETRY_MAX_S = 600,
    STATUS_OK = 200,
    STATUS_LIMITED = 429,
};

struct call {
    struct slack *slack;
    const char *method;
    struct http_call *http;
    void (*done)(void *ctx, const struct api_result *r);
    void *ctx;
    struct call *before, *next;
};

static void unlink_one(struct call *c)
{
    if (c->next)
        c->next->before = c->before;
    if (c->before)
        c->before->next = c->next;
    else
        c->slack->calls = c->next;
}

static int64_t wait_ms(const struct http_reply *r)
{
    int64_t s;
    if (str_int(str_trim(http_header(r, "retry-after")), &s) || s < 0)
        return RETRY_DEFAULT_MS;
    return MIN(s, (int64_t)RETRY_MAX_S) * 1000;
}

/* Errors come as 200 with ok:false. */
static struct api_result judged(const struct http_reply *r, const json_t *body)
{
    if (r->end == HTTP_NOT_SENT)
        return (struct api_result){.end = API_DOWN, .error = r->error};
    if (r->end == HTTP_UNCLEAR)
        return (struct api_result){.end = API_UNCLEAR, .error = r->error};
    if (r->status == STATUS_LIMITED)
        return (struct api_result){
            .end = API_LIMITED, .error = STR("ratelimited"), .retry_ms = wait_ms(r)};
    if (r->status != STATUS_OK)
        return (struct api_result){.end = API_UNCLEAR, .error = STR("status is not 200")};
    if (!json_is_boolean(json_object_get(body, "ok")))
        return (struct api_result){.end = API_UNCLEAR, .error = STR("not JSON")};
    if (json_is_true(json_object_get(body, "ok")))
        return (struct api_result){.end = API_OK, .body = body};
    str error = json_text_of(body, "error");
    return (struct api_result){.end = str_eq(error, STR("ratelimited")) ? API_LIMITED
                                                                        : API_ERROR,
                               .body = body,
                               .error = error.n ? error : STR("no reason given"),
                               .retry_ms = RETRY_DEFAULT_MS};
}

static void ended(void *ctx, const struct http_reply *r)
{
    struct call *c = ctx;
    json_t *body = r->end == HTTP_DONE
        ? json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES, NULL)
        : NULL;
    struct api_result result = judged(r, body);
    unlink_one(c);
    if (result.end != API_OK)
        log_debug("slack: %s: %.*s", c->method, STR_ARG(result.error));
    c->done(c->ctx, &result);
    json_decref(body);
    free(c);
}

void api_call(struct slack *s, const char *method, str token, str body,
              void (*done)(void *ctx, const struct api_result *r), void *ctx)
{
    struct arena *a = arena_new();
    struct call *c = must_alloc(sizeof *c);
    *c = (struct call){
        .slack = s, .method = method, .done = done, .ctx = ctx, .next = s->calls};
    if (c->next)
        c->next->before = c;
    s->calls = c;
    const str headers[] = {str_starts(body, STR("{"))
                               ? STR("Content-Type: application/json; charset=utf-8")
                               : STR("Content-Type: application/x-www-form-urlencoded"),
                           arena_fmt(a, "Authorization: Bearer %.*s", STR_ARG(token))};
    struct http_request r = {.method = "POST",
                             .url =
                                 arena_fmt(a, "%.*s/%s", STR_ARG(s->s.api_url), method),
                             .headers = headers,
                             .n_headers = LEN(headers),
                             .body = body,
                             .connect_ms = CONNECT_MS,
                             .total_ms = TOTAL_MS,
                             .ca_file = s->s.ca_file};
    c->http = http_send(s->http, &r, ended, c);
    arena_free(a);
}

void api_drop(struct slack *s)
{
    for (struct call *c = s->calls, *next; c; c = next) {
        next = c->next;
        http_cancel(c->http);
        free(c);
    }
    s->calls = NULL;
}
