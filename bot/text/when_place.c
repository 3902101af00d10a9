#include "base/str.h"
#include "text/holiday.h"
#include "text/when_read.h"

static bool is_unit(const struct reader *r, size_t i, enum word_unit u)
{
    return token_is(r->t, i, CLS_UNIT) && token_at(r->t, i)->is.val == (int)u;
}

bool when_read_offset(const struct reader *r, size_t *i, struct number *n,
                      enum word_unit *u)
{
    size_t j = *i;
    if (!number_read(r->t, j, n)) { /* "week on Friday" */
        if ((!is_unit(r, j, WORD_FORTNIGHT) && !is_unit(r, j, WORD_WEEK)) ||
            token_among(r->t, j - 1, "a one per"))
            return false;
        *n = (struct number){.hundredths = 100, .article = true, .end = j};
    }
    j = n->end;
    if (token_says(r->t, j, "full") || token_says(r->t, j, "hele"))
        j++;
    bool work = token_among(r->t, j, "working business");
    j += work;
    const struct token *k = token_at(r->t, j);
    if (n->ordinal || k->is.cls != CLS_UNIT || k->is.val < WORD_DAY ||
        (k->text.n == 1 && !k->glued) || n->hundredths > 100000)
        return false;
    *u = work && k->is.val == WORD_DAY ? WORD_WORKDAY : (enum word_unit)k->is.val;
    *i = j + 1;
    return true;
}

/* --- the nth of a month or a year --- */

/* First and last day of what stands behind "of": a month, or a year as a whole. */
static bool read_frame(const struct reader *r, size_t *i, struct month *m, date_t *last)
{
    int year;
    size_t j = *i + token_is(r->t, *i, CLS_THE);
    if (when_read_month(r, i, m)) {
        *last = when_month_end(m->first);
        return true;
    }
    if (is_unit(r, j, WORD_YEAR) && j > *i) {
        year = when_year(r->today);
        *i = j + 1;
    } else if (!when_read_year(r, i, &year)) {
        return false;
    }
    m->first = date_of(year, 1, 1);
    m->dated = true;
    *last = date_of(year, 12, 31);
    return true;
}

/* The nth weekday from first on; the last one when nth is 0. */
static date_t nth_weekday(int nth, int weekday, date_t first, date_t last)
{
    return nth > 0 ? when_weekday_from(first, weekday) + 7 * (nth - 1)
                   : when_weekday_upto(last, weekday);
}

/* A week belongs to where its Thursday is; others count only weeks that lie in it whole.
 */
static void pick_week(int nth, date_t first, date_t last, struct span *out)
{
    date_t monday = nth_weekday(nth, 3, first, last) - 3;
    *out = span_of(monday, monday + 6, 0);
    if (nth > 0 && when_weekday_from(first, 3) - 3 < first)
        out->other_from = monday + 7;
    else if (nth == 0 && monday + 6 > last)
        out->other_from = monday - 7;
    else
        return;
    out->other_to = out->other_from + 6;
}

/* The nth (the last when nth is 0) weekday, week, day or half from first to last. */
static bool pick(const struct token *what, int nth, date_t first, date_t last,
                 struct span *out)
{
    date_t half = first + (last - first + 1) / 2 - 1, from, to;
    enum word_unit unit = what->is.cls == CLS_UNIT ? (enum word_unit)what->is.val : 0;
    if (str_eq(what->text, STR("helft")) || str_eq(what->text, STR("half"))) {
        *out = nth == 1 ? span_of(first, half, 0) : span_of(half + 1, last, 0);
        return nth < 3;
    }
    if (what->is.cls == CLS_WEEKDAY) {
        from = to = nth_weekday(nth, what->is.val, first, last);
    } else if (unit == WORD_WEEK) {
        pick_week(nth, first, last, out);
        return out->from <= last && out->to >= first;
    } else if (unit == WORD_DAY) {
        from = to = nth > 0 ? first + nth - 1 : last;
    } else if (unit == WORD_WORKDAY) {
        from = to = nth > 0 ? when_shift(first - 1, (int64_t)nth * 100, WORD_WORKDAY)
                            : when_shift(last + 1, -100, WORD_WORKDAY);
    } else if (unit == WORD_WEEKEND) {
        from = nth_weekday(nth, 5, first, last);
        to = from + 1;
    } else {
        return false;
    }
    *out = span_of(from, to, 0);
    return from <= last && to >= first;
}

/* "eerste twee weken van mei": counted in days from the edge. */
static bool pick_many(int nth, int64_t hundredths, enum word_unit u, date_t first,
                      date_t last, struct span *out)
{
    if (nth > 1)
        return false;
    date_t end = when_shift(first, hundredths, u) - 1;
    *out = nth == 1 ? span_of(first, end, 0) : span_of(last - (end - first), last, 0);
    return end <= last;
}

/* "laatste vrijdag van juni", "eerste week van mei", "the last day of next month". */
bool when_nth(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    size_t j = i;
    int nth = 0;
    bool ordinal = false;
    if (token_is(t, i, CLS_FINAL) || token_says(t, i, "last"))
        j++;
    else if (!when_read_day(r, &j, &nth, &ordinal) || !ordinal)
        return false;
    struct number n;
    enum word_unit u;
    size_t many = j;
    bool work = token_among(t, j, "working business") && is_unit(r, j + 1, WORD_DAY);
    struct token what = *token_at(t, j + work);
    if (work)
        what.is.val = WORD_WORKDAY;
    bool several = when_read_offset(r, &many, &n, &u) && !n.article;
    j = several ? many : j + 1 + work;
    if (!when_is_of(r, j) && !token_is(t, j, CLS_IN) && !token_is(t, j, CLS_MONTH))
        return false;
    j += !token_is(t, j, CLS_MONTH);
    struct month m;
    date_t last;
    if (!read_frame(r, &j, &m, &last))
        return false;
    for (int tries = 0; tries < 2; tries++) {
        if (several ? !pick_many(nth, n.hundredths, u, m.first, last, out)
                    : !pick(&what, nth, m.first, last, out))
            return false;
        date_t later = when_month_later(r, &m, out->to);
        if (later == 0)
            break;
        m.first += later;
        last = when_month_end(m.first);
    }
    out->end = j;
    return true;
}

/* "dit kwartaal", "derde kwartaal 2027", "q3". */
bool when_quarter(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    const struct token *k = token_at(t, i), *digit = token_at(t, i + 1);
    size_t j = i;
    int nth, year;
    bool ordinal;
    if (k->is.cls == CLS_TURN && is_unit(r, i + 1, WORD_QUARTER)) {
        int y, m, d;
        bool back = k->is.val == TURN_PAST || k->is.val == TURN_LAST;
        date_split(r->today, &y, &m, &d);
        date_t first = date_of(y, (m - 1) / 3 * 3 + 1, 1);
        first = when_month(first, k->is.val == TURN_THIS ? 0 : back ? -3 : 3);
        *out = span_of(first, when_month(first, 3) - 1, i + 2);
        return true;
    }
    if (token_says(t, i, "q") && digit->glued && digit->digits == 1)
        j++;
    if (!when_read_day(r, &j, &nth, &ordinal) || nth > 4)
        return false;
    bool named = ordinal && is_unit(r, j, WORD_QUARTER);
    j += named;
    if (!named && !token_says(t, i, "q"))
        return false;
    bool given = when_read_year(r, &j, &year);
    if (!given)
        year = when_year(r->past ? r->today : r->base);
    date_t first = date_of(year, nth * 3 - 2, 1);
    if (!given && r->past && first > r->today)
        first = when_month(first, -12);
    if (!given && !r->past && when_month(first, 3) <= r->base)
        first = when_month(first, 12);
    *out = span_of(first, when_month(first, 3) - 1, j);
    return true;
}

/* --- counted from here --- */

/* "de komende twee weken", "the last 3 days", "rest of the week". */
bool when_stretch(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    const struct token *k = token_at(t, i);
    struct number n;
    enum word_unit u;
    size_t j = i + 1;
    date_t monday;
    struct month m;
    if (token_among(t, i, "rest remainder") && when_is_of(r, j)) {
        j++;
        size_t w = j + token_is(t, j, CLS_THE);
        if (is_unit(r, w, WORD_WEEK) && w > j) {
            *out = span_of(r->today, when_monday(r->today) + 6, w + 1);
            return true;
        }
        if (when_read_week(r, &j, &monday))
            *out = span_of(MAX(r->today, monday), monday + 6, j);
        else if (when_read_month(r, &j, &m))
            *out = span_of(MAX(r->today, m.first), when_month_end(m.first), j);
        else
            return false;
        return out->from <= out->to;
    }
    if (k->is.cls != CLS_TURN || k->is.val == TURN_THIS ||
        !when_read_offset(r, &j, &n, &u) || n.article || u == WORD_YEAR)
        return false;
    bool back = k->is.val == TURN_PAST || k->is.val == TURN_LAST;
    if (back)
        *out = span_of(when_shift(r->today, -n.hundredths, u) + 1, r->today, j);
    else
        *out = span_of(r->today, when_shift(r->today, n.hundredths, u) - 1, j);
    if (!back && u == WORD_WEEK && date_weekday(r->today) > 0) { /* or whole weeks */
        out->other_from = when_monday(r->today) + 7;
        out->other_to = when_shift(out->other_from, n.hundredths, u) - 1;
    }
    return out->from <= out->to;
}

/* "hours in a week", "een vraag over 3 dagen verlof": about an amount of time. */
static bool is_rate(const struct reader *r, size_t i, size_t end, const struct number *n)
{
    if (n->article &&
        (r->count || token_is(r->t, i - 1, CLS_UNIT) || token_is(r->t, i - 1, CLS_COUNT)))
        return true;
    return token_is(r->t, end, CLS_FREE) ||
        token_among(r->t, end, "ouderschapsverlof vakantiedagen zorgverlof werken") ||
        token_among(r->t, i - 1,
                    "vraag vragen question questions informatie info gaat "
                    "weten about uitleg verdeeld verspreid gespreid spread divided");
}

/* "over twee weken [op maandag]", "in 3 days". */
static bool ahead(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    if (!token_is(t, i, CLS_OVER) && !(token_is(t, i, CLS_IN) && t->lang != LANG_NL))
        return false;
    size_t j = i + 1;
    j += token_among(t, j, "ongeveer about precies exactly zo'n");
    struct number n;
    enum word_unit u;
    if (!when_read_offset(r, &j, &n, &u))
        return false;
    bool half = u == WORD_YEAR && n.hundredths == 50; /* "over een half jaar" */
    if (half) {
        u = WORD_HALF_YEAR;
        n.hundredths = 100;
    }
    if (u == WORD_WEEKEND || u == WORD_YEAR || n.end == i + 1 || is_rate(r, i, j, &n))
        return false;
    if (token_says(t, j, "s") || token_is(t, j, CLS_AGO)) /* "in two weeks' time" */
        j++;
    j += token_says(t, j, "time");
    date_t d = when_shift(r->today, n.hundredths, u);
    *out = span_of(d, d, j);
    j += token_is(t, j, CLS_ON);
    if (u == WORD_WEEK && j > out->end && token_is(t, j, CLS_WEEKDAY)) {
        out->from = out->to = when_monday(d) + token_at(t, j)->is.val;
        out->end = j + 1;
    }
    return true;
}

/* "a week on Friday", "a fortnight tomorrow", "week from today". */
static bool week_on(const struct reader *r, size_t j, enum word_unit u,
                    const struct number *n, struct span *out)
{
    struct span s;
    bool on = token_is(r->t, j, CLS_ON);
    if ((u != WORD_WEEK && u != WORD_FORTNIGHT) || r->t->lang == LANG_NL)
        return false;
    j += on;
    bool near = token_is(r->t, j, CLS_NEAR);
    if (!near && !(on && token_is(r->t, j, CLS_WEEKDAY)))
        return false;
    if (!when_inner(r, j, &s) || s.from != s.to)
        return false;
    date_t d = when_shift(s.from, n->hundredths, u);
    *out = span_of(d, d, s.end);
    return true;
}

/* "two weeks ago", "3 dagen na kerst", "two weeks from now", "a week from Friday". */
bool when_offset(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    if (ahead(r, i, out))
        return true;
    struct number n;
    enum word_unit u;
    size_t j = i;
    if (!when_read_offset(r, &j, &n, &u) || u == WORD_WEEKEND)
        return false;
    bool bare = n.end == i; /* "week on Friday" */
    if (!bare && (token_is(t, j, CLS_AGO) || token_says(t, j, "back"))) {
        date_t d = when_shift(r->today, -n.hundredths, u);
        *out = span_of(d, d, j + 1);
        return true;
    }
    if (n.article && (token_is(t, i - 1, CLS_UNIT) || token_is(t, i - 1, CLS_COUNT)))
        return false;
    if (week_on(r, j, u, &n, out))
        return true;
    if (bare)
        return false; /* "the week before Christmas": when_beside */
    bool from = token_is(t, j, CLS_FROM) || token_phrase(t, j, "vanaf nu") ||
        token_phrase(t, j, "vanaf vandaag");
    int sign = token_is(t, j, CLS_BEFORE) ? -1 : 1;
    if (!from && !token_is(t, j, CLS_AFTER) && sign > 0)
        return false;
    if (from && token_is(t, j + 1, CLS_NOW)) {
        date_t d = when_shift(r->today, n.hundredths, u);
        *out = span_of(d, d, j + 2);
        return true;
    }
    struct span s;
    bool day = token_is(t, j + 1, CLS_NEAR) || token_is(t, j + 1, CLS_WEEKDAY) ||
        token_is(t, j + 1, CLS_TURN);
    if ((from && !day) || !when_inner(r, j + 1, &s))
        return false;
    date_t d = when_shift(sign < 0 ? s.from : s.to, sign * n.hundredths, u);
    *out = span_of(d, d, s.end);
    return true;
}

/* A holiday on a Sunday ends the week before it: that is the week that leads up to it. */
static date_t week_before(const struct span *s)
{
    date_t monday = when_monday(s->from);
    return s->feast && date_weekday(s->from) == 6 ? monday : monday - 7;
}

/* "vrijdag na hemelvaart", "the day before Christmas", "de week na pasen". */
bool when_beside(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    const struct token *k = token_at(t, i);
    bool unit = is_unit(r, i, WORD_DAY) || is_unit(r, i, WORD_WEEK) ||
        is_unit(r, i, WORD_WEEKEND) || is_unit(r, i, WORD_WORKDAY);
    if (!unit && (k->is.cls != CLS_WEEKDAY || k->is.weak))
        return false;
    bool before = token_is(t, i + 1, CLS_BEFORE);
    struct span s;
    if ((!before && !token_is(t, i + 1, CLS_AFTER)) || !when_inner(r, i + 2, &s))
        return false;
    date_t d;
    if (k->is.cls == CLS_WEEKDAY)
        d = before ? when_weekday_upto(s.from - 1, k->is.val)
                   : when_weekday_from(s.to + 1, k->is.val);
    else if (k->is.val == WORD_WEEK)
        d = before ? week_before(&s) : when_monday(s.to) + 7;
    else if (k->is.val == WORD_WEEKEND)
        d = before ? when_weekday_upto(s.from - 1, 5) : when_weekday_from(s.to + 1, 5);
    else
        d = when_shift(before ? s.from : s.to, before ? -100 : 100,
                       (enum word_unit)k->is.val);
    date_t to = d;
    if (k->is.cls == CLS_UNIT)
        to = d + (k->is.val == WORD_WEEK ? 6 : k->is.val == WORD_WEEKEND ? 1 : 0);
    *out = span_of(d, to, s.end);
    /* "the day after tomorrow in the morning": the part is of the day that is meant */
    bool inner = k->is.cls == CLS_UNIT && !k->is.has_part && s.has_part;
    out->has_part = k->is.has_part || inner;
    out->part = inner ? s.part : k->is.part;
    return true;
}

/* --- holidays --- */

/* "kerst", "tweede pinksterdag 2027". Not "Christmas bonus". */
bool when_feast(const struct reader *r, size_t i, struct span *out)
{
    size_t holiday = 0, end;
    int year;
    date_t first, last;
    if (!holiday_read(r->t, i, &holiday, &end))
        return false;
    if (token_among(r->t, end,
                    "bonus party gift box hamper package parcel present cake "
                    "dinner pakket borrel feest gratificatie vakantie uitkering "
                    "cadeau diner toeslag allowance"))
        return false;
    if (when_read_year(r, &end, &year)) {
        holiday_days(holiday, year, &first, &last);
        *out = span_of(first, last, end);
        out->feast = true;
        return true;
    }
    year = when_year(r->past ? r->today : r->base);
    holiday_days(holiday, year, &first, &last);
    if (r->past ? first > r->today : last < r->base)
        holiday_days(holiday, year + (r->past ? -1 : 1), &first, &last);
    *out = span_of(first, last, end);
    out->cycle = CYCLE_YEAR;
    out->feast = true;
    return true;
}
