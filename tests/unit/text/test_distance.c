#include "text/distance.h"
#include "unit.h"

static const struct {
    const char *a, *b;
    unsigned max, want;
} pairs[] = {
    {"", "", 2, 0},
    {"verlof", "verlof", 2, 0},
    {"hoevel", "hoeveel", 2, 1},
    {"vrelof", "verlof", 2, 1},
    {"verlof", "vlof", 2, 2},
    {"verlof", "loon", 2, 3},
    {"été", "ete", 2, 2},
    {"aanvraag", "aanvrag", 1, 1},
    {"abc", "", 2, 3},
};

static void distances_are_bounded_and_symmetric(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(pairs); i++) {
        str a = str_c(pairs[i].a), b = str_c(pairs[i].b);
        CHECK_INT(distance(a, b, pairs[i].max), pairs[i].want, pairs[i].a);
        CHECK_INT(distance(b, a, pairs[i].max), pairs[i].want, pairs[i].b);
    }
}

UNIT_MAIN(UNIT(distances_are_bounded_and_symmetric))
