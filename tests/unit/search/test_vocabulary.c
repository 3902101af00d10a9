#include "shelf.h"

static struct vocabulary make(struct arena *a, enum lang l, const char *words)
{
    struct vocabulary v;
    struct search_options o = search_defaults();
    vocabulary_init(&v, a, l, &o);
    struct words w = words_of(a, str_c(words));
    for (size_t i = 0; i < w.list.n; i++)
        vocabulary_add(&v, w.list.v[i].text, true);
    vocabulary_freeze(&v);
    return v;
}

static void words_of_one_stem_share_a_term(void **arena)
{
    struct vocabulary v =
        make(*arena, LANG_EN, "leave leaves vacation vacations vacation");
    CHECK_INT(vocabulary_word(&v, STR("vacation"))->term,
              vocabulary_word(&v, STR("vacations"))->term, "one term");
    CHECK_INT(vocabulary_word(&v, STR("vacation"))->count, 2, "counted");
    CHECK_INT(v.terms.v[vocabulary_word(&v, STR("vacation"))->term].count, 3,
              "both forms");
    CHECK(!vocabulary_word(&v, STR("holiday")), "others are unknown");
    vocabulary_done(&v);
}

static const struct {
    const char *word, *parts;
} compounds[] = {
    {"zorgverlof", "zorg verlof"},
    {"verzuimsprotocol", "verzuim protocol"},
    {"ziekengeld", "ziek geld"},
    {"vakantiedagenregeling", "vakantie dagen regeling"},
    {"opzegtermijn", "opzeggen termijn"},
    {"verlof", ""},
    {"zorg", ""},
    {"bovenmatig", ""},
    {"zorgverlof2", ""},
};

static void compounds_are_cut_by_the_corpus_words(void **arena)
{
    struct vocabulary v =
        make(*arena, LANG_NL,
             "zorg verlof verzuim protocol ziek geld vakantie dagen regeling "
             "opzeggen termijn de het");
    for (size_t i = 0; i < LEN(compounds); i++) {
        term_t got[VOCABULARY_PARTS_MAX];
        size_t n = compound_split(&v, str_c(compounds[i].word), got);
        struct words want = words_of(*arena, str_c(compounds[i].parts));
        CHECK_INT(n, want.list.n, compounds[i].word);
        for (size_t k = 0; k < n; k++)
            CHECK_INT(got[k], vocabulary_word(&v, want.list.v[k].text)->term,
                      compounds[i].word);
    }
    vocabulary_done(&v);
}

static void what_was_written_apart_is_joined(void **arena)
{
    struct vocabulary v = make(*arena, LANG_NL, "vakantiedagen verzuimsprotocol vrijdag");
    term_t t = vocabulary_word(&v, STR("vakantiedagen"))->term;
    CHECK_INT(
        compound_join(&v, STR("vakantie"), beginning_of(STR("vakantie")), STR("dagen")),
        t, "directly");
    CHECK_INT(
        compound_join(&v, STR("vakantie"), beginning_of(STR("vakantie")), STR("dag")), t,
        "by its stem");
    CHECK(compound_join(&v, STR("verzuim"), beginning_of(STR("verzuim")),
                        STR("protocol")) != TERM_NONE,
          "linked by s");
    CHECK_INT(
        compound_join(&v, STR("dagen"), beginning_of(STR("dagen")), STR("vakantie")),
        TERM_NONE, "in this order");
    CHECK_INT(compound_join(&v, STR("vrij"), beginning_of(STR("vrij")), STR("dag")),
              TERM_NONE, "no weekday");
    vocabulary_done(&v);
}

static const struct {
    const char *wrong, *right;
} spellings[] = {
    {"vakntie", "vakantie"},
    {"vakantei", "vakantie"},
    {"vakanttie", "vakantie"},
    {"slaris", "salaris"},
    {"arbeidsongeschkt", "arbeidsongeschikt"},
    {"arbeitsongeshikt", "arbeidsongeschikt"},
    {"olifant", ""},
    {"xyz", ""},
    {"zier", ""},
    {"zeik", "ziek"},
    {"sal", ""},
};

static void typos_are_repaired_by_the_corpus_words(void **arena)
{
    struct vocabulary v =
        make(*arena, LANG_NL, "vakantie salaris arbeidsongeschikt verlof ziek pensioen");
    for (size_t i = 0; i < LEN(spellings); i++) {
        uint32_t got[3];
        size_t n = typo_repair(&v, str_c(spellings[i].wrong), got, 3);
        CHECK_STR(n ? v.words.v[got[0]].text : STR(""), spellings[i].right,
                  spellings[i].wrong);
    }
    vocabulary_done(&v);
}

static void words_that_look_alike_are_found_when_no_repair_is(void **arena)
{
    struct vocabulary v = make(*arena, LANG_NL, "pensioenregeling vakantie");
    uint32_t got[3];
    CHECK_INT(typo_repair(&v, STR("pensioenen"), got, 3), 0, "too far to repair");
    CHECK_INT(typo_resembling(&v, STR("pensioenen"), got, 3), 1, "but alike");
    vocabulary_done(&v);
}

UNIT_MAIN(UNIT(words_of_one_stem_share_a_term),
          UNIT(compounds_are_cut_by_the_corpus_words),
          UNIT(what_was_written_apart_is_joined),
          UNIT(typos_are_repaired_by_the_corpus_words),
          UNIT(words_that_look_alike_are_found_when_no_repair_is))
