/* exchange_judge: the first line is a status, the rest a body. Whatever came, DONE has
 * all that was asked for, and the message repeats nothing private. */
#include "rest/exchange.h"

#include "fuzz.h"

static const struct placeholder placeholders[] = {
    {"url", VALUE_BASE}, {"token", VALUE_SECRET}, {"key", VALUE_PLAIN}};
static const char *const given[] = {"key", NULL};
static const char *const takes[] = {"external", NULL};
static const struct operation_rule operations[] = {{"open", true, given, takes},
                                                   {"find", true, given, takes}};
static const struct profile_rules rules = {
    {placeholders, LEN(placeholders)}, operations, LEN(operations)};

#define SECRET "s3cr3t-T0k3n"

static const char text[] =
    "product: P\ntested: here\nsources: [x]\nmessage: /message\n"
    "words: {status: {'true': resolved, 'false': open, '*': open}}\n"
    "operations:\n"
    "  open:\n    method: POST\n    url: '{{url}}'\n    done: [200, 201]\n"
    "    failed: [{at: /success, is: 'false'}, {at: /errors, any: {/code: x}}]\n"
    "    need: [{at: /list, none: {/a: '{{key}}'}}]\n"
    "    take: {external: /id}\n"
    "  find:\n    method: GET\n    url: '{{url}}'\n    items: /items\n"
    "    only: [{at: /deleted, not: 'true'}]\n"
    "    where: [{at: /fields, any: {'': '{{key}}'}}]\n"
    "    lowest: external\n    take: {external: /id}\n    maybe: {status: /done}\n";

static void fuzz(struct arena *a, str input)
{
    static const struct rest_value values[] = {
        {{"token", 5}, {SECRET, sizeof SECRET - 1}, VALUE_SECRET},
        {{"key", 3}, {"K1", 2}, VALUE_PLAIN}};
    struct diags d = diags_new(a);
    struct profile *p = NULL;
    str body = input, line;
    int64_t status = 0;
    if (!str_line(&body, &line) || str_int(line, &status) || status < 0 || status > 999)
        return;
    PROMISE(profile_read(a, STR("p.yaml"), str_c(text), &rules, &d, &p) == RC_OK);
    for (size_t i = 0; i < p->n_operations; i++) {
        const struct operation *o = &p->operations[i];
        struct exchange x = {p, o, (struct rest_values){values, LEN(values)}};
        struct http_reply reply = {
            .end = HTTP_DONE, .status = (int)status, .body = body, .headers = body};
        struct exchange_result r;
        exchange_judge(a, &x, &reply, 0, &r);
        PROMISE((r.end == EXCHANGE_DONE) == (r.error.n == 0));
        PROMISE((r.end == EXCHANGE_DONE) == (r.n_rows > 0));
        PROMISE(str_is_utf8(r.error) && !str_has(r.error, STR(SECRET)));
        PROMISE(!o->safe || r.end != EXCHANGE_UNCLEAR);
        for (size_t k = 0; k < r.n_rows; k++)
            PROMISE(values_get(r.row[k], STR("external")).n > 0);
    }
}
