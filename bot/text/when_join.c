#include "text/when_read.h"

/* A year that nobody said is not put between the ends of a period. */
enum { MOST_DAYS = 340 };

date_t when_day_in(date_t month_of, int day)
{
    int y, m, d;
    date_t out;
    date_split(month_of, &y, &m, &d);
    return date_make(y, m, day, &out) ? DATE_NONE : out;
}

bool when_same_kind(const struct reader *r, size_t i, const struct span *a, size_t j,
                    struct span *b)
{
    const struct tokens *t = r->t;
    int day;
    bool ordinal;
    j += token_is(t, j, CLS_THE);
    const struct token *k = token_at(t, j), *next = token_at(t, j + 1);
    size_t after = j;
    bool word = k->counts && when_read_day(r, &after, &day, &ordinal) && ordinal;
    if ((k->kind != TOKEN_NUMBER && !word) || next->is.cls == CLS_UNIT ||
        next->is.cls == CLS_MONTH || next->is.cls == CLS_MONEY ||
        (next->glued && next->kind == TOKEN_NUMBER) ||
        (next->kind == TOKEN_MARK && next->glued && token_at(t, j + 2)->glued))
        return false;
    if (token_is(t, i, CLS_UNIT) && token_at(t, i)->is.val == WORD_WEEK &&
        a->to == a->from + 6 && k->digits <= 2) {
        date_t monday = when_week(when_year(a->from + 3), (int)k->n);
        if (monday == DATE_NONE || monday < a->from)
            monday = when_week(when_year(a->from + 3) + 1, (int)k->n);
        *b = span_of(monday, monday + 6, j + 1);
        return monday != DATE_NONE;
    }
    bool fits = token_is(t, i, CLS_MONTH) || token_is(t, i + 1, CLS_MONTH) ||
        token_is(t, i + 2, CLS_MONTH);
    if (!fits || a->from != a->to || !when_read_day(r, &j, &day, &ordinal))
        return false;
    date_t d = when_day_in(a->from, day);
    *b = span_of(d, d, j);
    int year;
    if (a->cycle == CYCLE_YEAR && when_read_year(r, &b->end, &year)) {
        int y, m, dd; /* "May 3-7, 2028": the year is for both */
        date_split(d, &y, &m, &dd);
        b->from = b->to = date_of(year, m, dd);
    }
    return d != DATE_NONE && d > a->from;
}

struct reader when_second(const struct reader *r, date_t base)
{
    struct reader s = *r;
    s.base = base;
    s.past = false;
    s.framed = true;
    s.is_last = true;
    return s;
}

/* What recurs and would end after today is meant earlier when looking back. */
static void look_back(const struct reader *r, struct span *a, struct span *b)
{
    if (!r->past || b->to <= r->today || b->cycle == CYCLE_NONE || a->cycle != b->cycle)
        return;
    if (b->cycle == CYCLE_WEEK) {
        date_t weeks = (b->to - r->today + 6) / 7 * 7;
        a->from -= weeks;
        b->to -= weeks;
        b->from -= weeks;
        a->other_from = DATE_NONE;
    }
}

/* A year behind the second counts for the first too: "28 december t/m 3 januari 2028". */
static void share_year(struct span *a, const struct span *b)
{
    int y, m, d;
    if (a->cycle != CYCLE_YEAR || b->cycle != CYCLE_NONE)
        return;
    date_split(a->from, &y, &m, &d);
    for (int year = when_year(b->from); year >= when_year(b->from) - 1; year--) {
        date_t from;
        if (date_make(year, m, d, &from) == RC_OK && from <= b->from) {
            a->to += from - a->from;
            a->from = from;
            return;
        }
    }
}

void when_set_end(struct when *w, const struct span *b, const struct link *link)
{
    w->to = b->to;
    w->part_to = b->part;
    w->other_to = DATE_NONE;
    if (link->frame != UNTIL || b->closed)
        return;
    if (link->includes) {
        w->other_to = b->from - 1;
    } else if (b->has_part && b->part == DAY_AFTERNOON) {
        w->part_to = DAY_MORNING;
    } else if (b->has_part) {
        w->to = b->from - 1;
        w->part_to = DAY_WHOLE;
    } else {
        w->to = b->from - 1;
        w->other_to = b->to;
    }
}

/* Both ends of "3/6 - 3/19" are written in one order. Day first, unless an end fits only
 * the other way, or only the other way makes a period of ordinary length. */
static void same_order(struct reader *second, struct span *a, size_t j, struct span *b)
{
    enum { LONG = 60, SHORT = 31 };
    struct span us = *b;
    if (!a->digits || !b->digits)
        return;
    if (a->month_first && b->other_from != DATE_NONE) {
        b->from = b->to = b->other_from;
        b->other_from = b->other_to = DATE_NONE;
    }
    if (a->other_from == DATE_NONE)
        return;
    second->base = a->other_from;
    bool read = when_numeric(second, j, &us);
    second->base = a->from;
    if (!read)
        return;
    if (!us.month_first && us.other_from != DATE_NONE)
        us.from = us.other_from;
    date_t days = us.from - a->other_from;
    bool shorter = b->from - a->from > LONG && days >= 0 && days <= SHORT;
    if (!b->month_first && !shorter)
        return;
    date_t from = a->from;
    a->from = a->to = a->other_from;
    a->other_from = a->other_to = b->month_first ? DATE_NONE : from;
    us.other_from = us.other_to = b->month_first ? DATE_NONE : b->from;
    us.to = us.from;
    *b = us;
    second->base = a->from;
}

/* The other reading of the period that a begins: a's own other, with b read after it. */
static void other_start(struct reader *second, const struct span *a, size_t j,
                        const struct span *b, const struct link *link, struct when *w)
{
    struct when other = *w;
    struct span c;
    second->base = a->other_from;
    if (a->digits && b->digits && b->other_from != DATE_NONE)
        other.to = b->other_to;
    else if (when_point(second, j, &c))
        when_set_end(&other, &c, link);
    if (other.to < a->other_from)
        return;
    w->other_from = a->other_from;
    w->other_to = other.to;
}

static void other_period(struct reader *second, const struct span *a, size_t j,
                         const struct span *b, const struct link *link, struct when *w)
{
    date_t excluded = w->other_to;
    w->other_to = DATE_NONE;
    w->other_from = DATE_NONE;
    if (a->other_from != DATE_NONE)
        other_start(second, a, j, b, link, w);
    if (w->other_from != DATE_NONE)
        return;
    if (b->other_from != DATE_NONE && b->other_from >= w->from && !b->closed)
        excluded = b->other_to;
    if (excluded != DATE_NONE && excluded >= w->from && excluded != w->to) {
        w->other_from = w->from;
        w->other_to = excluded;
    }
}

bool when_join(const struct reader *r, struct span *a, size_t j, const struct link *link,
               size_t i, struct when *w, size_t *end)
{
    struct span b;
    struct reader second = when_second(r, a->from);
    if (when_same_kind(r, i, a, j, &b)) {
        if (a->cycle == CYCLE_YEAR && when_year(b.from) != when_year(a->from))
            a->from = when_day_in(b.from, a->from - when_month(a->from, 0) + 1);
    } else if (!when_point(&second, j, &b)) {
        return false;
    }
    if (a->cycle == CYCLE_WEEK && b.cycle != CYCLE_WEEK && b.from == b.to &&
        token_is(r->t, j, CLS_WEEKDAY)) {
        /* "dinsdag t/m donderdag volgende week": the same week */
        a->from = a->to = when_weekday_upto(b.from, date_weekday(a->from));
        a->other_from = DATE_NONE;
    }
    same_order(&second, a, j, &b);
    share_year(a, &b);
    look_back(r, a, &b);
    if (b.to < a->from || (b.cycle == CYCLE_YEAR && b.to > a->from + MOST_DAYS))
        return false;
    *w = (struct when){.from = a->from, .part_from = a->part};
    when_set_end(w, &b, link);
    if (w->to < w->from) {
        w->to = b.to;
        w->other_to = DATE_NONE;
    }
    other_period(&second, a, j, &b, link, w);
    *end = b.end;
    return true;
}
