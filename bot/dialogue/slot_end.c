#include "dialogue/slot_value.h"
#include "text/when.h"

enum { SHORT_BYTES = 32, LONG_BYTES = 36 };

static bool says_same_day(str folded)
{
    static const char *const phrases[] = {
        "zelfde dag",     "dezelfde dag", "diezelfde dag",  "die dag",
        "alleen die dag", "alleen dan",   "dag zelf",       "enkel die dag",
        "same day",       "the same day", "that day",       "just that day",
        "only that day",  "same",         "that same day",  "dezelfde",
        "zelfde",         "diezelfde",    "dezelfde datum", "the same date",
        "same date",      "just one",     "eentje"};
    static const char *const within[] = {
        "alleen die", "alleen de dag", "zelfde dag", "die dag", "same day", "that day",
        "just that",  "only that",     "one day",    "een dag", "1 dag"};
    while (folded.n > 0 && strchr("!?. ", folded.p[folded.n - 1]))
        folded.n--;
    for (size_t i = 0; i < LEN(phrases); i++)
        if (str_is(folded, phrases[i]))
            return true;
    for (size_t i = 0; i < LEN(within) && folded.n <= SHORT_BYTES; i++)
        if (str_has(folded, str_c(within[i])))
            return true;
    return false;
}

static bool is_free_day(date_t d, enum lang l)
{
    return date_weekday(d) >= 5 || when_holiday(d, l).n > 0;
}

/* The last of n working days of which `first` is the first. */
static date_t last_working(date_t first, int n, enum lang l)
{
    date_t d = first;
    while (is_free_day(d, l))
        d++;
    while (--n > 0)
        do
            d++;
        while (is_free_day(d, l));
    return d;
}

bool slot_end(struct turning *t, date_t first, date_t *end, date_t *other)
{
    struct duration d;
    *other = DATE_NONE;
    *end = first;
    if (says_same_day(t->folded))
        return true;
    if (!duration_find(t->folded, t->lang, &d) || d.amount > 400)
        return false;
    if (t->folded.n > LONG_BYTES && (d.end - d.start) * 3 < t->folded.n)
        return false; /* "he hasn't replied for two weeks, ridiculous" */
    int whole = (int)d.amount, y, m, day;
    if (d.unit == UNIT_HOURS || (d.unit == UNIT_DAYS && d.amount <= 1))
        return d.unit == UNIT_DAYS || d.amount <= 12;
    if (d.amount > whole || whole < 1)
        return false;
    date_split(first, &y, &m, &day);
    if (d.unit == UNIT_DAYS) {
        *end = last_working(first, whole, t->lang);
        *other = first + whole - 1 != *end ? first + whole - 1 : DATE_NONE;
    } else if (d.unit == UNIT_WEEKS) {
        *end = first + 7 * whole - 1;
    } else if (d.unit == UNIT_MONTHS) {
        *end = date_of(y + (m - 1 + whole) / 12, (m - 1 + whole) % 12 + 1, 1) +
            MIN(day, 28) - 2;
    } else {
        return false;
    }
    return true;
}
