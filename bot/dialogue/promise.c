#include "dialogue/promise.h"

#include "base/str.h"
#include "text/when.h"

enum { MINUTE_MS = 60 * 1000, WEEK_DAYS = 7 };

static bool is_closed(const struct promise_rules *r, date_t d)
{
    for (size_t i = 0; i < r->n_closed; i++)
        if (r->closed[i] == d)
            return true;
    return r->holidays && when_holiday(d, LANG_NL).n > 0;
}

/* The n-th opening period of a day in wall time. False: there is none. */
static bool period(const struct promise_rules *r, date_t d, int n, int64_t *from,
                   int64_t *to)
{
    const struct opening *o = &r->week[date_weekday(d)][n];
    if (o->to <= o->from || is_closed(r, d))
        return false;
    *from = clock_wall_of(d, o->from);
    *to = clock_wall_of(d, o->to);
    return true;
}

static const struct response_time *response_of(const struct promise_rules *r, str queue)
{
    const struct response_time *any = NULL;
    for (size_t i = 0; i < r->n_response; i++) {
        if (str_eq_ascii(r->response[i].queue, queue))
            return &r->response[i];
        if (str_eq(r->response[i].queue, STR("*")))
            any = &r->response[i];
    }
    return any;
}

static int64_t after_seconds(const struct promise_rules *r, int64_t from_ms, int64_t s)
{
    int64_t left = s * 1000, from, to;
    date_t day = clock_local(from_ms, NULL);
    for (int i = 0; i < PROMISE_DAYS_MAX; i++)
        for (int n = 0; n < PROMISE_PERIODS; n++) {
            if (!period(r, day + i, n, &from, &to) || to <= from_ms)
                continue;
            int64_t begin = MAX(from, from_ms);
            if (to - begin >= left)
                return begin + left;
            left -= to - begin;
        }
    return 0;
}

static int64_t after_days(const struct promise_rules *r, int64_t from_ms, int days)
{
    date_t day = clock_local(from_ms, NULL);
    for (int i = 1; i < PROMISE_DAYS_MAX; i++) {
        int64_t from, to, end = 0;
        for (int n = 0; n < PROMISE_PERIODS; n++)
            if (period(r, day + i, n, &from, &to))
                end = to;
        if (end > 0 && --days == 0)
            return end;
    }
    return 0;
}

int64_t promise_due(const struct promise_rules *r, str queue, int64_t from_ms)
{
    const struct response_time *t = r ? response_of(r, queue) : NULL;
    if (!t)
        return 0;
    return t->seconds > 0 ? after_seconds(r, from_ms, t->seconds)
                          : after_days(r, from_ms, t->days);
}

int64_t promise_before(const struct promise_rules *r, int64_t due_ms, int64_t seconds)
{
    int64_t left = seconds * 1000, from, to;
    date_t day = clock_local(due_ms, NULL);
    for (int i = 0; i < PROMISE_DAYS_MAX; i++)
        for (int n = PROMISE_PERIODS; n-- > 0;) {
            if (!period(r, day - i, n, &from, &to) || from >= due_ms)
                continue;
            int64_t end = MIN(to, due_ms);
            if (end - from >= left)
                return end - left;
            left -= end - from;
        }
    return due_ms - seconds * 1000;
}

int64_t promise_opens(const struct promise_rules *r, int64_t at_ms)
{
    int64_t from, to;
    date_t day = clock_local(at_ms, NULL);
    for (int i = 0; i < PROMISE_DAYS_MAX; i++)
        for (int n = 0; n < PROMISE_PERIODS; n++)
            if (period(r, day + i, n, &from, &to) && to > at_ms)
                return MAX(from, at_ms);
    return 0;
}

bool promise_is_open(const struct promise_rules *r, int64_t at_ms)
{
    return promise_opens(r, at_ms) == at_ms;
}

/* --- in words --- */

struct moment {
    int days; /* from today */
    str day;  /* "dinsdag", "dinsdag 8 december" */
    str time; /* "17:00" */
};

static struct moment moment_of(struct arena *a, int64_t ms, int64_t now_ms, enum lang l)
{
    int minutes;
    date_t d = clock_local(ms, &minutes), today = clock_local(now_ms, NULL);
    struct moment m = {.days = d - today,
                       .time = arena_fmt(a, "%02d:%02d", minutes / 60, minutes % 60)};
    str rest = when_show(a, d, l), weekday = str_cut(&rest, ' ');
    size_t year = rest.n;
    while (year > 0 && rest.p[year - 1] != ' ')
        year--;
    m.day = m.days >= 0 && m.days < WEEK_DAYS
        ? weekday
        : arena_fmt(a, "%.*s %.*s", STR_ARG(weekday),
                    STR_ARG(str_sub(rest, 0, year > 0 ? year - 1 : 0)));
    return m;
}

str promise_show(struct arena *a, int64_t due_ms, int64_t now_ms, enum lang l)
{
    struct moment m = moment_of(a, due_ms, now_ms, l);
    bool en = l == LANG_EN;
    if (m.days == 0)
        return arena_fmt(a, en ? "before %.*s today" : "vandaag vóór %.*s",
                         STR_ARG(m.time));
    if (m.days == 1)
        return arena_fmt(a, en ? "before %.*s tomorrow" : "morgen vóór %.*s",
                         STR_ARG(m.time));
    return arena_fmt(a, en ? "before %.*s %.*s" : "vóór %.*s %.*s", STR_ARG(m.day),
                     STR_ARG(m.time));
}

str promise_show_at(struct arena *a, int64_t at_ms, int64_t now_ms, enum lang l)
{
    struct moment m = moment_of(a, at_ms, now_ms, l);
    bool en = l == LANG_EN;
    str day = m.days == 0 ? (en ? STR("today") : STR("vandaag"))
        : m.days == 1     ? (en ? STR("tomorrow") : STR("morgen"))
                          : m.day;
    return arena_fmt(a, en ? "%.*s at %.*s" : "%.*s om %.*s", STR_ARG(day),
                     STR_ARG(m.time));
}
