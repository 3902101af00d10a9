#include "text/holiday.h"

#include "base/str.h"

/* Anonymous Gregorian computus (Nature 1876; Meeus, Jones, Butcher). */
date_t when_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return date_of(year, n / 31, n % 31 + 1);
}

enum base {
    FIXED,  /* month, day */
    EASTER, /* days from Easter Sunday */
    KING,
    NTH, /* nth weekday of a month */
};

static const struct holiday {
    const char *name[LANG_COUNT]; /* a holiday on the calendar; NULL: only a word */
    enum base base;
    int month, day; /* EASTER: day only; NTH: day is 10 * nth + weekday */
    int days;
} holidays[] = {
    {{"Nieuwjaarsdag", "New Year's Day"}, FIXED, 1, 1, 1},
    {{"Goede Vrijdag", "Good Friday"}, EASTER, 0, -2, 1},
    {{"Eerste paasdag", "Easter Sunday"}, EASTER, 0, 0, 1},
    {{"Tweede paasdag", "Easter Monday"}, EASTER, 0, 1, 1},
    {{"Koningsdag", "King's Day"}, KING, 4, 27, 1},
    {{"Bevrijdingsdag", "Liberation Day"}, FIXED, 5, 5, 1},
    {{"Hemelvaartsdag", "Ascension Day"}, EASTER, 0, 39, 1},
    {{"Eerste pinksterdag", "Whit Sunday"}, EASTER, 0, 49, 1},
    {{"Tweede pinksterdag", "Whit Monday"}, EASTER, 0, 50, 1},
    {{"Eerste kerstdag", "Christmas Day"}, FIXED, 12, 25, 1},
    {{"Tweede kerstdag", "Boxing Day"}, FIXED, 12, 26, 1},
    {{NULL}, EASTER, 0, 0, 2},   /* 11 Pasen */
    {{NULL}, EASTER, 0, 49, 2},  /* 12 Pinksteren */
    {{NULL}, FIXED, 12, 25, 2},  /* 13 Kerst */
    {{NULL}, FIXED, 12, 24, 1},  /* 14 kerstavond */
    {{NULL}, FIXED, 12, 31, 1},  /* 15 oudejaarsdag */
    {{NULL}, FIXED, 12, 31, 2},  /* 16 oud en nieuw */
    {{NULL}, FIXED, 12, 5, 1},   /* 17 sinterklaas */
    {{NULL}, FIXED, 5, 4, 1},    /* 18 dodenherdenking */
    {{NULL}, FIXED, 5, 1, 1},    /* 19 dag van de arbeid */
    {{NULL}, EASTER, 0, -48, 1}, /* 20 carnavalsmaandag */
    {{NULL}, EASTER, 0, -49, 3}, /* 21 carnaval */
    {{NULL}, EASTER, 0, -46, 1}, /* 22 aswoensdag */
    {{NULL}, EASTER, 0, -3, 1},  /* 23 witte donderdag */
    {{NULL}, EASTER, 0, -1, 1},  /* 24 stille zaterdag */
    {{NULL}, NTH, 5, 26, 1},     /* 25 moederdag */
    {{NULL}, NTH, 6, 36, 1},     /* 26 vaderdag */
    {{NULL}, NTH, 9, 31, 1},     /* 27 prinsjesdag */
    {{NULL}, FIXED, 1, 6, 1},    /* 28 driekoningen */
};

/* #1 and #2: the ordinal, in letters or digits. */
static const struct {
    const char *words;
    size_t holiday;
} names[] = {
    {"nieuwjaar", 0},
    {"nieuwjaarsdag", 0},
    {"new year s day", 0},
    {"new years day", 0},
    {"new year", 0},
    {"new years", 0},
    {"new year s", 0},
    {"goede vrijdag", 1},
    {"good friday", 1},
    {"#1 paasdag", 2},
    {"easter sunday", 2},
    {"paaszondag", 2},
    {"#2 paasdag", 3},
    {"paasmaandag", 3},
    {"easter monday", 3},
    {"koningsdag", 4},
    {"king s day", 4},
    {"kings day", 4},
    {"kingsday", 4},
    {"koninginnedag", 4},
    {"bevrijdingsdag", 5},
    {"liberation day", 5},
    {"hemelvaart", 6},
    {"hemelvaartsdag", 6},
    {"hemelvaartdag", 6},
    {"ascension day", 6},
    {"ascension", 6},
    {"ascension thursday", 6},
    {"#1 pinksterdag", 7},
    {"pinksterzondag", 7},
    {"whit sunday", 7},
    {"pentecost sunday", 7},
    {"#2 pinksterdag", 8},
    {"pinkstermaandag", 8},
    {"whit monday", 8},
    {"pentecost monday", 8},
    {"whitmonday", 8},
    {"#1 kerstdag", 9},
    {"christmas day", 9},
    {"xmas day", 9},
    {"#2 kerstdag", 10},
    {"boxing day", 10},
    {"#2 christmas day", 10},
    {"#1 christmas day", 9},
    {"pasen", 11},
    {"easter", 11},
    {"pinksteren", 12},
    {"pentecost", 12},
    {"whitsun", 12},
    {"eerste en tweede kerstdag", 13},
    {"1 e en 2 e kerstdag", 13},
    {"eerste en tweede paasdag", 11},
    {"1 e en 2 e paasdag", 11},
    {"eerste en tweede pinksterdag", 12},
    {"1 e en 2 e pinksterdag", 12},
    {"kerst", 13},
    {"kerstmis", 13},
    {"kerstdagen", 13},
    {"christmas", 13},
    {"xmas", 13},
    {"kerstavond", 14},
    {"christmas eve", 14},
    {"xmas eve", 14},
    {"oudejaarsdag", 15},
    {"oudjaarsdag", 15},
    {"oudejaarsavond", 15},
    {"oudjaar", 15},
    {"oud jaar", 15},
    {"new year s eve", 15},
    {"new years eve", 15},
    {"oud en nieuw", 16},
    {"sinterklaas", 17},
    {"pakjesavond", 17},
    {"dodenherdenking", 18},
    {"dag van de arbeid", 19},
    {"labour day", 19},
    {"carnavalsmaandag", 20},
    {"carnaval", 21},
    {"aswoensdag", 22},
    {"ash wednesday", 22},
    {"witte donderdag", 23},
    {"maundy thursday", 23},
    {"stille zaterdag", 24},
    {"moederdag", 25},
    {"mother s day", 25},
    {"mothers day", 25},
    {"vaderdag", 26},
    {"father s day", 26},
    {"fathers day", 26},
    {"prinsjesdag", 27},
    {"driekoningen", 28},
};

/* 27 April, the day before when that is a Sunday (since 2014); before, the Queen's on
 * 30 April, a day earlier (1980 on) when that is a Sunday. */
static date_t king(int year)
{
    date_t d = date_of(year, 4, year >= 2014 ? 27 : 30);
    return date_weekday(d) == 6 ? d - 1 : d;
}

void holiday_days(size_t holiday, int year, date_t *first, date_t *last)
{
    const struct holiday *h = &holidays[holiday];
    switch (h->base) {
    case FIXED:
        *first = date_of(year, h->month, h->day);
        break;
    case EASTER:
        *first = when_easter(year) + h->day;
        break;
    case KING:
        *first = king(year);
        break;
    case NTH:
        *first = date_of(year, h->month, 1 + 7 * (h->day / 10 - 1));
        *first += (h->day % 10 - date_weekday(*first) + 7) % 7;
        break;
    }
    *last = *first + h->days - 1;
}

str when_holiday(date_t d, enum lang l)
{
    if (d == DATE_NONE)
        return STR_NONE;
    int year, month, day;
    date_split(d, &year, &month, &day);
    for (size_t i = 0; year > 0 && i < LEN(holidays) && holidays[i].name[0]; i++) {
        date_t first, last;
        holiday_days(i, year, &first, &last);
        if (first == d)
            return str_c(holidays[i].name[l == LANG_EN ? LANG_EN : LANG_NL]);
    }
    return STR_NONE;
}

/* The ordinal of "#1 kerstdag" at *i, "1e", "2nd", "tweede", "second". */
static bool is_nth(const struct tokens *t, size_t *i, char nth)
{
    static const char *const spelt[] = {"eerste first eeste",
                                        "tweede second twede tweeede"};
    const struct token *k = token_at(t, *i);
    if (k->kind == TOKEN_NUMBER && k->n == nth - '0' && k->digits == 1) {
        *i += 1;
        *i += token_at(t, *i)->glued && token_among(t, *i, "e ste de st nd");
        return true;
    }
    bool same = token_among(t, *i, spelt[nth - '1']);
    *i += same;
    return same;
}

/* As token_phrase; a long word may have one wrong letter. */
static size_t phrase(const struct tokens *t, size_t i, const char *words)
{
    str rest = str_c(words);
    size_t n = 0;
    while (rest.n > 0) {
        str want = str_cut(&rest, ' '), got = token_at(t, i + n++)->text;
        if (!str_eq(want, got) && (want.n < 8 || got.n < 7 || !word_one_edit(want, got)))
            return 0;
    }
    return n;
}

static size_t match(const struct tokens *t, size_t i, const char *words)
{
    size_t j = i;
    if (words[0] == '#') {
        if (!is_nth(t, &j, words[1]))
            return 0;
        words += 3;
    }
    size_t used = phrase(t, j, words);
    return used > 0 ? j + used : 0;
}

bool holiday_read(const struct tokens *t, size_t i, size_t *holiday, size_t *end)
{
    const struct token *k = token_at(t, i);
    if (k->kind != TOKEN_WORD && k->kind != TOKEN_NUMBER)
        return false;
    *end = 0;
    for (size_t n = 0; n < LEN(names); n++) {
        if (names[n].words[0] != '#' && names[n].words[0] != k->text.p[0])
            continue;
        size_t e = match(t, i, names[n].words);
        if (e > *end) {
            *end = e;
            *holiday = names[n].holiday;
        }
    }
    return *end > 0;
}
