#include "adapters/servicedesk/rest.h"

#include <stdlib.h>

#include "adapters/servicedesk/rest_desk.h"
#include "base/log.h"

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
    for (size_t i = 0; i < d->settings.n_queues; i++) {
        struct first_probe *p = arena_alloc(d->host.arena, sizeof *p);
        p->op = (struct desk_op){.type = DESK_PROBE, .queue = d->settings.queues[i].ours};
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
    enum rc rc = rest_settings_read(host, &d->settings);
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

const struct desk desk_rest = {
    .name = "rest", .start = start, .do_op = do_op, .stop = stop};
