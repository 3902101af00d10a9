#include "nlu/language.h"

#include "base/buf.h"
#include "cards.h"

static enum lang tongue_of(struct arena *a, struct language *x, str text, double *sure)
{
    struct words w = words_of(a, text);
    return language_of(x, &w, sure);
}

static const struct {
    const char *text;
    enum lang want;
} rows[] = {
    {"hoeveel vakantiedagen heb ik nog", LANG_NL},
    {"how many days off do I have left", LANG_EN},
    {"ziekmelden", LANG_NL},
    {"call in sick", LANG_EN},
    {"loonstrook", LANG_NL},
    {"payslip", LANG_EN},
    {"wat is mijn pto balance", LANG_NL},
    {"kan ik remote werken", LANG_NL},
    {"wanneer is de performance review", LANG_NL},
    {"overtime", LANG_EN},
    {"ik", LANG_NL},
    {"zwangerschapsverlof", LANG_NL},
    {"maternity leave", LANG_EN},
    {"mag dat", LANG_NL},
    {"is that allowed", LANG_EN},
    {"reiskostenvergoeding", LANG_NL},
    {"\u00e9\u00e9n dag vrij", LANG_NL},
    {"12345", LANG_NONE},
    {"\U0001F642\U0001F642", LANG_NONE},
    {"", LANG_NONE},
};

static void short_questions_show_their_language(void **arena)
{
    struct language *x = language_new(*arena, cards_new(*arena)); /* no cards at all */
    for (size_t i = 0; i < LEN(rows); i++) {
        double sure;
        CHECK_INT(tongue_of(*arena, x, folded(*arena, rows[i].text), &sure), rows[i].want,
                  rows[i].text);
        CHECK(sure >= 0 && sure <= 1, "a share");
        CHECK((rows[i].want == LANG_NONE) == (sure == 0), "nothing tells, nothing sure");
    }
}

static void a_long_question_is_surer_than_a_name(void **arena)
{
    struct language *x = language_new(*arena, cards_new(*arena));
    double a, b;
    tongue_of(*arena, x, STR("waar kan ik mijn nieuwe adres doorgeven"), &a);
    tongue_of(*arena, x, STR("jan"), &b);
    CHECK(a > .9 && b < a, "more words, more certainty");
}

/* Whoever counts the small words of the rest begins behind what was read. */
static void numbers_are_read_past(void **arena)
{
    struct language *x = language_new(*arena, cards_new(*arena));
    struct buf b = buf_new(*arena, 8 * 1024);
    enum { NUMBERS = 30, WORDS = LANGUAGE_WORDS_MAX + 60 };
    for (int i = 0; i < WORDS; i++)
        buf_fmt(&b, "%s ", i < NUMBERS ? "12ab" : "de");
    struct words w = words_of(*arena, buf_str(&b));
    struct small_words small;
    double sure;
    CHECK_INT(w.list.n, WORDS, "words");
    (void)language_and_small(x, &w, &sure, &small);
    CHECK_INT(small.read, LANGUAGE_WORDS_MAX + NUMBERS, "with what has digits");
    CHECK_INT(small.n, LANGUAGE_WORDS_MAX, "each once");
}

static void the_cards_own_phrases_teach_it(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    struct card *card = card_add(c, "x");
    double before, after;
    tongue_of(*arena, language_new(*arena, c), STR("qwark zzubb"), &before);
    for (int i = 0; i < 20; i++)
        say(c, card, LANG_NL, "qwark zzubb");
    CHECK_INT(tongue_of(*arena, language_new(*arena, c), STR("qwark zzubb"), &after),
              LANG_NL, "seen in a Dutch phrase only");
    CHECK(after > before, "and surer than before");
}

/* More words than it keeps, so that many come to stand in another's place. */
static void what_it_keeps_of_words_changes_no_answer(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    struct language *used = language_new(*arena, c);
    double sure, anew;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 6000; i++)
            tongue_of(*arena, used,
                      arena_fmt(*arena, "wo%cd%d %c%crd", 'a' + i % 26, i,
                                'a' + i / 26 % 26, 'a' + i / 676),
                      &sure);
        struct language *fresh = language_new(*arena, c);
        for (size_t i = 0; i < LEN(rows); i++) {
            str text = folded(*arena, rows[i].text);
            CHECK_INT(tongue_of(*arena, used, text, &sure),
                      tongue_of(*arena, fresh, text, &anew), rows[i].text);
            CHECK(sure == anew, "as sure as one that has seen nothing");
        }
    }
    str longer = STR("wanneer arbeidsongeschiktheidsverzekeringsmaatschappij");
    tongue_of(*arena, used, longer, &sure);
    tongue_of(*arena, language_new(*arena, c), longer, &anew);
    CHECK(sure == anew, "of a word too long to keep as well");
}

UNIT_MAIN(UNIT(short_questions_show_their_language),
          UNIT(a_long_question_is_surer_than_a_name), UNIT(numbers_are_read_past),
          UNIT(the_cards_own_phrases_teach_it),
          UNIT(what_it_keeps_of_words_changes_no_answer))
