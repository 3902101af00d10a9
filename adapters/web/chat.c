#include "adapters/web/chat.h"

#include <jansson.h>
#include <stdlib.h>

#include "adapters/web/attachments.h"
#include "adapters/web/identity.h"
#include "adapters/web/pages.h"
#include "adapters/web/plain.h"
#include "app/frame.h"
#include "base/json_text.h"
#include "base/log.h"
#include "base/loopback.h"
#include "base/str.h"

enum {
    CLOSE_BAD_TOKEN = 4401,
    CLOSE_NO_HELLO = 4408,
    SWEEP_MS = 1000,
    TOKEN_MAX = 4096,
    BURST = 10, /* messages at once, whatever the rate */
};

struct chat;

struct connection {
    struct sink sink; /* first: a sink of ours is a connection */
    struct chat *chat;
    struct ws *ws;
    bool greeted;
    int64_t opened_ms;
    double allowance; /* messages that may be sent now */
    int64_t allowed_ms;
    struct connection *prev, *next; /* while not greeted */
};

struct chat {
    struct engine *engine;
    struct timer *sweep;
    struct connection *waiting; /* for their hello, newest first */
    double per_ms;              /* messages a connection may send; 0: any */
    double burst;
    bool draining;
    struct arena *scratch; /* of one frame */
};

static void send(struct sink *s, str frame)
{
    ws_send(((struct connection *)s)->ws, frame);
}

static void unlist(struct connection *c)
{
    if (c->prev)
        c->prev->next = c->next;
    else if (c->chat->waiting == c)
        c->chat->waiting = c->next;
    if (c->next)
        c->next->prev = c->prev;
    c->prev = c->next = NULL;
}

static void *open_chat(void *ctx, struct ws *ws, struct request *handshake)
{
    struct chat *chat = ctx;
    if (!identity_allows(handshake) || chat->draining)
        return NULL;
    struct connection *c = must_alloc(sizeof *c);
    *c = (struct connection){.sink = {.send = send},
                             .chat = chat,
                             .ws = ws,
                             .opened_ms = clock_mono_ms(),
                             .allowance = chat->burst,
                             .allowed_ms = clock_mono_ms(),
                             .next = chat->waiting};
    if (c->next)
        c->next->prev = c;
    chat->waiting = c;
    return c;
}

static void close_chat(void *conn)
{
    struct connection *c = conn;
    engine_leave(c->chat->engine, &c->sink);
    if (!c->greeted)
        unlist(c);
    free(c);
}

/* The list is newest first, so the end holds the oldest; it is short: hellos come at
 * once. */
static void sweep(void *ctx)
{
    struct chat *chat = ctx;
    int64_t limit = clock_mono_ms() - HELLO_MS;
    for (struct connection *c = chat->waiting, *next; c; c = next) {
        next = c->next;
        if (c->opened_ms <= limit)
            ws_close(c->ws, CLOSE_NO_HELLO, "no hello");
    }
    timer_set(chat->sweep, SWEEP_MS);
}

static void tell(struct connection *c, str reply_to, const char *code, const char *text,
                 int64_t retry_ms)
{
    ws_send(c->ws, frame_error(c->chat->scratch, reply_to, code, str_c(text), retry_ms));
}

static void hello(struct connection *c, const json_t *o)
{
    str token = json_text_of(o, "token"), person;
    if (c->greeted) {
        tell(c, STR_NONE, "bad_type", "hello was said already", 0);
        return;
    }
    if (token.n > TOKEN_MAX ||
        identity_verify(engine_people(c->chat->engine), token, &person)) {
        tell(c, STR_NONE, "auth", "this token is not accepted", 0);
        ws_close(c->ws, CLOSE_BAD_TOKEN, "bad token");
        return;
    }
    const json_t *after = json_object_get(o, "after");
    enum rc rc = engine_hello(c->chat->engine, &c->sink, person, STR("web"),
                              json_text_of(o, "conversation"),
                              json_is_integer(after) ? json_integer_value(after) : -1,
                              lang_of(json_text_of(o, "language")));
    if (rc) {
        tell(c, STR_NONE, "storage", "the conversation cannot be read right now",
             SWEEP_MS);
        return;
    }
    unlist(c);
    c->greeted = true;
}

/* A bucket that fills at the rate and holds a burst. */
static bool may_speak(struct connection *c, int64_t *retry_ms)
{
    const struct chat *chat = c->chat;
    if (chat->per_ms <= 0)
        return true;
    int64_t now = clock_mono_ms();
    c->allowance =
        MIN(chat->burst, c->allowance + (double)(now - c->allowed_ms) * chat->per_ms);
    c->allowed_ms = now;
    if (c->allowance >= 1) {
        c->allowance -= 1;
        return true;
    }
    *retry_ms = (int64_t)((1 - c->allowance) / chat->per_ms) + 1;
    return false;
}

static bool has_id(struct connection *c, str id)
{
    bool ok = id.n > 0 && id.n <= CLIENT_ID_MAX && str_is_utf8(id);
    if (!ok)
        tell(c, STR_NONE, "bad_type", "an id of 1 to 64 bytes is needed", 0);
    return ok;
}

/* Not too long, not now, not too often: otherwise the sender is told. */
static bool may_act(struct connection *c, str id, size_t bytes)
{
    int64_t retry_ms = 0;
    str reply_to = id.n <= CLIENT_ID_MAX ? id : STR_NONE;
    if (bytes > MESSAGE_MAX)
        tell(c, reply_to, "too_long", "a message has at most 4096 bytes", 0);
    else if (c->chat->draining)
        tell(c, reply_to, "busy", "balie is being restarted", SWEEP_MS);
    else if (!may_speak(c, &retry_ms))
        tell(c, reply_to, "rate", "too many messages", retry_ms);
    else
        return true;
    return false;
}

static void act(struct connection *c, str type, const json_t *o)
{
    struct engine *e = c->chat->engine;
    str id = json_text_of(o, "id"), text = json_text_of(o, "text");
    if (!may_act(c, id, MAX(text.n, json_text_of(o, "choice").n)))
        return;
    if (str_eq(type, STR("feedback"))) {
        const json_t *turn = json_object_get(o, "turn"),
                     *ok = json_object_get(o, "helpful");
        if (!json_is_integer(turn) || !json_is_boolean(ok))
            tell(c, STR_NONE, "bad_type", "feedback needs turn and helpful", 0);
        else
            engine_feedback(e, &c->sink, json_integer_value(turn), json_is_true(ok),
                            text);
    } else if (!has_id(c, id)) {
        return;
    } else if (str_eq(type, STR("message"))) {
        if (!json_is_string(json_object_get(o, "text")))
            tell(c, id, "bad_type", "a message needs a text", 0);
        else
            engine_message(e, &c->sink, id, text);
    } else if (str_eq(type, STR("choose"))) {
        engine_choose(e, &c->sink, id, json_text_of(o, "choice"));
    } else {
        engine_handoff(e, &c->sink, id);
    }
}

static bool is_action(str type)
{
    return str_eq(type, STR("message")) || str_eq(type, STR("choose")) ||
        str_eq(type, STR("handoff")) || str_eq(type, STR("feedback"));
}

static void message(void *conn, str text)
{
    struct connection *c = conn;
    struct plain_message plain;
    if (c->greeted && plain_read(text, &plain)) {
        if (may_act(c, plain.id, plain.text.n) && has_id(c, plain.id))
            engine_message(c->chat->engine, &c->sink, plain.id, plain.text);
        arena_reset(c->chat->scratch);
        return;
    }
    json_t *o = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    str type = json_text_of(o, "type");
    if (!json_is_object(o))
        tell(c, STR_NONE, "bad_json", "one JSON object per frame", 0);
    else if (str_eq(type, STR("hello")))
        hello(c, o);
    else if (is_action(type) && !c->greeted)
        tell(c, STR_NONE, "auth", "say hello first", 0);
    else if (is_action(type))
        act(c, type, o);
    else if (!str_eq(type, STR("typing")))
        tell(c, STR_NONE, "bad_type", "unknown type of frame", 0);
    json_decref(o);
    arena_reset(c->chat->scratch);
}

static enum rc start(const struct host *host, struct engine *engine,
                     struct routes *routes, void **self)
{
    str address;
    int port;
    if (settings_address(host->arena, host->all->listen, &address, &port) ||
        !loopback_host(address)) {
        diag_error(host->diags, host->settings_file, 0, 0,
                   "listen: the demo identity lets anyone be anyone, so it answers on a "
                   "loopback address only (127.0.0.1, ::1), not on \"%.*s\"",
                   STR_ARG(host->all->listen));
        return RC_DENIED;
    }
    struct chat *chat = must_alloc(sizeof *chat);
    double rate = (double)host->all->rate_per_minute;
    *chat = (struct chat){.engine = engine,
                          .per_ms = rate / 60000,
                          .burst = MAX(rate / 4, (double)BURST),
                          .scratch = arena_new()};
    chat->sweep = timer_new(host->loop, sweep, chat);
    timer_set(chat->sweep, SWEEP_MS);
    *arena_push(routes->arena, &routes->sockets) =
        (struct ws_entry){.path = "/chat",
                          .protocol = "balie.v1",
                          .ctx = chat,
                          .open = open_chat,
                          .message = message,
                          .closed = close_chat};
    attachments_add(routes, host, engine);
    pages_add(routes, engine, host->all->metrics_listen.n > 0);
    *self = chat;
    return RC_OK;
}

static void drain(void *self)
{
    ((struct chat *)self)->draining = true;
}

static void stop(void *self)
{
    struct chat *chat = self;
    if (!chat)
        return;
    timer_free(chat->sweep);
    arena_free(chat->scratch);
    free(chat);
}

const struct channel channel_web = {
    .name = "web", .start = start, .drain = drain, .stop = stop};
