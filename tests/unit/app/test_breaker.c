/* When a desk is left alone, for how long, and what brings it back. */
#include "app/breaker.h"

#include "unit.h"

static void it_opens_after_failures_in_a_row_only(void **arena)
{
    (void)arena;
    struct breaker b = {0};
    for (int i = 0; i < 3 * BREAKER_FAILURES; i++) {
        CHECK(breaker_take(&b, 0), "closed");
        if (i % BREAKER_FAILURES == BREAKER_FAILURES - 1)
            breaker_good(&b);
        else
            CHECK(!breaker_bad(&b, 0, 0, 128), "not yet");
    }
    for (int i = 1; i < BREAKER_FAILURES; i++)
        CHECK(!breaker_bad(&b, 0, 0, 128), "not yet");
    CHECK(breaker_bad(&b, 0, 0, 128), "now");
    CHECK(!breaker_take(&b, BREAKER_FIRST_MS - 1), "left alone");
    CHECK_INT(b.opened, 1, "once");
}

static void one_trial_at_a_time_and_longer_pauses(void **arena)
{
    (void)arena;
    struct breaker b = {0};
    int64_t now = 0, last = 0;
    for (int i = 0; i < BREAKER_FAILURES; i++)
        (void)breaker_bad(&b, now, 0, 128);
    for (int i = 0; i < 12; i++) {
        int64_t next = breaker_next(&b, now);
        CHECK(next > now, "a pause");
        CHECK(next - now >= last, "not shorter than the one before");
        CHECK(next - now <= BREAKER_LAST_MS * 5 / 4, "never for ever");
        last = next - now;
        now = next;
        CHECK(breaker_take(&b, now), "a trial");
        CHECK(!breaker_take(&b, now), "one only");
        CHECK(!breaker_bad(&b, now, 0, 128), "open already");
    }
    CHECK(last >= BREAKER_LAST_MS * 3 / 4, "the pause has grown");
    now = breaker_next(&b, now);
    CHECK(breaker_take(&b, now), "a trial");
    breaker_good(&b);
    CHECK(breaker_take(&b, now) && breaker_take(&b, now), "closed: everything may go");
}

static void what_had_started_before_says_nothing_new(void **arena)
{
    (void)arena;
    struct breaker b = {0};
    for (int i = 0; i < BREAKER_FAILURES; i++)
        (void)breaker_bad(&b, 0, 0, 128);
    int64_t next = breaker_next(&b, 0);
    for (int i = 0; i < 20; i++)
        (void)breaker_bad(&b, 10, 0, 128);
    CHECK_INT(breaker_next(&b, 10), next, "the pause is not stretched by stragglers");
}

static void the_desks_own_wish_counts_at_once(void **arena)
{
    (void)arena;
    struct breaker b = {0};
    CHECK(breaker_bad(&b, 1000, 30000, 0), "asked for");
    CHECK(!breaker_take(&b, 30999), "kept");
    CHECK(breaker_take(&b, 31000), "and not longer");
    breaker_good(&b);
    CHECK(breaker_bad(&b, 0, 99LL * 24 * 3600 * 1000, 0), "an absurd wish");
    CHECK(breaker_take(&b, BREAKER_WISH_MS), "is cut");
}

UNIT_MAIN(UNIT(it_opens_after_failures_in_a_row_only),
          UNIT(one_trial_at_a_time_and_longer_pauses),
          UNIT(what_had_started_before_says_nothing_new),
          UNIT(the_desks_own_wish_counts_at_once))
