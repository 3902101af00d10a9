#include "adapters/hris/rest.h"

#include "base/log.h"
#include "fake.h"
#include "rig.h"

/* Replies as the products' documentation and sources show them, and what goes wrong. */

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
        h->rows[i].group = arena_str(a, l->rows[i].group);
        h->rows[i].text = arena_str(a, l->rows[i].text);
        h->rows[i].link = arena_str(a, l->rows[i].link);
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

/* "kind from to amount unit text group as_of link", without what is not told */
static str shown_whole(struct hris_rig *h)
{
    struct arena *a = h->rig.arena;
    str all = h->result.failed ? STR("failed") : STR("");
    for (size_t i = 0; i < h->result.n_rows; i++) {
        const struct lookup_row *r = &h->rows[i];
        const date_t days[] = {r->from, r->to, r->as_of};
        const str texts[] = {r->amount, r->unit, r->text, r->group, r->link};
        all =
            arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), i ? "; " : "", STR_ARG(r->kind[0]));
        for (size_t k = 0; k < LEN(days); k++)
            if (days[k] != DATE_NONE)
                all = arena_fmt(a, "%.*s %.*s", STR_ARG(all),
                                STR_ARG(date_iso(a, days[k])));
        for (size_t k = 0; k < LEN(texts); k++)
            if (texts[k].n > 0)
                all = arena_fmt(a, "%.*s %.*s", STR_ARG(all), STR_ARG(texts[k]));
    }
    return all;
}

#define AFAS_ALL                                                                         \
    "values: {connector: Verlof, pay_connector: Loon, request_connector: Aanvraag, "     \
    "document_connector: Dossier}\n"

static const struct {
    const char *why, *profile, *more, *lookup;
    struct fake_step steps[4];
    size_t n;
    const char *want; /* @ is the address of the HR system */
} others[] = {
    {"BambooHR: what waits for approval, numbers as strings",
     "bamboohr",
     BAMBOO,
     "open_requests",
     {{FAKE_REPLY, 200,
       "[{\"id\":\"1342\",\"employeeId\":\"1042\",\"status\":{\"status\":\"requested\","
       "\"lastChanged\":\"2026-11-12\"},\"start\":\"2026-12-21\",\"end\":"
       "\"2026-12-31\",\"created\":\"2026-11-12\",\"type\":{\"id\":\"78\",\"name\":"
       "\"Vacation\"},\"amount\":{\"unit\":\"hours\",\"amount\":\"64.0\"}},{\"id\":"
       "\"1343\",\"employeeId\":\"1042\",\"status\":{\"status\":\"approved\"},\"start\":"
       "\"2026-12-01\",\"end\":\"2026-12-01\",\"type\":{\"name\":\"Vacation\"}}]",
       NULL}},
     1,
     "Vacation 2026-12-21 2026-12-31 2026-11-12 64 hours pending"},
    {"BambooHR: a colleague's request is never shown",
     "bamboohr",
     BAMBOO,
     "open_requests",
     {{FAKE_REPLY, 200,
       "[{\"employeeId\":\"7\",\"status\":{\"status\":\"requested\"},\"type\":{\"name\":"
       "\"Vacation\"}}]",
       NULL}},
     1,
     "failed"},
    {"Personio: pending ones only",
     "personio",
     OAUTH,
     "open_requests",
     {TOKEN,
      {FAKE_REPLY, 200,
       "{\"success\":true,\"data\":[{\"type\":\"TimeOffPeriod\",\"attributes\":{\"id\":1,"
       "\"status\":\"approved\",\"start_date\":\"2026-12-01T00:00:00+01:00\","
       "\"time_off_type\":{\"attributes\":{\"name\":\"Paid vacation\"}},\"employee\":{"
       "\"attributes\":{\"id\":{\"value\":1042}}}}},{\"type\":\"TimeOffPeriod\","
       "\"attributes\":{\"id\":2,\"status\":\"pending\",\"start_date\":"
       "\"2026-12-21T00:00:00+01:00\",\"end_date\":\"2026-12-31T00:00:00+01:00\","
       "\"time_off_type\":{\"attributes\":{\"name\":\"Paid vacation\"}},\"employee\":{"
       "\"attributes\":{\"id\":{\"value\":1042}}}}}]}",
       NULL}},
     2,
     "Paid vacation 2026-12-21 2026-12-31 pending"},
    {"AFAS: pay days",
     "afas",
     AFAS_ALL,
     "pay_dates",
     {{FAKE_REPLY, 200,
       "{\"rows\":[{\"Medewerker\":\"1042\",\"Omschrijving\":\"Salaris 12\","
       "\"Betaaldatum\":\"2026-12-24T00:00:00Z\"}]}",
       NULL}},
     1,
     "Salaris 12 2026-12-24"},
    {"AFAS: requests, in its words and in ours",
     "afas",
     AFAS_ALL,
     "open_requests",
     {{FAKE_REPLY, 200,
       "{\"rows\":[{\"Medewerker\":\"1042\",\"Omschrijving\":\"Verlof\",\"Begin\":"
       "\"2026-12-21T00:00:00Z\",\"Status\":\"In behandeling\"},{\"Medewerker\":\"1042\","
       "\"Omschrijving\":\"Fietsplan\",\"Status\":\"Ligt bij inkoop\"}]}",
       NULL}},
     1,
     "Verlof 2026-12-21 pending; Fietsplan Ligt bij inkoop"},
    {"AFAS: documents; a link elsewhere is none",
     "afas",
     AFAS_ALL,
     "documents",
     {{FAKE_REPLY, 200,
       "{\"rows\":[{\"Medewerker\":\"1042\",\"Omschrijving\":\"Contract\",\"Datum\":"
       "\"2019-03-01\",\"Soort\":\"Arbeidsovereenkomst\",\"Link\":\"/dossier/12\"},{"
       "\"Medewerker\":\"1042\",\"Omschrijving\":\"Loonstrook 10\",\"Soort\":"
       "\"Loonstrook\",\"Link\":\"https://elsewhere.example/"
       "x\"},{\"Medewerker\":\"1042\","
       "\"Omschrijving\":\"Brief\",\"Link\":\"javascript:alert(1)\"}]}",
       NULL}},
     1,
     "Contract 2019-03-01 contract @/dossier/12; Loonstrook 10 payslip; Brief"},
    {"Frappe HR: leave that waits",
     "frappehr",
     "",
     "open_requests",
     {{FAKE_REPLY, 200,
       "{\"message\":[{\"employee\":\"1042\",\"leave_type\":\"Casual Leave\","
       "\"from_date\":\"2026-12-21\",\"to_date\":\"2026-12-22\",\"posting_date\":"
       "\"2026-11-12\"}]}",
       NULL}},
     1,
     "Casual Leave 2026-12-21 2026-12-22 2026-11-12 pending"},
    {"Frappe HR: salary slips, as links below its own address",
     "frappehr",
     "",
     "documents",
     {{FAKE_REPLY, 200,
       "{\"message\":[{\"name\":\"Sal Slip/1042/00001\",\"employee\":\"1042\","
       "\"end_date\":\"2026-10-31\"}]}",
       NULL}},
     1,
     "Sal Slip/1042/00001 2026-10-31 payslip "
     "@/app/salary-slip/Sal%20Slip%2F1042%2F00001"},
    {"OrangeHRM: leave that waits; a length that is no whole number",
     "orangehrm",
     OAUTH,
     "open_requests",
     {{FAKE_REPLY, 200, "{\"access_token\":\"o1\"}", NULL},
      {FAKE_REPLY, 200,
       "{\"data\":[{\"id\":3,\"dates\":{\"fromDate\":\"2026-12-21\",\"toDate\":null},"
       "\"noOfDays\":0.5,\"leaveType\":{\"id\":1,\"name\":\"Annual\",\"deleted\":false},"
       "\"employee\":{\"empNumber\":1042}}],\"meta\":{\"total\":1}}",
       NULL}},
     2,
     "Annual 2026-12-21 0.5 days pending"},
    {"OrangeHRM: attachments of the Job page",
     "orangehrm",
     OAUTH,
     "documents",
     {{FAKE_REPLY, 200, "{\"access_token\":\"o1\"}", NULL},
      {FAKE_REPLY, 200,
       "{\"data\":[{\"id\":4,\"description\":\"signed\",\"filename\":\"contract.pdf\","
       "\"size\":100,\"attachedDate\":\"2019-03-01\"}],\"meta\":{\"empNumber\":1042,"
       "\"total\":1}}",
       NULL}},
     2,
     "contract.pdf 2019-03-01 signed @/pim/viewAttachment/empNumber/1042/attachId/4"},
    {"OrangeHRM: another employee's file is never shown",
     "orangehrm",
     OAUTH,
     "documents",
     {{FAKE_REPLY, 200, "{\"access_token\":\"o1\"}", NULL},
      {FAKE_REPLY, 200,
       "{\"data\":[{\"id\":4,\"filename\":\"contract.pdf\"}],\"meta\":{\"empNumber\":7}}",
       NULL},
      {FAKE_REPLY, 200, "{\"data\":[],\"meta\":{\"empNumber\":7}}", NULL}},
     3,
     "failed"},
    {"500 for ever",
     "orangehrm",
     OAUTH,
     "documents",
     {{FAKE_REPLY, 200, "{\"access_token\":\"o1\"}", NULL},
      {FAKE_REPLY, 500, "", NULL},
      {FAKE_REPLY, 500, "", NULL}},
     3,
     "failed"},
    {"a 401 that stays",
     "frappehr",
     "",
     "documents",
     {{FAKE_REPLY, 401, "{}", NULL}},
     1,
     "failed"},
};

static void requests_pay_days_and_documents_are_read_or_told(void **arena)
{
    for (size_t i = 0; i < LEN(others); i++) {
        struct hris_rig h;
        start(&h, *arena, others[i].profile, others[i].more, others[i].steps,
              others[i].n);
        str want = str_c(others[i].want), all = STR(""), part;
        while ((part = str_cut(&want, '@')).p) /* the port is known now */
            all = arena_fmt(*arena, want.p ? "%.*s%.*shttp://127.0.0.1:%d" : "%.*s%.*s",
                            STR_ARG(all), STR_ARG(part), fake_port(h.fake));
        ask_for(&h, others[i].lookup, &sanne);
        CHECK_STR(shown_whole(&h), all.p, others[i].why);
        CHECK_INT(stop(&h), others[i].n, others[i].why);
        fake_free(h.fake);
    }
}

static void what_a_profile_or_its_settings_lack_is_not_offered(void **arena)
{
    static const struct fake_step none[1];
    static const struct {
        const char *profile, *more, *lookup;
        bool offered;
    } looks[] = {
        {"bamboohr", BAMBOO, "leave_balance", true},
        {"bamboohr", BAMBOO, "open_requests", true},
        {"bamboohr", BAMBOO, "documents", false},
        {"frappehr", "", "documents", true},
        {"frappehr", "", "pay_dates", false},
        {"afas", AFAS, "documents", false},
        {"afas", AFAS_ALL, "documents", true},
    };
    for (size_t i = 0; i < LEN(looks); i++) {
        struct hris_rig h;
        start(&h, *arena, looks[i].profile, looks[i].more, none, 0);
        CHECK_INT(hris_rest.offers(h.hris, str_c(looks[i].lookup)), looks[i].offered,
                  looks[i].lookup);
        stop(&h);
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
    ask_for(&h, "pay_dates", &sanne);
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

UNIT_MAIN(UNIT(every_shape_is_read_or_told),
          UNIT(requests_pay_days_and_documents_are_read_or_told),
          UNIT(what_a_profile_or_its_settings_lack_is_not_offered),
          UNIT(the_number_comes_from_the_people_table),
          UNIT(a_session_is_kept_for_the_next_question),
          UNIT(a_look_up_the_profile_lacks_fails_at_once),
          UNIT(stopping_in_the_middle_leaves_nothing_behind))
