#include "text/when.h"

/* Anonymous Gregorian computus (Meeus, Jones, Butcher). */
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

str when_holiday(date_t d, enum lang l)
{
    (void)d;
    (void)l;
    return STR_NONE;
}
