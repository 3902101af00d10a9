#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

enum kind { NOTHING, PLAIN, MONEY };

static const struct {
    const char *text;
    enum lang l;
    enum kind kind;
    int64_t hundredths;
} amounts[] = {
    {"12,50", LANG_NL, PLAIN, 1250},
    {"12.50", LANG_NL, PLAIN, 1250},
    {"€ 12.50", LANG_NL, MONEY, 1250},
    {"€12,50", LANG_NL, MONEY, 1250},
    {"12,50 euro", LANG_NL, MONEY, 1250},
    {"1.250 euro", LANG_NL, MONEY, 125000},
    {"1.250 euro", LANG_EN, MONEY, 125000},
    {"1.250,50", LANG_NL, PLAIN, 125050},
    {"1,250.50", LANG_NL, PLAIN, 125050},
    {"1,250", LANG_NL, PLAIN, 125}, /* doubt: a Dutch comma is decimal */
    {"1,250", LANG_EN, PLAIN, 125000},
    {"1.250.000", LANG_NL, PLAIN, 125000000},
    {"0,19", LANG_NL, PLAIN, 19},
    {"0.125", LANG_NL, PLAIN, 12},
    {"€ 1.250,-", LANG_NL, MONEY, 125000},
    {"€ 1 250,00", LANG_NL, MONEY, 125000},
    {"12,- ", LANG_NL, MONEY, 1200},
    {"12 euro 50", LANG_NL, MONEY, 1250},
    {"12 euro en 50 cent", LANG_NL, MONEY, 1250},
    {"50 cent", LANG_NL, MONEY, 50},
    {"eur 45", LANG_NL, MONEY, 4500},
    {"45€", LANG_NL, MONEY, 4500},
    {"€ 0,23 per km", LANG_NL, MONEY, 23},
    {"twaalf", LANG_NL, PLAIN, 1200},
    {"twaalf euro", LANG_NL, MONEY, 1200},
    {"een euro", LANG_NL, MONEY, 100},
    {"tweehonderdvijftig euro", LANG_NL, MONEY, 25000},
    {"vijftienhonderd euro", LANG_NL, MONEY, 150000},
    {"twee duizend vijfhonderd", LANG_NL, PLAIN, 250000},
    {"3k", LANG_NL, PLAIN, 300000},
    {"24,5 uur", LANG_NL, PLAIN, 2450},
    {"3 bonnetjes van 12,50 euro", LANG_NL, MONEY, 1250}, /* money before a count */
    {"het was 45,90 bij de lunch", LANG_NL, PLAIN, 4590},
    {"nul", LANG_NL, PLAIN, 0},
    {"een", LANG_NL, PLAIN, 100},
    {"een bon", LANG_NL, NOTHING, 0},
    {"twelve euros", LANG_EN, MONEY, 1200},
    {"two hundred and fifty euros", LANG_EN, MONEY, 25000},
    {"a hundred euros", LANG_EN, MONEY, 10000},
    {"one thousand two hundred and fifty euros", LANG_EN, MONEY, 125000},
    {"three hundred thousand", LANG_EN, PLAIN, 30000000},
    {"twenty-three", LANG_EN, PLAIN, 2300},
    {"5 euros 50", LANG_EN, MONEY, 550},
    {"€5k", LANG_EN, MONEY, 500000},
    {"a receipt", LANG_EN, NOTHING, 0},
    {"first", LANG_EN, NOTHING, 0},
    {"niets", LANG_NL, NOTHING, 0},
    {"€", LANG_NL, NOTHING, 0},
    {"3-5-2027", LANG_NL, NOTHING, 0},
    {"06-12345678", LANG_NL, NOTHING, 0},
    {"9999999999999999999", LANG_NL, NOTHING, 0},
};

static void amounts_are_read(void **state)
{
    for (size_t i = 0; i < LEN(amounts); i++) {
        const char *text = amounts[i].text;
        struct amount a = {0};
        str folded;
        CHECK_RC(normalise(*state, str_c(text), &folded), RC_OK);
        bool found = amount_find(folded, amounts[i].l, &a);
        CHECK_INT(!found ? NOTHING : a.money ? MONEY : PLAIN, amounts[i].kind, text);
        CHECK_INT(a.hundredths, amounts[i].hundredths, text);
        CHECK(!found || (a.start < a.end && a.end <= folded.n), text);
    }
}

UNIT_MAIN(UNIT(amounts_are_read))
