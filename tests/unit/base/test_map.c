#include "base/map.h"

#include "unit.h"

static str numbered(struct arena *a, int i)
{
    return arena_fmt(a, "%s%d", i % 3 ? "k" : "a key of more than sixteen bytes ", i);
}

/* At every size there are keys whose place is behind the last one, that is, in front. */
static void what_was_put_is_found_at_every_size(void **arena)
{
    struct map m = map_new(*arena);
    CHECK(map_find(&m, STR("k1")) == NULL, "nothing in it");
    for (int i = 0; i < 3000; i++) {
        CHECK(map_find(&m, numbered(*arena, i)) == NULL, "not yet");
        CHECK_INT(*map_put(&m, numbered(*arena, i), i), i, "put");
        CHECK_INT(*map_put(&m, numbered(*arena, i), -1), i, "it stays what it was");
        if (i % 101 == 0)
            for (int k = 0; k <= i; k++)
                CHECK_INT(*map_find(&m, numbered(*arena, k)), k, "found");
    }
    CHECK_INT(m.n, 3000, "so many");
    CHECK(map_find(&m, STR("")) == NULL, "no empty key");
    CHECK_INT(*map_put(&m, STR_NONE, 7), 7, "an empty key");
    CHECK_INT(*map_find(&m, STR("")), 7, "is one like any other");
}

static void room_may_be_made_before(void **arena)
{
    struct map m = map_new(*arena);
    map_reserve(&m, 1000);
    size_t cap = m.cap;
    for (int i = 0; i < 1000; i++)
        *map_put(&m, numbered(*arena, i), 0) += i;
    CHECK_INT(m.cap, cap, "it did not grow");
    for (int i = 0; i < 1000; i++)
        CHECK_INT(*map_find(&m, numbered(*arena, i)), i, "found");
}

UNIT_MAIN(UNIT(what_was_put_is_found_at_every_size), UNIT(room_may_be_made_before))
