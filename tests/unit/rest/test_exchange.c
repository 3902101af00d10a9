#include "rest/exchange.h"
#include "sample.h"
#include "unit.h"

static const char *const profile = SAMPLE_TOP
    "headers: {Authorization: 'token {{token}}', X-Mail: '{{person_email?}}'}\n"
    "operations:\n"
    "  open:\n"
    "    method: POST\n"
    "    url: '{{url}}/ticket'\n"
    "    headers: {Idempotency-Key: '{{key}}'}\n"
    "    json: {Subject: '{{subject}}'}\n"
    "    take: {external: /id}\n"
    "  find:\n"
    "    method: GET\n"
    "    url: '{{url}}/tickets'\n"
    "    query: {query: \"'CF.{Key}'='{{key}}'\", 'per page': '2'}\n"
    "    take: {external: /id}\n"
    "  status:\n"
    "    method: GET\n"
    "    url: '{{url}}/ticket/{{external}}'\n";

static enum rc make(struct arena *a, const char *operation, str key, str external,
                    str token, struct http_request *out, str *why)
{
    struct diags d = diags_new(a);
    struct profile *p;
    CHECK_RC(profile_read(a, STR("p.yaml"), str_c(profile), &sample_rules, &d, &p),
             RC_OK);
    const struct rest_value v[] = {
        {STR("url"), STR("https://d.example"), VALUE_BASE},
        {STR("token"), token, VALUE_SECRET},
        {STR("key"), key, VALUE_PLAIN},
        {STR("external"), external, VALUE_PLAIN},
        {STR("subject"), STR("a \"b\""), VALUE_PERSONAL},
    };
    struct exchange x = {.profile = p,
                         .operation = profile_operation(p, operation),
                         .values = {v, LEN(v)}};
    return exchange_request(a, &x, out, why);
}

static void a_request_is_what_the_profile_says(void **arena)
{
    struct http_request r;
    str why;
    CHECK_RC(make(*arena, "open", STR("K1"), STR("7"), STR("t0"), &r, &why), RC_OK);
    CHECK_STR(str_c(r.method), "POST", "method");
    CHECK_STR(r.url, "https://d.example/ticket", "url");
    CHECK_STR(r.body, "{\"Subject\":\"a \\\"b\\\"\"}", "body");
    CHECK_INT(r.n_headers, 3, "the optional one is left out");
    CHECK_STR(r.headers[0], "Authorization: token t0", "of the profile");
    CHECK_STR(r.headers[1], "Idempotency-Key: K1", "of the operation");
    CHECK(str_starts(r.headers[2], STR("Content-Type: application/json")), "type");

    CHECK_RC(make(*arena, "find", STR("K1"), STR("7"), STR("t0"), &r, &why), RC_OK);
    CHECK_STR(
        r.url,
        "https://d.example/tickets?query=%27CF.%7BKey%7D%27%3D%27K1%27&per%20page=2",
        "query");
    CHECK(!r.body.p, "no body");
    CHECK_INT(r.n_headers, 1, "no type");
}

static void what_cannot_be_sent_is_told_without_its_value(void **arena)
{
    static const struct {
        const char *operation, *key, *external, *token, *why;
    } bad[] = {
        {"find", "x' OR id > 0 OR Subject='", "7", "t", "find: the value of {{key}}"},
        {"status", "K", "..", "t", "status: the value of {{external}}"},
        {"status", "K", "", "t", "status: the value of {{external}}"},
        {"open", "K", "7", "a\r\nX: y", "open: the value of {{token}}"},
        {"open", "K", "7", "", "open: the value of {{token}}"},
    };
    for (size_t i = 0; i < LEN(bad); i++) {
        struct http_request r;
        str why = STR("");
        CHECK_RC(make(*arena, bad[i].operation, str_c(bad[i].key), str_c(bad[i].external),
                      str_c(bad[i].token), &r, &why),
                 RC_DENIED);
        CHECK(str_starts(why, str_c(bad[i].why)), why.p);
        CHECK(!str_has(why, STR("OR id")), "not the value");
    }
}

static void a_body_is_cut_where_the_bytes_belong(void **arena)
{
    static const struct {
        const char *body, *before, *after;
        bool base64;
    } cuts[] = {
        {"raw: '{{file}}'", "", "", false},
        {"json: {a: '{{file_base64}}', b: 1}", "{\"a\":\"", "\",\"b\":1}", true},
        {"text: 'x{{file}}y'", "x", "y", false},
    };
    for (size_t i = 0; i < LEN(cuts); i++) {
        struct arena *a = *arena;
        struct diags d = diags_new(a);
        struct profile *p;
        struct http_request r;
        struct rest_value v[EXCHANGE_FILE_VALUES + 1] = {
            {STR("url"), STR("https://d.example"), VALUE_BASE}};
        struct http_file file = {.path = STR("/state/files/K"), .size = 7};
        str why = STR(""),
            text = arena_fmt(a, "%s    %s\n", SAMPLE_TOP SAMPLE_OPEN, cuts[i].body);
        CHECK_RC(profile_read(a, STR("p.yaml"), text, &sample_rules, &d, &p), RC_OK);
        exchange_file_values(a, &file, STR("a.pdf"), STR("application/pdf"), v + 1);
        struct exchange x = {.profile = p,
                             .operation = profile_operation(p, "open"),
                             .values = {v, LEN(v)},
                             .file = file};
        CHECK_RC(exchange_request(a, &x, &r, &why), RC_OK);
        CHECK_STR(r.body, cuts[i].before, cuts[i].body);
        CHECK_STR(r.file.tail, cuts[i].after, cuts[i].body);
        CHECK_STR(r.file.path, "/state/files/K", cuts[i].body);
        CHECK(r.file.base64 == cuts[i].base64, cuts[i].body);
    }
}

UNIT_MAIN(UNIT(a_body_is_cut_where_the_bytes_belong),
          UNIT(a_request_is_what_the_profile_says),
          UNIT(what_cannot_be_sent_is_told_without_its_value))
