/*
 * retry_after - the header Retry-After: whole seconds, or a date.
 *
 * Source: RFC 9110, 10.2.3 and 5.6.7 (IMF-fixdate; the two obsolete forms of a date are
 * not read).
 */
#ifndef REST_RETRY_AFTER_H
#define REST_RETRY_AFTER_H

#include "base/str.h"

/* Milliseconds from now_ms (wall time) on, 0 for anything else than a wait; at most
 * most_ms. */
int64_t retry_after(str value, int64_t now_ms, int64_t most_ms);

#endif
