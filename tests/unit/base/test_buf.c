#include "base/buf.h"

#include <jansson.h>

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
          UNIT(members_are_separated), UNIT(html_is_escaped))
