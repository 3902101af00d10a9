#include "base/str.h"
#include "text/when_read.h"

static bool is_greeting(const struct tokens *t, size_t i)
{
    return token_says(t, i, "morgen") &&
        (token_among(t, i - 1, "goede goeie goeden gode hele") ||
         (token_is(t, i - 1, CLS_THE) && i > 0) || token_is(t, i - 1, CLS_EVERY));
}

/* "over een week", "week", "in two weeks" behind a day. */
static bool read_weeks_on(const struct reader *r, size_t i, struct span *s)
{
    const struct tokens *t = r->t;
    if (t->lang != LANG_NL &&
        (token_says(t, i, "week") || token_says(t, i, "fortnight")) &&
        token_at(t, i + 1)->kind != TOKEN_NUMBER) {
        s->from = s->to = s->from + (token_says(t, i, "week") ? 7 : 14);
        s->end = i + 1;
        return true;
    }
    if (!token_is(t, i, CLS_OVER) && !(token_is(t, i, CLS_IN) && t->lang != LANG_NL))
        return false;
    size_t j = i + 1;
    struct number n;
    enum word_unit u;
    if (!when_read_offset(r, &j, &n, &u))
        return false;
    bool weeks = u == WORD_WEEK || u == WORD_FORTNIGHT ||
        (u == WORD_DAY && n.hundredths % 700 == 0); /* "over 14 dagen" */
    if (!weeks)
        return false;
    s->from = s->to = when_shift(s->from, n.hundredths, u);
    s->end = j;
    return true;
}

/* vandaag, morgenmiddag, gisteren, the day after tomorrow, this morning. */
bool when_near(const struct reader *r, size_t i, struct span *out)
{
    const struct token *k = token_at(r->t, i);
    int days = 0;
    size_t n;
    if (k->is.cls == CLS_NEAR) {
        if (is_greeting(r->t, i) || token_phrase(r->t, i, "vandaag de dag") ||
            token_phrase(r->t, i, "heden ten dage"))
            return false;
        *out = span_of(r->today + k->is.val, r->today + k->is.val, i + 1);
        out->has_part = k->is.has_part;
        out->part = k->is.part;
        if (!out->has_part && !token_is(r->t, i + 1, CLS_IN))
            read_weeks_on(r, i + 1, out);
        return true;
    }
    if (k->is.cls == CLS_TURN && k->is.val == TURN_THIS &&
        (token_is(r->t, i + 1, CLS_PART) || token_says(r->t, i + 1, "morgen"))) {
        const struct meaning m = token_at(r->t, i + 1)->is;
        *out = span_of(r->today, r->today, i + 2);
        out->part = m.cls == CLS_PART ? (enum day_part)m.val : DAY_MORNING;
        out->has_part = out->part != DAY_WHOLE;
        return true;
    }
    if ((n = token_phrase(r->t, i, "day after tomorrow")) > 0)
        days = 2;
    else if ((n = token_phrase(r->t, i, "day before yesterday")) > 0)
        days = -2;
    else if ((n = token_phrase(r->t, i, "last night")) > 0)
        days = -1;
    else if (k->is.cls == CLS_NOW &&
             (r->framed || token_is(r->t, i + 1, CLS_UNTIL) ||
              token_is(r->t, i + 1, CLS_TO) || token_is(r->t, i + 1, CLS_THROUGH)))
        n = 1;
    else if ((n = token_phrase(r->t, i, "per direct")) == 0)
        return false;
    *out = span_of(r->today + days, r->today + days, i + n);
    return true;
}

/* ma, do, zo, sat: only where the words beside them make a day of them. */
static bool is_meant(const struct reader *r, size_t i)
{
    const struct tokens *t = r->t;
    if (!token_at(t, i)->is.weak)
        return true;
    if (t->n == 1 || (t->n == 2 && token_mark(t, 1, '.')))
        return !token_says(t, i, "zo") || t->n == 2;
    const struct token *next = token_at(t, i + 1), *last = token_at(t, i - 1);
    if (next->glued && next->kind == TOKEN_WORD)
        return false;
    size_t j = i + 1 + (token_mark(t, i + 1, '.') && next->glued);
    if (token_is(t, j + 1, CLS_WEEKDAY) &&
        (token_is(t, j, CLS_THROUGH) || token_is(t, j, CLS_UNTIL) ||
         token_is(t, j, CLS_TO) || token_mark(t, j, '-') || token_is(t, j, CLS_AND) ||
         token_mark(t, j, '/') || token_mark(t, j, ',')))
        return true;
    if (token_at(t, j)->kind == TOKEN_NUMBER &&
        (token_is(t, j + 1, CLS_MONTH) || token_mark(t, j + 1, '-') ||
         token_mark(t, j + 1, '/') || token_is(t, j + 2, CLS_MONTH)))
        return true;
    if (i == 0)
        return false;
    bool zo = token_says(t, i, "zo");
    return last->is.cls == CLS_ON || last->is.cls == CLS_THROUGH ||
        last->is.cls == CLS_SINCE || last->is.cls == CLS_OPEN ||
        (last->is.cls == CLS_TURN && last->is.val != TURN_THIS) ||
        (!zo && (last->is.cls == CLS_UNTIL || last->is.cls == CLS_VAN)) || r->is_last;
}

static struct span plain_weekday(const struct reader *r, int wd, size_t end)
{
    struct span s = span_of(0, 0, end);
    if (r->past)
        s.from = when_weekday_upto(r->today, wd);
    else
        s.from = when_weekday_from(r->base, wd);
    if (r->is_last && s.from == r->base) {
        s.from += 7;
    } else if (s.from == r->today) { /* today would be called so: the next or last one */
        s.other_from = s.other_to = s.from;
        s.from += r->past ? -7 : 7;
    }
    s.to = s.from;
    s.cycle = CYCLE_WEEK;
    return s;
}

static struct span turned_weekday(const struct reader *r, enum turn turn, int wd,
                                  size_t end)
{
    date_t monday = when_monday(r->today);
    date_t next = when_weekday_from(r->today + 1, wd);
    date_t last = when_weekday_upto(r->today - 1, wd);
    struct span s = span_of(next, next, end);
    switch (turn) {
    case TURN_THIS:
        s.from = monday + wd;
        if (s.from < r->today && !r->past) {
            s.other_from = s.from;
            s.from = next;
        }
        break;
    case TURN_COMING:
        break;
    case TURN_NEXT:
        if (next < monday + 7) {
            s.other_from = next;
            s.from = next + 7;
        }
        break;
    case TURN_PAST:
        s.from = last;
        break;
    case TURN_LAST:
        s.from = last;
        if (last >= monday)
            s.other_from = last - 7;
        break;
    }
    s.to = s.from;
    s.other_to = s.other_from;
    return s;
}

/* "3 mei", "3/5", "de 3e" behind the weekday. */
static bool read_date(const struct reader *r, size_t i, struct span *out)
{
    i += token_mark(r->t, i, ',') || token_mark(r->t, i, '.');
    i += token_is(r->t, i, CLS_ON);
    i += token_is(r->t, i, CLS_THE);
    return when_day_month(r, i, out) || when_month_day(r, i, out) ||
        when_numeric(r, i, out) || when_day_of_month(r, i, out);
}

/* Day and date must agree: another year or month may make them; else both are given. */
static void agree(int wd, struct span *s)
{
    if (date_weekday(s->from) == wd) {
        s->other_from = s->other_to = DATE_NONE;
        return;
    }
    if (s->other_from != DATE_NONE && date_weekday(s->other_from) == wd) {
        s->from = s->to = s->other_from;
        s->other_from = s->other_to = DATE_NONE;
        return;
    }
    int y, m, d;
    date_t other;
    date_split(s->from, &y, &m, &d);
    for (int n = -1; n <= 1 && s->cycle == CYCLE_YEAR; n += 2)
        if (date_make(y + n, m, d, &other) == RC_OK && date_weekday(other) == wd) {
            s->from = s->to = other;
            return;
        }
    for (int n = 1; n <= 14 && s->cycle == CYCLE_MONTH; n++)
        if (date_make(y + (m - 1 + n) / 12, (m - 1 + n) % 12 + 1, d, &other) == RC_OK &&
            date_weekday(other) == wd) {
            s->from = s->to = other;
            return;
        }
    other = when_weekday_from(s->from - 3, wd);
    s->other_from = s->other_to = other;
}

/* "maandag" and all that may stand behind it. */
static bool behind_weekday(const struct reader *r, size_t i, int wd, struct span *out)
{
    size_t j = i;
    date_t monday;
    struct span date, soon = span_of(when_weekday_from(r->today, wd), 0, i);
    soon.to = soon.from;
    if (read_date(r, i, &date) && date.from == date.to) {
        agree(wd, &date);
        *out = date;
        return true;
    }
    if (read_weeks_on(r, i, &soon)) {
        *out = soon;
        return true;
    }
    if (token_phrase(r->t, i, "after next")) {
        date_t d = when_weekday_from(r->today + 1, wd) + 7;
        *out = span_of(d, d, i + 2);
        return true;
    }
    j += token_is(r->t, j, CLS_IN) || when_is_of(r, j);
    if (when_read_week(r, &j, &monday)) {
        *out = span_of(monday + wd, monday + wd, j);
        return true;
    }
    const struct token *k = token_at(r->t, i);
    if (k->is.cls == CLS_TURN &&
        token_among(r->t, i, "a.s aanstaande jl j.l jongstleden")) {
        *out = turned_weekday(r, (enum turn)k->is.val, wd, i + 1);
        return true;
    }
    return false;
}

bool when_weekday(const struct reader *r, size_t i, struct span *out)
{
    const struct token *k = token_at(r->t, i);
    bool turned = k->is.cls == CLS_TURN;
    size_t day = i + turned;
    const struct token *w = token_at(r->t, day);
    if (w->is.cls != CLS_WEEKDAY || !is_meant(r, day))
        return false;
    int wd = w->is.val;
    size_t j = day + 1;
    j += w->is.weak && token_mark(r->t, j, '.') && token_at(r->t, j)->glued;
    struct span s;
    if (turned) {
        s = turned_weekday(r, (enum turn)k->is.val, wd, j);
        struct span date;
        if (read_date(r, j, &date) && date.from == date.to) {
            agree(wd, &date);
            s = date;
        }
    } else if (!behind_weekday(r, j, wd, &s)) {
        s = plain_weekday(r, wd, j);
    }
    if (w->is.has_part) {
        s.has_part = true;
        s.part = w->is.part;
    }
    *out = s;
    return true;
}
