/*
 * slack - what the files of the Slack channel share.
 *
 *   slack.c      the plug: settings, routes, drain, stop
 *   signature.c  is this request from Slack?
 *   delivery.c   a delivery from its coming in until it is acknowledged
 *   payload.c    what a delivery says: events, slash commands, buttons
 *   identity.c   Slack user -> employee, by e-mail address
 *   api.c        calls of the Web API
 *   post.c       what balie says: one message as one or more posts
 *   blocks.c     an answer as Block Kit; mrkdwn.c its text
 *   socket.c     Socket Mode: deliveries over a WebSocket that we open
 */
#ifndef SLACK_SLACK_H
#define SLACK_SLACK_H

#include <jansson.h>

#include "app/channel.h"
#include "base/json_text.h"
#include "base/str.h"

struct slack_settings {
    str signing_secret, bot_token, app_token; /* app_token: Socket Mode */
    str api_url;                              /* https://slack.com/api */
    str team;                                 /* empty: any workspace */
    str ca_file;
};

struct slack {
    struct slack_settings s;
    struct loop *loop;
    struct http *http;
    struct engine *engine;
    struct delivery *deliveries; /* not acknowledged yet */
    struct known_user *users;
    size_t n_users;
    struct call *calls;
    struct post *posts;
    struct socket_mode *socket; /* NULL: deliveries come by HTTP */
    bool draining;
    bool no_search; /* we may not read the history: said once */
};

/* --- payload.c --- */

enum payload_kind { PAYLOAD_EVENT, PAYLOAD_SLASH, PAYLOAD_ACTION };

/* What a payload says; texts are borrowed from it or lie in the arena. */
struct payload {
    struct arrival arrival; /* person is still to be found */
    str user, team;
    str channel, thread; /* of a mention: where people wait for an answer */
    bool has_answer;     /* answer goes into the acknowledgement */
    str answer;          /* JSON */
    str response_url;
};

/* RC_OK: there is something to do. RC_NOT_FOUND: nothing for us, acknowledge it.
 * RC_INVALID: not what Slack sends. */
MUST_USE enum rc payload_read(struct arena *a, enum payload_kind kind, const json_t *o,
                              struct payload *out);
/* application/x-www-form-urlencoded as an object of strings. RC_INVALID. */
MUST_USE enum rc payload_form(struct arena *a, str body, json_t **out);

/* --- delivery.c --- */

/* Takes a payload (kept by the delivery); acknowledged is called once, later or from
 * inside: RC_OK with the answer to go with it, or an error: deliver again. again: Slack
 * says that it delivered it before. */
void slack_delivery_take(struct slack *s, enum payload_kind kind, json_t *o, bool again,
                         void (*acknowledged)(void *ctx, enum rc rc, str answer),
                         void *ctx);
void slack_deliveries_drop(struct slack *s); /* acknowledges them as RC_BUSY */

/* --- identity.c --- */

/* The employee's id, empty for someone unknown. RC_BUSY: Slack does not tell now. done
 * may be called from inside. */
void slack_identity_find(struct slack *s, str user, str team,
                         void (*done)(void *ctx, enum rc rc, str person), void *ctx);
void slack_identity_free(struct slack *s);

/* --- api.c --- */

enum api_end {
    API_OK,
    API_ERROR,   /* answered ok:false; error says why */
    API_LIMITED, /* 429: retry_ms */
    API_DOWN,    /* certainly not done: no connection */
    API_UNCLEAR, /* time-out, 5xx, not JSON */
};
struct api_result {
    enum api_end end;
    const json_t *body; /* OK, ERROR */
    str error;          /* no secrets, no personal data */
    int64_t retry_ms;
};
/* Calls a method with a JSON body, or a form for the methods that take no JSON; done is
 * called once, later. After apis_drop not at all. */
void api_call(struct slack *s, const char *method, str token, str body,
              void (*done)(void *ctx, const struct api_result *r), void *ctx);
void api_drop(struct slack *s);

/* --- post.c --- */
void slack_send(void *self, const struct message *m,
                void (*done)(void *ctx, const struct message_result *r), void *ctx);
void slack_posts_drop(struct slack *s);

/* --- socket.c --- */
MUST_USE enum rc socket_start(struct slack *s);
void socket_drain(struct slack *s);
void socket_stop(struct slack *s);

#endif
