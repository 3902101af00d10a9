/*
 * breaker - leaves a servicedesk alone that does not work, and tries it now and then.
 *
 * Closed: everything may go. After BREAKER_FAILURES failures in a row, or when the desk
 * itself asks for a pause, it is open: nothing goes until its time; then one operation is
 * let through as a trial, and its end closes the breaker or opens it for twice as long.
 * Times are monotonic milliseconds, given by the caller.
 */
#ifndef APP_BREAKER_H
#define APP_BREAKER_H

#include "base/base.h"

enum {
    BREAKER_FAILURES = 5,
    BREAKER_FIRST_MS = 1000,
    BREAKER_LAST_MS = 60 * 1000,
    BREAKER_WISH_MS = 60 * 60 * 1000, /* longer wishes of a desk are cut to this */
};

struct breaker {
    int failures; /* in a row */
    int64_t pause_ms, until_ms;
    bool open, trial; /* trial: the one that was let through has not ended yet */
    uint64_t opened;  /* how often */
};

/* Whether one operation may start now; in an open breaker that makes it the trial. */
bool breaker_take(struct breaker *b, int64_t now_ms);
/* When it is worth asking again, 0: at any time. */
int64_t breaker_next(const struct breaker *b, int64_t now_ms);
void breaker_good(struct breaker *b);
/* wish_ms: the desk's Retry-After, 0: none. r: a random byte, against every client coming
 * back at once. True: it has just opened. */
bool breaker_bad(struct breaker *b, int64_t now_ms, int64_t wish_ms, unsigned char r);

#endif
