#include "nlu/synonym.h"

#include "cards.h"

static void terms_stand_for_each_other_as_declared(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    synonym_add(c, LANG_NL, true, "loon", "salaris");
    synonym_add(c, LANG_NL, false, "papadag", "ouderschapsverlof");
    synonym_add(c, LANG_NONE, true, "pto", "paid time off");
    struct synonyms *s = synonyms_new(*arena, c);
    static const struct {
        enum lang lang;
        const char *term;
        size_t n;
    } rows[] = {
        {LANG_NL, "loon", 2},          {LANG_NL, "salaris", 2},
        {LANG_NL, "papadag", 0},       {LANG_NL, "ouderschapsverlof", 2},
        {LANG_EN, "loon", 0},          {LANG_EN, "pto", 2},
        {LANG_NL, "paid time off", 2}, {LANG_NONE, "loon", 0},
        {LANG_NL, "fiets", 0},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        CHECK_INT(synonyms_for(s, rows[i].lang, str_c(rows[i].term)).n, rows[i].n,
                  rows[i].term);
    CHECK_INT(synonyms_longest(s, LANG_EN), 3, "three words");
    CHECK_INT(synonyms_longest(s, LANG_NONE), 0, "no language");
}

static void stems_of_either_term_are_one_concept(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    synonym_add(c, LANG_NL, true, "loonstrook", "salarisstrook");
    synonym_add(c, LANG_NL, false, "papadag", "ouderschapsverlof");
    struct synonyms *s = synonyms_new(*arena, c);
    struct stemmer *st = stemmer_new();
    size_t n, m;
    str stem_a = arena_str(*arena, stem(st, LANG_NL, STR("loonstroken")));
    const uint32_t *x = synonyms_concepts(s, LANG_NL, stem_a, &n);
    str stem_b = arena_str(*arena, stem(st, LANG_NL, STR("salarisstrook")));
    const uint32_t *y = synonyms_concepts(s, LANG_NL, stem_b, &m);
    CHECK(n == 1 && m == 1 && x[0] == y[0], "one concept for both");
    stem_a = arena_str(*arena, stem(st, LANG_NL, STR("papadagen")));
    synonyms_concepts(s, LANG_NL, stem_a, &n);
    CHECK_INT(n, 1, "the left side has it too");
    synonyms_concepts(s, LANG_NL, STR("fiets"), &n);
    CHECK_INT(n, 0, "no term, no concept");
    stemmer_free(st);
}

UNIT_MAIN(UNIT(terms_stand_for_each_other_as_declared),
          UNIT(stems_of_either_term_are_one_concept))
