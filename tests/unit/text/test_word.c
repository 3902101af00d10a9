#include "base/buf.h"
#include "text/word.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

static const struct {
    const char *why, *in, *want;
} cuts[] = {
    {"blanks and signs separate", "hoeveel dagen, heb ik (nog)?",
     "hoeveel|dagen|heb|ik|nog"},
    {"apostrophes inside are dropped", "auto's don't 's middags", "autos|dont|s|middags"},
    {"a quote around is no part", "'vrij'", "vrij"},
    {"figures keep point and comma", "1.250,50 euro, 7.", "1.250,50|euro|7"},
    {"a dash separates", "werkgevers-verklaring", "werkgevers|verklaring"},
    {"letters beyond ASCII", "привет 🎉 été", "привет|été"},
    {"words longer than what is looked at once",
     "arbeidsongeschiktheidsverzekeringsmaatschappijen en "
     "een2deelectriciteitsmaatschappij.",
     "arbeidsongeschiktheidsverzekeringsmaatschappijen|en|"
     "een2deelectriciteitsmaatschappij"},
    {"a mark in the last sixteen bytes", "een twee drie vier vijf-zes",
     "een|twee|drie|vier|vijf|zes"},
    {"letters beyond ASCII inside a word", "de reünie van categorieën in mei",
     "de|reünie|van|categorieën|in|mei"},
    {"capitals and signs next to letters", "@A[Z`a{z}/0:9", "A|Z|a|z|0|9"},
    {"nothing", " ?! ", ""},
};

static void text_is_cut_into_words(void **arena)
{
    for (size_t i = 0; i < LEN(cuts); i++) {
        struct words w = words_of(*arena, str_c(cuts[i].in));
        struct buf b = buf_new(*arena, 1000);
        for (size_t k = 0; k < w.list.n; k++) {
            if (k)
                buf_char(&b, '|');
            buf_put(&b, w.list.v[k].text);
        }
        CHECK_STR(buf_str(&b), cuts[i].want, cuts[i].why);
    }
}

static void stems_join_forms(void **arena)
{
    (void)arena;
    struct stemmer *s = stemmer_new();
    char first[32];
    str a = stem(s, LANG_NL, str_c("vakantiedagen"));
    snprintf(first, sizeof first, "%.*s", STR_ARG(a));
    CHECK_STR(stem(s, LANG_NL, str_c("vakantiedag")), first, "Dutch plural");
    CHECK_STR(stem(s, LANG_EN, str_c("holidays")), "holiday", "English plural");
    CHECK_STR(stem(s, LANG_NL, str_c("p45s")), "p45s", "digits are left alone");
    CHECK_STR(stem(s, LANG_NONE, str_c("dagen")), "dagen", "no language");
    stemmer_free(s);
}

static void phrases_are_found_where_a_word_begins(void **arena)
{
    (void)arena;
    static const str phrases[] = {STR_INIT("sick of"), STR_INIT("fed up")};
    static const struct {
        const char *text;
        int at, which;
    } cases[] = {{"i am fed up", 5, 1},
                 {"fed up, sick of it", 0, 1},
                 {"so sick of it", 3, 0},
                 {"homesick of course", -1, 0},
                 {"ge\xc3\xab sick of", 5, 0},
                 {"sick", -1, 0},
                 {"", -1, 0}};
    for (size_t i = 0; i < LEN(cases); i++) {
        size_t which = 0;
        CHECK(word_phrase(str_c(cases[i].text), phrases, LEN(phrases), &which) ==
                      cases[i].at &&
                  (int)which == cases[i].which,
              cases[i].text);
    }
    CHECK(word_phrase(STR("fed up"), phrases, LEN(phrases), NULL) == 0, "no which");
}

/* Wherever it stands in a long text, and not where the text ends within it. */
static void phrases_are_found_at_any_place(void **arena)
{
    static const str phrases[] = {STR_INIT("fed up"), STR_INIT("the third time")};
    for (size_t at = 0; at < 200; at++) {
        char *text = arena_alloc(*arena, at + 20);
        for (size_t i = 0; i < at; i++)
            text[i] = i % 7 == 6 || i + 1 == at ? ' ' : 'x';
        memcpy(text + at, "the third time", 14);
        CHECK_INT((int)word_phrase((str){text, at + 14}, phrases, 2, NULL), (int)at,
                  "whole");
        CHECK_INT((int)word_phrase((str){text, at + 13}, phrases, 2, NULL), -1, "cut");
    }
    static const str small[] = {STR_INIT("vul")};
    CHECK_INT((int)word_phrase(STR("ik vul"), small, 1, NULL), 3, "shorter than a front");
}

static void phrases_are_found_anywhere_in_a_long_text(void **arena)
{
    (void)arena;
    static const str long_ones[] = {STR_INIT("sick of"), STR_INIT("fed up")},
                     short_ones[] = {STR_INIT("vul"), STR_INIT("fed up")};
    char text[300];
    for (size_t at = 0; at + 6 <= sizeof text; at++) {
        memset(text, 'x', sizeof text);
        for (size_t i = 0; i < sizeof text; i += 7)
            text[i] = ' ';
        if (at > 0)
            text[at - 1] = ' ';
        memcpy(text + at, "fed up", 6);
        str own = {must_copy(text, at + 6), at + 6}; /* ends where its memory ends */
        CHECK_INT(word_phrase(own, long_ones, LEN(long_ones), NULL), at, "long ones");
        CHECK_INT(word_phrase(own, short_ones, LEN(short_ones), NULL), at, "a short one");
        own.n--;
        CHECK_INT(word_phrase(own, long_ones, LEN(long_ones), NULL), -1, "cut off");
        free((void *)(uintptr_t)own.p);
    }
}

UNIT_MAIN(UNIT(phrases_are_found_at_any_place), UNIT(text_is_cut_into_words),
          UNIT(phrases_are_found_where_a_word_begins),
          UNIT(phrases_are_found_anywhere_in_a_long_text), UNIT(stems_join_forms))
