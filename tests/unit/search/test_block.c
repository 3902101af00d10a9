#include "search/block.h"
#include "unit.h"

static const struct {
    const char *why, *text, *blocks[6];
    enum block_kind kind[6];
} cases[] = {
    {"nothing", "", {0}, {0}},
    {"sentences", "One. Two! Three? Four", {"One.", "Two!", "Three?", "Four"}, {0}},
    {"a small letter goes on",
     "See art. x and no. end. New",
     {"See art. x and no. end.", "New"},
     {0}},
    {"figures do not end", "It is 3.5 hours. Ok", {"It is 3.5 hours.", "Ok"}, {0}},
    {"a list is whole",
     "You need:\n- a form\n- a stamp\nThen wait.",
     {"You need:", "- a form\n- a stamp", "Then wait."},
     {0, BLOCK_LIST, 0}},
    {"numbered", "1. first\n2. second", {"1. first\n2. second"}, {BLOCK_LIST}},
    {"a table is whole",
     "Years\tMonths\n0-5\t1\n5-10\t2\nSo it is.",
     {"Years\tMonths\n0-5\t1\n5-10\t2", "So it is."},
     {BLOCK_TABLE, 0}},
};

static void blocks_are_what_can_be_shown(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct blocks b = blocks_of(*arena, str_c(cases[i].text));
        size_t n = 0;
        for (; n < LEN(cases[i].blocks) && cases[i].blocks[n]; n++) {
            CHECK(n < b.list.n, cases[i].why);
            CHECK_STR(b.list.v[n].text, cases[i].blocks[n], cases[i].why);
            CHECK_INT(b.list.v[n].kind, cases[i].kind[n], cases[i].why);
        }
        CHECK_INT(b.list.n, n, cases[i].why);
    }
}

UNIT_MAIN(UNIT(blocks_are_what_can_be_shown))
