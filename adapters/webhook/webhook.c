#include "adapters/webhook/webhook.h"

#include <jansson.h>
#include <stdlib.h>

#include "adapters/slack/signature.h"
#include "app/section.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json_text.h"
#include "net/http.h"

enum { BODY_MAX = 512 * 1024, RETRY_MS = 1000 };

/* A request whose turn is not durable yet, or a message on its way. */
struct pending {
    struct webhook *hook;
    struct request *request;
    struct http_call *call;
    void (*done)(void *ctx, const struct message_result *r);
    void *ctx;
    struct pending *next;
};

struct webhook {
    str url, secret;
    struct http *http;
    struct engine *engine;
    struct pending *in, *out;
    bool draining;
};

static void unlink_one(struct pending **at, const struct pending *p)
{
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
}

/* --- in --- */

static void reply(struct request *r, int status, const char *text)
{
    request_reply(r, status, "text/plain", NULL, 0, str_c(text));
}

static void taken(void *ctx, enum rc rc)
{
    struct pending *p = ctx;
    unlink_one(&p->hook->in, p);
    reply(p->request,
          rc == RC_OK          ? 200
              : rc == RC_LIMIT ? 400
                               : 503,
          rc == RC_OK          ? ""
              : rc == RC_LIMIT ? "id or place too long\n"
                               : "again\n");
    free(p);
}

static str person_of(const struct webhook *h, str email)
{
    const struct person *p = people_by_email(engine_people(h->engine), email);
    return p ? p->id : STR_NONE;
}

static void on_message(void *ctx, struct request *r)
{
    struct webhook *h = ctx;
    str body = request_body(r);
    if (h->draining ||
        !signature_is_valid(h->secret, request_header(r, "x-balie-time"),
                            request_header(r, "x-balie-signature"), body,
                            clock_wall_ms() / 1000)) {
        reply(r, h->draining ? 503 : 401, h->draining ? "restarting\n" : "not signed\n");
        return;
    }
    json_t *o = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(o)) {
        reply(r, 400, "one JSON object\n");
        json_decref(o);
        return;
    }
    struct pending *p = must_alloc(sizeof *p);
    *p = (struct pending){.hook = h, .request = r, .next = h->in};
    h->in = p;
    struct arrival a = {.type = json_text_of(o, "choice").n ? ARRIVAL_CHOOSE
                                                            : ARRIVAL_MESSAGE,
                        .channel = channel_webhook.name,
                        .id = json_text_of(o, "id"),
                        .place = json_text_of(o, "place"),
                        .address = STR("{}"),
                        .person = person_of(h, json_text_of(o, "email")),
                        .text = json_text_of(o, "text"),
                        .choice = json_text_of(o, "choice"),
                        .lang = lang_of(json_text_of(o, "language"))};
    engine_arrive(h->engine, &a, taken, p);
    json_decref(o);
}

/* --- out --- */

static void answered(void *ctx, const struct http_reply *r)
{
    struct pending *p = ctx;
    unlink_one(&p->hook->out, p);
    struct message_result m = {.end = MESSAGE_FAILED, .error = r->error};
    if (r->end != HTTP_DONE)
        m.end = r->end == HTTP_NOT_SENT ? MESSAGE_RETRY : MESSAGE_UNCLEAR;
    else if (r->status >= 200 && r->status < 300)
        m.end = MESSAGE_SENT;
    else if (r->status == 429 || r->status >= 500)
        m = (struct message_result){MESSAGE_RETRY, STR_NONE, STR("not now"), RETRY_MS};
    else
        m.error = STR("refused");
    p->done(p->ctx, &m);
    free(p);
}

static void send(void *self, const struct message *m,
                 void (*done)(void *ctx, const struct message_result *r), void *ctx)
{
    struct webhook *h = self;
    struct arena *a = arena_new();
    struct buf b = buf_new(a, BODY_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "key", m->key);
    buf_json_member(&b, "place", m->place);
    buf_fmt(&b, ",\"frame\":%.*s}", STR_ARG(m->frame));
    str now = arena_fmt(a, "%lld", (long long)(clock_wall_ms() / 1000));
    char mark[SIGNATURE_BYTES + 1];
    signature_make(h->secret, now, buf_str(&b), mark);
    const str headers[] = {STR("Content-Type: application/json"),
                           arena_fmt(a, "X-Balie-Time: %.*s", STR_ARG(now)),
                           arena_fmt(a, "X-Balie-Signature: %s", mark)};
    struct pending *p = must_alloc(sizeof *p);
    *p = (struct pending){.hook = h, .done = done, .ctx = ctx, .next = h->out};
    h->out = p;
    struct http_request r = {.method = "POST",
                             .url = h->url,
                             .headers = headers,
                             .n_headers = LEN(headers),
                             .body = buf_str(&b)};
    p->call = http_send(h->http, &r, answered, p);
    arena_free(a);
}

/* --- life --- */

static enum rc start(const struct host *host, struct engine *engine,
                     struct routes *routes, void **self)
{
    if (!host->settings)
        return RC_NOT_FOUND;
    struct webhook *h = must_alloc(sizeof *h);
    *h = (struct webhook){.http = host->http, .engine = engine};
    *self = h;
    const struct section_key keys[] = {
        {"url", SECTION_URL, &h->url, true, 0, 0},
        {"secret", SECTION_SECRET, &h->secret, true, 0, 0}};
    *arena_push(routes->arena, &routes->http) =
        (struct route_entry){"POST", "/webhook/messages", on_message, h};
    return section_read(host, "channels.webhook", keys, LEN(keys));
}

static void drain(void *self)
{
    ((struct webhook *)self)->draining = true;
}

static void stop(void *self)
{
    struct webhook *h = self;
    for (struct pending *p = h ? h->in : NULL, *next; p; p = next)
        next = p->next, taken(p, RC_BUSY);
    for (struct pending *p = h ? h->out : NULL, *next; p; p = next) {
        next = p->next;
        http_cancel(p->call);
        free(p);
    }
    free(h);
}

const struct channel channel_webhook = {
    .name = "webhook", .start = start, .send = send, .drain = drain, .stop = stop};
