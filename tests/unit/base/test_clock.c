#include "base/clock.h"
#include "unit.h"

static void every_day_of_four_centuries_round_trips(void **arena)
{
    (void)arena;
    date_t first = date_of(1800, 1, 1), last = date_of(2200, 12, 31);
    int weekday = date_weekday(first), py = 0;
    for (date_t d = first; d <= last; d++) {
        int y, m, day;
        date_t back;
        date_split(d, &y, &m, &day);
        CHECK_RC(date_make(y, m, day, &back), RC_OK);
        CHECK_INT(back, d, "there and back");
        CHECK_INT(date_weekday(d), weekday, "weekdays follow each other");
        weekday = (weekday + 1) % 7;
        CHECK(y >= py, "years go up");
        py = y;
    }
    CHECK_INT(date_weekday(date_of(2026, 11, 21)), 5, "a Saturday");
}

static const char *const bad_dates[] = {"2026-02-30",  "2025-02-29", "2026-13-01",
                                        "2026-00-10",  "26-01-01",   "2026-1-01",
                                        "2026-01-01 ", "",           "abcd-ef-gh"};

static void dates_that_do_not_exist_are_refused(void **arena)
{
    date_t d = 0;
    for (size_t i = 0; i < LEN(bad_dates); i++)
        CHECK_INT(date_parse(str_c(bad_dates[i]), &d), RC_INVALID, bad_dates[i]);
    CHECK_RC(date_parse(STR("2028-02-29"), &d), RC_OK);
    CHECK_STR(date_iso(*arena, d), "2028-02-29", "a leap day");
}

UNIT_MAIN(UNIT(every_day_of_four_centuries_round_trips),
          UNIT(dates_that_do_not_exist_are_refused))
