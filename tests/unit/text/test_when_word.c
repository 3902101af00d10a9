#include "text/when_word.h"
#include "unit.h"

static const struct {
    const char *word;
    enum lang l;
    enum word_class cls;
    int val;
} words[] = {
    {"maandag", LANG_NL, CLS_WEEKDAY, 0},
    {"sunday", LANG_NL, CLS_WEEKDAY, 6}, /* both languages count */
    {"of", LANG_NL, CLS_OR, 0},          /* or */
    {"of", LANG_EN, CLS_OF, 0},
    {"over", LANG_NL, CLS_OVER, 0},
    {"over", LANG_EN, CLS_NONE, 0},
    {"may", LANG_EN, CLS_MONTH, 5},
    {"may", LANG_NL, CLS_NONE, 0},
    {"do", LANG_EN, CLS_NONE, 0},
    {"last", LANG_NL, CLS_NONE, 0}, /* a burden */
    {"fridays", LANG_EN, CLS_HABIT, 4},
    {"vrijdagen", LANG_NL, CLS_HABIT, 4},
    {"maandagmiddag", LANG_NL, CLS_WEEKDAY, 0},
    {"maandagmidag", LANG_NL, CLS_WEEKDAY, 0},
    {"maandagmiddagborrel", LANG_NL, CLS_NONE, 0},
    {"mandag", LANG_NL, CLS_WEEKDAY, 0},
    {"woesndag", LANG_NL, CLS_WEEKDAY, 2},
    {"wenesday", LANG_EN, CLS_WEEKDAY, 2},
    {"septmber", LANG_EN, CLS_MONTH, 9},
    {"febuari", LANG_NL, CLS_MONTH, 2},
    {"oktobr", LANG_NL, CLS_MONTH, 10},
    {"tommorow", LANG_EN, CLS_NEAR, 1},
    {"yesteday", LANG_EN, CLS_NEAR, -1},
    {"vandaan", LANG_NL, CLS_NONE, 0},
    {"middag", LANG_NL, CLS_PART, DAY_AFTERNOON},
    {"midday", LANG_EN, CLS_NONE, 0},
    {"sundry", LANG_EN, CLS_NONE, 0},
    {"payday", LANG_EN, CLS_NONE, 0},
    {"feestdag", LANG_NL, CLS_NONE, 0},
    {"holiday", LANG_EN, CLS_FREE, 0},
    {"zonder", LANG_NL, CLS_NONE, 0},
    {"someday", LANG_EN, CLS_NONE, 0},
    {"members", LANG_EN, CLS_NONE, 0},
    {"", LANG_EN, CLS_NONE, 0},
};

static void words_mean_what_the_language_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(words); i++) {
        struct meaning m = word_meaning(str_c(words[i].word), words[i].l);
        CHECK_INT(m.cls, words[i].cls, words[i].word);
        if (m.cls != CLS_NONE)
            CHECK_INT(m.val, words[i].val, words[i].word);
    }
}

static void one_edit_is_one_edit(void **state)
{
    (void)state;
    CHECK(word_one_edit(STR("abc"), STR("abc")), "none");
    CHECK(word_one_edit(STR("abc"), STR("ab")), "delete");
    CHECK(word_one_edit(STR("ab"), STR("aab")), "insert in a run");
    CHECK(word_one_edit(STR("abc"), STR("axc")), "replace");
    CHECK(word_one_edit(STR("abcd"), STR("acbd")), "swap");
    CHECK(!word_one_edit(STR("abcd"), STR("adcb")), "swap of others");
    CHECK(!word_one_edit(STR("abc"), STR("a")), "two deletes");
    CHECK(!word_one_edit(STR("abcd"), STR("xbcx")), "two replaces");
}

UNIT_MAIN(UNIT(words_mean_what_the_language_says), UNIT(one_edit_is_one_edit))
