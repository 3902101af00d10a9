/*
 * identity - who is asking. The demo rule: the token is a person's id in the people
 * table, `demo` is its first row, no token is an anonymous visitor.
 *
 * Because anyone can claim to be anyone, the demo rule answers this machine only: it
 * refuses to start on an address that is not loopback, foreign Origin and Host headers
 * (DNS rebinding, other sites), and every request that came through a proxy.
 */
#ifndef ADAPTERS_WEB_IDENTITY_H
#define ADAPTERS_WEB_IDENTITY_H

#include "app/people.h"
#include "net/server.h"

/* May this handshake or request use the demo rule? */
bool identity_allows(struct request *r);
/* Sets *id to the verified person's id, empty for anonymous. RC_DENIED: unknown token. */
MUST_USE enum rc identity_verify(const struct people *p, str token, str *id);

#endif
