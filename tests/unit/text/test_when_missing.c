#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

/* part: what stands there, NULL: every day in it is in some calendar. */
static const struct {
    const char *text, *part;
} rows[] = {
    {"vrij op 31 februari", "31 februari"},
    {"from 31 february to 3 march", "31 february"},
    {"the 31st of june", "31st of june"},
    {"april 31", "april 31"},
    {"30-2-2027", "30-2-2027"},
    {"31/4", "31/4"},
    {"35 december", "35 december"},
    {"29 februari", NULL}, /* of a leap year */
    {"31 mei", NULL},
    {"30 april", NULL},
    {"12-05-2027", NULL},
    {"5/6", NULL},
    {"45 mei", NULL}, /* no day at all */
    {"36 uur", NULL},
    {"32 uur per week vanaf 1 maart", NULL},
    {"kamer 31-4-12", NULL},
    {"", NULL},
};

static void days_of_no_calendar_are_seen(void **arena)
{
    for (size_t i = 0; i < LEN(rows); i++) {
        str folded;
        size_t from = 0, to = 0;
        CHECK_RC(normalise(*arena, str_c(rows[i].text), &folded), RC_OK);
        bool missing = when_missing(folded, LANG_NL, &from, &to);
        CHECK(missing == (rows[i].part != NULL), rows[i].text);
        if (missing)
            CHECK_STR(str_sub(folded, from, to), rows[i].part, rows[i].text);
    }
}

UNIT_MAIN(UNIT(days_of_no_calendar_are_seen))
