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

UNIT_MAIN(UNIT(words_that_tell_an_illness_are_blanked))
