#include "shelf.h"

static const struct {
    const char *front, *link, *rest;
    bool fits;
} joins[] = {
    {"vakantie", "", "dagen", true},    {"vakantie", "", "dag", true},
    {"verzuim", "s", "protocol", true}, {"verzuim", "s", "protocollen", true},
    {"werk", "", "gelegenheden", true}, {"werk", "", "vakantie", false},
    {"de", "", "vakantie", false},      {"vakantie", "", "werk", false},
};

static void what_begins_no_word_is_no_join(void **arena)
{
    struct vocabulary v;
    struct search_options o = search_defaults();
    vocabulary_init(&v, *arena, LANG_NL, &o);
    vocabulary_add(&v, STR("vakantiedagen"), true);
    vocabulary_add(&v, STR("verzuimsprotocol"), true);
    vocabulary_add(&v, STR("werkgelegenheid"), true);
    vocabulary_freeze(&v);
    for (size_t i = 0; i < LEN(joins); i++) {
        str front = str_c(joins[i].front);
        CHECK_INT(beginning_fits(&v, beginning_of(front), front.n, str_c(joins[i].link),
                                 str_c(joins[i].rest)),
                  joins[i].fits, joins[i].rest);
        str next = str_c(*joins[i].link ? joins[i].link : joins[i].rest);
        CHECK(!joins[i].fits ||
                  (beginning_goes_on(&v, beginning_of(front), front.n) &
                   beginning_letter(next.p[0])),
              "it goes on so");
    }
    CHECK_INT(beginning_goes_on(&v, beginning_of(STR("xyz")), 3), 0,
              "what begins nothing goes on with nothing");
    CHECK(!(beginning_goes_on(&v, beginning_of(STR("vakantie")), 8) &
            beginning_letter('k')),
          "no such word");
    vocabulary_done(&v);
}

UNIT_MAIN(UNIT(what_begins_no_word_is_no_join))
