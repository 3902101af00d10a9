/*
 * Socket Mode. One WebSocket serves; when Slack announces that it will end it, the next
 * one is opened first and both serve until the new one has said hello, so that there is
 * never none. What comes twice is taken once (channel_in.h).
 *
 *   apps.connections.open -> the address of the host (ws_client.h) -> open -> hello
 */
#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "net/http.h"
#include "net/ws_client.h"

enum {
    FIRST_RETRY_MS = 500,
    LAST_RETRY_MS = 60 * 1000,
    HELLO_MS = 15 * 1000,
    ACK_MAX = 8 * 1024,
    ENVELOPE_MAX = 200,
    RESOLVE_MS = 10 * 1000,
};

struct socket {
    struct socket_mode *mode;
    struct ws_client *ws;
    bool greeted;
    bool leaving; /* another one serves: gone once its envelopes are acknowledged */
    struct socket *next;
};

/* An envelope that waits for its turn to be durable. */
struct envelope {
    struct socket_mode *mode;
    struct socket *from; /* NULL: that socket is gone; Slack will deliver again */
    bool takes_answer;
    struct envelope *before, *next;
    char id[ENVELOPE_MAX + 1];
};

struct socket_mode {
    struct slack *slack;
    struct ws_clients *clients;
    struct socket *sockets; /* newest first */
    struct envelope *envelopes;
    struct timer *retry, *hello;
    struct http_call *resolving;
    char *url; /* being resolved */
    bool connecting, ended;
    int failures;
};

static void connect_now(struct socket_mode *m);

static void connect_later(struct socket_mode *m)
{
    int64_t ms = FIRST_RETRY_MS;
    unsigned char r;
    for (int i = 1; i < m->failures && ms < LAST_RETRY_MS; i++)
        ms *= 2;
    ms = MIN(ms, (int64_t)LAST_RETRY_MS);
    random_bytes(&r, 1);
    timer_set(m->retry, ms / 2 + ms * r / 256);
}

static void failed(struct socket_mode *m, const char *what, str why)
{
    m->connecting = false;
    m->failures++;
    log_warn("slack: socket mode: %s: %.*s", what, STR_ARG(why));
    connect_later(m);
}

static void on_retry(void *ctx)
{
    struct socket_mode *m = ctx;
    if (!m->connecting && !m->ended)
        connect_now(m);
}

/* --- a socket --- */

static void forget(struct socket *s)
{
    struct socket **at = &s->mode->sockets;
    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    for (struct envelope *e = s->mode->envelopes; e; e = e->next)
        if (e->from == s)
            e->from = NULL;
    free(s);
}

static void leave(struct socket *s)
{
    ws_client_leave(s->ws);
    forget(s);
}

static bool has_envelopes(const struct socket *s)
{
    const struct envelope *e = s->mode->envelopes;
    while (e && e->from != s)
        e = e->next;
    return e != NULL;
}

static void leave_when_done(struct socket *s)
{
    s->leaving = true;
    if (!has_envelopes(s))
        leave(s);
}

static bool is_served(const struct socket_mode *m)
{
    for (const struct socket *s = m->sockets; s; s = s->next)
        if (s->greeted && !s->leaving)
            return true;
    return false;
}

/* Nobody said hello in time. */
static void on_no_hello(void *ctx)
{
    struct socket_mode *m = ctx;
    for (struct socket *s = m->sockets, *next; s; s = next) {
        next = s->next;
        if (!s->greeted)
            leave(s);
    }
    if (m->connecting)
        failed(m, "no hello came", STR("time is up"));
}

static void envelope_free(struct envelope *e)
{
    if (e->next)
        e->next->before = e->before;
    if (e->before)
        e->before->next = e->next;
    else
        e->mode->envelopes = e->next;
    free(e);
}

static void acknowledged(void *ctx, enum rc rc, str answer)
{
    struct envelope *e = ctx;
    /* what we cannot understand would not become clearer the second time */
    if (e->from && (rc == RC_OK || rc == RC_INVALID)) {
        struct arena *a = arena_new();
        struct buf b = buf_new(a, ACK_MAX);
        buf_char(&b, '{');
        buf_json_member(&b, "envelope_id", str_c(e->id));
        if (e->takes_answer && answer.n > 0)
            buf_fmt(&b, ",\"payload\":%.*s", STR_ARG(answer));
        buf_char(&b, '}');
        ws_client_send(e->from->ws, buf_str(&b));
        arena_free(a);
    }
    struct socket *from = e->from;
    envelope_free(e);
    if (from && from->leaving)
        leave_when_done(from);
}

static void take_envelope(struct socket *s, const json_t *o)
{
    struct socket_mode *m = s->mode;
    static const struct {
        const char *type;
        enum payload_kind kind;
    } kinds[] = {{"events_api", PAYLOAD_EVENT},
                 {"slash_commands", PAYLOAD_SLASH},
                 {"interactive", PAYLOAD_ACTION}};
    str id = json_text_of(o, "envelope_id"), type = json_text_of(o, "type");
    if (id.n == 0 || id.n > ENVELOPE_MAX || m->slack->draining)
        return;
    struct envelope *e = must_alloc(sizeof *e);
    *e = (struct envelope){
        .mode = m,
        .from = s,
        .takes_answer = json_is_true(json_object_get(o, "accepts_response_payload")),
        .next = m->envelopes};
    memcpy(e->id, id.p, id.n);
    if (e->next)
        e->next->before = e;
    m->envelopes = e;
    for (size_t i = 0; i < LEN(kinds); i++)
        if (str_eq(type, str_c(kinds[i].type))) {
            slack_delivery_take(m->slack, kinds[i].kind, json_object_get(o, "payload"),
                                json_integer_value(json_object_get(o, "retry_attempt")) >
                                    0,
                                acknowledged, e);
            return;
        }
    acknowledged(e, RC_OK, STR_NONE); /* nothing for us */
}

/* --- what Slack says on it --- */

static void said_hello(struct socket *s)
{
    struct socket_mode *m = s->mode;
    s->greeted = true;
    m->connecting = false;
    m->failures = 0;
    timer_clear(m->hello);
    timer_clear(m->retry);
    log_info("slack: socket mode: connected");
    for (struct socket *o = m->sockets, *next; o; o = next) {
        next = o->next;
        if (o != s)
            leave_when_done(o); /* the one before: this one serves now */
    }
}

static void said_disconnect(struct socket *s, str reason)
{
    struct socket_mode *m = s->mode;
    log_info("slack: socket mode: disconnect: %.*s", STR_ARG(str_sub(reason, 0, 40)));
    if (str_eq(reason, STR("link_disabled"))) {
        log_err("slack: socket mode is turned off in the app's settings: nothing comes "
                "in from Slack until balie is started anew");
        m->ended = true;
        timer_clear(m->retry);
        timer_clear(m->hello);
        leave(s);
    } else if (!m->connecting && !m->ended) {
        connect_now(m);
    }
}

static void on_message(void *ctx, str text)
{
    struct socket *s = ctx;
    json_t *o = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    str type = json_text_of(o, "type");
    if (str_eq(type, STR("hello")))
        said_hello(s);
    else if (str_eq(type, STR("disconnect")))
        said_disconnect(s, json_text_of(o, "reason"));
    else if (json_object_get(o, "envelope_id"))
        take_envelope(s, o);
    json_decref(o);
}

static void on_opened(void *ctx)
{
    (void)ctx; /* hello is what counts */
}

static void on_closed(void *ctx)
{
    struct socket *s = ctx;
    struct socket_mode *m = s->mode;
    bool greeted = s->greeted;
    forget(s);
    if (m->ended || m->slack->draining)
        return;
    if (!greeted) {
        timer_clear(m->hello);
        failed(m, "the connection failed", STR("closed before hello"));
    } else if (!m->connecting && !is_served(m)) {
        log_warn("slack: socket mode: the connection is gone");
        connect_now(m);
    }
}

/* --- a new one --- */

static void open_socket(struct socket_mode *m, str url, str address)
{
    static const struct ws_client_events events = {on_opened, on_message, on_closed};
    struct socket *s = must_alloc(sizeof *s);
    *s = (struct socket){.mode = m, .next = m->sockets};
    if (ws_client_open(m->clients, url, address, &events, s, &s->ws)) {
        free(s);
        failed(m, "the address is none", STR("not a WebSocket url"));
        return;
    }
    m->sockets = s;
    timer_set(m->hello, HELLO_MS);
}

static void resolved(void *ctx, const struct http_reply *r)
{
    struct socket_mode *m = ctx;
    char *url = m->url;
    m->url = NULL;
    m->resolving = NULL;
    if (r->end == HTTP_DONE && r->peer.n > 0)
        open_socket(m, str_c(url), r->peer);
    else
        failed(m, "the host cannot be reached", r->error);
    free(url);
}

/* Asks the host anything at all: the answer tells its address. */
static void resolve(struct socket_mode *m, str url, const struct ws_url *u)
{
    struct arena *a = arena_new();
    m->url = must_alloc(url.n + 1);
    if (url.n > 0)
        memcpy(m->url, url.p, url.n);
    struct http_request r = {.method = "GET",
                             .url = arena_fmt(a, "%s://%.*s:%d/",
                                              u->secure ? "https" : "http",
                                              STR_ARG(u->host), u->port),
                             .total_ms = RESOLVE_MS,
                             .ca_file = m->slack->s.ca_file};
    m->resolving = http_send(m->slack->http, &r, resolved, m);
    arena_free(a);
}

static bool is_fatal(str error)
{
    static const char *const list[] = {"not_authed", "invalid_auth", "account_inactive",
                                       "user_removed_from_team", "team_disabled"};
    for (size_t i = 0; i < LEN(list); i++)
        if (str_eq(error, str_c(list[i])))
            return true;
    return false;
}

static void got_url(void *ctx, const struct api_result *r)
{
    struct socket_mode *m = ctx;
    str url = json_text_of(r->body, "url");
    struct ws_url u;
    /* the token goes over https only, so does what it gives, but in a test */
    bool plain = str_starts(m->slack->s.api_url, STR("http://"));
    if (r->end == API_ERROR && is_fatal(r->error)) {
        m->connecting = false;
        m->ended = true;
        log_err("slack: socket mode: the app token is refused (%.*s): nothing comes in "
                "from Slack until balie is started anew",
                STR_ARG(r->error));
    } else if (r->end != API_OK) {
        failed(m, "apps.connections.open", r->error);
    } else if (ws_url_parse(url, &u) || (!u.secure && !plain)) {
        failed(m, "apps.connections.open", STR("no usable url"));
    } else if (u.numeric) {
        open_socket(m, url, STR_NONE);
    } else {
        resolve(m, url, &u);
    }
}

static void connect_now(struct socket_mode *m)
{
    m->connecting = true;
    api_call(m->slack, "apps.connections.open", m->slack->s.app_token, STR("{}"), got_url,
             m);
}

enum rc socket_start(struct slack *s)
{
    struct ws_clients *clients;
    enum rc rc = ws_clients_new(s->loop, s->s.ca_file, &clients);
    if (rc)
        return rc;
    struct socket_mode *m = must_alloc(sizeof *m);
    *m = (struct socket_mode){.slack = s, .clients = clients};
    m->retry = timer_new(s->loop, on_retry, m);
    m->hello = timer_new(s->loop, on_no_hello, m);
    s->socket = m;
    connect_now(m);
    return RC_OK;
}

/* What is in hand is still acknowledged; nothing more is taken. */
void socket_drain(struct slack *s)
{
    if (!s->socket)
        return;
    s->socket->ended = true;
    timer_clear(s->socket->retry);
    timer_clear(s->socket->hello);
}

void socket_stop(struct slack *s)
{
    struct socket_mode *m = s->socket;
    if (!m)
        return;
    if (m->resolving)
        http_cancel(m->resolving);
    free(m->url);
    for (struct socket *one = m->sockets, *next; one; one = next) {
        next = one->next;
        leave(one);
    }
    ws_clients_free(m->clients);
    timer_free(m->retry);
    timer_free(m->hello);
    free(m);
    s->socket = NULL;
}
