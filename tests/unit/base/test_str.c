#include "base/str.h"
#include "unit.h"

static void lines_come_without_their_ends(void **arena)
{
    (void)arena;
    str rest = str_c("one\r\ntwo\n\nfour"), line;
    static const char *const want[] = {"one", "two", "", "four"};
    for (size_t i = 0; i < LEN(want); i++) {
        CHECK(str_line(&rest, &line), "a line is left");
        CHECK_STR(line, want[i], "the line");
    }
    CHECK(!str_line(&rest, &line), "nothing is left");
}

static void cutting_tells_whether_there_was_a_separator(void **arena)
{
    (void)arena;
    str rest = str_c("a=b=c");
    CHECK_STR(str_cut(&rest, '='), "a", "before the first");
    CHECK_STR(rest, "b=c", "behind it");
    CHECK_STR(str_cut(&rest, '#'), "b=c", "no separator: the whole");
    CHECK(rest.p == NULL, "and nothing is left");
}

static const struct {
    const char *in;
    enum rc rc;
    int64_t want;
} numbers[] = {
    {"0", RC_OK, 0},        {"-12", RC_OK, -12},
    {"", RC_INVALID, 0},    {"-", RC_INVALID, 0},
    {"1 ", RC_INVALID, 0},  {"+1", RC_INVALID, 0},
    {"0x1", RC_INVALID, 0}, {"99999999999999999999", RC_LIMIT, 0},
};

static void numbers_are_strict(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(numbers); i++) {
        int64_t v = 0;
        CHECK_INT(str_int(str_c(numbers[i].in), &v), numbers[i].rc, numbers[i].in);
        CHECK_INT(v, numbers[i].want, numbers[i].in);
    }
}

static const struct {
    const char *bytes;
    bool good;
} encodings[] = {
    {"plain", true},
    {"caf\xc3\xa9", true},
    {"\xf0\x9f\x8e\x89", true},
    {"caf\xe9", false},
    {"\xc0\xaf", false},
    {"\xed\xa0\x80", false},
    {"\xf4\x90\x80\x80", false},
    {"\xe2\x82", false},
    {"\x80", false},
};

static void only_well_formed_utf8_passes(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(encodings); i++)
        CHECK_INT(str_is_utf8(str_c(encodings[i].bytes)), encodings[i].good,
                  encodings[i].bytes);
    CHECK(!str_is_utf8((str){"a\0b", 3}), "no NUL inside");
}

static void the_nearest_word_is_found_or_none(void **arena)
{
    (void)arena;
    static const str words[] = {STR_INIT("listen"), STR_INIT("knowledge"),
                                STR_INIT("log")};
    CHECK_STR(str_nearest(STR("lisen"), words, 3), "listen", "one letter short");
    CHECK_STR(str_nearest(STR("knowlegde"), words, 3), "knowledge", "two swapped");
    CHECK_INT(str_nearest(STR("zzzzzz"), words, 3).n, 0, "nothing near");
}

static void numbers_are_written_as_printf_does(void **arena)
{
    const int64_t values[] = {0, 1, -1, 10, 42, 1234567890, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < LEN(values); i++) {
        char room[STR_DECIMAL_MAX];
        str want = arena_fmt(*arena, "%lld", (long long)values[i]);
        CHECK(str_eq(str_decimal(room, values[i]), want), want.p);
    }
}

static void a_text_is_found_among_others(void **arena)
{
    (void)arena;
    static const str list[] = {STR_INIT("a"), STR_INIT("ab"), STR_INIT("abc"),
                               STR_INIT("en "), STR_INIT("x")};
    static const struct {
        const char *text;
        int is, begins;
    } cases[] = {{"abc", 2, 0},     {"ab", 1, 0},   {"a", 0, 0},
                 {"", -1, -1},      {"abd", -1, 0}, {"en", -1, -1},
                 {"en dan", -1, 3}, {"x", 4, 4},    {"b", -1, -1}};
    for (size_t i = 0; i < LEN(cases); i++) {
        str s = str_c(cases[i].text);
        CHECK_INT((int)str_among(s, list, LEN(list)), cases[i].is, cases[i].text);
        CHECK_INT((int)str_begins(s, list, LEN(list)), cases[i].begins, cases[i].text);
    }
    str many[150];
    for (size_t i = 0; i < LEN(many); i++)
        many[i] = str_sub(STR("abcdefghijklmnopqrstuvwxyz"), i % 20, i % 20 + 1 + i / 20);
    for (size_t i = 0; i < LEN(many); i++)
        CHECK_INT((int)str_among(many[i], many, LEN(many)), (int)i, "of many");
}

UNIT_MAIN(UNIT(a_text_is_found_among_others), UNIT(numbers_are_written_as_printf_does),
          UNIT(lines_come_without_their_ends),
          UNIT(cutting_tells_whether_there_was_a_separator), UNIT(numbers_are_strict),
          UNIT(only_well_formed_utf8_passes), UNIT(the_nearest_word_is_found_or_none))
