#include "rest/body.h"
#include "rest/profile.h"
#include "sample.h"
#include "unit.h"

static enum rc fill(struct arena *a, const char *body, str subject, str *out)
{
    struct diags d = diags_new(a);
    struct profile *p;
    str text = arena_fmt(a, "%s    %s\n", SAMPLE_TOP SAMPLE_OPEN, body), culprit;
    CHECK_RC(profile_read(a, STR("p.yaml"), text, &sample_rules, &d, &p), RC_OK);
    const struct rest_value v[] = {
        {STR("subject"), subject, VALUE_PERSONAL},
        {STR("key"), STR("K1"), VALUE_PLAIN},
        {STR(BODY_MARK), STR("balie-X"), VALUE_PLAIN},
        {STR("file"), STR("balie-X=r"), VALUE_PLAIN},
        {STR("file_base64"), STR("balie-X=b"), VALUE_PLAIN},
        {STR("file_name"), STR("a\"b é.pdf"), VALUE_PERSONAL},
        {STR("file_type"), STR("application/pdf"), VALUE_PLAIN}};
    return body_fill(a, &profile_operation(p, "open")->body,
                     (struct rest_values){v, LEN(v)}, out, &culprit);
}

static const struct {
    const char *why, *body, *subject, *want;
} bodies[] = {
    {"none", "done: [200]", "s", ""},
    {"members in order", "json: {b: x, a: '{{subject}}'}", "s",
     "{\"b\":\"x\",\"a\":\"s\"}"},
    {"quotes and line ends are escaped", "json: {a: '{{subject}}'}", "\"a\"\\\n\r\t\x01",
     "{\"a\":\"\\\"a\\\"\\\\\\n\\r\\t\\u0001\"}"},
    {"no member can be added", "json: {a: '{{subject}}'}", "x\",\"Queue\":\"Other",
     "{\"a\":\"x\\\",\\\"Queue\\\":\\\"Other\"}"},
    {"bare values are themselves", "json: {a: true, b: null, c: -1.5, d: [1, '1', no]}",
     "s", "{\"a\":true,\"b\":null,\"c\":-1.5,\"d\":[1,\"1\",\"no\"]}"},
    {"numbers as YAML writes them are text", "json: {a: 012, b: .5, c: 0x1F}", "s",
     "{\"a\":\"012\",\"b\":\".5\",\"c\":\"0x1F\"}"},
    {"an optional member is left out",
     "json: {a: '{{subject?}}', b: ['{{subject?}}', x]}", "", "{\"b\":[\"x\"]}"},
    {"a member that is not optional is empty", "json: {a: '{{subject}}'}", "",
     "{\"a\":\"\"}"},
    {"nested", "json: {a: {b: ['{{key}}', {}]}}", "s", "{\"a\":{\"b\":[\"K1\",{}]}}"},
    {"a map that lost its members goes too",
     "json: {a: {b: '{{subject?}}', c: {d: '{{person_email?}}'}}, e: x}", "",
     "{\"e\":\"x\"}"},
    {"a map that has none of its own stays", "json: {a: {}, b: x}", "",
     "{\"a\":{},\"b\":\"x\"}"},
    {"the whole stays", "json: {a: '{{subject?}}'}", "", "{}"},
    {"a number", "json: {a: '{{subject|number}}'}", "42", "{\"a\":42}"},
    {"a number beside text is text", "json: {a: 'x{{subject|number}}'}", "42",
     "{\"a\":\"x42\"}"},
    {"cut", "json: {a: '{{subject|4}}'}", "12345", "{\"a\":\"123\xe2\x80\xa6\"}"},
    {"HTML", "json: {a: '{{subject|html}}'}", "a<b>\n&'\"",
     "{\"a\":\"a&lt;b&gt;\\u003cbr>&amp;&#39;&quot;\"}"},
    {"a form", "form: {'a b': '{{subject}}', c: d, e: '{{person_email?}}'}", "x&y=z",
     "a%20b=x%26y%3Dz&c=d"},
    {"the bytes alone", "raw: '{{file}}'", "s", "balie-X=r"},
    {"the bytes as base64 in JSON", "json: {a: {b: '{{file_base64}}'}}", "s",
     "{\"a\":{\"b\":\"balie-X=b\"}}"},
    {"multipart",
     "multipart: {note: '{{subject}}', gone: '{{person_email?}}', f: '{{file}}'}",
     "hoi é",
     "--balie-X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhoi é\r\n"
     "--balie-X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%22b "
     "é.pdf\"\r\n"
     "Content-Type: application/pdf\r\n\r\nbalie-X=r\r\n--balie-X--\r\n"},
    {"a part that is JSON", "multipart: {JSON: {a: '{{subject}}'}}", "\"x\"",
     "--balie-X\r\nContent-Disposition: form-data; name=\"JSON\"\r\n"
     "Content-Type: application/json\r\n\r\n{\"a\":\"\\\"x\\\"\"}\r\n--balie-X--\r\n"},
    {"plain text", "text: 'Re: {{subject}}'", "a \"b\"", "Re: a \"b\""},
};

static void bodies_are_what_the_profile_says(void **arena)
{
    for (size_t i = 0; i < LEN(bodies); i++) {
        str out;
        CHECK_RC(fill(*arena, bodies[i].body, str_c(bodies[i].subject), &out), RC_OK);
        CHECK_STR(out, bodies[i].want, bodies[i].why);
    }
}

static void what_is_not_utf8_is_refused(void **arena)
{
    str out;
    CHECK_RC(fill(*arena, "json: {a: '{{subject}}'}", STR("caf\xe9"), &out), RC_DENIED);
}

static void what_grows_too_large_is_refused(void **arena)
{
    str out;
    size_t n = TEMPLATE_RESULT_MAX / 2;
    char *quotes = arena_alloc(*arena, n);
    memset(quotes, '"', n); /* each becomes two bytes */
    CHECK_RC(fill(*arena, "json: {a: '{{subject}}'}", (str){quotes, n}, &out), RC_LIMIT);
    CHECK_RC(fill(*arena, "json: {a: '{{subject}}'}", (str){quotes, n - 8}, &out), RC_OK);
}

static void every_kind_has_its_type(void **arena)
{
    static const struct rest_value mark = {STR_INIT(BODY_MARK), STR_INIT("balie-X"),
                                           VALUE_PLAIN};
    struct rest_values v = {&mark, 1};
    CHECK(str_has(body_content_type(*arena, BODY_JSON, v), STR("application/json")),
          "json");
    CHECK(str_has(body_content_type(*arena, BODY_FORM, v), STR("x-www-form-urlencoded")),
          "form");
    CHECK(str_has(body_content_type(*arena, BODY_TEXT, v), STR("text/plain")), "text");
    CHECK(body_content_type(*arena, BODY_NONE, v).n == 0, "none");
    CHECK(body_content_type(*arena, BODY_RAW, v).n == 0, "the profile says it");
    CHECK_STR(body_content_type(*arena, BODY_MULTIPART, v),
              "Content-Type: multipart/form-data; boundary=balie-X", "with its boundary");
}

UNIT_MAIN(UNIT(bodies_are_what_the_profile_says), UNIT(what_is_not_utf8_is_refused),
          UNIT(what_grows_too_large_is_refused), UNIT(every_kind_has_its_type))
