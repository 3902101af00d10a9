#include "nlu/slip.h"

#include "base/str.h"
#include "unit.h"

static void a_compound_of_known_words_comes_apart(void **arena)
{
    struct slip_words *w = slip_words_new(*arena);
    slip_words_add(w, STR("vakantie nemen en dagen over"));
    str out;
    CHECK(slip_split(*arena, w, STR("mijn vakantiedagen zijn op"), &out), "both known");
    CHECK_STR(out, "mijn vakantie dagen zijn op", "a blank between");
    CHECK(!slip_split(*arena, w, STR("vakantiehuis"), &out), "half known");
    CHECK(!slip_split(*arena, w, STR("vakantie dagen"), &out), "apart already");
    CHECK(!slip_split(*arena, w, STR(""), &out), "nothing");
}

static void both_kinds_of_slip_happen(void **arena)
{
    struct slip_words *w = slip_words_new(*arena);
    str text = STR("hoeveel vakantiedagen heb ik");
    slip_words_add(w, STR("vakantie dagen"));
    size_t apart = 0, same = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        struct rng r = rng_seeded(seed), again = rng_seeded(seed);
        str got = slip(*arena, w, &r, text);
        CHECK(str_eq(got, slip(*arena, w, &again, text)), "repeatable");
        apart += str_has(got, STR("vakantie dagen"));
        same += str_eq(got, text);
    }
    CHECK(apart > 100 && apart < 200, "three of eight come apart");
    CHECK(same < 30, "nearly all change");
}

UNIT_MAIN(UNIT(a_compound_of_known_words_comes_apart), UNIT(both_kinds_of_slip_happen))
