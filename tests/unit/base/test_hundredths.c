#include "base/hundredths.h"

#include "unit.h"

static const struct {
    int64_t v;
    const char *want;
} shown[] = {{0, "0"},       {7600, "76"}, {750, "7.5"},   {725, "7.25"},    {5, "0.05"},
             {-25, "-0.25"}, {-100, "-1"}, {-150, "-1.5"}, {10001, "100.01"}};

static void amounts_are_shown_without_needless_zeros(void **arena)
{
    for (size_t i = 0; i < LEN(shown); i++)
        CHECK_STR(hundredths_show(*arena, shown[i].v), shown[i].want, shown[i].want);
}

UNIT_MAIN(UNIT(amounts_are_shown_without_needless_zeros))
