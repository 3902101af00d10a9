#include "nlu/exact.h"

#include "cards.h"
#include "nlu/pad.h"
#include "nlu/plain.h"

static struct catalogue *three(struct arena *a)
{
    struct catalogue *c = cards_new(a);
    struct card *x = card_add(c, "leave.balance");
    say(c, x, LANG_NL, "Hoeveel vakantiedagen heb ik nog?");
    say(c, x, LANG_NL, "mijn saldo");
    x = card_add(c, "leave.buy");
    say(c, x, LANG_NL, "verlof kopen");
    say(c, x, LANG_NL, "Mijn saldo!");
    say(c, x, LANG_EN, "I'd like to buy leave");
    x = card_add(c, "none");
    say(c, x, LANG_NL, "wat is het weer");
    return c;
}

static int look_up(struct arena *a, const struct exact *x, enum lang l, const char *text,
                   const bool *allowed, int *other)
{
    str plain = plain_of(a, unpad(padding_new(a), l, folded(a, text)));
    return exact_find(x, l, plain, allowed, other);
}

static void the_very_words_find_their_card(void **arena)
{
    struct diags d = diags_new(*arena);
    struct exact *x = exact_new(*arena, padding_new(*arena), three(*arena), &d);
    static const struct {
        enum lang lang;
        const char *text;
        int want;
    } rows[] = {
        {LANG_NL, "hoeveel vakantiedagen heb ik nog", 0},
        {LANG_NL, "HOEVEEL VAKANTIEDAGEN heb ik nog ?!", 0},
        {LANG_NL, "hoi, hoeveel vakantiedagen heb ik nog? alvast bedankt", 0},
        {LANG_NL, "hoeveel vakantiedagen heb ik", -1},
        {LANG_NL, "verlof kopen", 1},
        {LANG_EN, "verlof kopen", -1},
        {LANG_NONE, "verlof kopen", 1},
        {LANG_EN, "id like to buy leave", 1},
        {LANG_NL, "wat is het weer", 2},
        {LANG_NL, "", -1},
        {LANG_NL, "!!", -1},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        int other;
        CHECK_INT(look_up(*arena, x, rows[i].lang, rows[i].text, NULL, &other),
                  rows[i].want, rows[i].text);
        CHECK_INT(other, -1, "no tie");
    }
}

static void what_is_not_for_hr_is_known_as_that(void **arena)
{
    struct diags d = diags_new(*arena);
    struct exact *x = exact_new(*arena, padding_new(*arena), three(*arena), &d);
    CHECK(exact_is_background(x, LANG_NL, STR("wat is het weer")), "a phrase of none");
    CHECK(!exact_is_background(x, LANG_EN, STR("wat is het weer")), "in its language");
    CHECK(!exact_is_background(x, LANG_NL, STR("verlof kopen")), "a card's");
    CHECK(!exact_is_background(x, LANG_NL, STR("")), "nothing said");
}

static void a_tie_names_both_and_is_a_warning(void **arena)
{
    struct diags d = diags_new(*arena);
    struct exact *x = exact_new(*arena, padding_new(*arena), three(*arena), &d);
    CHECK_INT(d.warnings, 1, "one phrase stands in two cards");
    CHECK_INT(d.list.v[0].line, 201, "at the second");
    int other;
    CHECK_INT(look_up(*arena, x, LANG_NL, "mijn saldo", NULL, &other), 0, "first card");
    CHECK_INT(other, 1, "second card");
    bool allowed[] = {false, true, true};
    CHECK_INT(look_up(*arena, x, LANG_NL, "mijn saldo", allowed, &other), 1,
              "the allowed one");
    CHECK_INT(other, -1, "alone");
    bool nobody[] = {false, false, false};
    CHECK_INT(look_up(*arena, x, LANG_NL, "mijn saldo", nobody, &other), -1, "none");
}

UNIT_MAIN(UNIT(what_is_not_for_hr_is_known_as_that), UNIT(the_very_words_find_their_card),
          UNIT(a_tie_names_both_and_is_a_warning))
