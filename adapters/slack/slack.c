#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "adapters/slack/signature.h"
#include "adapters/slack/slack_channel.h"
#include "app/section.h"
#include "base/clock.h"
#include "base/log.h"

enum { HTTP_OK = 200, HTTP_BAD = 400, HTTP_UNSIGNED = 401, HTTP_BUSY = 503 };

static void reply(struct request *r, int status, const char *type, str body)
{
    request_reply(r, status, type, NULL, 0, body);
}

/* A request that waits for its turn to be durable. */
static void acknowledged(void *ctx, enum rc rc, str answer)
{
    struct request *r = ctx;
    if (rc == RC_INVALID)
        reply(r, HTTP_BAD, "text/plain", STR("not understood\n"));
    else if (rc)
        reply(r, HTTP_BUSY, "text/plain", STR("deliver it again\n"));
    else
        reply(r, HTTP_OK, answer.n ? "application/json" : "text/plain", answer);
}

static bool is_signed(const struct slack *s, struct request *r)
{
    return signature_is_valid(
        s->s.signing_secret, request_header(r, "x-slack-request-timestamp"),
        request_header(r, "x-slack-signature"), request_body(r), clock_wall_ms() / 1000);
}

/* True: go on. */
static bool is_welcome(const struct slack *s, struct request *r)
{
    if (!is_signed(s, r)) {
        reply(r, HTTP_UNSIGNED, "text/plain", STR("not signed by Slack\n"));
        return false;
    }
    if (s->draining) {
        reply(r, HTTP_BUSY, "text/plain", STR("restarting\n"));
        return false;
    }
    return true;
}

static bool is_again(struct request *r)
{
    return request_header(r, "x-slack-retry-num").n > 0;
}

static void on_event(void *ctx, struct request *r)
{
    struct slack *s = ctx;
    if (!is_welcome(s, r))
        return;
    str body = request_body(r);
    json_t *o = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(o) && str_eq(json_text_of(o, "type"), STR("url_verification")))
        reply(r, HTTP_OK, "text/plain", json_text_of(o, "challenge"));
    else
        slack_delivery_take(s, PAYLOAD_EVENT, o, is_again(r), acknowledged, r);
    json_decref(o);
}

static void on_command(void *ctx, struct request *r)
{
    struct slack *s = ctx;
    json_t *o = NULL;
    if (!is_welcome(s, r))
        return;
    if (payload_form(request_arena(r), request_body(r), &o))
        reply(r, HTTP_BAD, "text/plain", STR("not a form\n"));
    else if (json_object_get(o, "ssl_check"))
        reply(r, HTTP_OK, "text/plain", STR_NONE);
    else
        slack_delivery_take(s, PAYLOAD_SLASH, o, is_again(r), acknowledged, r);
    json_decref(o);
}

static void on_action(void *ctx, struct request *r)
{
    struct slack *s = ctx;
    json_t *form = NULL, *o = NULL;
    if (!is_welcome(s, r))
        return;
    if (payload_form(request_arena(r), request_body(r), &form) == RC_OK) {
        str payload = json_text_of(form, "payload");
        o = json_loadb(payload.p, payload.n, JSON_REJECT_DUPLICATES, NULL);
    }
    slack_delivery_take(s, PAYLOAD_ACTION, o, is_again(r), acknowledged, r);
    json_decref(o);
    json_decref(form);
}

static bool read_settings(const struct host *host, struct slack_settings *s)
{
    *s = (struct slack_settings){.api_url = STR("https://slack.com/api")};
    const struct section_key keys[] = {
        {"signing_secret", SECTION_SECRET, &s->signing_secret, false, 0, 0},
        {"bot_token", SECTION_SECRET, &s->bot_token, true, 0, 0},
        {"app_token", SECTION_SECRET, &s->app_token, false, 0, 0},
        {"api_url", SECTION_URL, &s->api_url, false, 0, 0},
        {"team", SECTION_TEXT, &s->team, false, 0, 0},
        {"ca_file", SECTION_PATH, &s->ca_file, false, 0, 0},
    };
    if (section_read(host, "channels.slack", keys, LEN(keys)))
        return false;
    if (s->signing_secret.n == 0 && s->app_token.n == 0)
        diag_error(host->diags, host->settings_file, host->settings->line,
                   host->settings->column,
                   "channels.slack needs signing_secret_file (deliveries by HTTP) or "
                   "app_token_file (Socket Mode)");
    return s->signing_secret.n > 0 || s->app_token.n > 0;
}

static enum rc start(const struct host *host, struct engine *engine,
                     struct routes *routes, void **self)
{
    struct slack_settings settings;
    if (!host->settings)
        return RC_NOT_FOUND;
    if (!read_settings(host, &settings))
        return RC_INVALID;
    struct slack *s = must_alloc(sizeof *s);
    *s = (struct slack){
        .s = settings, .loop = host->loop, .http = host->http, .engine = engine};
    *self = s;
    const struct route_entry entries[] = {{"POST", "/slack/events", on_event, s},
                                          {"POST", "/slack/commands", on_command, s},
                                          {"POST", "/slack/actions", on_action, s}};
    for (size_t i = 0; i < LEN(entries) && settings.signing_secret.n > 0; i++)
        *arena_push(routes->arena, &routes->http) = entries[i];
    return settings.app_token.n > 0 ? socket_start(s) : RC_OK;
}

static void drain(void *self)
{
    struct slack *s = self;
    s->draining = true;
    socket_drain(s);
}

static void stop(void *self)
{
    struct slack *s = self;
    if (!s)
        return;
    slack_deliveries_drop(s); /* tells the sockets, which are still there */
    socket_stop(s);
    api_drop(s);
    slack_posts_drop(s);
    slack_identity_free(s);
    free(s);
}

const struct channel channel_slack = {
    .name = "slack", .start = start, .send = slack_send, .drain = drain, .stop = stop};
