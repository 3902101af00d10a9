#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/loopback.h"

enum {
    HTTP_OK = 200,
    HTTP_ACCEPTED = 202,
    HTTP_BAD = 400,
    HTTP_DENIED = 401,
    HTTP_UNKNOWN = 501,
    HTTP_BUSY = 503,
};

struct delivery {
    struct teams *teams;
    struct request *request;
    struct arena *arena; /* it lies in it */
    json_t *body;
    struct activity act;
    struct delivery *before, *next;
};

static void end(struct delivery *d, int status, const char *type, str body)
{
    request_reply(d->request, status, type, NULL, 0, body);
    if (d->next)
        d->next->before = d->before;
    if (d->before)
        d->before->next = d->next;
    else
        d->teams->deliveries = d->next;
    json_decref(d->body);
    arena_free(d->arena);
}

/* What the card shows until our message is there. */
static void end_well(struct delivery *d)
{
    if (d->act.invoke)
        end(d, HTTP_OK, "application/json",
            STR("{\"statusCode\":200,\"type\":\"application/vnd.microsoft.activity."
                "message\",\"value\":\"✓\"}"));
    else
        end(d, HTTP_ACCEPTED, "text/plain", STR_NONE);
}

static void taken(void *ctx, enum rc rc)
{
    struct delivery *d = ctx;
    if (rc == RC_LIMIT)
        log_warn("teams: an activity with a name of more than %d bytes", ARRIVAL_ID_MAX);
    if (rc == RC_OK || rc == RC_LIMIT)
        end_well(d);
    else
        end(d, HTTP_BUSY, "text/plain", STR("deliver it again\n"));
}

static void identified(void *ctx, enum rc rc, str person)
{
    struct delivery *d = ctx;
    if (rc) {
        taken(d, rc);
        return;
    }
    d->act.arrival.person = person;
    engine_arrive(d->teams->engine, &d->act.arrival, taken, d);
}

/* It is from the Bot Connector. */
static void welcome(struct delivery *d)
{
    enum rc rc = activity_read(d->arena, d->body, &d->act);
    if (rc == RC_INVALID)
        end(d, HTTP_BAD, "text/plain", STR("not an activity\n"));
    else if (rc == RC_DENIED)
        end(d, HTTP_UNKNOWN, "text/plain", STR("this invoke is not known\n"));
    else if (rc)
        end_well(d);
    else {
        if (d->act.arrival.type == ARRIVAL_MESSAGE)
            typing_send(d->teams, &d->act);
        teams_identity_find(d->teams, &d->act, identified, d);
    }
}

static enum rc check(struct delivery *d, const char **why)
{
    const struct teams *t = d->teams;
    const struct bearer_rules rules = {t->s.issuer, t->s.app_id, STR("msteams")};
    const struct bearer_activity act = {json_text_of(d->body, "channelId"),
                                        json_text_of(d->body, "serviceUrl")};
    return bearer_check(d->arena, &rules, &act,
                        request_header(d->request, "authorization"), keys_now(t->keys),
                        clock_wall_ms() / 1000, why);
}

static void deny(struct delivery *d, const char *why)
{
    log_warn("teams: a request is refused: %s", why);
    end(d, HTTP_DENIED, "text/plain", STR("not from the Bot Connector\n"));
}

static void keys_came(void *ctx)
{
    struct delivery *d = ctx;
    const char *why;
    enum rc rc = check(d, &why);
    if (rc == RC_NOT_FOUND && !keys_now(d->teams->keys))
        end(d, HTTP_BUSY, "text/plain", STR("no keys yet\n"));
    else if (rc)
        deny(d, why);
    else
        welcome(d);
}

void teams_delivery_take(struct teams *t, struct request *r)
{
    struct arena *a = arena_new();
    struct delivery *d = arena_alloc(a, sizeof *d);
    str body = request_body(r);
    const char *why;
    *d = (struct delivery){.teams = t, .request = r, .arena = a, .next = t->deliveries};
    if (d->next)
        d->next->before = d;
    t->deliveries = d;
    d->body = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
    (void)request_header(r, "authorization"); /* stays known when the client has gone */
    if (t->s.local_test) {
        str back = json_text_of(d->body, "serviceUrl");
        if (str_starts(back, STR("http://")) && loopback_url(back))
            welcome(d);
        else
            end(d, HTTP_BAD, "text/plain", STR("a local test is local\n"));
        return;
    }
    enum rc rc = check(d, &why);
    if (rc == RC_DENIED)
        deny(d, why);
    else if (rc == RC_NOT_FOUND || keys_are_old(t->keys))
        keys_renew(t->keys, keys_came, d);
    else
        welcome(d);
}

void teams_deliveries_drop(struct teams *t)
{
    while (t->deliveries)
        end(t->deliveries, HTTP_BUSY, "text/plain", STR("restarting\n"));
}
