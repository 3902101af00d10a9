#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

enum { NONE = -1 };

static const struct {
    const char *text;
    enum lang l;
    double amount;
    int unit;
} durations[] = {
    {"een halve dag", LANG_NL, .5, UNIT_DAYS},
    {"halve dag", LANG_NL, .5, UNIT_DAYS},
    {"anderhalve dag", LANG_NL, 1.5, UNIT_DAYS},
    {"4 uur", LANG_NL, 4, UNIT_HOURS},
    {"3 weken", LANG_NL, 3, UNIT_WEEKS},
    {"twee maanden", LANG_NL, 2, UNIT_MONTHS},
    {"2,5 dag", LANG_NL, 2.5, UNIT_DAYS},
    {"2½ dag", LANG_NL, 2.5, UNIT_DAYS},
    {"½ dag", LANG_NL, .5, UNIT_DAYS},
    {"1/2 dag", LANG_NL, .5, UNIT_DAYS},
    {"twee en een halve dag", LANG_NL, 2.5, UNIT_DAYS},
    {"tweeënhalve dag", LANG_NL, 2.5, UNIT_DAYS},
    {"drieëntwintig dagen", LANG_NL, 23, UNIT_DAYS},
    {"8u", LANG_NL, 8, UNIT_HOURS},
    {"8 u", LANG_NL, 8, UNIT_HOURS},
    {"1u30", LANG_NL, 1.5, UNIT_HOURS},
    {"1:30 uur", LANG_NL, 1.5, UNIT_HOURS},
    {"1 uur en 30 minuten", LANG_NL, 1.5, UNIT_HOURS},
    {"drie kwartier", LANG_NL, 45, UNIT_MINUTES},
    {"een kwartiertje", LANG_NL, 15, UNIT_MINUTES},
    {"een half uur", LANG_NL, .5, UNIT_HOURS},
    {"halfuurtje", LANG_NL, .5, UNIT_HOURS},
    {"anderhalf uur", LANG_NL, 1.5, UNIT_HOURS},
    {"de hele dag", LANG_NL, 1, UNIT_DAYS},
    {"een dagje", LANG_NL, 1, UNIT_DAYS},
    {"2 hele dagen", LANG_NL, 2, UNIT_DAYS},
    {"5 werkdagen", LANG_NL, 5, UNIT_DAYS},
    {"twee dagdelen", LANG_NL, 1, UNIT_DAYS},
    {"twee jaar en drie maanden", LANG_NL, 2.25, UNIT_YEARS},
    {"een kwartaal", LANG_NL, 3, UNIT_MONTHS},
    {"1.250 uur", LANG_NL, 1250, UNIT_HOURS},
    {"ik wil graag 3 dagen vrij", LANG_NL, 3, UNIT_DAYS},
    {"ik werk 36 uur per week", LANG_NL, 36, UNIT_HOURS},
    {"36-urige werkweek", LANG_NL, 36, UNIT_HOURS},
    {"3d", LANG_NL, 3, UNIT_DAYS},
    {"3-5 dagen", LANG_NL, 5, UNIT_DAYS}, /* doubt: the larger one */
    {"2 of 3 dagen", LANG_NL, 3, UNIT_DAYS},
    {"ik denk een dag of drie", LANG_NL, 3, UNIT_DAYS},
    {"een week of twee", LANG_NL, 2, UNIT_WEEKS},
    {"a day or two", LANG_EN, 2, UNIT_DAYS},
    {"een dag of 2 weken", LANG_NL, 1, UNIT_DAYS},
    {"morgen een halve dag", LANG_NL, .5, UNIT_DAYS},
    {"half a day", LANG_EN, .5, UNIT_DAYS},
    {"a half day", LANG_EN, .5, UNIT_DAYS},
    {"half day", LANG_EN, .5, UNIT_DAYS},
    {"a day and a half", LANG_EN, 1.5, UNIT_DAYS},
    {"one and a half days", LANG_EN, 1.5, UNIT_DAYS},
    {"two and a half weeks", LANG_EN, 2.5, UNIT_WEEKS},
    {"2 1/2 days", LANG_EN, 2.5, UNIT_DAYS},
    {"half an hour", LANG_EN, .5, UNIT_HOURS},
    {"an hour and a half", LANG_EN, 1.5, UNIT_HOURS},
    {"three quarters of an hour", LANG_EN, .75, UNIT_HOURS},
    {"1h30", LANG_EN, 1.5, UNIT_HOURS},
    {"90 minutes", LANG_EN, 90, UNIT_MINUTES},
    {"a fortnight", LANG_EN, 2, UNIT_WEEKS},
    {"8 hours a day", LANG_EN, 8, UNIT_HOURS},
    {"the whole day", LANG_EN, 1, UNIT_DAYS},
    {"all day", LANG_EN, 1, UNIT_DAYS},
    {"3 working days", LANG_EN, 3, UNIT_DAYS},
    {"six months", LANG_EN, 6, UNIT_MONTHS},
    {"a year and a half", LANG_EN, 1.5, UNIT_YEARS},
    {"1,250 hours", LANG_EN, 1250, UNIT_HOURS},
    {"twenty-three days", LANG_EN, 23, UNIT_DAYS},
    {"three-day trip", LANG_EN, 3, UNIT_DAYS},
    {"5 days' leave", LANG_EN, 5, UNIT_DAYS},
    {"a hundred and twenty hours", LANG_EN, 120, UNIT_HOURS},
    {"ik ben om 4 uur klaar", LANG_NL, 0, NONE},
    {"tot 17 uur", LANG_NL, 0, NONE},
    {"van 9 tot 17 uur", LANG_NL, 0, NONE},
    {"3 keer per week", LANG_NL, 0, NONE},
    {"elke dag", LANG_NL, 0, NONE},
    {"dag", LANG_NL, 0, NONE}, /* a greeting */
    {"0 dagen", LANG_NL, 0, NONE},
    {"een paar dagen", LANG_NL, 0, NONE},
    {"3 mei", LANG_NL, 0, NONE},
    {"12", LANG_NL, 0, NONE},
    {"3 dezelfde", LANG_NL, 0, NONE},
    {"kunt u 8 u geven", LANG_NL, 0, NONE},
    {"twice a week", LANG_EN, 0, NONE},
    {"at 4 hours", LANG_EN, 0, NONE},
    {"a couple of days", LANG_EN, 0, NONE},
    {"", LANG_EN, 0, NONE},
};

static void durations_are_read(void **state)
{
    for (size_t i = 0; i < LEN(durations); i++) {
        const char *text = durations[i].text;
        struct duration d = {.unit = UNIT_MINUTES};
        str folded;
        CHECK_RC(normalise(*state, str_c(text), &folded), RC_OK);
        bool found = duration_find(folded, durations[i].l, &d);
        CHECK_INT(found, durations[i].unit != NONE, text);
        if (!found)
            continue;
        CHECK_INT(d.unit, durations[i].unit, text);
        CHECK_INT(d.amount * 1000 + .5, durations[i].amount * 1000 + .5, text);
        CHECK(d.start < d.end && d.end <= folded.n, text);
    }
}

UNIT_MAIN(UNIT(durations_are_read))
