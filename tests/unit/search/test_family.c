#include "search/vocabulary.h"
#include "unit.h"

/* Stems as Snowball leaves them. */
static const struct {
    const char *a, *b;
    bool same;
} pairs[] = {
    {"opzegg", "opgezegd", true},  {"opzegg", "opzegt", true},
    {"werk", "gewerkt", true},     {"werk", "werkt", true},
    {"stopp", "stop", true},       {"schrijv", "schrijf", true},
    {"betal", "betaald", true},    {"lop", "loop", true},
    {"afsprak", "afspraak", true}, {"verlof", "verlat", false},
    {"werk", "week", false},       {"recht", "rede", false},
    {"ziek", "zoek", false},
};

static void related_forms_share_a_root(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(pairs); i++) {
        char x[VOCABULARY_WORD_MAX], y[VOCABULARY_WORD_MAX];
        str a = family_root(LANG_NL, str_c(pairs[i].a), x);
        str b = family_root(LANG_NL, str_c(pairs[i].b), y);
        if (str_eq(a, b) != pairs[i].same)
            fail_msg("%s -> %.*s, %s -> %.*s", pairs[i].a, STR_ARG(a), pairs[i].b,
                     STR_ARG(b));
    }
}

static void english_is_left_to_its_stemmer(void **arena)
{
    (void)arena;
    char x[VOCABULARY_WORD_MAX];
    CHECK_STR(family_root(LANG_EN, STR("gotten"), x), "gotten", "as it is");
}

UNIT_MAIN(UNIT(related_forms_share_a_root), UNIT(english_is_left_to_its_stemmer))
