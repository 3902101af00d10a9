#include "content/heading.h"

#include "base/str.h"
#include "text/normalise.h"

static const char *const references[] = {
    "bron",
    "bronnen",
    "bronvermelding",
    "source",
    "sources",
    "reference",
    "references",
    "verwijzing",
    "verwijzingen",
    "wettelijke basis",
    "legal basis",
    "wettelijke grondslag",
    "juridische basis",
    "wet- en regelgeving",
    "bibliography",
    "literatuur",
    "revision history",
    "change log",
    "changelog",
    "version history",
    "wijzigingen",
    "versiebeheer",
    "versiegeschiedenis",
};

static const char *const empty_words[] = {
    "algemeen",
    "algemene informatie",
    "general",
    "general information",
    "overig",
    "overige",
    "other",
    "miscellaneous",
    "misc",
    "diversen",
    "regeling",
    "de regeling",
    "procedure",
    "de procedure",
    "the procedure",
    "inleiding",
    "introduction",
    "intro",
    "informatie",
    "information",
    "info",
    "meer informatie",
    "more information",
    "details",
    "toelichting",
    "explanation",
    "opmerkingen",
    "opmerking",
    "remarks",
    "notes",
    "note",
    "beleid",
    "policy",
    "overview",
    "overzicht",
    "samenvatting",
    "summary",
    "achtergrond",
    "background",
    "inhoud",
    "contents",
    "tekst",
    "text",
    "untitled",
    "voorbeeld",
    "example",
    "onderwerp",
    "subject",
    "belangrijk",
    "important",
    "let op",
    "bijzonderheden",
};

str heading_fold(struct arena *a, str heading)
{
    str s = STR_NONE;
    if (normalise(a, heading, &s) != RC_OK)
        return STR("");
    while (s.n > 0 && strchr("0123456789.:;)([]-*_#?! ", s.p[0]))
        s = str_sub(s, 1, s.n);
    while (s.n > 0 && strchr(".:;)([]-*_#?! ", s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool is_among(str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, str_c(list[i])))
            return true;
    return false;
}

bool heading_is_reference(struct arena *a, str heading)
{
    return is_among(heading_fold(a, heading), references, LEN(references));
}

bool heading_says_nothing(struct arena *a, str heading)
{
    str s = heading_fold(a, heading);
    return s.n == 0 || is_among(s, empty_words, LEN(empty_words));
}
