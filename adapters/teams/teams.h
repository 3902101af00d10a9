/*
 * teams - what the files of the Teams channel share.
 *
 *   teams.c      the plug: settings, route, drain, stop
 *   bearer.c     was this sent by the Bot Connector?
 *   keys.c       the keys it signs with
 *   delivery.c   an activity from its coming in until it is acknowledged
 *   activity.c   what an activity says
 *   identity.c   Teams user -> employee
 *   token.c      our own token for the Bot Connector
 *   connector.c  calls of the Bot Connector
 *   post.c       what balie says; typing
 *   card.c       an answer as an Adaptive Card
 */
#ifndef TEAMS_TEAMS_H
#define TEAMS_TEAMS_H

#include <jansson.h>

#include "adapters/teams/bearer.h"
#include "app/channel.h"
#include "base/json_text.h"
#include "base/str.h"

struct teams_settings {
    str app_id, secret, tenant;
    str openid_url, token_url, issuer;
    str ca_file;
    bool local_test; /* nothing is checked, no token is sent, this machine only */
};

struct teams {
    struct teams_settings s;
    struct loop *loop;
    struct http *http;
    struct engine *engine;
    struct keys *keys;
    struct token_client *tokens;
    struct delivery *deliveries; /* not acknowledged yet */
    struct connector_call *calls;
    struct known_user *users;
    size_t n_users;
    struct post *posts;
    struct typing *typing;
    bool draining;
};

/* --- keys.c --- */

enum { KEYS_FRESH_MS = 24 * 3600 * 1000, KEYS_AGAIN_MS = 3600 * 1000 };

struct keys *keys_new(struct teams *t);
void keys_free(struct keys *k); /* accepts NULL; who waits is not called */
/* The key document, NULL when there is none yet. */
const json_t *keys_now(const struct keys *k);
/* Calls back once the keys are as new as they may be: at once when they were asked for
 * within the hour (refused: a kid that is not known), else after they are fetched. */
void keys_renew(struct keys *k, void (*done)(void *ctx), void *ctx);
/* Whether they are missing or more than a day old. */
bool keys_are_old(const struct keys *k);

/* --- activity.c --- */

struct activity {
    struct arrival arrival; /* person is still to be found */
    str service_url, conversation, user, object_id, tenant; /* user: "29:..." */
    bool invoke;
};

/* RC_OK: there is something to do. RC_NOT_FOUND: nothing for us, acknowledge it.
 * RC_DENIED: an invoke that we do not know. RC_INVALID: not an activity. */
MUST_USE enum rc activity_read(struct arena *a, const json_t *o, struct activity *out);

/* --- delivery.c --- */
void teams_delivery_take(struct teams *t, struct request *r);
void teams_deliveries_drop(struct teams *t);

/* --- identity.c --- */

/* The employee's id, empty for someone unknown. RC_BUSY: Teams does not tell now. done
 * may be called from inside; act lives until then. */
void teams_identity_find(struct teams *t, const struct activity *act,
                         void (*done)(void *ctx, enum rc rc, str person), void *ctx);
void teams_identity_free(struct teams *t);

/* --- token.c --- */

struct token_client *token_client_new(struct teams *t);
void token_client_free(struct token_client *c); /* accepts NULL */
/* The token, from the cache or fetched; empty when there is none now (error says why).
 * done may be called from inside. */
void token_get(struct token_client *c, void (*done)(void *ctx, str token, str error),
               void *ctx);
void token_refused(struct token_client *c); /* 401: the next one is fetched */

/* --- connector.c --- */

struct connector_result {
    enum message_end end;
    int status; /* 0: no answer */
    const json_t *body;
    str error;
    int64_t retry_ms;
};
/* service_url came with a validated activity: our token goes there. path begins with
 * "/v3/". body empty: GET. done is called once, later or from inside. */
void connector_send(struct teams *t, str service_url, str path, str body,
                    void (*done)(void *ctx, const struct connector_result *r), void *ctx);
void connector_drop(struct teams *t);
/* One part of a path, percent-encoded. */
str connector_part(struct arena *a, str s);

/* --- post.c --- */
void teams_send(void *self, const struct message *m,
                void (*done)(void *ctx, const struct message_result *r), void *ctx);
/* Shows that balie is at work; what it says there waits for it. */
void typing_send(struct teams *t, const struct activity *act);
void teams_posts_drop(struct teams *t);

#endif
