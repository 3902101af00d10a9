#include "shelf.h"

static const char *const texts[] = {
    "",
    "Hello World",
    "don't, won't; rock 'n' roll",
    "auto's 's ochtends",
    "3.5 uur en 1.000,50 euro. Einde",
    "caf\u00e9 d\u00e9j\u00e0-vu \u2014 na\u00efef",
    "pay\u200broll \uff30\uff34\uff2f",
    "a'b''c `x` e-mail/adres",
    "covid-19 W.I.A. 7,5%",
    "\u2019s middags foto\u2019s",
    "STRASSE Stra\u00dfe",
    "x\n\ty\r\n z",
    "...'''...",
    "\u00bd \u00e9\u00e9n",
};

static void the_cut_agrees_with_the_folded_form(void **arena)
{
    for (size_t i = 0; i < LEN(texts); i++) {
        struct words want = words_of(*arena, shelf_fold(*arena, texts[i]));
        struct cutter c = cutter_new(*arena, str_c(texts[i]));
        str got;
        size_t n = 0;
        while (cutter_next(&c, &got)) {
            CHECK(n < want.list.n, texts[i]);
            if (!str_eq(got, want.list.v[n].text))
                fail_msg("%s: word %zu is \"%.*s\", not \"%.*s\"", texts[i], n,
                         STR_ARG(got), STR_ARG(want.list.v[n].text));
            n++;
        }
        CHECK_INT(n, want.list.n, texts[i]);
    }
}

static void offsets_point_into_what_was_written(void **arena)
{
    str text = str_c("Een Caf\u00e9, foto's"), word;
    struct cutter c = cutter_new(*arena, text);
    static const char *const want[] = {"Een", "Caf\u00e9", "foto's"};
    for (size_t i = 0; i < LEN(want); i++) {
        CHECK(cutter_next(&c, &word), "there are three");
        CHECK_STR(str_sub(text, c.from, c.to), want[i], "as written");
    }
}

static void a_word_without_end_is_cut(void **arena)
{
    char big[10000];
    memset(big, 'a', sizeof big);
    struct cutter c = cutter_new(*arena, (str){big, sizeof big});
    str word;
    CHECK(cutter_next(&c, &word), "one word");
    CHECK_INT(word.n, VOCABULARY_WORD_MAX, "bounded");
    CHECK(!cutter_next(&c, &word), "and no second");
}

static void broken_utf8_is_passed_over(void **arena)
{
    struct cutter c = cutter_new(*arena, str_c("ok \xff\xfe\x80 ook"));
    str word;
    CHECK(cutter_next(&c, &word), "the first");
    CHECK(cutter_next(&c, &word), "the last");
    CHECK_STR(word, "ook", "nothing between");
    CHECK(!cutter_next(&c, &word), "that was all");
}

UNIT_MAIN(UNIT(the_cut_agrees_with_the_folded_form),
          UNIT(offsets_point_into_what_was_written), UNIT(a_word_without_end_is_cut),
          UNIT(broken_utf8_is_passed_over))
