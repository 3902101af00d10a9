/*
 * promise - when a colleague answers: opening hours, closed days and response times give
 * a date; and the other way round, when time gets short.
 *
 * Only opening time counts: eight hours asked at 15:00, where the day ends at 17:00, are
 * over at 15:00 on the next working day. A promise in days is over at the end of the
 * opening hours of that working day, the first one being the day after the question.
 * Times are wall milliseconds, days are local.
 */
#ifndef DIALOGUE_PROMISE_H
#define DIALOGUE_PROMISE_H

#include "base/clock.h"
#include "text/lang.h"

enum { PROMISE_PERIODS = 2, PROMISE_DAYS_MAX = 400 };

struct opening {
    int from, to; /* minutes since midnight; to 0: no such period */
};

struct response_time {
    str queue; /* "*": every other one */
    int64_t seconds;
    int days; /* working days, when seconds is 0 */
};

struct promise_rules {
    struct opening week[7][PROMISE_PERIODS]; /* Monday first; earlier period first */
    bool holidays;                           /* closed on Dutch public holidays */
    const date_t *closed;                    /* and on these */
    size_t n_closed;
    const struct response_time *response;
    size_t n_response;
    int64_t warn_seconds; /* of opening time before it is over */
};

/* When it will be answered, asked at from_ms; 0: nothing is promised for that queue. */
int64_t promise_due(const struct promise_rules *r, str queue, int64_t from_ms);
/* The moment from which `seconds` of opening time are left until due_ms. */
int64_t promise_before(const struct promise_rules *r, int64_t due_ms, int64_t seconds);
bool promise_is_open(const struct promise_rules *r, int64_t at_ms);
/* The next moment that is open, at_ms itself when it is; 0: never. */
int64_t promise_opens(const struct promise_rules *r, int64_t at_ms);

/* "vóór dinsdag 17:00", "vandaag vóór 17:00"; "before Tuesday 17:00". */
str promise_show(struct arena *a, int64_t due_ms, int64_t now_ms, enum lang l);
/* "dinsdag om 09:00", "morgen om 09:00"; "Tuesday at 09:00". */
str promise_show_at(struct arena *a, int64_t at_ms, int64_t now_ms, enum lang l);

#endif
