/*
 * unit - a thin cover over cmocka: an arena per test, checks that print both sides.
 */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

static inline int unit_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static inline int unit_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define CHECK_RC(call, want)                                                             \
    do {                                                                                 \
        enum rc rc_ = (call);                                                            \
        if (rc_ != (want))                                                               \
            fail_msg("%s is %d, not %s", #call, (int)rc_, #want);                        \
    } while (0)
#define CHECK(cond, why)                                                                 \
    do {                                                                                 \
        if (!(cond))                                                                     \
            fail_msg("%s: %s", #cond, (why));                                            \
    } while (0)
#define CHECK_STR(got, want, why)                                                        \
    do {                                                                                 \
        str got_ = (got), want_ = str_c(want);                                           \
        if (!str_eq(got_, want_))                                                        \
            fail_msg("%s: got \"%.*s\", want \"%.*s\"", (why), STR_ARG(got_),            \
                     STR_ARG(want_));                                                    \
    } while (0)
#define CHECK_INT(got, want, why)                                                        \
    do {                                                                                 \
        long long got_ = (long long)(got), want_ = (long long)(want);                    \
        if (got_ != want_)                                                               \
            fail_msg("%s: got %lld, want %lld", (why), got_, want_);                     \
    } while (0)

#define UNIT(f) cmocka_unit_test_setup_teardown(f, unit_setup, unit_teardown)
#define UNIT_MAIN(...)                                                                   \
    int main(void)                                                                       \
    {                                                                                    \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                 \
        return cmocka_run_group_tests(tests, NULL, NULL);                                \
    }

#endif
