#include "content/markdown.h"

#include "../unit.h"

static const struct {
    const char *why, *text, *want;
} cases[] = {
    {"nothing", "een *zin*.", "een *zin*."},
    {"a link that leads somewhere stays", "zie [de site](https://x.nl/a \"t\").",
     "zie [de site](https://x.nl/a \"t\")."},
    {"one within the handbook does not", "zie [verlof](../leave/x.md#hoe).",
     "zie verlof."},
    {"nor one within the page", "zie [boven](#boven) en [dit]().", "zie boven en dit."},
    {"nor an unsafe one", "[klik](javascript:x)", "klik"},
    {"images are their words", "a ![een foto](https://x/y.png) b", "a een foto b"},
    {"pandoc's spans are their words", "[artikel [7](x.md)]{.underline} telt",
     "artikel 7 telt"},
    {"brackets alone stay", "[x] [ ] \\[a](b.md) [open", "[x] [ ] \\[a](b.md) [open"},
    {"angles", "[x](<a b.md>) [y](<https://x>)", "[x](<a b.md>) [y](<https://x>)"},
};

static void links_to_nowhere_are_their_words(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++)
        CHECK_STR(markdown_unlink(*arena, str_c(cases[i].text)), cases[i].want,
                  cases[i].why);
}

UNIT_MAIN(UNIT(links_to_nowhere_are_their_words))
