/*
 * bearer - was this request sent by the Bot Connector, to us, for this very activity?
 *
 * As Microsoft's own validation (botframework-connector 4.23), and stricter: the
 * algorithm is one of RS256, RS384, RS512 before a key is looked at; keys are RSA; `exp`
 * is required; the activity must name a channel; header and claims are JSON objects
 * without repeated members; `crit` is refused. Exactly: iss, aud (one text), serviceurl
 * (byte for byte), the key's endorsements where it has any. 300 s of clock skew.
 *
 * Source: learn.microsoft.com, "Authentication with the Bot Connector API" (2024); RFC
 * 7515, 7519.
 */
#ifndef TEAMS_BEARER_H
#define TEAMS_BEARER_H

#include <jansson.h>

#include "base/arena.h"

enum { BEARER_SKEW_S = 300, BEARER_MAX = 16 * 1024 };

struct bearer_rules {
    str issuer;   /* https://api.botframework.com */
    str audience; /* our App ID */
    str channel;  /* "msteams" */
};

/* What the activity in the body says of itself. */
struct bearer_activity {
    str channel_id, service_url;
};

/*
 * header: the value of Authorization. jwks: the key document, NULL when there is none
 * yet. RC_OK         it is RC_DENIED     it is not; *why says why, for the log
 *   RC_NOT_FOUND  all else is well, but its key is not known: look for newer keys
 */
MUST_USE enum rc bearer_check(struct arena *a, const struct bearer_rules *rules,
                              const struct bearer_activity *activity, str header,
                              const json_t *jwks, int64_t now_s, const char **why);

#endif
