#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "base/log.h"

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

void slack_delivery_take(struct slack *s, enum payload_kind kind, json_t *o,
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
    if (rc)
        end(d, rc == RC_NOT_FOUND ? RC_OK : rc);
    else
        slack_identity_find(s, d->payload.user, d->payload.team, identified, d);
}

void slack_deliveries_drop(struct slack *s)
{
    while (s->deliveries)
        end(s->deliveries, RC_BUSY);
}
