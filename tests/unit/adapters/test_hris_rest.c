#include "adapters/hris/rest.h"

#include "base/log.h"
#include "fake.h"
#include "rig.h"

/* Replies as the products' documentation and sources show them (integration notes,
 * section 5), and what goes wrong with them. */

struct hris_rig {
    struct rig rig; /* its desk stays unused */
    struct fake *fake;
    void *hris;
    bool done;
    struct lookup result; /* texts copied */
    struct lookup_row rows[64];
    str secret;
};

static const struct trait traits[] = {{{"hr_number", 9}, {"1042", 4}}};
static const struct person sanne = {
    .id = {"p001", 4}, .name = {"Sanne", 5}, .traits = {traits, 1}};

static void start(struct hris_rig *h, struct arena *a, const char *profile,
                  const char *more, const struct fake_step *steps, size_t n)
{
    char folder[4096];
    *h = (struct hris_rig){.rig = {.arena = a, .diags = diags_new(a)}};
    log_set_level(LOG_LEVEL_ERR - 1);
    h->fake = fake_start(steps, n);
    h->secret = rig_file(a, STR("s3cr3t\n"));
    str section = arena_fmt(a,
                            "kind: rest\nprofile: adapters/hris/%s.yaml\n"
                            "url: http://127.0.0.1:%d/\ntotal_ms: 300\n"
                            "employee_id: hr_number\n%s: %s\n%s",
                            profile, fake_port(h->fake),
                            strstr(more, "user:") ? "password_file" : "token_file",
                            h->secret.p, more);
    CHECK(getcwd(folder, sizeof folder), "a working folder");
    CHECK_RC(
        yaml_parse(a, STR("balie.yaml"), section, 0, &h->rig.diags, &h->rig.settings),
        RC_OK);
    h->rig.loop = loop_new();
    h->rig.http = http_new(h->rig.loop, 8);
    h->rig.host = (struct host){.loop = h->rig.loop,
                                .http = h->rig.http,
                                .settings = &h->rig.settings,
                                .settings_file = STR("balie.yaml"),
                                .folder = arena_str(a, str_c(folder)),
                                .diags = &h->rig.diags,
                                .arena = a};
    CHECK_RC(hris_rest.start(&h->rig.host, &h->hris), RC_OK);
}

static size_t stop(struct hris_rig *h)
{
    hris_rest.stop(h->hris);
    http_free(h->rig.http);
    loop_free(h->rig.loop);
    unlink(h->secret.p);
    return fake_stop(h->fake);
}

static void on_done(void *ctx, const struct lookup *l)
{
    struct hris_rig *h = ctx;
    struct arena *a = h->rig.arena;
    CHECK(!h->done, "done comes once");
    h->done = true;
    h->result = *l;
    h->result.error = arena_str(a, l->error);
    for (size_t i = 0; i < l->n_rows; i++) {
        h->rows[i] = l->rows[i];
        h->rows[i].kind[0] = arena_str(a, l->rows[i].kind[0]);
        h->rows[i].amount = arena_str(a, l->rows[i].amount);
        h->rows[i].unit = arena_str(a, l->rows[i].unit);
    }
    loop_stop(h->rig.loop);
}

static void ask_for(struct hris_rig *h, const char *lookup, const struct person *who)
{
    h->done = false;
    hris_rest.ask(h->hris, str_c(lookup), who, date_of(2026, 11, 21), on_done, h);
    CHECK(!h->done, "not from inside ask");
    rig_run(&h->rig, RIG_PATIENCE_MS);
    CHECK(h->done, "it ends");
}

/* "kind amount unit; ..." */
static str shown(struct hris_rig *h)
{
    str all = h->result.failed ? STR("failed") : STR("");
    for (size_t i = 0; i < h->result.n_rows; i++)
        all = arena_fmt(h->rig.arena, "%.*s%s%.*s %.*s %.*s", STR_ARG(all), i ? "; " : "",
                        STR_ARG(h->rows[i].kind[0]), STR_ARG(h->rows[i].amount),
                        STR_ARG(h->rows[i].unit));
    return all;
}

#define BAMBOO "values: {company: acme}\n"
#define OAUTH "user: me\n"
#define AFAS "values: {connector: Verlof}\n"
#define TOKEN                                                                            \
    {                                                                                    \
        FAKE_REPLY, 200, "{\"success\":true,\"data\":{\"token\":\"papi-1\"}}", NULL      \
    }

static const struct {
    const char *why, *profile, *more;
    struct fake_step steps[4];
    size_t n;
    const char *want;
} cases[] = {
    {"BambooHR: numbers are strings, some negative",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 200,
       "[{\"timeOffType\":\"1\",\"name\":\"Vacation\",\"units\":\"hours\",\"balance\":"
       "\"40.0\",\"usedYearToDate\":\"76.0\",\"end\":\"2026-11-21\"},"
       "{\"timeOffType\":\"2\",\"name\":\"Sick\",\"units\":\"days\",\"balance\":"
       "\"-3.5\"},{\"name\":\"Odd\",\"units\":\"moons\",\"balance\":\"1.667\"}]",
       NULL}},
     1,
     "Vacation 40 hours; Sick -3.5 days; Odd 1.67 "},
    {"BambooHR: nothing known",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 200, "[]", NULL}},
     1,
     ""},
    {"BambooHR: a balance that is no number spoils all",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 200,
       "[{\"name\":\"A\",\"units\":\"days\",\"balance\":\"2\"},{\"name\":\"B\","
       "\"units\":\"days\",\"balance\":\"1,5\"}]",
       NULL}},
     1,
     "failed"},
    {"Personio: signs in first; no unit, no guess",
     "personio",
     OAUTH,
     {TOKEN,
      {FAKE_REPLY, 200,
       "{\"success\":true,\"data\":[{\"id\":1,\"name\":\"Paid vacation\",\"category\":"
       "null,\"balance\":14}]}",
       NULL}},
     2,
     "Paid vacation 14 "},
    {"Personio: success is false with a 200",
     "personio",
     OAUTH,
     {TOKEN,
      {FAKE_REPLY, 200, "{\"success\":false,\"error\":{\"message\":\"no such\"}}", NULL}},
     2,
     "failed"},
    {"Personio: a token that has expired is fetched anew",
     "personio",
     OAUTH,
     {TOKEN,
      {FAKE_REPLY, 401, "{}", NULL},
      TOKEN,
      {FAKE_REPLY, 200,
       "{\"success\":true,\"data\":[{\"name\":\"Leave\",\"balance\":-1.25}]}", NULL}},
     4,
     "Leave -1.25 "},
    {"Personio: wrong client id",
     "personio",
     OAUTH,
     {{FAKE_REPLY, 401, "{\"success\":false}", NULL}},
     1,
     "failed"},
    {"AFAS: the connector's columns; uren is hours",
     "afas",
     AFAS,
     {{FAKE_REPLY, 200,
       "{\"skip\":0,\"take\":100,\"rows\":[{\"Medewerker\":\"1042\",\"Verlofsoort\":"
       "\"Wettelijk\",\"Saldo\":12.25,\"Eenheid\":\"Uren\"},{\"Medewerker\":\"1042\","
       "\"Verlofsoort\":\"Tijd voor tijd\",\"Saldo\":\"3\",\"Eenheid\":\"uren\","
       "\"Vervalt\":\"2027-07-01T00:00:00Z\"}]}",
       NULL}},
     1,
     "Wettelijk 12.25 hours; Tijd voor tijd 3 hours"},
    {"AFAS: a filter that was ignored shows nobody else's balance",
     "afas",
     AFAS,
     {{FAKE_REPLY, 200,
       "{\"rows\":[{\"Medewerker\":\"77\",\"Verlofsoort\":\"Wettelijk\",\"Saldo\":12}]}",
       NULL}},
     1,
     "failed"},
    {"Frappe HR: keyed by type; what waits for approval is taken off",
     "frappehr",
     "",
     {{FAKE_REPLY, 200,
       "{\"message\":{\"leave_allocation\":{\"Casual Leave\":{\"total_leaves\":10.0,"
       "\"expired_leaves\":0.0,\"leaves_taken\":2.5,\"leaves_pending_approval\":1.0,"
       "\"remaining_leaves\":7.5},\"Privilege Leave\":{\"remaining_leaves\":-2}},"
       "\"lwps\":[]}}",
       NULL}},
     1,
     "Casual Leave 6.5 days; Privilege Leave -2 days"},
    {"Frappe HR: no allocation at all",
     "frappehr",
     "",
     {{FAKE_REPLY, 200, "{\"message\":{\"leave_allocation\":{}}}", NULL}},
     1,
     ""},
    {"OrangeHRM: null breakdowns and deleted types are passed over",
     "orangehrm",
     OAUTH,
     {{FAKE_REPLY, 200, "{\"token_type\":\"Bearer\",\"access_token\":\"o1\"}", NULL},
      {FAKE_REPLY, 200,
       "{\"data\":[{\"leaveType\":{\"id\":1,\"name\":\"Annual\",\"deleted\":false},"
       "\"usageBreakdown\":{\"entitled\":20,\"used\":8,\"balance\":12},\"fromDate\":"
       "\"2026-01-01\",\"toDate\":\"2026-12-31\"},{\"leaveType\":{\"id\":2,\"name\":"
       "\"Old\",\"deleted\":true},\"usageBreakdown\":{\"balance\":3}},{\"leaveType\":"
       "{\"id\":3,\"name\":\"FMLA\",\"deleted\":false},\"usageBreakdown\":null}],"
       "\"meta\":{\"total\":3,\"empNumber\":1042}}",
       NULL}},
     2,
     "Annual 12 days"},
    {"OrangeHRM: another employee's balance is never shown",
     "orangehrm",
     OAUTH,
     {{FAKE_REPLY, 200, "{\"access_token\":\"o1\"}", NULL},
      {FAKE_REPLY, 200,
       "{\"data\":[{\"leaveType\":{\"name\":\"Annual\",\"deleted\":false},"
       "\"usageBreakdown\":{\"balance\":12}}],\"meta\":{\"empNumber\":7}}",
       NULL},
      {FAKE_REPLY, 200, "{\"data\":[],\"meta\":{\"empNumber\":7}}", NULL}},
     3,
     "failed"},
    {"it is slow: asked once more, then it failed",
     "bamboohr",
     BAMBOO,
     {{FAKE_NEVER, 0, NULL, NULL}, {FAKE_NEVER, 0, NULL, NULL}},
     2,
     "failed"},
    {"a 500 and then an answer",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 500, "oops", NULL},
      {FAKE_REPLY, 200, "[{\"name\":\"A\",\"units\":\"days\",\"balance\":\"2\"}]", NULL}},
     2,
     "A 2 days"},
    {"500 for ever",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 500, "", NULL}, {FAKE_REPLY, 500, "", NULL}},
     2,
     "failed"},
    {"a password that is wrong is not tried for ever",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 401, "", NULL}},
     1,
     "failed"},
    {"no such employee", "bamboohr", BAMBOO, {{FAKE_REPLY, 404, "", NULL}}, 1, "failed"},
    {"garbage",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 200, "<html>login</html>", NULL},
      {FAKE_REPLY, 200, "<html>login</html>", NULL}},
     2,
     "failed"},
    {"not even HTTP",
     "bamboohr",
     BAMBOO,
     {{FAKE_RAW, 0, "hello\r\n", NULL}, {FAKE_RAW, 0, "hello\r\n", NULL}},
     2,
     "failed"},
    {"cut short",
     "bamboohr",
     BAMBOO,
     {{FAKE_CUT, 200, "[]", NULL}, {FAKE_RESET, 0, NULL, NULL}},
     2,
     "failed"},
    {"a member that should be a number is a list",
     "bamboohr",
     BAMBOO,
     {{FAKE_REPLY, 200, "[{\"name\":\"A\",\"balance\":[1]}]", NULL},
      {FAKE_REPLY, 200, "[{\"name\":\"A\",\"balance\":[1]}]", NULL}},
     2,
     "failed"},
};

static void every_shape_is_read_or_told(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct hris_rig h;
        start(&h, *arena, cases[i].profile, cases[i].more, cases[i].steps, cases[i].n);
        ask_for(&h, "leave_balance", &sanne);
        CHECK_STR(shown(&h), cases[i].want, cases[i].why);
        CHECK(h.result.failed == (h.result.error.n > 0), cases[i].why);
        CHECK(!str_has(h.result.error, STR("s3cr3t")) &&
                  !str_has(h.result.error, STR("1042")),
              "no secret and no person in an error");
        CHECK_INT(stop(&h), cases[i].n, cases[i].why);
        fake_free(h.fake);
    }
}

static void the_number_comes_from_the_people_table(void **arena)
{
    static const struct fake_step steps[] = {{FAKE_REPLY, 200, "[]", NULL}};
    static const struct person nobody = {.id = {"p002", 4}};
    struct hris_rig h;
    start(&h, *arena, "bamboohr", BAMBOO, steps, LEN(steps));
    ask_for(&h, "leave_balance", &nobody);
    CHECK_STR(shown(&h), "failed", "no number, no question");
    ask_for(&h, "leave_balance", &sanne);
    CHECK_STR(shown(&h), "", "asked");
    CHECK_INT(stop(&h), 1, "one request");
    const char *r = fake_request(h.fake, 0);
    CHECK(strstr(r,
                 "GET /api/gateway.php/acme/v1/employees/1042/time_off/"
                 "calculator?end=2026-11-21 HTTP/1.1\r\n"),
          r);
    CHECK(strstr(r, "Authorization: Basic czNjcjN0Ong=\r\n"), r); /* s3cr3t:x */
    fake_free(h.fake);
}

static void a_session_is_kept_for_the_next_question(void **arena)
{
    static const struct fake_step steps[] = {
        TOKEN,
        {FAKE_REPLY, 200, "{\"success\":true,\"data\":[]}", NULL},
        {FAKE_REPLY, 200, "{\"success\":true,\"data\":[]}", NULL}};
    struct hris_rig h;
    start(&h, *arena, "personio", OAUTH, steps, LEN(steps));
    ask_for(&h, "leave_balance", &sanne);
    ask_for(&h, "leave_balance", &sanne);
    CHECK_INT(stop(&h), 3, "signed in once");
    CHECK(strstr(fake_request(h.fake, 0), "client_id=me&client_secret=s3cr3t"),
          fake_request(h.fake, 0));
    CHECK(strstr(fake_request(h.fake, 2), "Authorization: Bearer papi-1\r\n"),
          fake_request(h.fake, 2));
    fake_free(h.fake);
}

static void a_look_up_the_profile_lacks_fails_at_once(void **arena)
{
    struct hris_rig h;
    static const struct fake_step none[1];
    start(&h, *arena, "frappehr", "", none, 0);
    ask_for(&h, "documents", &sanne);
    CHECK_STR(shown(&h), "failed", "no such operation");
    CHECK_INT(stop(&h), 0, "no request");
    fake_free(h.fake);
}

static void stopping_in_the_middle_leaves_nothing_behind(void **arena)
{
    static const struct fake_step steps[] = {{FAKE_NEVER, 0, NULL, NULL}};
    struct hris_rig h;
    start(&h, *arena, "bamboohr", BAMBOO, steps, LEN(steps));
    hris_rest.ask(h.hris, STR("leave_balance"), &sanne, 0, on_done, &h);
    rig_run(&h.rig, 30);
    CHECK(!h.done, "under way");
    stop(&h);
    CHECK(!h.done, "nobody is called");
    fake_free(h.fake);
}

UNIT_MAIN(UNIT(every_shape_is_read_or_told), UNIT(the_number_comes_from_the_people_table),
          UNIT(a_session_is_kept_for_the_next_question),
          UNIT(a_look_up_the_profile_lacks_fails_at_once),
          UNIT(stopping_in_the_middle_leaves_nothing_behind))
