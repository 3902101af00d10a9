/*
 * loopback - does an address lead to this machine and nowhere else?
 *
 * Without TLS, or without an identity that was checked, is allowed there only; so what is
 * not surely loopback is not: names that merely begin so (127.evil.example), a name or
 * password before the host, other spellings of the same number. RFC 1122 3.2.1.3 (127/8),
 * RFC 4291 2.5.3 (::1), RFC 6761 6.3 (localhost).
 */
#ifndef BASE_LOOPBACK_H
#define BASE_LOOPBACK_H

#include "base/str.h"

/* "127.0.0.1", "localhost", "[::1]", "::1": without a port. ASCII case is ignored. */
bool loopback_host(str host);
/* HOST or HOST:PORT, with or without SCHEME:// before it and a path behind it. */
bool loopback_url(str url);

#endif
