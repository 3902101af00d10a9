#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/log.h"

enum { STATUS_MAX = 1024 };

struct delivery {
    struct slack *slack;
    struct arena *arena; /* it lies in it */
    json_t *body;
    struct payload payload;
    void (*acknowledged)(void *ctx, enum rc rc, str answer);
    void *ctx;
    struct delivery *before, *next;
};

static void unlink_one(struct delivery *d)
{
    if (d->next)
        d->next->before = d->before;
    if (d->before)
        d->before->next = d->next;
    else
        d->slack->deliveries = d->next;
}

static void drop(struct delivery *d)
{
    unlink_one(d);
    json_decref(d->body);
    arena_free(d->arena);
}

static void end(struct delivery *d, enum rc rc)
{
    str answer = rc == RC_OK && d->payload.has_answer ? d->payload.answer : STR_NONE;
    d->acknowledged(d->ctx, rc, answer);
    drop(d);
}

static void taken(void *ctx, enum rc rc)
{
    struct delivery *d = ctx;
    if (rc == RC_LIMIT) { /* it will not become shorter */
        log_warn("slack: a delivery with a name of more than %d bytes", ARRIVAL_ID_MAX);
        rc = RC_OK;
    }
    end(d, rc);
}

static void identified(void *ctx, enum rc rc, str person)
{
    struct delivery *d = ctx;
    if (rc) {
        end(d, rc);
        return;
    }
    d->payload.arrival.person = person;
    engine_arrive(d->slack->engine, &d->payload.arrival, taken, d);
}

static void ignored(void *ctx, const struct api_result *r)
{
    (void)ctx, (void)r; /* a sign that does not appear does no harm; api.c tells why */
}

/* "is typing…" in the thread of a mention. Slack takes it away when we post there, after
 * two minutes at the latest; a direct message has no thread to show it in. Source:
 * docs.slack.dev, assistant.threads.setStatus (scope chat:write). */
static void show_typing(struct slack *s, const struct payload *p)
{
    struct arena *a = arena_new();
    struct buf b = buf_new(a, STATUS_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "channel_id", p->channel);
    buf_json_member(&b, "thread_ts", p->thread);
    buf_json_member(&b, "status", STR("is typing…"));
    buf_char(&b, '}');
    api_call(s, "assistant.threads.setStatus", s->s.bot_token, buf_str(&b), ignored,
             NULL);
    arena_free(a);
}

void slack_delivery_take(struct slack *s, enum payload_kind kind, json_t *o, bool again,
                         void (*acknowledged)(void *ctx, enum rc rc, str answer),
                         void *ctx)
{
    struct arena *a = arena_new();
    struct delivery *d = arena_alloc(a, sizeof *d);
    *d = (struct delivery){.slack = s,
                           .arena = a,
                           .body = json_incref(o),
                           .acknowledged = acknowledged,
                           .ctx = ctx,
                           .next = s->deliveries};
    if (d->next)
        d->next->before = d;
    s->deliveries = d;
    enum rc rc = payload_read(a, kind, o, &d->payload);
    if (rc == RC_OK && s->s.team.n > 0 && !str_eq(s->s.team, d->payload.team)) {
        log_warn("slack: a delivery of another workspace than `team` is left alone");
        rc = RC_NOT_FOUND;
    }
    if (rc) {
        end(d, rc == RC_NOT_FOUND ? RC_OK : rc);
        return;
    }
    if (d->payload.thread.n > 0 && !again)
        show_typing(s, &d->payload);
    slack_identity_find(s, d->payload.user, d->payload.team, identified, d);
}

void slack_deliveries_drop(struct slack *s)
{
    while (s->deliveries)
        end(s->deliveries, RC_BUSY);
}
