/*
 * clock - time. Wall time in milliseconds since 1970 UTC, monotonic time for intervals,
 * and the civil calendar (proleptic Gregorian, days since 1970-01-01).
 *
 * The dialogue never asks: the event carries its time. Conversion from wall time to a
 * civil date happens once, at the edge, in the configured time zone (the process's TZ).
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/arena.h"

int64_t clock_wall_ms(void);
int64_t clock_mono_ms(void);
int64_t clock_mono_us(void);

typedef int32_t date_t; /* days since 1970-01-01 */
#define DATE_NONE INT32_MIN

date_t date_of(int year, int month, int day);
/* RC_INVALID when there is no such day; date_of does not check. */
MUST_USE enum rc date_make(int year, int month, int day, date_t *out);
void date_split(date_t d, int *year, int *month, int *day);
int date_weekday(date_t d); /* 0 = Monday ... 6 = Sunday (ISO 8601) */
/* Strict YYYY-MM-DD. RC_INVALID. */
MUST_USE enum rc date_parse(str s, date_t *out);
str date_iso(struct arena *a, date_t d);

/* The local date, and minutes since local midnight, at a wall time. */
date_t clock_local(int64_t wall_ms, int *minutes);
/* The other way: a day and minutes since its midnight. A time that summer time skips
 * counts as the same number of minutes later. */
int64_t clock_wall_of(date_t d, int minutes);
/* RFC 3339 with the local offset, whole seconds. */
str clock_rfc3339(struct arena *a, int64_t wall_ms);

#endif
