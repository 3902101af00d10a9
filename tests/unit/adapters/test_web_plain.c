#include "adapters/web/plain.h"
#include "base/json_text.h"
#include "unit.h"

#include <stdlib.h>

static const struct {
    const char *why, *frame, *id, *text;
} taken[] = {
    {"as clients write it", "{\"type\":\"message\",\"id\":\"c1\",\"text\":\"hoi\"}", "c1",
     "hoi"},
    {"in another order, with blanks",
     " { \"text\" : \"a, b: {c}\" ,\t\"id\":\"1\",\n\"type\":\"message\" } \r\n", "1",
     "a, b: {c}"},
    {"letters beyond ASCII", "{\"type\":\"message\",\"id\":\"é\",\"text\":\"één €\"}",
     "é", "één €"},
    {"an empty text", "{\"type\":\"message\",\"id\":\"\",\"text\":\"\"}", "", ""},
};

static const struct {
    const char *why, *frame;
} left[] = {
    {"nothing", ""},
    {"blanks", "  "},
    {"another type", "{\"type\":\"choose\",\"id\":\"1\",\"text\":\"a\"}"},
    {"an escape", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"a\\nb\"}"},
    {"a line break as it is", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"a\nb\"}"},
    {"a number", "{\"type\":\"message\",\"id\":1,\"text\":\"a\"}"},
    {"a member less", "{\"type\":\"message\",\"id\":\"1\"}"},
    {"a member more", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"a\",\"x\":\"y\"}"},
    {"one twice", "{\"type\":\"message\",\"id\":\"1\",\"id\":\"2\"}"},
    {"something behind it", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"a\"}}"},
    {"two of them", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"a\"}{}"},
    {"a list", "[\"type\",\"message\",\"id\",\"1\",\"text\",\"a\"]"},
    {"a comma at the end", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"a\",}"},
    {"Latin-1", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"caf\xe9\"}"},
    {"half a character", "{\"type\":\"message\",\"id\":\"1\",\"text\":\"\xe2\x82\"}"},
};

static void takes_a_plain_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(taken); i++) {
        struct plain_message m;
        CHECK(plain_read(str_c(taken[i].frame), &m), taken[i].why);
        CHECK_STR(m.id, taken[i].id, taken[i].why);
        CHECK_STR(m.text, taken[i].text, taken[i].why);
    }
}

static void leaves_the_rest_to_others(void **state)
{
    (void)state;
    struct plain_message m;
    for (size_t i = 0; i < LEN(left); i++)
        CHECK(!plain_read(str_c(left[i].frame), &m), left[i].why);
}

/* Whatever it takes, a reader of any JSON reads in the same way. */
static void agrees(str frame)
{
    struct plain_message m;
    if (!plain_read(frame, &m))
        return;
    json_t *o = json_loadb(frame.p, frame.n, JSON_REJECT_DUPLICATES, NULL);
    CHECK(json_is_object(o), "it is JSON");
    CHECK(str_eq(json_text_of(o, "type"), STR("message")), "of the same type");
    CHECK(str_eq(json_text_of(o, "id"), m.id), "with the same id");
    CHECK(str_eq(json_text_of(o, "text"), m.text), "and the same text");
    json_decref(o);
}

static void agrees_with_a_reader_of_any_json(void **state)
{
    for (size_t i = 0; i < LEN(taken); i++) {
        str whole = str_c(taken[i].frame);
        for (size_t at = 0; at < whole.n; at++)
            for (int c = 0; c < 256; c++) {
                char *one = must_text(whole);
                one[at] = (char)c;
                agrees((str){one, whole.n});
                agrees((str){one, at + 1});
                free(one);
            }
    }
    (void)state;
}

UNIT_MAIN(UNIT(takes_a_plain_message), UNIT(leaves_the_rest_to_others),
          UNIT(agrees_with_a_reader_of_any_json))
