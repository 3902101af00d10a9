#include "content/known.h"

#include "content.h"

static void names_are_known_however_they_are_spelt(void **arena)
{
    (void)arena;
    static const char *const same[] = {"review by",
                                       "Review_By",
                                       "REVIEW-BY",
                                       "reviewby",
                                       "nakijken voor",
                                       "review\xc2\xa0"
                                       "by"};
    for (size_t i = 0; i < LEN(same); i++) {
        int key = -1;
        CHECK(known_find(&known_keys, str_c(same[i]), &key), same[i]);
        CHECK_INT(key, KEY_REVIEW_BY, same[i]);
    }
    int key;
    CHECK(!known_find(&known_keys, STR(""), &key), "nothing is no name");
    CHECK(!known_find(&known_keys, STR("title"), &key), "that is an article's");
    CHECK(known_find(&known_front, STR("title"), &key), "there it is known");
}

static void english_and_dutch_mean_the_same(void **arena)
{
    (void)arena;
    static const char *const pairs[][2] = {{"Say", "Zeggen"},    {"Patterns", "Patronen"},
                                           {"Not", "Niet"},      {"Answer", "Antwoord"},
                                           {"Ask", "Vragen"},    {"Do", "Doen"},
                                           {"Tests", "Toetsen"}, {"Signs", "Signalen"}};
    for (size_t i = 0; i < LEN(pairs); i++) {
        int en = -1, nl = -2;
        CHECK(known_find(&known_sections, str_c(pairs[i][0]), &en), pairs[i][0]);
        CHECK(known_find(&known_sections, str_c(pairs[i][1]), &nl), pairs[i][1]);
        CHECK_INT(en, nl, pairs[i][0]);
        CHECK_STR(str_c(known_name(&known_sections, nl)), pairs[i][0], "the first name");
    }
}

static void what_was_meant_is_told(void **arena)
{
    CHECK_STR(known_hint(*arena, &known_sections, STR("Anwser")),
              "; probably meant `Answer`?", "near");
    CHECK_STR(known_hint(*arena, &known_queues, STR("Elephants")),
              "; known are HR, Payroll, Absence, Confidential", "all of them");
    str words[] = {STR("leave.balance"), STR("leave.request")};
    CHECK_STR(known_near(*arena, (struct strs){words, 2}, STR("leave.balans")),
              "; probably meant `leave.balance`?", "any words");
    CHECK_STR(known_near(*arena, (struct strs){words, 2}, STR("pay")), "",
              "nothing near");
}

UNIT_MAIN(UNIT(names_are_known_however_they_are_spelt),
          UNIT(english_and_dutch_mean_the_same), UNIT(what_was_meant_is_told))
