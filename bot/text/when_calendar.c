#include "text/when_read.h"

date_t when_monday(date_t d)
{
    return d - date_weekday(d);
}

int when_year(date_t d)
{
    int y, m, day;
    date_split(d, &y, &m, &day);
    return y;
}

date_t when_month(date_t d, int n)
{
    int y, m, day;
    date_split(d, &y, &m, &day);
    int months = y * 12 + m - 1 + n;
    return date_of(months / 12, months % 12 + 1, 1);
}

date_t when_month_end(date_t first)
{
    return when_month(first, 1) - 1;
}

/* The same day of another month, or that month's last. */
static date_t add_months(date_t d, int n)
{
    int y, m, day;
    date_split(d, &y, &m, &day);
    date_t first = when_month(d, n);
    return MIN(first + day - 1, when_month_end(first));
}

static date_t add_workdays(date_t d, int n)
{
    int step = n < 0 ? -1 : 1;
    for (int left = n * step; left > 0;) {
        d += step;
        left -= date_weekday(d) < 5;
    }
    return d;
}

date_t when_shift(date_t d, int64_t hundredths, enum word_unit u)
{
    static const int days[] = {
        [WORD_DAY] = 1, [WORD_WEEK] = 7, [WORD_WEEKEND] = 7, [WORD_FORTNIGHT] = 14};
    static const int months[] = {
        [WORD_MONTH] = 1, [WORD_QUARTER] = 3, [WORD_HALF_YEAR] = 6, [WORD_YEAR] = 12};
    if (u == WORD_WORKDAY)
        return add_workdays(d, (int)(hundredths / 100));
    if (u < WORD_MONTH)
        return u < WORD_DAY ? d : d + (date_t)(hundredths * days[u] / 100);
    int64_t n = hundredths * months[u];
    return add_months(d, (int)(n / 100)) + (date_t)(n % 100 * 30 / 100);
}

date_t when_week(int year, int week)
{
    date_t first = when_monday(date_of(year, 1, 4));
    date_t monday = first + 7 * (week - 1);
    if (week < 1 || week > 53 || monday >= when_monday(date_of(year + 1, 1, 4)))
        return DATE_NONE;
    return monday;
}

date_t when_weekday_from(date_t d, int weekday)
{
    return d + (weekday - date_weekday(d) + 7) % 7;
}

date_t when_weekday_upto(date_t d, int weekday)
{
    return d - (date_weekday(d) - weekday + 7) % 7;
}

date_t when_resolve(const struct reader *r, int month, int day)
{
    int step = r->past ? -1 : 1, year = when_year(r->past ? r->today : r->base);
    for (int n = 0; n <= 8; n++, year += step) { /* 29 February: up to 8 years on */
        date_t d;
        if (date_make(year, month, day, &d))
            continue;
        if (r->past ? d <= r->today : d >= r->base)
            return d;
    }
    return DATE_NONE;
}
