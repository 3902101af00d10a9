#include "base/random.h"
#include "rest/template.h"
#include "unit.h"

static const struct placeholder known_list[] = {
    {"url", VALUE_BASE},        {"token", VALUE_SECRET}, {"key", VALUE_PLAIN},
    {"person", VALUE_PERSONAL}, {"v", VALUE_PLAIN},
};
static const struct placeholders known = {known_list, LEN(known_list)};

static struct template read(struct arena *a, const char *text)
{
    struct template t;
    struct diags d = diags_new(a);
    CHECK_RC(template_read(a, str_c(text), known, &d, STR("p.yaml"), 1, 1, &t), RC_OK);
    return t;
}

static enum rc fill(struct arena *a, const char *text, enum template_place place,
                    str value, str *out, str *culprit)
{
    struct template t = read(a, text);
    const struct rest_value v[] = {
        {STR("url"), STR("https://d.example/rt"), VALUE_BASE},
        {STR("v"), value, VALUE_PLAIN},
        {STR("key"), STR("K7F3"), VALUE_PLAIN},
    };
    return template_fill(a, &t, place, (struct rest_values){v, LEN(v)}, out, culprit);
}

#define INJECTION "x' OR id > 0 OR Subject='"

static const struct {
    const char *why, *template;
    enum template_place place;
    const char *value;
    const char *want; /* NULL: refused */
} fills[] = {
    {"url: the base is not escaped", "{{url}}/t/{{v}}", TEMPLATE_URL, "12",
     "https://d.example/rt/t/12"},
    {"url: all but the unreserved", "/{{v}}", TEMPLATE_URL, "a/b?c=d#e f%&\xc3\xa9",
     "/a%2Fb%3Fc%3Dd%23e%20f%25%26%C3%A9"},
    {"url: the unreserved stay", "/{{v}}", TEMPLATE_URL, "aZ09-._~", "/aZ09-._~"},
    {"url: line ends", "/{{v}}", TEMPLATE_URL, "a\r\nHost: x", "/a%0D%0AHost%3A%20x"},
    {"url: nothing names another resource", "/{{v}}", TEMPLATE_URL, "", NULL},
    {"url: . does", "/{{v}}", TEMPLATE_URL, ".", NULL},
    {"url: .. does", "/{{v}}/x", TEMPLATE_URL, "..", NULL},
    {"url: ../x is one segment", "/{{v}}", TEMPLATE_URL, "../x", "/..%2Fx"},
    {"query: alone, anything, encoded", "{{v}}", TEMPLATE_QUERY, "a&b='c",
     "a%26b%3D%27c"},
    {"query: in a language, a key", "'CF.{K}'='{{v}}'", TEMPLATE_QUERY, "ABC123",
     "%27CF.%7BK%7D%27%3D%27ABC123%27"},
    {"query: in a language, a quote is refused", "'CF.{K}'='{{v}}'", TEMPLATE_QUERY,
     "it's", NULL},
    {"query: RT's injection is refused", "'CF.{K}'='{{v}}'", TEMPLATE_QUERY, INJECTION,
     NULL},
    {"query: a backslash is refused", "k=={{v}}", TEMPLATE_QUERY, "A\\", NULL},
    {"query: FIQL's separators are refused", "k=={{v}}", TEMPLATE_QUERY, "A;id==*", NULL},
    {"query: blanks are refused", "k=={{v}}", TEMPLATE_QUERY, "A B", NULL},
    {"query: nothing is refused", "k=={{v}}", TEMPLATE_QUERY, "", NULL},
    {"form", "x {{v}}", TEMPLATE_FORM, "a+b c&d", "x%20a%2Bb%20c%26d"},
    {"header: as it is", "token {{v}}", TEMPLATE_HEADER, "1-23-abc", "token 1-23-abc"},
    {"header: no CR", "{{v}}", TEMPLATE_HEADER, "a\rb", NULL},
    {"header: no LF", "{{v}}", TEMPLATE_HEADER, "a\nX-Other: b", NULL},
    {"header: no tab, no DEL", "{{v}}", TEMPLATE_HEADER, "a\x7f", NULL},
    {"header: ASCII", "{{v}}", TEMPLATE_HEADER, "caf\xc3\xa9", NULL},
    {"header: not nothing", "token {{v}}", TEMPLATE_HEADER, "", NULL},
    {"text: as it is", "a {{v}} b", TEMPLATE_TEXT, "\"q\"\n\\", "a \"q\"\n\\ b"},
    {"text: may be nothing", "a{{v}}b", TEMPLATE_TEXT, "", "ab"},
    {"text: UTF-8", "{{v}}", TEMPLATE_TEXT, "caf\xe9", NULL},
    {"cut: what fits stays", "{{v|5}}", TEMPLATE_TEXT, "abcde", "abcde"},
    {"cut: the last is an ellipsis", "{{v|5}}", TEMPLATE_TEXT, "abcdef",
     "abcd\xe2\x80\xa6"},
    {"cut: whole characters", "{{v|3}}", TEMPLATE_TEXT,
     "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", "\xc3\xa9\xc3\xa9\xe2\x80\xa6"},
    {"cut: an emoji is two of UTF-16", "{{v|3}}", TEMPLATE_TEXT, "a\xf0\x9f\x98\x80z",
     "a\xe2\x80\xa6"},
    {"cut: no blank before the ellipsis", "{{v|4}}", TEMPLATE_TEXT, "ab cd",
     "ab\xe2\x80\xa6"},
    {"cut: then encoded", "/{{v|2}}", TEMPLATE_URL, "///", "/%2F%E2%80%A6"},
    {"HTML: escaped, lines", "{{v|html}}", TEMPLATE_TEXT, "<b>\r\n&\n\n'\"",
     "&lt;b&gt;<br>&amp;<br><br>&#39;&quot;"},
    {"HTML: cut first", "{{v|2|html}}", TEMPLATE_TEXT, "<<<", "&lt;\xe2\x80\xa6"},
    {"another: its own", "{{v|or key}}", TEMPLATE_TEXT, "x", "x"},
    {"another: when it is empty", "{{v|or key}}", TEMPLATE_TEXT, "", "K7F3"},
    {"a number", "{{v|number}}", TEMPLATE_TEXT, "0", "0"},
    {"a number is digits", "{{v|number}}", TEMPLATE_TEXT, "1e3", NULL},
    {"a number has no zeros before it", "{{v|number}}", TEMPLATE_TEXT, "01", NULL},
    {"a number is there", "{{v|number}}", TEMPLATE_TEXT, "", NULL},
    {"a number adds no member", "{{v|number}}", TEMPLATE_TEXT, "1,\"a\":2", NULL},
    {"blanks around filters do not matter", "{{ v | 5 | html }}", TEMPLATE_TEXT, "a&b",
     "a&amp;b"},
    {"a value is not read again", "{{v}}", TEMPLATE_TEXT, "{{token}}", "{{token}}"},
    {"blanks inside do not matter", "{{ v }}", TEMPLATE_TEXT, "x", "x"},
    {"one brace is text", "{v} {{v}} }}", TEMPLATE_TEXT, "x", "{v} x }}"},
};

static void every_place_escapes_its_own_way(void **arena)
{
    for (size_t i = 0; i < LEN(fills); i++) {
        str out = STR("untouched"), culprit = STR("");
        enum rc rc = fill(*arena, fills[i].template, fills[i].place,
                          str_c(fills[i].value), &out, &culprit);
        if (fills[i].want) {
            CHECK(rc == RC_OK, fills[i].why);
            CHECK_STR(out, fills[i].want, fills[i].why);
        } else {
            CHECK(rc == RC_DENIED, fills[i].why);
            CHECK_STR(out, "untouched", fills[i].why);
            CHECK_STR(culprit, "v", fills[i].why);
        }
    }
}

static void our_keys_always_pass_a_query(void **arena)
{
    for (int i = 0; i < 200; i++) {
        str out, culprit;
        CHECK_RC(fill(*arena, "'CF.{K}'='{{v}}'", TEMPLATE_QUERY, random_key(*arena, 20),
                      &out, &culprit),
                 RC_OK);
        CHECK(str_starts(out, STR("%27CF.%7BK%7D%27%3D%27")), "the literal text stays");
        CHECK(out.n == strlen("%27CF.%7BK%7D%27%3D%27") + 20 + 3, "nothing was encoded");
    }
}

/* Any single byte beside a key in a query language is refused. */
static void no_other_byte_passes_a_query(void **arena)
{
    for (int c = 1; c < 256; c++) {
        char value[] = {'A', (char)c, 'B', '\0'};
        str out, culprit;
        bool ours = random_is_key((str){value + 1, 1});
        CHECK_RC(fill(*arena, "'CF.{K}'='{{v}}'", TEMPLATE_QUERY, str_c(value), &out,
                      &culprit),
                 ours ? RC_OK : RC_DENIED);
    }
}

static void what_is_too_long_is_refused(void **arena)
{
    size_t n = TEMPLATE_RESULT_MAX;
    char *big = arena_alloc(*arena, n + 1);
    str out, culprit;
    memset(big, 'a', n + 1);
    CHECK_RC(fill(*arena, "{{v}}", TEMPLATE_TEXT, (str){big, n}, &out, &culprit), RC_OK);
    CHECK_RC(fill(*arena, "{{v}}", TEMPLATE_TEXT, (str){big, n + 1}, &out, &culprit),
             RC_LIMIT);
    CHECK_RC(fill(*arena, "{{v}}x", TEMPLATE_TEXT, (str){big, n}, &out, &culprit),
             RC_LIMIT);
}

static void unknown_placeholders_are_errors(void **arena)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"{{persn}}", "unknown placeholder {{persn}} (probably meant {{person}})"},
        {"{{}}", "unknown placeholder {{}}"},
        {"{{key}} {{zzzzzzzz}}", "unknown placeholder {{zzzzzzzz}}"},
        {"a {{key", "{{ without its }}"},
        {"{{{key}}}", "unknown placeholder {{{key}}"},
        {"{{key|or persn}}", "unknown placeholder {{persn}} (probably meant {{person}})"},
        {"{{key|HTML}}", "unknown filter \"HTML\""},
        {"{{key|1}}", "unknown filter \"1\""},
        {"{{key|-5}}", "unknown filter \"-5\""},
        {"{{key|}}", "unknown filter \"\""},
    };
    for (size_t i = 0; i < LEN(bad); i++) {
        struct diags d = diags_new(*arena);
        struct template t;
        CHECK_RC(
            template_read(*arena, str_c(bad[i].text), known, &d, STR("p.yaml"), 7, 3, &t),
            RC_INVALID);
        CHECK_INT(d.errors, 1, bad[i].text);
        CHECK(str_starts(d.list.v[0].text, str_c(bad[i].says)), d.list.v[0].text.p);
        CHECK_INT(d.list.v[0].line, 7, "at its line");
    }
}

static void optional_means_it_may_be_left_out(void **arena)
{
    const struct rest_value none[] = {{STR("key"), STR(""), VALUE_PLAIN}};
    const struct rest_value some[] = {{STR("key"), STR("K"), VALUE_PLAIN}};
    struct template alone = read(*arena, "{{key?}}"), beside = read(*arena, "a{{key?}}"),
                    must = read(*arena, "{{key}}");
    CHECK(template_is_absent(&alone, (struct rest_values){none, 1}), "nothing");
    CHECK(template_is_absent(&alone, (struct rest_values){0}), "not given");
    CHECK(!template_is_absent(&alone, (struct rest_values){some, 1}), "something");
    CHECK(!template_is_absent(&beside, (struct rest_values){none, 1}), "text beside it");
    CHECK(!template_is_absent(&must, (struct rest_values){none, 1}), "not optional");
}

UNIT_MAIN(UNIT(every_place_escapes_its_own_way), UNIT(our_keys_always_pass_a_query),
          UNIT(no_other_byte_passes_a_query), UNIT(what_is_too_long_is_refused),
          UNIT(unknown_placeholders_are_errors), UNIT(optional_means_it_may_be_left_out))
