#include "adapters/hris/rest.h"

#include <stdlib.h>

#include "adapters/hris/rest_inside.h"

static void stop(void *self)
{
    struct hris_rest *h = self;
    if (!h)
        return;
    hris_asking_stop(h);
    arena_free(h->secrets);
    free(h);
}

static enum rc start(const struct host *host, void **self)
{
    struct hris_rest *h = must_alloc(sizeof *h);
    bool changed;
    h->host = *host;
    h->secrets = arena_new();
    enum rc rc = hris_section_read(host, &h->section);
    if (rc == RC_OK && hris_secrets_read(h, &changed)) {
        diag_error(host->diags, host->settings_file, host->settings->line, 0,
                   "the file with the token or password is empty or cannot be read");
        rc = RC_INVALID;
    }
    if (rc) {
        stop(h);
        return rc;
    }
    *self = h;
    return RC_OK;
}

static void ask(void *self, str lookup, const struct person *who, date_t today,
                void (*done)(void *ctx, const struct lookup *l), void *ctx)
{
    hris_ask(self, lookup, who, today, done, ctx);
}

static bool offers(void *self, str lookup)
{
    return hris_operation(self, lookup) != NULL;
}

const struct hris hris_rest = {.name = "rest",
                               .late = true,
                               .start = start,
                               .ask = ask,
                               .offers = offers,
                               .stop = stop};
