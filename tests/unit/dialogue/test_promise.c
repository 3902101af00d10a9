/* Response times over opening hours, week-ends, holidays and the change of summer time.
 */
#include "dialogue/promise.h"

#include <stdlib.h>
#include <time.h>

#include "unit.h"

enum { NINE = 9 * 60, FIVE = 17 * 60 };

static struct promise_rules rules(void)
{
    static const struct response_time response[] = {
        {STR_INIT("HR"), 8 * 3600, 0},
        {STR_INIT("Payroll"), 0, 2},
        {STR_INIT("Confidential"), 1800, 0},
    };
    struct promise_rules r = {.holidays = true,
                              .response = response,
                              .n_response = LEN(response),
                              .warn_seconds = 3600};
    for (int d = 0; d < 5; d++)
        r.week[d][0] = (struct opening){NINE, FIVE};
    r.week[4][0] = (struct opening){NINE, 12 * 60}; /* Friday with a break */
    r.week[4][1] = (struct opening){13 * 60, FIVE};
    return r;
}

static int64_t at(const char *day, int minutes)
{
    date_t d;
    return date_parse(str_c(day), &d) ? 0 : clock_wall_of(d, minutes);
}

static str shown(struct arena *a, int64_t ms)
{
    return ms ? str_sub(clock_rfc3339(a, ms), 0, 16) : STR("none");
}

static const struct {
    const char *why, *day;
    int minutes;
    const char *queue, *due;
} dues[] = {
    {"from Monday morning: the same day's end", "2026-11-23", NINE, "HR",
     "2026-11-23T17:00"},
    {"from Monday 15:00: Tuesday 15:00", "2026-11-23", 15 * 60, "HR", "2026-11-24T15:00"},
    {"from before opening: as at opening", "2026-11-23", 60, "HR", "2026-11-23T17:00"},
    {"from after closing: as at the next opening", "2026-11-23", 20 * 60, "HR",
     "2026-11-24T17:00"},
    {"over the break of Friday and the week-end", "2026-11-27", 11 * 60, "HR",
     "2026-11-30T12:00"},
    {"from the week-end", "2026-11-28", 11 * 60, "HR", "2026-11-30T17:00"},
    {"half an hour before the break goes on after it", "2026-11-27", 11 * 60 + 45,
     "Confidential", "2026-11-27T13:15"},
    {"Christmas, its second day and the week-end are closed", "2026-12-24", 16 * 60, "HR",
     "2026-12-28T16:00"},
    {"King's Day", "2027-04-26", 16 * 60, "HR", "2027-04-28T16:00"},
    {"two working days: the end of Wednesday", "2026-11-23", 10 * 60, "Payroll",
     "2026-11-25T17:00"},
    {"two working days from Friday: Tuesday", "2026-11-27", 10 * 60, "Payroll",
     "2026-12-01T17:00"},
    {"over the end of summer time", "2026-10-23", 16 * 60, "HR", "2026-10-26T16:00"},
    {"a day that the settings close", "2026-12-31", 16 * 60, "HR", "2027-01-05T16:00"},
    {"a queue without a promise", "2026-11-23", NINE, "Facilities", "none"},
};

static void a_due_date_counts_opening_time_only(void **arena)
{
    struct promise_rules r = rules();
    date_t monday;
    CHECK_RC(date_parse(STR("2027-01-04"), &monday), RC_OK);
    r.closed = &monday;
    r.n_closed = 1;
    for (size_t i = 0; i < LEN(dues); i++) {
        int64_t due =
            promise_due(&r, str_c(dues[i].queue), at(dues[i].day, dues[i].minutes));
        CHECK_STR(shown(*arena, due), dues[i].due, dues[i].why);
    }
}

static void what_is_left_is_counted_back_in_opening_time(void **arena)
{
    struct promise_rules r = rules();
    CHECK_STR(shown(*arena, promise_before(&r, at("2026-11-23", 15 * 60), 3600)),
              "2026-11-23T14:00", "an hour before");
    CHECK_STR(shown(*arena, promise_before(&r, at("2026-11-30", 9 * 60 + 30), 3600)),
              "2026-11-27T16:30", "half of it on Friday");
    CHECK_STR(shown(*arena, promise_before(&r, at("2026-11-27", 13 * 60 + 30), 3600)),
              "2026-11-27T11:30", "over the break");
}

static void opening_is_told(void **arena)
{
    struct promise_rules r = rules();
    CHECK(promise_is_open(&r, at("2026-11-23", NINE)), "at nine");
    CHECK(!promise_is_open(&r, at("2026-11-23", FIVE)), "not at five");
    CHECK(!promise_is_open(&r, at("2026-12-25", 10 * 60)), "not at Christmas");
    CHECK_STR(shown(*arena, promise_opens(&r, at("2026-11-27", 18 * 60))),
              "2026-11-30T09:00", "after the week-end");
    struct promise_rules never = {0};
    CHECK_INT(promise_opens(&never, at("2026-11-27", 18 * 60)), 0, "never");
}

static const struct {
    const char *day, *nl, *en;
} words[] = {
    {"2026-11-23", "vandaag vóór 17:00", "before 17:00 today"},
    {"2026-11-24", "morgen vóór 17:00", "before 17:00 tomorrow"},
    {"2026-11-26", "vóór donderdag 17:00", "before Thursday 17:00"},
    {"2026-12-01", "vóór dinsdag 1 december 17:00", "before Tuesday 1 December 17:00"},
};

static void a_due_date_is_said_as_people_say_it(void **arena)
{
    int64_t now = at("2026-11-23", 10 * 60);
    for (size_t i = 0; i < LEN(words); i++) {
        int64_t due = at(words[i].day, FIVE);
        CHECK_STR(promise_show(*arena, due, now, LANG_NL), words[i].nl, words[i].day);
        CHECK_STR(promise_show(*arena, due, now, LANG_EN), words[i].en, words[i].day);
    }
    CHECK_STR(promise_show_at(*arena, at("2026-11-24", NINE), now, LANG_NL),
              "morgen om 09:00", "tomorrow");
    CHECK_STR(promise_show_at(*arena, at("2026-11-27", NINE), now, LANG_EN),
              "Friday at 09:00", "this week");
}

int main(void)
{
    setenv("TZ", "Europe/Amsterdam", 1);
    tzset();
    const struct CMUnitTest tests[] = {UNIT(a_due_date_counts_opening_time_only),
                                       UNIT(what_is_left_is_counted_back_in_opening_time),
                                       UNIT(opening_is_told),
                                       UNIT(a_due_date_is_said_as_people_say_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
