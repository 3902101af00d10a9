#include "dialogue/foreign_words.h"
#include "unit.h"

static void the_words_are_sorted(void **state)
{
    (void)state;
    for (int l = 0; l < FOREIGN_COUNT; l++)
        for (size_t i = 1; i < foreign_words[l].n; i++)
            CHECK(strcmp(foreign_words[l].v[i - 1], foreign_words[l].v[i]) < 0,
                  foreign_words[l].v[i]);
}

static void every_word_is_found_in_its_own_language(void **state)
{
    (void)state;
    for (int l = 0; l < FOREIGN_COUNT; l++)
        for (size_t i = 0; i < foreign_words[l].n; i++) {
            const char *w = foreign_words[l].v[i];
            CHECK(foreign_has((enum foreign)l, str_c(w)), w);
            CHECK(!foreign_has((enum foreign)(1 - l), str_c(w)), w);
        }
}

static void others_are_not(void **state)
{
    (void)state;
    static const char *const others[] = {"", "a", "zzz", "ic", "ichs", "vakantie", "the"};
    for (size_t i = 0; i < LEN(others); i++)
        CHECK(!foreign_has(FOREIGN_GERMAN, str_c(others[i])) &&
                  !foreign_has(FOREIGN_FRENCH, str_c(others[i])),
              others[i]);
}

UNIT_MAIN(UNIT(the_words_are_sorted), UNIT(every_word_is_found_in_its_own_language),
          UNIT(others_are_not))
