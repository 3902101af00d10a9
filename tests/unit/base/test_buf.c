#include "base/buf.h"

#include <jansson.h>
#include <stdlib.h>

#include "unit.h"

static void past_the_maximum_nothing_is_put(void **arena)
{
    struct buf b = buf_new(*arena, 8);
    buf_put(&b, STR("12345"));
    buf_put(&b, STR("6789"));
    buf_char(&b, 'x');
    CHECK(buf_failed(&b), "it remembers");
    CHECK_STR(buf_str(&b), "12345", "what was put before stays");
}

static void json_strings_survive_a_round_trip(void **arena)
{
    static const char *const texts[] = {
        "",         "plain", "\"quoted\" \\ back", "tab\tline\nend\r", "</script>",
        "\x01\x1f", "één 🎉"};
    for (size_t i = 0; i < LEN(texts); i++) {
        struct buf b = buf_new(*arena, 1000);
        buf_char(&b, '[');
        buf_json(&b, str_c(texts[i]));
        buf_char(&b, ']');
        CHECK(!str_has(buf_str(&b), STR("<")), "nothing opens a tag");
        json_t *v = json_loads(buf_str(&b).p, 0, NULL);
        CHECK(v != NULL, texts[i]);
        CHECK_STR(str_c(json_string_value(json_array_get(v, 0))), texts[i],
                  "the same text");
        json_decref(v);
    }
}

/* Every length around the sixteen bytes that are looked at together, with the special
 * one at every place, in a block of its own: the sanitizer sees a look past its end. */
static void json_and_html_find_the_one_that_is_special(void **arena)
{
    for (size_t n = 0; n < 40; n++)
        for (size_t at = 0; at <= n; at++) {
            char *text = must_room(n);
            memset(text, 'a', n);
            if (at < n)
                text[at] = '<';
            struct buf json = buf_new(*arena, 1000), html = buf_new(*arena, 1000);
            buf_json(&json, (str){text, n});
            buf_html(&html, (str){text, n});
            free(text);
            CHECK_INT(buf_str(&json).n, n + 2 + (at < n ? 5 : 0), "six for one");
            CHECK_INT(buf_str(&html).n, n + (at < n ? 3 : 0), "four for one");
            CHECK_INT(str_find(buf_str(&json), STR("\\u003c")), at < n ? (int)at + 1 : -1,
                      "in its place");
            CHECK_INT(str_find(buf_str(&html), STR("&lt;")), at < n ? (int)at : -1,
                      "in its place");
        }
}

static void a_sized_one_grows_and_keeps_to_its_maximum(void **arena)
{
    struct buf b = buf_sized(*arena, 12, 4);
    buf_put_literal(&b, "1234");
    buf_put(&b, STR("5678"));
    buf_json(&b, STR("ab"));
    CHECK_STR(buf_str(&b), "12345678\"ab\"", "to the last byte");
    buf_char(&b, 'x');
    CHECK(buf_failed(&b), "and no further");
    struct buf d = buf_sized(*arena, 6, 0);
    buf_json(&d, STR("a\n\""));
    CHECK(buf_failed(&d) && buf_str(&d).n == 0, "one byte too much: nothing of it");
    d = buf_sized(*arena, 7, 0);
    buf_json(&d, STR("a\n\""));
    CHECK_STR(buf_str(&d), "\"a\\n\\\"\"", "and just enough");
    struct buf c = buf_sized(*arena, 4, 1000);
    buf_put(&c, STR("12345"));
    CHECK(buf_failed(&c), "the maximum holds");
}

static void members_are_separated(void **arena)
{
    struct buf b = buf_new(*arena, 1000);
    buf_char(&b, '{');
    buf_json_member(&b, "a", STR("1"));
    buf_json_int(&b, "b", -2);
    buf_char(&b, '}');
    CHECK_STR(buf_str(&b), "{\"a\":\"1\",\"b\":-2}", "one comma");
}

static void html_is_escaped(void **arena)
{
    struct buf b = buf_new(*arena, 1000);
    buf_html(&b, STR("<a href='x'>\"&\""));
    CHECK_STR(buf_str(&b), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;", "all five");
}

UNIT_MAIN(UNIT(past_the_maximum_nothing_is_put), UNIT(json_strings_survive_a_round_trip),
          UNIT(json_and_html_find_the_one_that_is_special),
          UNIT(a_sized_one_grows_and_keeps_to_its_maximum), UNIT(members_are_separated),
          UNIT(html_is_escaped))
