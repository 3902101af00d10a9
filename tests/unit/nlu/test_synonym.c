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

static const uint32_t *concepts_of(const struct synonyms *s, str stems, size_t *n)
{
    return synonyms_of_term(s, LANG_NL, synonyms_term(s, LANG_NL, stems), n);
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
    const uint32_t *x = concepts_of(s, stem_a, &n);
    str stem_b = arena_str(*arena, stem(st, LANG_NL, STR("salarisstrook")));
    const uint32_t *y = concepts_of(s, stem_b, &m);
    CHECK(n == 1 && m == 1 && x[0] == y[0], "one concept for both");
    stem_a = arena_str(*arena, stem(st, LANG_NL, STR("papadagen")));
    concepts_of(s, stem_a, &n);
    CHECK_INT(n, 1, "the left side has it too");
    concepts_of(s, STR("fiets"), &n);
    CHECK_INT(n, 0, "no term, no concept");
    stemmer_free(st);
}

static void a_stem_tells_which_go_on_a_term(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    synonym_add(c, LANG_NL, true, "vrije dag", "verlof");
    synonym_add(c, LANG_NL, true, "vrije tijd nemen", "snipperen");
    struct synonyms *s = synonyms_new(*arena, c);
    struct stemmer *st = stemmer_new();
    str first = arena_str(*arena, stem(st, LANG_NL, STR("vrije")));
    uint64_t bits = synonyms_seconds(s, LANG_NL, first);
    CHECK_INT(synonyms_longest_from(s, LANG_NL, first), 3, "vrije tijd nemen");
    CHECK(bits >> synonyms_bit(stem(st, LANG_NL, STR("dag"))) & 1, "vrije dag");
    CHECK(bits >> synonyms_bit(stem(st, LANG_NL, STR("tijd"))) & 1, "vrije tijd");
    CHECK_INT(__builtin_popcountll(bits), 2, "and no other");
    CHECK_INT(synonyms_seconds(s, LANG_NL, stem(st, LANG_NL, STR("verlof"))), 0,
              "a term of one word");
    CHECK_INT(synonyms_seconds(s, LANG_NONE, first), 0, "no language");
    stemmer_free(st);
}

UNIT_MAIN(UNIT(terms_stand_for_each_other_as_declared),
          UNIT(stems_of_either_term_are_one_concept),
          UNIT(a_stem_tells_which_go_on_a_term))
