/* profile: any file is read without harm; it is refused with a word, or what was read can
 * make its requests, and no secret of the settings gets into a URL or a body. */
#include "rest/exchange.h"

#include "fuzz.h"

static const struct placeholder placeholders[] = {
    {"url", VALUE_BASE},
    {"token", VALUE_SECRET},
    {"key", VALUE_PLAIN},
    {"external", VALUE_PLAIN},
    {"since", VALUE_TIME},
    {"queue", VALUE_PLAIN},
    {"subject", VALUE_PERSONAL},
    {"body", VALUE_PERSONAL},
    {"person_email", VALUE_PERSONAL},
};
static const char *const given[] = {"key",     "external", "since",        "queue",
                                    "subject", "body",     "person_email", NULL};
static const char *const nothing[] = {NULL};
static const struct operation_rule operations[] = {{"open", false, given, nothing},
                                                   {"find", false, given, nothing},
                                                   {"status", false, given, nothing},
                                                   {"probe", false, given, nothing}};
static const struct profile_rules rules = {
    {placeholders, LEN(placeholders)}, operations, LEN(operations)};

#define SECRET "s3cr3t-T0k3n"

static const struct rest_value values[] = {
    {{"url", 3}, {"https://desk.example", 20}, VALUE_BASE},
    {{"token", 5}, {SECRET, sizeof SECRET - 1}, VALUE_SECRET},
    {{"key", 3}, {"K7F3K7F3", 8}, VALUE_PLAIN},
    {{"external", 8}, {"../a?b#c", 8}, VALUE_PLAIN},
    {{"since", 5}, {"2026-11-22 09:30:00", 19}, VALUE_TIME},
    {{"queue", 5}, {"42", 2}, VALUE_PLAIN},
    {{"subject", 7}, {"x' OR 1=1 \"\r\nY: z", 17}, VALUE_PERSONAL},
    {{"body", 4}, {"<b>&\n\xc3\xa9", 7}, VALUE_PERSONAL},
};

static void fuzz(struct arena *a, str input)
{
    if (str_has(input, STR(SECRET))) /* the fuzzer reads our constants, too */
        return;
    struct diags d = diags_new(a);
    struct profile *p = NULL;
    enum rc rc = profile_read(a, STR("p.yaml"), input, &rules, &d, &p);
    PROMISE((rc == RC_OK) == (d.errors == 0));
    for (size_t i = 0; p && i < p->n_operations; i++) {
        struct exchange x = {p, &p->operations[i],
                             (struct rest_values){values, LEN(values)}};
        struct http_request r;
        str why = STR("");
        if (exchange_request(a, &x, &r, &why)) {
            PROMISE(why.n > 0);
            continue;
        }
        PROMISE(str_starts(r.url, STR("https://desk.example")));
        PROMISE(!str_has(r.url, STR(SECRET)));
        PROMISE(x.operation->body.kind == BODY_FORM || !r.body.p ||
                !str_has(r.body, STR(SECRET)));
        for (size_t k = 0; k < r.url.n; k++)
            PROMISE((unsigned char)r.url.p[k] >= 0x20);
        for (size_t k = 0; k < r.n_headers; k++)
            PROMISE(str_find_char(r.headers[k], '\n') < 0);
    }
}
