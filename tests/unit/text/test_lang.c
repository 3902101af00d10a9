#include "text/lang.h"
#include "unit.h"

static const struct {
    const char *word;
    bool nl, en;
} stops[] = {
    {"de", true, false},
    {"the", false, true},
    {"hoeveel", true, false},
    {"geen", false, false},
    {"niet", false, false},
    {"not", false, false},
    {"verlof", false, false},
    {"is", true, true},
    {"your", false, true},
    {"aan", true, false},
    {"zouden", true, false},
    {"a", false, true},
    {"alsjeblieft", true, false},
    {"alstublieft", true, false},
    {"alsjebliefd", false, false},
    {"aangezien", true, false},
    {"aangezie", false, false},
    {"zzz", false, false},
    {"", false, false},
    {"0", false, false},
    {"alsjeblieftalsjeblieft", false, false},
};

static void stop_words_are_found_by_language(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(stops); i++) {
        CHECK_INT(lang_is_stop_word(LANG_NL, str_c(stops[i].word)), stops[i].nl,
                  stops[i].word);
        CHECK_INT(lang_is_stop_word(LANG_EN, str_c(stops[i].word)), stops[i].en,
                  stops[i].word);
    }
}

static const struct {
    const char *before, *after;
    bool apostrophe, want;
} ills[] = {
    {"", "be", true, true},         {"", "be", false, true},
    {"maybe", "need", false, true}, {"am", "", false, false},
    {"got", "on", false, false},    {"is", "and", false, false},
    {"when", "do", false, false},   {"", "child", false, false},
    {"been", "have", false, false}, {"and", "someone", true, true},
};

static void ill_is_i_will_or_sick(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(ills); i++)
        CHECK_INT(lang_is_contraction(LANG_EN, str_c(ills[i].before), STR("ill"),
                                      ills[i].apostrophe, str_c(ills[i].after)),
                  ills[i].want, ills[i].before);
    CHECK(!lang_is_contraction(LANG_NL, STR(""), STR("ill"), true, STR("be")), "English");
    CHECK(!lang_is_contraction(LANG_EN, STR(""), STR("its"), true, STR("be")), "ill");
    CHECK(!lang_is_stop_word(LANG_EN, STR("ill")), "it has a topic");
}

static void hints_tell_languages_apart(void **arena)
{
    (void)arena;
    CHECK_INT(lang_hint(LANG_NL, str_c("hoeveel")), 2, "strong");
    CHECK_INT(lang_hint(LANG_EN, str_c("hoeveel")), 0, "not English");
    CHECK_INT(lang_hint(LANG_EN, str_c("which")), 2, "strong");
    CHECK_INT(lang_hint(LANG_NL, str_c("is")), 0, "in both");
}

static void codes_are_read_leniently(void **arena)
{
    (void)arena;
    CHECK_INT(lang_of(STR("nl-BE")), LANG_NL, "with a region");
    CHECK_INT(lang_of(STR("EN")), LANG_EN, "in capitals");
    CHECK_INT(lang_of(STR("de")), LANG_NONE, "not spoken here");
    CHECK_STR(str_c(lang_code(LANG_NL)), "nl", "its code");
}

UNIT_MAIN(UNIT(stop_words_are_found_by_language), UNIT(ill_is_i_will_or_sick),
          UNIT(hints_tell_languages_apart), UNIT(codes_are_read_leniently))
