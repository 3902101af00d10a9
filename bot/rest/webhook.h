/*
 * webhook - what a profile says about the product's own calls, and whether one is
 * genuine.
 *
 *   webhook:
 *     header: X-RT-Signature      holds the HMAC-SHA256 of the raw body, hex or base64
 *     prefix: "sha256="           before it; may be left out
 *     ticket: /ticket             JSON Pointer: the ticket's own id, as `external`
 *     event: /transaction         tells this event from others; may be left out
 *     time: /created              when; a call from long ago is dropped; may be left out
 *
 * Source: RFC 2104; what GitHub, Zendesk, Slack and others send is of this kind.
 */
#ifndef REST_WEBHOOK_H
#define REST_WEBHOOK_H

#include "base/arena.h"

struct webhook {
    str header, prefix, ticket, event, time; /* header empty: the profile has none */
};

struct webhook_call {
    str ticket, event, time; /* event and time may be empty */
};

/* signature: the header's value. RC_DENIED: not signed with that secret, RC_INVALID: the
 * body does not say which ticket. */
MUST_USE enum rc webhook_read(struct arena *a, const struct webhook *w, str secret,
                              str signature, str body, struct webhook_call *out);

#endif
