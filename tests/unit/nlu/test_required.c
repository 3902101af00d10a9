#include "nlu/required.h"

#include "unit.h"

static const struct {
    const char *regex, *want; /* words joined by |, sets by &, ways by " OR "; "" none */
    size_t literal;
} regexes[] = {
    {"verlof", "verlof", 6},
    {"\\bverlof\\b", "\bverlof", 6},
    {"\\badv[- ]?(dagen|uren)\\b", "dagen|uren&\badv", 7},
    {"verlofs?aanvraag", "aanvraag&verlof", 14},
    {"verlofs+aanvraag", "aanvraag&verlofs", 15},
    {"verlofs{0,2}aanvraag", "aanvraag&verlof", 14},
    {"ver(lof)?dag", "ver&dag", 6},
    {"(vakantie|verlof)", "vakantie|verlof", 6},
    {"(vakantie|.*)", "", 0},
    {"vakantie|ab", "", 2},
    {"vakantie|verlof", "vakantie OR verlof", 6},
    {"mijn (baas|chef) (slaat|duwt)|sla me",
     "\bbaas|\bchef&\bslaat|\bduwt&mijn  OR sla me", 6},
    {"(?:pest|treiter)en", "pest|treiter", 6},
    {"(?=vakantie)verlof", "vakantie&verlof", 6},
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
    {"\\bus\\b", "\bus", 2},
    {"\\b(us|uk|germany)\\b", "\bus|\buk|\bgermany", 2},
    {"\\b(?:hr|(us|uk))\\b", "\bhr|\bus|\buk", 2},
    {"\\b(us|)\\b", "", 0},
    {"\\b(us|m?us)\\b", "", 2},
    {"\\b(us|x)\\b", "", 1},
    {"\\b(us)?verlof", "verlof", 6},
    {"\\b(us|uk) (of|en)\\b", "\bus|\buk&\bof|\ben", 5},
    {"(in|of) (the )?(us|germany)", "\bus|\bgermany", 5},
    {"in (the |a )?us", "in ", 5},
    {"in (\\S+ )?us", "in &\bus", 5},
    {"in (?!the )us", "in &\bus", 5},
    {"in (the\\ )?us", "in ", 5},
    {"in ?(us)", "", 4},
    {"in +(us)", "in ", 5},
    {"\\b(?<=us)verlof", "verlof", 6},
    {"\\b(?!us)uk", "", 2},
    {"\\buss?", "\bus", 2},
    {"\\bus?e", "", 2},
    {"\\b-x", "", 2},
    {"\\b-xyz", "-xyz", 4},
    {"mijn \\bverlof", "\bverlof&mijn ", 11},
    {"", "", 0},
};

static str shown(struct arena *a, const struct required *r)
{
    str all = STR("");
    for (size_t w = 0; w < r->n; w++)
        for (size_t k = 0; k < r->v[w].n; k++)
            for (size_t i = 0; i < r->v[w].set[k].n; i++) {
                const char *between = i > 0 ? "|" : k > 0 ? "&" : w > 0 ? " OR " : "";
                all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), between,
                                STR_ARG(r->v[w].set[k].v[i]));
            }
    return all;
}

static void a_regex_tells_what_it_cannot_do_without(void **arena)
{
    for (size_t i = 0; i < LEN(regexes); i++) {
        size_t literal;
        struct required got =
            required_of_regex(*arena, str_c(regexes[i].regex), &literal);
        CHECK_STR(shown(*arena, &got), regexes[i].want, regexes[i].regex);
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
