#include "adapters/teams/card.h"
#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/log.h"

enum { BODY_MAX = 512 * 1024, OPENED_MAX = 512 };

/* "balie is typing" on its way to a place. */
struct typing {
    struct teams *teams;
    struct arena *arena; /* it lies in it */
    str service_url, conversation;
    struct typing *before, *next;
};

/* One message on its way, as one or more activities. */
struct post {
    struct teams *teams;
    struct arena *arena; /* it lies in it */
    struct card_messages messages;
    size_t at; /* the next one */
    str service_url, conversation, bot, user, tenant;
    bool waits; /* for typing to end */
    void (*done)(void *ctx, const struct message_result *r);
    void *ctx;
    struct post *before, *next;
};

/* --- typing --- */

static bool is_typing(const struct teams *t, str service_url, str conversation)
{
    for (const struct typing *y = t->typing; y; y = y->next)
        if (str_eq(y->conversation, conversation) && str_eq(y->service_url, service_url))
            return true;
    return false;
}

static void start(struct post *p);

static void typing_free(struct typing *y)
{
    if (y->next)
        y->next->before = y->before;
    if (y->before)
        y->before->next = y->next;
    else
        y->teams->typing = y->next;
    arena_free(y->arena);
}

static void typed(void *ctx, const struct connector_result *r)
{
    struct typing *y = ctx;
    struct teams *t = y->teams;
    (void)r; /* whatever came of it, it is a courtesy */
    typing_free(y);
    for (struct post *p = t->posts, *next; p; p = next) {
        next = p->next;
        if (p->waits && !is_typing(t, p->service_url, p->conversation)) {
            p->waits = false;
            start(p);
        }
    }
}

static str path_of(struct arena *a, str conversation)
{
    return arena_fmt(a, "/v3/conversations/%.*s/activities",
                     STR_ARG(connector_part(a, conversation)));
}

static bool is_posting(const struct teams *t, str conversation)
{
    for (const struct post *p = t->posts; p; p = p->next)
        if (str_eq(p->conversation, conversation))
            return true;
    return false;
}

void typing_send(struct teams *t, const struct activity *act)
{
    /* never two calls at once for one conversation */
    if (is_typing(t, act->service_url, act->conversation) ||
        is_posting(t, act->conversation))
        return;
    struct arena *a = arena_new();
    struct typing *y = arena_alloc(a, sizeof *y);
    *y = (struct typing){.teams = t,
                         .arena = a,
                         .service_url = arena_str(a, act->service_url),
                         .conversation = arena_str(a, act->conversation),
                         .next = t->typing};
    if (y->next)
        y->next->before = y;
    t->typing = y;
    connector_send(t, y->service_url, path_of(a, y->conversation),
                   STR("{\"type\":\"typing\"}"), typed, y);
}

/* --- messages --- */

static void end(struct post *p, enum message_end how, str id, str error, int64_t retry_ms)
{
    struct message_result r = {how, id, error, retry_ms};
    if (p->next)
        p->next->before = p->before;
    if (p->before)
        p->before->next = p->next;
    else
        p->teams->posts = p->next;
    p->done(p->ctx, &r);
    arena_free(p->arena);
}

static void put_account(struct buf *b, const char *key, str id)
{
    if (id.n == 0)
        return;
    buf_fmt(b, ",\"%s\":{", key);
    buf_json_member(b, "id", id);
    buf_char(b, '}');
}

static void posted(void *ctx, const struct connector_result *r);

static void send_next(struct post *p)
{
    struct buf b = buf_new(p->arena, BODY_MAX);
    buf_put(&b, STR("{\"type\":\"message\""));
    put_account(&b, "from", p->bot);
    put_account(&b, "recipient", p->user);
    put_account(&b, "conversation", p->conversation);
    buf_char(&b, ',');
    buf_put(&b, p->messages.v[p->at]);
    buf_char(&b, '}');
    connector_send(p->teams, p->service_url, path_of(p->arena, p->conversation),
                   buf_str(&b), posted, p);
}

static void failed(struct post *p, const struct connector_result *r)
{
    str error = r->status ? arena_fmt(p->arena, "%d %.*s", r->status, STR_ARG(r->error))
                          : r->error;
    /* earlier parts would come again */
    enum message_end how =
        r->end == MESSAGE_RETRY && p->at > 0 ? MESSAGE_UNCLEAR : r->end;
    end(p, how, STR_NONE, error, r->retry_ms);
}

static void posted(void *ctx, const struct connector_result *r)
{
    struct post *p = ctx;
    if (r->end != MESSAGE_SENT)
        failed(p, r);
    else if (++p->at < p->messages.n)
        send_next(p);
    else
        end(p, MESSAGE_SENT, json_text_of(r->body, "id"), STR_NONE, 0);
}

static void opened(void *ctx, const struct connector_result *r)
{
    struct post *p = ctx;
    str id = json_text_of(r->body, "id");
    if (r->end == MESSAGE_SENT && id.n > 0 && id.n <= OPENED_MAX) {
        p->conversation = arena_str(p->arena, id);
        send_next(p);
    } else if (r->end == MESSAGE_SENT) {
        end(p, MESSAGE_FAILED, STR_NONE, STR("no conversation was opened"), 0);
    } else {
        failed(p, r);
    }
}

/* Someone who was met among others only: a conversation with them alone. Asked for twice,
 * Teams gives the same one. */
static void open_own(struct post *p)
{
    struct buf b = buf_new(p->arena, BODY_MAX);
    buf_put(&b, STR("{\"isGroup\":false"));
    put_account(&b, "bot", p->bot);
    buf_put(&b, STR(",\"members\":[{"));
    buf_json_member(&b, "id", p->user);
    buf_put(&b, STR("}]"));
    buf_json_member(&b, "tenantId", p->tenant);
    buf_put(&b, STR(",\"channelData\":{\"tenant\":{"));
    buf_json_member(&b, "id", p->tenant);
    buf_put(&b, STR("}}}"));
    connector_send(p->teams, p->service_url, STR("/v3/conversations"), buf_str(&b),
                   opened, p);
}

static void start(struct post *p)
{
    if (p->conversation.n == 0)
        open_own(p);
    else
        send_next(p);
}

static void read_address(struct post *p, str json)
{
    struct arena *a = p->arena;
    json_t *o = json_loadb(json.p, json.n, 0, NULL);
    p->service_url = arena_str(a, json_text_of(o, "serviceUrl"));
    p->conversation = arena_str(a, json_text_of(o, "conversation"));
    p->bot = arena_str(a, json_text_of(o, "bot"));
    p->user = arena_str(a, json_text_of(o, "user"));
    p->tenant = arena_str(a, json_text_of(o, "tenant"));
    json_decref(o);
}

void teams_send(void *self, const struct message *m,
                void (*done)(void *ctx, const struct message_result *r), void *ctx)
{
    struct teams *t = self;
    struct arena *a = arena_new();
    struct post *p = arena_alloc(a, sizeof *p);
    *p =
        (struct post){.teams = t, .arena = a, .done = done, .ctx = ctx, .next = t->posts};
    if (p->next)
        p->next->before = p;
    t->posts = p;
    read_address(p, m->address);
    json_t *frame = json_loadb(m->frame.p, m->frame.n, 0, NULL);
    if (frame && p->service_url.n > 0)
        card_write(a, frame, &p->messages);
    json_decref(frame);
    if (p->messages.n == 0)
        end(p, MESSAGE_FAILED, STR_NONE, STR("its row cannot be read"), 0);
    else if (is_typing(t, p->service_url, p->conversation))
        p->waits = true;
    else
        start(p);
}

void teams_posts_drop(struct teams *t)
{
    while (t->typing)
        typing_free(t->typing);
    while (t->posts) {
        struct post *p = t->posts;
        t->posts = p->next;
        arena_free(p->arena);
    }
}
