#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "net/http.h"

enum { KEYS_MAX = 256, TOTAL_MS = 10000, OK = 200, AFTER_FAILURE_MS = 10 * 1000 };

struct waiting {
    void (*done)(void *ctx);
    void *ctx;
    struct waiting *next;
};

struct keys {
    struct teams *teams;
    json_t *document;
    struct http_call *call;
    struct waiting *waiting;
    int64_t fetched_ms; /* monotonic; 0: never */
    int64_t failed_ms;
};

struct keys *keys_new(struct teams *t)
{
    struct keys *k = must_alloc(sizeof *k);
    k->teams = t;
    return k;
}

void keys_free(struct keys *k)
{
    if (!k)
        return;
    if (k->call)
        http_cancel(k->call);
    while (k->waiting) {
        struct waiting *w = k->waiting;
        k->waiting = w->next;
        free(w);
    }
    json_decref(k->document);
    free(k);
}

const json_t *keys_now(const struct keys *k)
{
    return k->document;
}

bool keys_are_old(const struct keys *k)
{
    return !k->document || clock_mono_ms() - k->fetched_ms > KEYS_FRESH_MS;
}

static void tell(struct keys *k)
{
    struct waiting *list = k->waiting;
    k->waiting = NULL;
    while (list) {
        struct waiting *w = list;
        list = w->next;
        w->done(w->ctx);
        free(w);
    }
}

static void failed(struct keys *k, const char *what, str error)
{
    /* the old keys go on being used: Microsoft's are valid for days */
    log_err("teams: %s cannot be read: %.*s", what, STR_ARG(error));
    k->failed_ms = clock_mono_ms();
    tell(k);
}

static json_t *object_in(const struct http_reply *r)
{
    json_t *o = r->end == HTTP_DONE && r->status == OK
        ? json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES, NULL)
        : NULL;
    if (json_is_object(o))
        return o;
    json_decref(o);
    return NULL;
}

static str why(const struct http_reply *r)
{
    return r->end == HTTP_DONE ? STR("not the document") : r->error;
}

static void got_keys(void *ctx, const struct http_reply *r)
{
    struct keys *k = ctx;
    json_t *o = object_in(r);
    size_t n = json_array_size(json_object_get(o, "keys"));
    k->call = NULL;
    if (n == 0 || n > KEYS_MAX) {
        json_decref(o);
        failed(k, "the key document", why(r));
        return;
    }
    json_decref(k->document);
    k->document = o;
    k->fetched_ms = clock_mono_ms();
    log_info("teams: %zu keys of the Bot Connector", n);
    tell(k);
}

static void get(struct keys *k, str url,
                void (*done)(void *ctx, const struct http_reply *r))
{
    struct http_request r = {.method = "GET",
                             .url = url,
                             .total_ms = TOTAL_MS,
                             .ca_file = k->teams->s.ca_file};
    k->call = http_send(k->teams->http, &r, done, k);
}

static void got_metadata(void *ctx, const struct http_reply *r)
{
    struct keys *k = ctx;
    json_t *o = object_in(r);
    str url = json_text_of(o, "jwks_uri");
    k->call = NULL;
    /* over http only where the metadata itself came so: in a test */
    bool same = str_starts(k->teams->s.openid_url, STR("http://"));
    if (!str_starts(url, STR("https://")) && !(same && str_starts(url, STR("http://"))))
        failed(k, "the OpenID metadata", o ? STR("its jwks_uri is no https") : why(r));
    else
        get(k, url, got_keys);
    json_decref(o);
}

void keys_renew(struct keys *k, void (*done)(void *ctx), void *ctx)
{
    int64_t now = clock_mono_ms();
    bool early = k->document && now - k->fetched_ms < KEYS_AGAIN_MS;
    bool down = k->failed_ms > 0 && now - k->failed_ms < AFTER_FAILURE_MS;
    if (!k->call && (early || down)) {
        done(ctx);
        return;
    }
    struct waiting *w = must_alloc(sizeof *w);
    *w = (struct waiting){done, ctx, k->waiting};
    k->waiting = w;
    if (!k->call)
        get(k, k->teams->s.openid_url, got_metadata);
}
