#include "rest/retry_after.h"

#include "base/clock.h"

static int number(str s, size_t from, size_t n)
{
    int64_t out;
    return str_int(str_sub(s, from, from + n), &out) || out < 0 ? -1 : (int)out;
}

static int month(str s)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    ptrdiff_t at = str_find((str){names, sizeof names - 1}, s);
    return s.n == 3 && at >= 0 && at % 3 == 0 ? (int)at / 3 + 1 : 0;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" in wall milliseconds, -1 when it is none. */
static int64_t fixdate(str s)
{
    date_t day;
    if (s.n != 29 || s.p[3] != ',' || !str_ends(s, STR(" GMT")) || s.p[19] != ':' ||
        s.p[22] != ':')
        return -1;
    if (date_make(number(s, 12, 4), month(str_sub(s, 8, 11)), number(s, 5, 2), &day))
        return -1;
    int h = number(s, 17, 2), m = number(s, 20, 2), sec = number(s, 23, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60)
        return -1;
    return (((int64_t)day * 24 + h) * 60 + m) * 60000 + (int64_t)sec * 1000;
}

int64_t retry_after(str value, int64_t now_ms, int64_t most_ms)
{
    str s = str_trim(value);
    int64_t seconds;
    if (s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9') {
        enum rc rc = str_int(s, &seconds);
        if (rc == RC_LIMIT)
            return most_ms;
        if (rc)
            return 0;
        return seconds > most_ms / 1000 ? most_ms : seconds * 1000;
    }
    int64_t at = fixdate(s);
    return at <= now_ms ? 0 : MIN(at - now_ms, most_ms);
}
