#include "text/when.h"
#include "unit.h"

/* Published dates of Easter Sunday (almanacs; US Naval Observatory). */
static const struct {
    int year, month, day;
} easters[] = {
    {1900, 4, 15}, {1913, 3, 23}, {1943, 4, 25}, {1954, 4, 18}, {1961, 4, 2},
    {1981, 4, 19}, {2000, 4, 23}, {2005, 3, 27}, {2008, 3, 23}, {2011, 4, 24},
    {2016, 3, 27}, {2018, 4, 1},  {2019, 4, 21}, {2020, 4, 12}, {2021, 4, 4},
    {2022, 4, 17}, {2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},
    {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2031, 4, 13},
    {2032, 3, 28}, {2033, 4, 17}, {2034, 4, 9},  {2035, 3, 25}, {2036, 4, 13},
    {2037, 4, 5},  {2038, 4, 25}, {2049, 4, 18}, {2100, 3, 28},
};

/* Another way to compute it: Gauss, with his exceptions; 1900 to 2199. */
static date_t gauss(int year)
{
    int a = year % 19, b = year % 4, c = year % 7;
    int d = (19 * a + 24) % 30;
    int e = (2 * b + 4 * c + 6 * d + (year < 2100 ? 5 : 6)) % 7;
    date_t march = date_of(year, 3, 22) + d + e;
    if (march == date_of(year, 4, 26))
        march -= 7;
    if (march == date_of(year, 4, 25) && d == 28 && e == 6 && a > 10)
        march -= 7;
    return march;
}

static void easter_is_as_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(easters); i++) {
        const char *year = "a year of the table";
        CHECK_INT(when_easter(easters[i].year),
                  date_of(easters[i].year, easters[i].month, easters[i].day), year);
    }
}

static void easter_agrees_with_gauss_and_is_a_sunday(void **state)
{
    for (int year = 1900; year < 2200; year++) {
        str why = arena_fmt(*state, "%d", year);
        CHECK_INT(when_easter(year), gauss(year), why.p);
        CHECK_INT(date_weekday(when_easter(year)), 6, why.p);
    }
}

static const struct {
    int year, month, day;
    const char *nl, *en;
} holidays[] = {
    {2027, 1, 1, "Nieuwjaarsdag", "New Year's Day"},
    {2027, 3, 26, "Goede Vrijdag", "Good Friday"},
    {2027, 3, 28, "Eerste paasdag", "Easter Sunday"},
    {2027, 3, 29, "Tweede paasdag", "Easter Monday"},
    {2027, 4, 27, "Koningsdag", "King's Day"},
    {2025, 4, 26, "Koningsdag", "King's Day"}, /* 27 April was a Sunday */
    {2025, 4, 27, NULL, NULL},
    {2027, 5, 5, "Bevrijdingsdag", "Liberation Day"},
    {2027, 5, 6, "Hemelvaartsdag", "Ascension Day"},
    {2027, 5, 16, "Eerste pinksterdag", "Whit Sunday"},
    {2027, 5, 17, "Tweede pinksterdag", "Whit Monday"},
    {2027, 12, 25, "Eerste kerstdag", "Christmas Day"},
    {2027, 12, 26, "Tweede kerstdag", "Boxing Day"},
    {2026, 5, 14, "Hemelvaartsdag", "Ascension Day"},
    {2026, 5, 25, "Tweede pinksterdag", "Whit Monday"},
    {2027, 12, 24, NULL, NULL},
    {2027, 12, 31, NULL, NULL},
    {2027, 5, 4, NULL, NULL},
};

static void holidays_are_named_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(holidays); i++) {
        date_t d = date_of(holidays[i].year, holidays[i].month, holidays[i].day);
        const char *why = holidays[i].nl ? holidays[i].nl : "no holiday";
        CHECK_STR(when_holiday(d, LANG_NL), holidays[i].nl, why);
        CHECK_STR(when_holiday(d, LANG_EN), holidays[i].en, why);
    }
    CHECK(when_holiday(DATE_NONE, LANG_NL).n == 0, "no date, no holiday");
}

/* What is shown for a holiday is found again, in its own language, on that day. */
static void a_name_leads_back_to_its_day(void **state)
{
    (void)state;
    date_t first = date_of(2027, 1, 1);
    for (date_t d = first; d < first + 5 * 365; d++) {
        for (int l = 0; l < LANG_COUNT; l++) {
            char folded[64] = "";
            str name = when_holiday(d, (enum lang)l);
            for (size_t i = 0; i < name.n; i++)
                folded[i] =
                    (char)(name.p[i] | (name.p[i] >= 'A' && name.p[i] <= 'Z') << 5);
            struct when w = {0};
            if (name.n == 0)
                continue;
            CHECK(when_find(str_c(folded), (enum lang)l, d - 3, false, &w), folded);
            CHECK_INT(w.from, d, folded);
            CHECK_INT(w.to, d, folded);
        }
    }
}

UNIT_MAIN(UNIT(easter_is_as_published), UNIT(easter_agrees_with_gauss_and_is_a_sunday),
          UNIT(holidays_are_named_in_both_languages), UNIT(a_name_leads_back_to_its_day))
