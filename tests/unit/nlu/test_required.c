#include "nlu/required.h"

#include "unit.h"

static const struct {
    const char *regex, *want; /* words joined by |; "" for none */
    size_t literal;
} regexes[] = {
    {"verlof", "verlof", 6},
    {"\\bverlof\\b", "verlof", 6},
    {"\\badv[- ]?(dagen|uren)\\b", "dagen|uren", 7},
    {"verlofs?aanvraag", "aanvraag", 14},
    {"verlofs+aanvraag", "aanvraag", 15},
    {"verlofs{0,2}aanvraag", "aanvraag", 14},
    {"ver(lof)?dag", "ver", 6},
    {"(vakantie|verlof)", "vakantie|verlof", 6},
    {"(vakantie|.*)", "", 0},
    {"vakantie|ab", "", 2},
    {"vakantie|verlof", "vakantie|verlof", 6},
    {"(?:pest|treiter)en", "pest|treiter", 6},
    {"(?=vakantie)verlof", "vakantie", 6},
    {"(?!vakantie)x", "", 1},
    {"(?<!niet )ziek", "ziek", 4},
    {"(?i)verlof", "", 0},
    {"[abc]verlof", "verlof", 6},
    {"[^]]verlof", "verlof", 6},
    {"[[:alpha:]]verlof", "", 0},
    {"VERLOF", "verlof", 6},
    {"ver\\.lof", "ver.lof", 7},
    {"\\d+ dagen", " dagen", 6},
    {"(a)\\1verlof", "", 0},
    {"\\Qverlof\\E", "", 0},
    {"^verlof$", "verlof", 6},
    {"verlof)", "", 6},
    {"(verlof", "", 0},
    {"ab", "", 2},
    {"", "", 0},
};

static void a_regex_tells_what_it_cannot_do_without(void **arena)
{
    for (size_t i = 0; i < LEN(regexes); i++) {
        size_t literal;
        struct strs got = required_of_regex(*arena, str_c(regexes[i].regex), &literal);
        str all = STR("");
        for (size_t k = 0; k < got.n; k++) {
            if (k > 0)
                all = arena_join(*arena, all, STR("|"));
            all = arena_join(*arena, all, got.v[k]);
        }
        CHECK_STR(all, regexes[i].want, regexes[i].regex);
        if (got.n > 0)
            CHECK_INT(literal, regexes[i].literal, regexes[i].regex);
    }
}

static void longer_and_fewer_words_are_worth_more(void **arena)
{
    (void)arena;
    const str one[] = {STR("vakantie")}, two[] = {STR("vakantie"), STR("verlof")},
              tiny[] = {STR("vakantie"), STR("in")};
    CHECK(required_worth((struct strs){one, 1}) > required_worth((struct strs){two, 2}),
          "one word beats two");
    CHECK_INT(required_worth((struct strs){tiny, 2}), 0, "two bytes stand everywhere");
    CHECK_INT(required_worth((struct strs){0}), 0, "nothing is worth nothing");
}

UNIT_MAIN(UNIT(a_regex_tells_what_it_cannot_do_without),
          UNIT(longer_and_fewer_words_are_worth_more))
