#include "adapters/servicedesk/events.h"

#include <stdlib.h>

#include "app/engine_desk.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"

enum { REMEMBERED = 1024, STALE_MS = 5 * 60 * 1000, SECRET_BYTES_MAX = 4096 };

/* The newest event that came for a ticket. */
struct newest {
    uint64_t ticket; /* hash, 0: free */
    uint64_t event;  /* hash */
    int64_t number;  /* of the event, when it is one; -1: it is none */
};

struct events {
    struct engine *engine;
    str secret_file;
    struct newest newest[REMEMBERED]; /* by hash; a newcomer takes the place */
};

/* Whether it tells nothing new; notes it when it does. */
static bool is_known(struct events *v, const struct desk_call *c)
{
    if (c->event.n == 0)
        return false;
    uint64_t ticket = str_hash(c->external) | 1, event = str_hash(c->event);
    struct newest *n = &v->newest[ticket % REMEMBERED];
    int64_t number;
    if (str_int(c->event, &number))
        number = -1;
    if (n->ticket == ticket &&
        (n->event == event || (number >= 0 && number <= n->number)))
        return true;
    *n = (struct newest){ticket, event, number};
    return false;
}

static bool is_stale(const struct desk_call *c)
{
    return c->at_ms > 0 && clock_wall_ms() - c->at_ms > STALE_MS;
}

static void reply(struct request *r, int status, str text)
{
    request_reply(r, status, "text/plain", NULL, 0, text);
}

static void called(void *ctx, struct request *r)
{
    struct events *v = ctx;
    struct desk_call c;
    str secret;
    if (file_read(request_arena(r), v->secret_file, SECRET_BYTES_MAX, &secret)) {
        log_err("desk: webhook_secret cannot be read");
        reply(r, 503, STR("no key\n"));
        return;
    }
    enum rc rc = engine_desk_call(v->engine, r, str_trim(secret), &c);
    if (rc) {
        engine_desk_called(v->engine, DESK_CALL_REFUSED);
        reply(r,
              rc == RC_DENIED          ? 401
                  : rc == RC_NOT_FOUND ? 404
                                       : 400,
              STR("refused\n"));
        return;
    }
    if (is_stale(&c) || is_known(v, &c)) {
        engine_desk_called(v->engine, DESK_CALL_DROPPED);
        reply(r, 200, STR("known\n"));
        return;
    }
    engine_desk_called(v->engine, DESK_CALL_TAKEN);
    bool ours = engine_desk_heard(v->engine, c.external);
    log_debug("desk: event=%.*s ticket=%.*s %s", STR_ARG(c.event), STR_ARG(c.external),
              ours ? "looking" : "none of ours");
    reply(r, 200, STR("ok\n"));
}

static enum rc start(const struct host *host, struct engine *engine,
                     struct routes *routes, void **self)
{
    struct events *v = must_alloc(sizeof *v);
    *v = (struct events){.engine = engine, .secret_file = host->all->webhook_secret};
    *self = v;
    if (v->secret_file.n == 0)
        return RC_OK;
    *arena_push(routes->arena, &routes->http) =
        (struct route_entry){"POST", "/desk/events", called, v};
    return RC_OK;
}

static void drain(void *self)
{
    (void)self; /* a call is done when it is answered */
}

static void stop(void *self)
{
    free(self);
}

const struct channel channel_desk_events = {
    .name = "desk events", .start = start, .drain = drain, .stop = stop};
