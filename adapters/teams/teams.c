#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "adapters/teams/teams_channel.h"
#include "app/section.h"
#include "base/loopback.h"

enum { HTTP_OK = 200, HTTP_BUSY = 503 };

static void on_activity(void *ctx, struct request *r)
{
    struct teams *t = ctx;
    if (t->draining)
        request_reply(r, HTTP_BUSY, "text/plain", NULL, 0, STR("restarting\n"));
    else
        teams_delivery_take(t, r);
}

/* A channel may ask whether anyone is there. */
static void on_probe(void *ctx, struct request *r)
{
    (void)ctx;
    request_reply(r, HTTP_OK, "text/plain", NULL, 0, STR_NONE);
}

static void wrong(const struct host *h, const char *what)
{
    diag_error(h->diags, h->settings_file, h->settings->line, h->settings->column,
               "channels.teams %s", what);
}

/* Without an App ID nothing could be checked; that is never meant by leaving it out. */
static bool is_sound(const struct host *h, const struct teams_settings *s)
{
    size_t before = h->diags->errors;
    str address;
    int port;
    if (s->local_test) {
        if (settings_address(h->arena, h->all->listen, &address, &port) ||
            !loopback_host(address))
            wrong(h, "with local_test answers on a loopback address only");
        if (s->app_id.n > 0 || s->secret.n > 0)
            wrong(h, "has local_test and an App ID: one of them");
        return h->diags->errors == before;
    }
    if (s->app_id.n == 0)
        wrong(h, "needs app_id: without it anyone could say to be Teams");
    if (s->secret.n == 0)
        wrong(h, "needs secret_file");
    if (s->tenant.n == 0)
        wrong(h, "needs tenant: whose employees are whose");
    return h->diags->errors == before;
}

static bool read_settings(const struct host *h, struct teams_settings *s)
{
    *s = (struct teams_settings){
        .openid_url =
            STR("https://login.botframework.com/v1/.well-known/openidconfiguration"),
        .issuer = STR("https://api.botframework.com")};
    const struct section_key keys[] = {
        {"app_id", SECTION_TEXT, &s->app_id, false, 0, 0},
        {"secret", SECTION_SECRET, &s->secret, false, 0, 0},
        {"tenant", SECTION_TEXT, &s->tenant, false, 0, 0},
        {"openid_url", SECTION_URL, &s->openid_url, false, 0, 0},
        {"token_url", SECTION_URL, &s->token_url, false, 0, 0},
        {"issuer", SECTION_TEXT, &s->issuer, false, 0, 0},
        {"ca_file", SECTION_PATH, &s->ca_file, false, 0, 0},
        {"local_test", SECTION_YES_NO, &s->local_test, false, 0, 0},
    };
    if (section_read(h, "channels.teams", keys, LEN(keys)) || !is_sound(h, s))
        return false;
    if (s->token_url.n == 0)
        s->token_url = arena_fmt(
            h->arena, "https://login.microsoftonline.com/%.*s/oauth2/v2.0/token",
            STR_ARG(s->tenant));
    return true;
}

static enum rc start(const struct host *host, struct engine *engine,
                     struct routes *routes, void **self)
{
    struct teams_settings settings;
    if (!host->settings)
        return RC_NOT_FOUND;
    if (!read_settings(host, &settings))
        return RC_INVALID;
    struct teams *t = must_alloc(sizeof *t);
    *t = (struct teams){
        .s = settings, .loop = host->loop, .http = host->http, .engine = engine};
    t->keys = keys_new(t);
    if (!settings.local_test)
        t->tokens = token_client_new(t);
    *arena_push(routes->arena, &routes->http) =
        (struct route_entry){"POST", "/api/messages", on_activity, t};
    *arena_push(routes->arena, &routes->http) =
        (struct route_entry){"GET", "/api/messages", on_probe, t};
    *self = t;
    return RC_OK;
}

static void drain(void *self)
{
    ((struct teams *)self)->draining = true;
}

static void stop(void *self)
{
    struct teams *t = self;
    if (!t)
        return;
    keys_free(t->keys);
    token_client_free(t->tokens);
    connector_drop(t);
    teams_posts_drop(t);
    teams_deliveries_drop(t);
    teams_identity_free(t);
    free(t);
}

const struct channel channel_teams = {
    .name = "teams", .start = start, .send = teams_send, .drain = drain, .stop = stop};
