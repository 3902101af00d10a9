#include "store/newest.h"
#include "unit.h"

#include <stdlib.h>

static void the_larger_turn_stays(void **arena)
{
    (void)arena;
    struct newest m = {0};
    CHECK_INT(newest_find(&m, 5), 0, "empty");
    newest_put(&m, 5, 10);
    newest_put(&m, 5, 8);
    newest_put(&m, 0, 3);
    newest_put(&m, -1, 3);
    CHECK_INT(newest_find(&m, 5), 10, "the larger");
    CHECK_INT(newest_find(&m, 0), 0, "no such conversation");
    CHECK_INT(m.n, 1, "one entry");
    newest_done(&m);
}

static void many_are_found_dropped_and_taken_in_order(void **arena)
{
    (void)arena;
    enum { MANY = 20000 };
    struct newest m = {0};
    for (int64_t i = MANY; i >= 1; i--)
        newest_put(&m, i * 3, i);
    CHECK_INT(m.n, MANY, "all");
    for (int64_t i = 1; i <= MANY; i++)
        CHECK_INT(newest_find(&m, i * 3), i, "found");
    newest_drop(&m, MANY / 2);
    CHECK_INT(m.n, MANY / 2, "half");
    CHECK_INT(newest_find(&m, 3), 0, "dropped");
    CHECK_INT(newest_find(&m, MANY * 3), MANY, "kept");
    size_t n = 0;
    struct newest_entry *v = newest_take(&m, &n);
    CHECK_INT(n, MANY / 2, "taken");
    CHECK_INT(m.n, 0, "and gone");
    for (size_t i = 1; i < n; i++)
        CHECK(v[i - 1].conversation < v[i].conversation, "by conversation");
    free(v);
    v = newest_take(&m, &n);
    CHECK(n == 0, "nothing left");
    free(v);
    newest_done(&m);
}

UNIT_MAIN(UNIT(the_larger_turn_stays), UNIT(many_are_found_dropped_and_taken_in_order))
