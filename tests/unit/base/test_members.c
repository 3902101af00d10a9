#include "base/members.h"

#include "base/buf.h"
#include "unit.h"

static void what_buf_json_wrote_is_read_back(void **arena)
{
    static const char *const texts[] = {
        "",      "plain", "\"quoted\" \\ back\\", "tab\tline\nend\r", "</script>", "\x01",
        "één 🎉", "\\\"",  "[{\"a\":1}, 2]"};
    for (size_t i = 0; i < LEN(texts); i++) {
        struct members m;
        struct buf b = buf_new(*arena, 1000);
        buf_char(&b, '{');
        buf_json_member(&b, "before", str_c(texts[i]));
        buf_json_int(&b, "n", -12);
        buf_json_member(&b, "text", str_c(texts[i]));
        buf_char(&b, '}');
        CHECK_RC(members_read(*arena, buf_str(&b), &m), RC_OK);
        CHECK_INT(m.n, 3, "members");
        CHECK_STR(members_text(*arena, &m, "before"), texts[i], "the first text");
        CHECK_STR(members_text(*arena, &m, "text"), texts[i], "the last text");
        CHECK_INT(members_int(&m, "n"), -12, "the number");
    }
}

static void what_is_neither_text_nor_number_is_handed_over_as_it_stands(void **arena)
{
    struct members m;
    CHECK_RC(members_read(
                 *arena,
                 STR(" { \"list\" : [1, {\"x\": \"]}\"}] , \"o\":{},\"t\":true}\n"), &m),
             RC_OK);
    CHECK_STR(members_raw(&m, "list"), "[1, {\"x\": \"]}\"}]", "a list");
    CHECK_STR(members_raw(&m, "o"), "{}", "an object");
    CHECK_STR(members_raw(&m, "t"), "true", "a word");
    CHECK(!members_text(*arena, &m, "list").p, "it is no text");
    CHECK_INT(members_int(&m, "t"), 0, "nor a number");
    CHECK(!members_raw(&m, "x").p, "what is inside is not a member");
}

static void what_is_not_there_is_not_read(void **arena)
{
    struct members m;
    CHECK_RC(members_read(*arena, STR("{}"), &m), RC_OK);
    CHECK(!members_text(*arena, &m, "a").p, "no text");
    CHECK_INT(members_int(&m, "a"), 0, "no number");
}

static void broken_objects_are_refused(void **arena)
{
    static const char *const broken[] = {"",
                                         "{",
                                         "[]",
                                         "{\"a\"}",
                                         "{\"a\":}",
                                         "{\"a\":1",
                                         "{\"a\":\"b}",
                                         "{\"a\":\"\\\"}",
                                         "{\"a\":1,}",
                                         "{\"a\":1}x",
                                         "{a:1}",
                                         "{\"a\":[1}",
                                         "{\"a\":1]",
                                         "{\"a\":{\"b\":1}",
                                         "null",
                                         "{\"a\":1\"b\":2"};
    for (size_t i = 0; i < LEN(broken); i++) {
        struct members m;
        if (members_read(*arena, str_c(broken[i]), &m) != RC_INVALID)
            fail_msg("it reads %s", broken[i]);
        CHECK_INT(m.n, 0, "and it has no members");
    }
}

static void escapes_that_buf_json_does_not_write_are_no_text(void **arena)
{
    static const char *const strange[] = {"{\"a\":\"\\u20ac\"}", "{\"a\":\"\\x\"}",
                                          "{\"a\":\"\\u00\"}", "{\"a\":\"\\u0080\"}"};
    for (size_t i = 0; i < LEN(strange); i++) {
        struct members m;
        CHECK_RC(members_read(*arena, str_c(strange[i]), &m), RC_OK);
        CHECK(!members_text(*arena, &m, "a").p, strange[i]);
    }
}

UNIT_MAIN(UNIT(what_buf_json_wrote_is_read_back),
          UNIT(what_is_neither_text_nor_number_is_handed_over_as_it_stands),
          UNIT(what_is_not_there_is_not_read), UNIT(broken_objects_are_refused),
          UNIT(escapes_that_buf_json_does_not_write_are_no_text))
