#include "content/heading.h"

#include "../unit.h"

static const struct {
    const char *heading;
    bool reference, nothing;
} headings[] = {
    {"Bron", true, false},
    {"Bronnen:", true, false},
    {"4.2 SOURCES", true, false},
    {"Legal basis", true, false},
    {"Bronbelasting", false, false},
    {"Algemeen", false, true},
    {"1. Algemeen", false, true},
    {"Overig", false, true},
    {"Procedure", false, true},
    {"Zo vraag je het aan", false, false},
    {"General holidays", false, false},
    {"2.", false, true},
    {"??", false, true},
    {"Hoeveel dagen krijg je?", false, false},
};

static void headings_are_judged_by_their_words(void **arena)
{
    for (size_t i = 0; i < LEN(headings); i++) {
        str h = str_c(headings[i].heading);
        CHECK_INT(heading_is_reference(*arena, h), headings[i].reference,
                  headings[i].heading);
        CHECK_INT(heading_says_nothing(*arena, h), headings[i].nothing,
                  headings[i].heading);
    }
}

UNIT_MAIN(UNIT(headings_are_judged_by_their_words))
