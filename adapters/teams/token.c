#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "net/http.h"

enum {
    TOKEN_MAX = 16 * 1024,
    EARLY_MS = 5 * 60 * 1000, /* renewed before it ends */
    SHORTEST_MS = 10 * 1000,
    AFTER_FAILURE_MS = 5 * 1000,
    TOTAL_MS = 10000,
    OK = 200,
    FORM_MAX = 16 * 1024,
};

struct waiting {
    void (*done)(void *ctx, str token, str error);
    void *ctx;
    struct waiting *next;
};

struct token_client {
    struct teams *teams;
    char *token; /* NULL: none */
    int64_t until_ms, failed_ms;
    struct http_call *call;
    struct waiting *waiting;
};

struct token_client *token_client_new(struct teams *t)
{
    struct token_client *c = must_alloc(sizeof *c);
    c->teams = t;
    return c;
}

void token_client_free(struct token_client *c)
{
    if (!c)
        return;
    if (c->call)
        http_cancel(c->call);
    while (c->waiting) {
        struct waiting *w = c->waiting;
        c->waiting = w->next;
        free(w);
    }
    free(c->token);
    free(c);
}

void token_refused(struct token_client *c)
{
    free(c->token);
    c->token = NULL;
}

static void tell(struct token_client *c, str error)
{
    struct waiting *list = c->waiting;
    c->waiting = NULL;
    while (list) {
        struct waiting *w = list;
        list = w->next;
        w->done(w->ctx, str_c(c->token), error);
        free(w);
    }
}

/* Goes into a header line: visible characters only. */
static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
            return false;
    return s.n > 0 && s.n <= TOKEN_MAX;
}

static void answered(void *ctx, const struct http_reply *r)
{
    struct token_client *c = ctx;
    json_t *o = r->end == HTTP_DONE
        ? json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES, NULL)
        : NULL;
    str token = json_text_of(o, "access_token"), error = json_text_of(o, "error");
    const json_t *life = json_object_get(o, "expires_in");
    int64_t ms = (json_is_string(life) ? 0 : json_integer_value(life)) * 1000, n;
    if (json_is_string(life) && str_int(str_c(json_string_value(life)), &n) == RC_OK)
        ms = n * 1000;
    c->call = NULL;
    token_refused(c);
    if (r->end == HTTP_DONE && r->status == OK && is_token(token)) {
        c->token = must_alloc(token.n + 1);
        if (token.n > 0)
            memcpy(c->token, token.p, token.n);
        c->until_ms = clock_mono_ms() + MAX(ms - EARLY_MS, MIN(ms / 2, SHORTEST_MS));
        tell(c, STR_NONE);
    } else {
        c->failed_ms = clock_mono_ms();
        error = error.n ? error : r->end == HTTP_DONE ? STR("no token") : r->error;
        log_err("teams: no token for the Bot Connector: %.*s", STR_ARG(error));
        tell(c, error);
    }
    json_decref(o);
}

static void put_form(struct buf *b, const char *name, str value)
{
    buf_fmt(b, "%s%s=%.*s", b->n ? "&" : "", name,
            STR_ARG(connector_part(b->arena, value)));
}

static void fetch(struct token_client *c)
{
    const struct teams_settings *s = &c->teams->s;
    struct arena *a = arena_new();
    struct buf b = buf_new(a, FORM_MAX);
    put_form(&b, "grant_type", STR("client_credentials"));
    put_form(&b, "client_id", s->app_id);
    put_form(&b, "client_secret", s->secret);
    put_form(&b, "scope", STR("https://api.botframework.com/.default"));
    const str header = STR("Content-Type: application/x-www-form-urlencoded");
    struct http_request r = {.method = "POST",
                             .url = s->token_url,
                             .headers = &header,
                             .n_headers = 1,
                             .body = buf_str(&b),
                             .total_ms = TOTAL_MS,
                             .ca_file = s->ca_file};
    c->call = http_send(c->teams->http, &r, answered, c);
    arena_free(a);
}

void token_get(struct token_client *c, void (*done)(void *ctx, str token, str error),
               void *ctx)
{
    int64_t now = clock_mono_ms();
    if (c->token && now < c->until_ms) {
        done(ctx, str_c(c->token), STR_NONE);
        return;
    }
    if (!c->call && c->failed_ms > 0 && now - c->failed_ms < AFTER_FAILURE_MS) {
        done(ctx, STR_NONE, STR("no token now"));
        return;
    }
    struct waiting *w = must_alloc(sizeof *w);
    *w = (struct waiting){done, ctx, c->waiting};
    c->waiting = w;
    if (!c->call)
        fetch(c);
}
