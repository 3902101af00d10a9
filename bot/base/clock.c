#include "base/clock.h"

#include <time.h>

#include "base/str.h"

static int64_t read_us(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_wall_ms(void)
{
    return read_us(CLOCK_REALTIME) / 1000;
}

int64_t clock_mono_ms(void)
{
    return read_us(CLOCK_MONOTONIC) / 1000;
}

int64_t clock_mono_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

/* Days from civil: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
date_t date_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void date_split(date_t d, int *year, int *month, int *day)
{
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

enum rc date_make(int year, int month, int day, date_t *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return RC_INVALID;
    date_t d = date_of(year, month, day);
    int y, m, dd;
    date_split(d, &y, &m, &dd);
    if (y != year || m != month || dd != day)
        return RC_INVALID;
    *out = d;
    return RC_OK;
}

int date_weekday(date_t d)
{
    return (int)((((int64_t)d + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

enum rc date_parse(str s, date_t *out)
{
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return RC_INVALID;
    int64_t y, m, d;
    if (str_int(str_sub(s, 0, 4), &y) || str_int(str_sub(s, 5, 7), &m) ||
        str_int(str_sub(s, 8, 10), &d))
        return RC_INVALID;
    return date_make((int)y, (int)m, (int)d, out);
}

str date_iso(struct arena *a, date_t d)
{
    int y, m, dd;
    date_split(d, &y, &m, &dd);
    return arena_fmt(a, "%04d-%02d-%02d", y, m, dd);
}

date_t clock_local(int64_t wall_ms, int *minutes)
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm tm;
    localtime_r(&t, &tm);
    if (minutes)
        *minutes = tm.tm_hour * 60 + tm.tm_min;
    return date_of(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int64_t clock_wall_of(date_t d, int minutes)
{
    int y, m, day;
    date_split(d, &y, &m, &day);
    struct tm tm = {.tm_year = y - 1900,
                    .tm_mon = m - 1,
                    .tm_mday = day,
                    .tm_min = minutes,
                    .tm_isdst = -1};
    return (int64_t)mktime(&tm) * 1000;
}

str clock_rfc3339(struct arena *a, int64_t wall_ms)
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm tm;
    localtime_r(&t, &tm);
    long off = tm.tm_gmtoff / 60;
    return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld", tm.tm_year + 1900,
                     tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
                     off < 0 ? '-' : '+', (off < 0 ? -off : off) / 60,
                     (off < 0 ? -off : off) % 60);
}
