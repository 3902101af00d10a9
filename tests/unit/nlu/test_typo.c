#include "nlu/typo.h"

#include "text/distance.h"
#include "unit.h"

static void a_slip_is_one_edit_and_repeatable(void **arena)
{
    str text = STR("hoeveel vakantiedagen heb ik nog");
    size_t changed = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct rng a = rng_seeded(seed), b = rng_seeded(seed);
        str x = typo(*arena, &a, text), y = typo(*arena, &b, text);
        CHECK(str_eq(x, y), "the same seed, the same slip");
        CHECK(distance(x, text, 2) <= 1, "one edit at most");
        changed += !str_eq(x, text);
    }
    CHECK(changed > 180, "nearly always something changes");
}

static void short_words_are_left_alone(void **arena)
{
    struct rng r = rng_seeded(1);
    CHECK_STR(typo(*arena, &r, STR("ik ben er")), "ik ben er", "no word of four letters");
    CHECK_STR(typo(*arena, &r, STR("")), "", "nothing");
    CHECK_STR(typo(*arena, &r, STR("2026 12345")), "2026 12345", "numbers");
}

UNIT_MAIN(UNIT(a_slip_is_one_edit_and_repeatable), UNIT(short_words_are_left_alone))
