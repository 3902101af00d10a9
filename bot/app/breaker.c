#include "app/breaker.h"

bool breaker_take(struct breaker *b, int64_t now_ms)
{
    if (!b->open)
        return true;
    if (b->trial || now_ms < b->until_ms)
        return false;
    b->trial = true;
    return true;
}

int64_t breaker_next(const struct breaker *b, int64_t now_ms)
{
    return b->open && b->until_ms > now_ms ? b->until_ms : 0;
}

void breaker_good(struct breaker *b)
{
    b->failures = 0;
    b->pause_ms = 0;
    b->open = b->trial = false;
}

static int64_t jittered(int64_t ms, unsigned char r)
{
    return ms * 3 / 4 + ms * r / 512; /* three quarters to five quarters */
}

bool breaker_bad(struct breaker *b, int64_t now_ms, int64_t wish_ms, unsigned char r)
{
    bool was_open = b->open;
    b->failures++;
    b->open = was_open || wish_ms > 0 || b->failures >= BREAKER_FAILURES;
    if (!b->open)
        return false;
    /* what had started before it opened says nothing new */
    if (!was_open || b->trial) {
        b->pause_ms = b->pause_ms ? b->pause_ms * 2 : BREAKER_FIRST_MS;
        b->pause_ms = MIN(b->pause_ms, (int64_t)BREAKER_LAST_MS);
        b->until_ms = now_ms + jittered(b->pause_ms, r);
    }
    b->until_ms = MAX(b->until_ms, now_ms + MIN(wish_ms, (int64_t)BREAKER_WISH_MS));
    b->trial = false;
    b->opened += !was_open;
    return !was_open;
}
