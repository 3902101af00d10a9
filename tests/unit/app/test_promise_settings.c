/* The section `promise`, right and wrong. */
#include "app/promise_settings.h"

#include "unit.h"

static const struct promise_rules *read(struct arena *a, const char *text,
                                        struct diags *d)
{
    struct yaml *y = arena_alloc(a, sizeof *y);
    *d = diags_new(a);
    CHECK_RC(yaml_parse(a, STR("balie.yaml"), str_c(text), 0, d, y), RC_OK);
    return promise_settings(a, y, STR("balie.yaml"), d);
}

static void what_is_written_is_what_counts(void **arena)
{
    struct diags d;
    const struct promise_rules *r =
        read(*arena,
             "open: [ma-do 08:30-17:00, fri 09:00-12:00 13:00-15:30]\n"
             "closed: [2026-12-24, 2026-12-31]\n"
             "response: {\"*\": 8h, Payroll: 2d, Confidential: 30m}\nwarn: 45m\n",
             &d);
    CHECK(r != NULL && d.errors == 0, "read");
    CHECK_INT(r->week[3][0].from, 8 * 60 + 30, "Thursday");
    CHECK_INT(r->week[4][1].to, 15 * 60 + 30, "Friday afternoon");
    CHECK_INT(r->week[5][0].to, 0, "closed on Saturday");
    CHECK(r->holidays, "Dutch holidays unless told otherwise");
    CHECK_INT(r->n_closed, 2, "closed days");
    CHECK_INT(r->n_response, 3, "queues");
    CHECK_INT(r->response[1].days, 2, "days");
    CHECK_INT(r->response[2].seconds, 1800, "minutes");
    CHECK_INT(r->warn_seconds, 45 * 60, "warn");
    CHECK(promise_settings(*arena, NULL, STR("f"), &d) == NULL, "no section: no promise");
}

static const char *const wrong[] = {
    "open: mon-fri\nresponse: {\"*\": 8h}\n",
    "open: fri-mon 09:00-17:00\nresponse: {\"*\": 8h}\n",
    "open: mon 17:00-09:00\nresponse: {\"*\": 8h}\n",
    "open: mon 9-17\nresponse: {\"*\": 8h}\n",
    "open: mon 08:00-09:00 10:00-11:00 12:00-13:00\nresponse: {\"*\": 8h}\n",
    "open: mon 08:00-12:00 11:00-13:00\nresponse: {\"*\": 8h}\n",
    "response: 8h\n",
    "response: {}\n",
    "response: {\"*\": 8}\n",
    "response: {\"*\": -1h}\n",
    "response: {\"*\": 400d}\n",
    "response: {\"*\": 8h}\nwarn: 1d\n",
    "response: {\"*\": 8h}\nholidays: de\n",
    "response: {\"*\": 8h}\nclosed: 2026-12-24\n",
    "response: {\"*\": 8h}\nclosed: [24-12-2026]\n",
    "response: {\"*\": 8h}\nopening: mon 09:00-17:00\n",
    "open: mon-fri 09:00-17:00\n",
};

static void mistakes_are_told_with_their_line(void **arena)
{
    for (size_t i = 0; i < LEN(wrong); i++) {
        struct diags d;
        CHECK(read(*arena, wrong[i], &d) == NULL, wrong[i]);
        CHECK(d.errors > 0 && d.list.v[0].line > 0, wrong[i]);
    }
}

UNIT_MAIN(UNIT(what_is_written_is_what_counts), UNIT(mistakes_are_told_with_their_line))
