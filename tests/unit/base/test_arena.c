#include "base/arena.h"
#include "base/map.h"
#include "unit.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    struct arena *a = *state;
    for (size_t n = 1; n < 70000; n = n * 3 + 1) {
        unsigned char *p = arena_alloc(a, n);
        CHECK_INT((uintptr_t)p % _Alignof(max_align_t), 0, "aligned");
        for (size_t i = 0; i < n; i++)
            CHECK_INT(p[i], 0, "zeroed");
        memset(p, 0xff, n);
        if (n % 2)
            arena_reset(a);
    }
}

static void vectors_keep_what_was_pushed(void **state)
{
    VEC(int) v = {0};
    for (int i = 0; i < 10000; i++) {
        *arena_push(*state, &v) = i;
        if (i % 100 == 0)
            arena_alloc(*state, 40); /* so that it cannot always grow in place */
    }
    for (int i = 0; i < 10000; i++)
        CHECK_INT(v.v[i], i, "in order");
}

static void a_map_finds_every_key_and_no_other(void **state)
{
    struct map m = map_new(*state);
    for (int i = 0; i < 5000; i++)
        *map_put(&m, arena_fmt(*state, "key %d", i), -1) = i;
    CHECK_INT(m.n, 5000, "all are in");
    for (int i = 0; i < 5000; i++) {
        CHECK_INT(*map_find(&m, arena_fmt(*state, "key %d", i)), i, "its value");
        CHECK(!map_find(&m, arena_fmt(*state, "no key %d", i)), "not there");
    }
    CHECK_INT(*map_put(&m, STR("key 7"), 99), 7, "a known key keeps its value");
}

static void the_empty_key_is_a_key(void **state)
{
    struct map m = map_new(*state);
    *map_put(&m, STR(""), 0) = 3;
    CHECK_INT(*map_find(&m, STR("")), 3, "found");
}

static void a_large_object_leaves_no_copies_behind(void **state)
{
    struct arena *a = *state;
    enum { MANY = 1 << 21 };
    VEC(int) v = {0}, w = {0};
    for (int i = 0; i < MANY; i++) {
        *arena_push(a, &v) = i;
        if (i % 2)
            *arena_push(a, &w) = -i;
        if (i % 1000 == 0)
            memset(arena_alloc(a, 40), 0xff, 40);
    }
    for (int i = 0; i < MANY; i++)
        CHECK_INT(v.v[i], i, "in order");
    for (int i = 0; i < MANY / 2; i++)
        CHECK_INT(w.v[i], -2 * i - 1, "in order, too");
    CHECK(arena_used(a) < 2 * (MANY * 2 * sizeof(int)), "each but once");
}

static void what_is_dropped_is_given_back(void **state)
{
    struct arena *a = *state;
    enum { LARGE = 3 << 20 };
    void *large = arena_alloc(a, LARGE);
    str behind = arena_str(a, STR("stays"));
    arena_drop(a, large, LARGE);
    CHECK(arena_used(a) < 1000, "it is gone");
    arena_drop(a, (void *)(uintptr_t)behind.p, behind.n);
    CHECK_STR(behind, "stays", "small ones are not worth it");
}

static void an_arena_that_was_given_back_is_used_again_and_empty(void **state)
{
    (void)state;
    struct arenas stock = {0};
    struct arena *a = arenas_take(&stock), *many[ARENAS_MAX + 2];
    arena_alloc(a, 1000);
    arenas_give(&stock, a);
    CHECK(arenas_take(&stock) == a, "the same one");
    CHECK_INT(arena_used(a), 0, "empty");
    arenas_give(&stock, a);
    for (size_t i = 0; i < LEN(many); i++)
        many[i] = arenas_take(&stock);
    for (size_t i = 0; i < LEN(many); i++)
        arenas_give(&stock, many[i]);
    CHECK_INT(stock.n, ARENAS_MAX, "no more than that are kept");
    arenas_free(&stock);
    CHECK_INT(stock.n, 0, "none left");
}

static void room_that_was_reserved_is_not_moved(void **arena)
{
    VEC(int) v = {0};
    struct map m = map_new(*arena);
    arena_reserve(*arena, &v, 1000);
    map_reserve(&m, 1000);
    const int *before = v.v;
    size_t cap = m.cap;
    for (int i = 0; i < 1000; i++) {
        CHECK_INT(*arena_push(*arena, &v), 0, "cleared");
        v.v[i] = i;
        map_put(&m, arena_fmt(*arena, "%d", i), i);
    }
    CHECK(v.v == before && m.cap == cap, "room enough");
    arena_reserve(*arena, &v, 10);
    map_reserve(&m, 10);
    CHECK(v.v == before && m.cap == cap, "nothing is taken away");
    arena_reserve(*arena, &v, 5000);
    map_reserve(&m, 5000);
    for (int i = 0; i < 1000; i++)
        CHECK(v.v[i] == i && *map_find(&m, arena_fmt(*arena, "%d", i)) == i, "all there");
    CHECK_INT(*arena_push(*arena, &v), 0, "cleared as well");
}

UNIT_MAIN(UNIT(room_that_was_reserved_is_not_moved),
          UNIT(a_large_object_leaves_no_copies_behind),
          UNIT(what_is_dropped_is_given_back),
          UNIT(an_arena_that_was_given_back_is_used_again_and_empty),
          UNIT(memory_is_zeroed_and_aligned), UNIT(vectors_keep_what_was_pushed),
          UNIT(a_map_finds_every_key_and_no_other), UNIT(the_empty_key_is_a_key))
