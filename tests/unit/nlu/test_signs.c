#include "nlu/signs.h"

#include "cards.h"
#include "nlu/plain.h"

static void put(struct catalogue *c, bool words, const char *name, const char *value,
                int line)
{
    struct sign_line s = {.lang = LANG_NL,
                          .name = str_c(name),
                          .value = str_c(value),
                          .file = STR("signs.md"),
                          .line = line};
    if (words)
        *arena_push(c->arena, &c->sign_words) = s;
    else
        *arena_push(c->arena, &c->signs) = s;
}

/* violence stands before conflict: the first card wins. */
static struct catalogue *content(struct arena *a)
{
    struct catalogue *c = cards_new(a);
    card_add(c, "sensitive.violence")->sensitive = true;
    card_add(c, "sensitive.conflict")->sensitive = true;
    card_add(c, "leave.request");
    put(c, true, "leider", "baas, Chef, team leider, leidinggevende*", 1);
    put(c, true, "slaan", "slaat, gaf me een klap", 2);
    put(c, true, "uitval", "schreeuw*, slaat", 3);
    put(c, true, "mij", "mij, me", 4);
    put(c, true, "cursus", "training", 5);
    put(c, false, "sensitive.conflict", "leider + uitval + mij ~6", 11);
    put(c, false, "sensitive.violence", "leider + slaan + mij", 12);
    put(c, false, "sensitive.conflict", "\"ruzie met\" + leider - cursus", 13);
    put(c, false, "none", "cursus + \"agressie\"", 14);
    put(c, false, "sensitive.conflict", "leider|mij + uitval|slaan ~2", 15);
    put(c, false, "sensitive.conflict", "slaan + uitval + \"thuis\" ~6", 16);
    return c;
}

static struct sign_found look(struct arena *a, const struct signs *s, const char *text)
{
    struct sign_hits hits;
    signs_look(s, plain_of(a, folded(a, text)), &hits);
    return signs_find(s, &hits);
}

static const struct {
    const char *text;
    int card, line; /* line 0: any */
    bool calm;
} rows[] = {
    {"mijn chef schreeuwt tegen mij", 1, 11, false},
    {"mijn leidinggevenden schreeuwen tegen me!", 1, 11, false},
    {"mijn team-leider schreeuwt elke dag weer erg hard naar iedereen en ook mij", -1, 0,
     false}, /* too far apart */
    {"de baas gaf me een klap", 0, 12, false},
    {"mijn baas slaat en schreeuwt tegen me", 0, 12, false}, /* the first card wins */
    {"baas slaat", 1, 15, false},
    {"slaat", -1, 0, false},
    {"slaat hij thuis", -1, 0, false}, /* one word is evidence of one thing */
    {"slaat en schreeuwt thuis", 1, 16, false},
    {"ruzie met mijn baas", 1, 13, false},
    {"ruzie met mijn baas na de training", -1, 0, false},
    {"ruziemetmijn baas", -1, 0, false},
    {"training agressie", -1, 0, true},
    {"basis chefs", -1, 0, false},
    {"", -1, 0, false},
};

static void kinds_of_words_near_each_other_are_a_sign(void **arena)
{
    struct diags d = diags_new(*arena);
    struct signs *s = signs_new(*arena, content(*arena), &d);
    CHECK_INT(d.errors, 0, "well written");
    for (size_t i = 0; i < LEN(rows); i++) {
        struct sign_found f = look(*arena, s, rows[i].text);
        CHECK_INT(f.card, rows[i].card, rows[i].text);
        CHECK(!rows[i].line || (f.sign && f.sign->line == rows[i].line), rows[i].text);
        CHECK((f.calms != NULL) == rows[i].calm, rows[i].text);
    }
}

static void one_word_is_not_evidence_of_two_things(void **arena)
{
    struct catalogue *c = content(*arena);
    struct diags d = diags_new(*arena);
    c->signs.n = 0;
    put(c, false, "sensitive.violence", "slaan + uitval", 1);
    struct signs *s = signs_new(*arena, c, &d);
    CHECK_INT(look(*arena, s, "hij slaat").card, -1, "slaat is in both classes");
    CHECK_INT(look(*arena, s, "hij slaat en schreeuwt").card, 0, "two words");
}

static const struct {
    const char *name, *value, *want;
} mistakes[] = {
    {"sensitive.nothing", "leider + mij", "there is no such card in sensitive.md"},
    {"leave.request", "leider + mij", "there is no such card in sensitive.md"},
    {"sensitive.conflict", "lijder + mij", "unknown class of words `lijder`"},
    {"sensitive.conflict", "leider + ", "this cannot be read"},
    {"sensitive.conflict", "leider + mij ~0", "this cannot be read"},
    {"sensitive.conflict", "leider + mij ~veel", "this cannot be read"},
    {"none", "leider + mij + uitval + slaan + cursus + mij", "this cannot be read"},
};

static void a_line_that_is_wrong_is_told_and_left_out(void **arena)
{
    for (size_t i = 0; i < LEN(mistakes); i++) {
        struct catalogue *c = content(*arena);
        struct diags d = diags_new(*arena);
        c->signs.n = 0;
        put(c, false, mistakes[i].name, mistakes[i].value, 7);
        struct signs *s = signs_new(*arena, c, &d);
        CHECK(d.list.n > 0, mistakes[i].value);
        CHECK(str_has(d.list.v[0].text, str_c(mistakes[i].want)), d.list.v[0].text.p);
        CHECK_INT(d.list.v[0].line, 7, "its line");
        CHECK_INT(look(*arena, s, "baas mij schreeuwt").card, -1, "left out");
    }
}

UNIT_MAIN(UNIT(kinds_of_words_near_each_other_are_a_sign),
          UNIT(one_word_is_not_evidence_of_two_things),
          UNIT(a_line_that_is_wrong_is_told_and_left_out))
