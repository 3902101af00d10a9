#include "text/when_read.h"

static bool is_unit(const struct reader *r, size_t i, enum word_unit u)
{
    return token_is(r->t, i, CLS_UNIT) && token_at(r->t, i)->is.val == (int)u;
}

static bool is_back(int turn)
{
    return turn == TURN_PAST || turn == TURN_LAST;
}

/* The month of that name in the year sought. */
static date_t named_month(const struct reader *r, int month)
{
    int year = when_year(r->past ? r->today : r->base);
    date_t first = date_of(year, month, 1);
    if (r->past)
        return first > r->today ? date_of(year - 1, month, 1) : first;
    return when_month_end(first) < r->base ? date_of(year + 1, month, 1) : first;
}

static date_t turned_month(const struct reader *r, int turn, int month)
{
    date_t first = date_of(when_year(r->today), month, 1);
    if (turn == TURN_THIS)
        return first;
    if (is_back(turn))
        return when_month_end(first) < r->today ? first : when_month(first, -12);
    return first > r->today ? first : when_month(first, 12);
}

static bool month_name(const struct reader *r, size_t *i, struct month *out)
{
    const struct tokens *t = r->t;
    size_t j = *i;
    bool turned = token_is(t, j, CLS_TURN) && token_is(t, j + 1, CLS_MONTH);
    j += turned;
    if (!token_is(t, j, CLS_MONTH))
        return false;
    int year, month = token_at(t, j)->is.val;
    size_t end = j + 1;
    end += token_at(t, j)->is.weak && token_mark(t, end, '.') && token_at(t, end)->glued;
    out->named = true;
    out->dated = true;
    if (turned) {
        out->first = turned_month(r, token_at(t, *i)->is.val, month);
    } else if (when_read_year(r, &end, &year)) {
        out->first = date_of(year, month, 1);
    } else {
        out->first = named_month(r, month);
        out->dated = false;
    }
    *i = end;
    return true;
}

bool when_read_month(const struct reader *r, size_t *i, struct month *out)
{
    const struct tokens *t = r->t;
    size_t j = *i + token_is(t, *i, CLS_THE);
    *out = (struct month){0};
    if (is_unit(r, j, WORD_MONTH)) {
        size_t name = j + 1 + token_is(t, j + 1, CLS_OF);
        if (token_is(t, name, CLS_MONTH) && month_name(r, &name, out)) {
            *i = name;
            return true;
        }
        out->first = when_month(r->base, 0);
        *i = j + 1;
        return true;
    }
    if (token_is(t, j, CLS_TURN) && is_unit(r, j + 1, WORD_MONTH)) {
        int turn = token_at(t, j)->is.val;
        int n = turn == TURN_THIS ? 0 : is_back(turn) ? -1 : 1;
        out->first = when_month(r->today, n);
        out->named = out->dated = turn != TURN_THIS;
        *i = j + 2;
        return true;
    }
    size_t year_end = j;
    int year;
    if (token_is(t, j, CLS_TURN) && is_unit(r, j + 1, WORD_YEAR) &&
        token_is(t, j + 2, CLS_MONTH) && when_read_year(r, &year_end, &year)) {
        out->first = date_of(year, token_at(t, j + 2)->is.val, 1);
        out->named = out->dated = true;
        *i = j + 3;
        return true;
    }
    *i = j;
    return month_name(r, i, out);
}

date_t when_month_later(const struct reader *r, const struct month *m, date_t last)
{
    if (m->dated || r->past || last >= r->base)
        return 0;
    return when_month(m->first, m->named ? 12 : 1) - m->first;
}

/* A whole month: "volgende maand", "mei 2027", "de hele maand mei"; "mei" is weak. */
bool when_in_month(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    size_t j = i + token_is(t, i, CLS_WHOLE);
    if (j > i && when_is_of(r, j))
        j++;
    if (j > i)
        j += token_is(t, j, CLS_THE);
    bool whole = j > i || is_unit(r, j, WORD_MONTH);
    struct month m;
    size_t start = j;
    const struct token *k = token_at(t, j);
    if (is_unit(r, j, WORD_MONTH) &&
        !token_is(t, j + 1 + token_is(t, j + 1, CLS_OF), CLS_MONTH))
        return false; /* "per maand" */
    if (!when_read_month(r, &j, &m))
        return false;
    if (k->is.cls == CLS_MONTH && k->is.weak && !m.dated && !r->framed &&
        !token_among(t, start, "may march"))
        return false; /* "jan" is a name */
    *out = span_of(m.first, when_month_end(m.first), j);
    out->weak = !m.dated && !whole && k->is.cls == CLS_MONTH;
    out->cycle = m.dated ? CYCLE_NONE : CYCLE_YEAR;
    return true;
}

/* begin, midden, eind: of a month, a week, a year. */
struct edge {
    enum word_class which;
    bool english, late, of;
};

static bool month_edge(const struct reader *r, const struct edge *e, size_t i,
                       struct span *out)
{
    struct month m;
    int day;
    bool ordinal, name = token_is(r->t, i, CLS_MONTH);
    if ((e->english && !e->of && !name) || !when_read_month(r, &i, &m))
        return false;
    size_t next = i;
    if (name && !m.dated && when_read_day(r, &next, &day, &ordinal))
        return false; /* "it will end May 3" */
    static const int from[] = {[CLS_BEGIN - CLS_BEGIN] = 0,
                               [CLS_MID - CLS_BEGIN] = 10,
                               [CLS_END - CLS_BEGIN] = 20};
    date_t last = when_month_end(m.first);
    date_t to = e->which == CLS_END ? last : m.first + from[e->which - CLS_BEGIN] + 9;
    date_t move = when_month_later(r, &m, to);
    date_t first = m.first + move;
    last = when_month_end(first);
    to = e->which == CLS_END ? last : first + from[e->which - CLS_BEGIN] + 9;
    *out = span_of(first + from[e->which - CLS_BEGIN], to, i);
    if (e->which != CLS_END)
        return true;
    out->closed = true;
    if (!m.named && e->of) { /* the end of the month */
        out->from = last;
    } else if (e->english && !e->late) {
        out->other_from = out->from;
        out->other_to = out->from = last;
    } else if (!e->late) {
        out->other_from = out->other_to = last;
    }
    return true;
}

static bool week_edge(const struct reader *r, const struct edge *e, size_t i,
                      struct span *out)
{
    date_t monday;
    size_t j = i + token_is(r->t, i, CLS_THE);
    if (is_unit(r, j, WORD_WEEK) && j > i &&
        token_at(r->t, j + 1)->kind != TOKEN_NUMBER) {
        monday = when_monday(r->today);
        i = j + 1;
    } else if (!when_read_week(r, &i, &monday)) {
        return false;
    }
    *out = span_of(monday, monday + 1, i);
    if (e->which == CLS_MID)
        out->from = out->to = monday + 2;
    if (e->which == CLS_END) {
        out->from = out->to =
            monday + (r->today > monday + 4 && monday + 6 >= r->today ? 6 : 4);
        out->closed = true;
    }
    return true;
}

static bool year_edge(const struct reader *r, const struct edge *e, size_t i,
                      struct span *out)
{
    int year;
    bool named = true;
    size_t j = i + token_is(r->t, i, CLS_THE);
    if (is_unit(r, j, WORD_YEAR) && j > i) {
        year = when_year(r->today);
        named = false;
        i = j + 1;
    } else if (!when_read_year(r, &i, &year)) {
        return false;
    }
    if (e->which == CLS_BEGIN)
        *out = span_of(date_of(year, 1, 1), date_of(year, 1, 31), i);
    else if (e->which == CLS_MID)
        *out = span_of(date_of(year, 6, 15), date_of(year, 7, 15), i);
    else
        *out = span_of(date_of(year, 12, 1), date_of(year, 12, 31), i);
    if (e->which != CLS_END)
        return true;
    out->closed = true;
    date_t last = out->to;
    if (!named) {
        out->from = last;
    } else if (e->english && !e->late) {
        out->other_from = out->from;
        out->other_to = out->from = last;
    } else {
        out->other_from = out->other_to = last;
    }
    return true;
}

bool when_edge(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    const struct token *k = token_at(t, i);
    bool beginning = token_says(t, i, "beginning");
    struct edge e = {.which = beginning ? CLS_BEGIN : k->is.cls,
                     .english = token_says(t, i, "end"),
                     .late = k->is.cls == CLS_END && k->is.val == 1};
    if (e.which != CLS_BEGIN && e.which != CLS_MID && e.which != CLS_END)
        return false;
    size_t j = i + 1;
    j += token_mark(t, j, '-');
    e.of = when_is_of(r, j) || token_is(t, j, CLS_IN);
    j += e.of;
    if ((token_says(t, i, "beginning") || token_says(t, i, "start") ||
         token_says(t, i, "half")) &&
        !e.of && !(token_says(t, i, "half") && token_is(t, j, CLS_MONTH)))
        return false;
    return month_edge(r, &e, j, out) || week_edge(r, &e, j, out) ||
        year_edge(r, &e, j, out);
}
