#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

static void a_date_is_shown_in_words(void **state)
{
    date_t d = date_of(2027, 5, 3);
    CHECK_STR(when_show(*state, d, LANG_NL), "maandag 3 mei 2027", "Dutch");
    CHECK_STR(when_show(*state, d, LANG_EN), "Monday 3 May 2027", "English");
    CHECK_STR(when_show(*state, d, LANG_NONE), "maandag 3 mei 2027", "Dutch by default");
    CHECK_STR(when_show(*state, DATE_NONE, LANG_NL), "", "no date");
}

/* What the bot shows, people copy: it must be read back as the same day. */
static void what_is_shown_is_read_back(void **state)
{
    date_t today = date_of(2027, 4, 14);
    for (date_t d = today - 500; d < today + 1500; d += 3)
        for (int l = 0; l < LANG_COUNT; l++) {
            str shown = when_show(*state, d, (enum lang)l), folded;
            struct when w = {0};
            CHECK_RC(normalise(*state, shown, &folded), RC_OK);
            CHECK(when_find(folded, (enum lang)l, today, false, &w), shown.p);
            CHECK_INT(w.from, d, shown.p);
            CHECK_INT(w.to, d, shown.p);
            CHECK_INT(w.other_from, DATE_NONE, shown.p);
            CHECK_INT(w.end - w.start, folded.n, shown.p);
        }
}

UNIT_MAIN(UNIT(a_date_is_shown_in_words), UNIT(what_is_shown_is_read_back))
