#include "adapters/servicedesk/rest.h"

#include <stdlib.h>

#include "adapters/servicedesk/rest_desk.h"
#include "adapters/servicedesk/rest_news.h"
#include "base/log.h"
#include "net/server.h"

/* A probe of ours at start: its operation must live until done. */
struct first_probe {
    struct desk_op op;
};

static void probed(void *ctx, const struct desk_result *r)
{
    struct first_probe *p = ctx;
    /* a refusal is in the log already: the queue is not fit */
    if (r->end == DESK_DONE)
        log_info("desk: queue=\"%.*s\" answers", STR_ARG(p->op.queue));
    else if (r->end != DESK_REFUSED)
        log_warn("desk: queue=\"%.*s\" does not answer: %.*s", STR_ARG(p->op.queue),
                 STR_ARG(r->error));
}

static void probe_queues(struct rest_desk *d)
{
    for (size_t i = 0; i < d->names.n; i++) {
        struct first_probe *p = arena_alloc(d->host.arena, sizeof *p);
        p->op = (struct desk_op){.type = DESK_PROBE, .queue = d->names.v[i].ours};
        rest_job_start(d, &p->op, probed, p);
    }
}

static void stop(void *self)
{
    struct rest_desk *d = self;
    if (!d)
        return;
    rest_jobs_stop(d);
    free(d);
}

static enum rc start(const struct host *host, void **self)
{
    bool changed;
    struct rest_desk *d = must_alloc(sizeof *d);
    d->host = *host;
    enum rc rc = rest_settings_read(host, &d->settings, &d->names);
    if (rc == RC_OK && rest_secrets_read(d, &changed)) {
        diag_error(host->diags, host->settings_file, host->settings->line, 0,
                   "the file with the token or password is empty or cannot be read");
        rc = RC_INVALID;
    }
    if (rc) {
        stop(d);
        return rc;
    }
    if (host->loop && host->http && !host->quiet)
        probe_queues(d);
    *self = d;
    return RC_OK;
}

static void do_op(void *self, const struct desk_op *op,
                  void (*done)(void *ctx, const struct desk_result *r), void *ctx)
{
    rest_job_start(self, op, done, ctx);
}

static enum rc heard(void *self, struct request *r, str secret, struct desk_call *out)
{
    struct rest_desk *d = self;
    const struct webhook *w = &d->settings.profile->webhook;
    struct arena *a = request_arena(r);
    struct webhook_call call;
    *out = (struct desk_call){0};
    if (w->header.n == 0)
        return RC_DENIED;
    char *name = arena_alloc(a, w->header.n + 1);
    for (size_t i = 0; i < w->header.n; i++) {
        char c = w->header.p[i];
        name[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    enum rc rc =
        webhook_read(a, w, secret, request_header(r, name), request_body(r), &call);
    if (rc)
        return rc;
    out->external = call.ticket;
    out->event = call.event;
    if (call.time.n > 0 && !rest_time(call.time, &out->at_ms))
        out->at_ms = 0;
    return RC_OK;
}

static bool takes_files(const void *self)
{
    const struct rest_desk *d = self;
    return profile_operation(d->settings.profile, "attach") != NULL;
}

const struct desk desk_rest = {.name = "rest",
                               .takes_files = takes_files,
                               .start = start,
                               .do_op = do_op,
                               .stop = stop,
                               .heard = heard};
