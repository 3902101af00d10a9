#include "dialogue/turning.h"

#include "unit.h"

static const struct {
    const char *text, *want;
} told[] = {
    {"ik heb griep", "ik heb […]"},
    {"ik ben flauwgevallen op het werk", "ik ben […] op het werk"},
    {"Hooikoorts, denk ik", "[…], denk ik"},
    {"rughernia", "[…]"},
    {"zwaar griepvirus gehad", "zwaar […] gehad"},
    {"ik slik medicijnen", "ik slik […]"},
    {"whiplash en een verstuikte enkel", "[…] en een […] enkel"},
    {"I have a migraine", "I have a […]"},
    {"my anxiety is back", "my […] is […]"},
    {"it's my stomach", "it's my […]"},
    {"in maart was ik vrij", "in maart was ik vrij"},
    {"de backoffice belt terug", "de backoffice belt terug"},
    {"ik werk in het magazijn", "ik werk in het magazijn"},
};

static void words_that_tell_an_illness_are_blanked(void **arena)
{
    for (size_t i = 0; i < LEN(told); i++) {
        bool found;
        str got = screen_health(*arena, str_c(told[i].text), &found);
        CHECK_STR(got, told[i].want, told[i].text);
        CHECK_INT(found, strcmp(told[i].text, told[i].want) != 0, told[i].text);
    }
}

static void every_root_is_met(void **unused)
{
    (void)unused;
    size_t n = 0;
    for (const char *root; (root = screen_root(n)) != NULL; n++) {
        str word = str_c(root);
        word.n -= str_ends(word, STR("-"));
        CHECK(screen_tells(word), root);
    }
    CHECK(n > 100, "there are many");
    CHECK(!screen_tells(STR("")) && !screen_tells(STR("gr")) &&
              !screen_tells(STR("ik gr")),
          "too short for any");
    CHECK(screen_tells(STR("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
                           "hersenschudding")),
          "far behind");
}

UNIT_MAIN(UNIT(every_root_is_met), UNIT(words_that_tell_an_illness_are_blanked))
