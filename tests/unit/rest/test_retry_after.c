#include "rest/retry_after.h"
#include "unit.h"

enum { HOUR_MS = 3600 * 1000 };

/* now: Sun, 06 Nov 1994 08:49:00 GMT */
static const int64_t now = 784111740000;

static const struct {
    const char *value;
    int64_t want;
} values[] = {
    {"0", 0},
    {"120", 120000},
    {" 5 ", 5000},
    {"3600", HOUR_MS},
    {"3601", HOUR_MS},
    {"99999999999999999999", HOUR_MS},
    {"", 0},
    {"-5", 0},
    {"1.5", 0},
    {"5s", 0},
    {"soon", 0},
    {"Sun, 06 Nov 1994 08:49:37 GMT", 37000},
    {"Sun, 06 Nov 1994 08:48:37 GMT", 0},
    {"Mon, 07 Nov 1994 08:49:37 GMT", HOUR_MS},
    {"Sun, 06 Nov 1994 08:49:37 CET", 0},
    {"Sun, 31 Feb 1995 08:49:37 GMT", 0},
    {"Sun, 06 Xyz 1995 08:49:37 GMT", 0},
    {"Sun, 06 anF 1995 08:49:37 GMT", 0},
    {"Sun, 06 Nov 1995 25:49:37 GMT", 0},
};

static void waits_are_read_and_bounded(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(values); i++)
        CHECK_INT(retry_after(str_c(values[i].value), now, HOUR_MS), values[i].want,
                  values[i].value);
    CHECK_INT(retry_after(STR_NONE, now, HOUR_MS), 0, "no header");
}

UNIT_MAIN(UNIT(waits_are_read_and_bounded))
