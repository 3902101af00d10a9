#include "search/row.h"
#include "unit.h"

enum { MONTH = WORD_MONTH, DAY = WORD_DAY, NONE = -1 };
#define ALL INT64_C(99999999)

/* Ranges in hundredths; ALL: no end. A years' range counts in months. */
static const struct {
    enum lang lang;
    const char *text;
    int64_t from, to;
    int unit;
} ranges[] = {
    {LANG_NL, "korter dan 5 jaar", -ALL, 5988, MONTH},
    {LANG_NL, "5 tot 10 jaar", 6000, 11988, MONTH},
    {LANG_NL, "van 5 jaar tot 10 jaar", 6000, 11999, MONTH},
    {LANG_NL, "5 t/m 9 jaar", 6000, 10800, MONTH},
    {LANG_NL, "5 tot en met 9 jaar", 6000, 10800, MONTH},
    {LANG_NL, "5 - 10 jaar", 6000, 12000, MONTH},
    {LANG_NL, "5 jaar of langer, maar korter dan 10 jaar", 6000, 11999, MONTH},
    {LANG_NL, "15 jaar of langer", 18000, ALL, MONTH},
    {LANG_NL, "vanaf 15 jaar", 18000, ALL, MONTH},
    {LANG_NL, "meer dan 2 dagen", 201, ALL, DAY},
    {LANG_NL, "twee dagen", 200, 200, DAY},
    {LANG_NL, "0 tot 5", 0, 499, NONE},
    {LANG_EN, "less than 5 years", -ALL, 5988, MONTH},
    {LANG_EN, "5 to 10 years", 6000, 12000, MONTH},
    {LANG_EN, "5 years or more but less than 10 years", 6000, 11999, MONTH},
    {LANG_EN, "15 years or longer", 18000, ALL, MONTH},
    {LANG_EN, "15+ years", 1500, ALL, NONE},
    {LANG_EN, "over 65", 6501, ALL, NONE},
};

static void a_cell_is_read_as_a_range(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(ranges); i++) {
        struct row_range r;
        const char *why = ranges[i].text;
        CHECK(row_range_read(str_c(why), ranges[i].lang, &r), why);
        CHECK_INT(MAX(r.from, -ALL), ranges[i].from, why);
        CHECK_INT(MIN(r.to, ALL), ranges[i].to, why);
        CHECK_INT(r.unit, ranges[i].unit, why);
    }
    struct row_range r;
    CHECK(!row_range_read(STR("bij overlijden"), LANG_NL, &r), "no number");
}

static void numbers_of_a_question_have_units(void **arena)
{
    (void)arena;
    struct row_range r[4];
    CHECK_INT(row_numbers(STR("hoeveel maanden na zeven jaar"), LANG_NL, r, 4), 1, "one");
    CHECK_INT(r[0].from, 8400, "in months");
    CHECK_INT(row_numbers(STR("ik werk hier 18 maanden"), LANG_NL, r, 4), 1, "months");
    CHECK_INT(r[0].from, 1800, "as they are");
    CHECK_INT(row_numbers(STR("artikel 7 van de cao"), LANG_NL, r, 4), 0, "no unit");
    CHECK_INT(row_numbers(STR("is there a limit"), LANG_EN, r, 4), 0, "an article");
}

UNIT_MAIN(UNIT(a_cell_is_read_as_a_range), UNIT(numbers_of_a_question_have_units))
