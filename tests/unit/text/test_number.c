#include "text/normalise.h"
#include "text/number.h"
#include "unit.h"

static const struct {
    const char *text;
    enum lang l;
    int64_t hundredths;
    bool ordinal;
    size_t tokens; /* how many it takes; 0: no number */
} numbers[] = {
    {"12", LANG_NL, 1200, false, 1},
    {"3e", LANG_NL, 300, true, 2},
    {"3rd of", LANG_EN, 300, true, 2},
    {"1.250", LANG_NL, 125000, false, 3},
    {"1.25", LANG_NL, 125, false, 3},
    {"een", LANG_NL, 100, false, 1},
    {"eenentwintig", LANG_NL, 2100, false, 1},
    {"drieëndertig", LANG_NL, 3300, false, 1},
    {"negenennegentig", LANG_NL, 9900, false, 1},
    {"honderdéén", LANG_NL, 10100, false, 1},
    {"honderdvijftig", LANG_NL, 15000, false, 1},
    {"driehonderdvijfenzestig", LANG_NL, 36500, false, 1},
    {"negentienhonderdvierentachtig", LANG_NL, 198400, false, 1},
    {"tweeduizend", LANG_NL, 200000, false, 1},
    {"anderhalf", LANG_NL, 150, false, 1},
    {"twee en een halve dag", LANG_NL, 250, false, 4},
    {"drieënhalf", LANG_NL, 350, false, 1},
    {"eerste", LANG_NL, 100, true, 1},
    {"tweede", LANG_NL, 200, true, 1},
    {"derde", LANG_NL, 300, true, 1},
    {"achtste", LANG_NL, 800, true, 1},
    {"eenendertigste", LANG_NL, 3100, true, 1},
    {"twintigste", LANG_NL, 2000, true, 1},
    {"seventeen", LANG_EN, 1700, false, 1},
    {"twenty-three", LANG_EN, 2300, false, 3},
    {"twenty third", LANG_EN, 2300, true, 2},
    {"thirty-first", LANG_EN, 3100, true, 3},
    {"a hundred and fifty", LANG_EN, 15000, false, 4},
    {"two and a half", LANG_EN, 250, false, 4},
    {"half", LANG_NL, 50, false, 1},
    {"eend", LANG_NL, 0, false, 0},
    {"achter", LANG_NL, 0, false, 0},
    {"vrede", LANG_NL, 0, false, 0},
    {"honderdjarig", LANG_NL, 0, false, 0},
    {"zesde", LANG_NL, 600, true, 1},
    {"often", LANG_EN, 0, false, 0},
    {"beste", LANG_NL, 0, false, 0},
};

static void numbers_are_read(void **state)
{
    for (size_t i = 0; i < LEN(numbers); i++) {
        struct tokens t;
        struct number n = {0};
        str folded;
        CHECK_RC(normalise(*state, str_c(numbers[i].text), &folded), RC_OK);
        tokens_of(folded, numbers[i].l, &t);
        bool found = number_read(&t, 0, &n);
        CHECK_INT(found ? n.end : 0, numbers[i].tokens, numbers[i].text);
        if (!found)
            continue;
        CHECK_INT(n.hundredths, numbers[i].hundredths, numbers[i].text);
        CHECK_INT(n.ordinal, numbers[i].ordinal, numbers[i].text);
    }
}

UNIT_MAIN(UNIT(numbers_are_read))
