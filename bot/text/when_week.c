#include "text/when_read.h"

/* The Monday of week n nearest to what the reader looks for; the running week counts. */
static date_t resolve_week(const struct reader *r, int week)
{
    date_t base = r->past ? r->today : r->base;
    int year = when_year(when_monday(base) + 3); /* the ISO year: that of Thursday */
    int step = r->past ? -1 : 1;
    for (int n = 0; n <= 7; n++) { /* week 53 is rare */
        date_t d = when_week(year + n * step, week);
        if (d != DATE_NONE && (r->past ? d <= base : d + 6 >= base))
            return d;
    }
    return DATE_NONE;
}

/* "week 32", "wk32", "week nr. 32", "weken 32". Not "per week 32 uur". */
static bool week_number(const struct reader *r, size_t *i, date_t *monday)
{
    const struct tokens *t = r->t;
    if (token_among(t, *i - 1, "per a each elke twee drie two three") ||
        (*i > 0 && token_at(t, *i - 1)->kind == TOKEN_NUMBER))
        return false;
    size_t j = *i + 1;
    j += token_mark(t, j, '.') && token_at(t, j)->glued;
    j += token_among(t, j, "nr nummer number no numero");
    j += token_mark(t, j, '.') || token_mark(t, j, '#');
    const struct token *k = token_at(t, j), *next = token_at(t, j + 1);
    if (k->kind != TOKEN_NUMBER || k->digits > 2 || k->n < 1 || k->n > 53 ||
        next->is.cls == CLS_UNIT || next->is.cls == CLS_MONEY ||
        next->is.cls == CLS_COUNT || token_mark(t, j + 1, '%') ||
        (next->glued && next->kind == TOKEN_WORD) || token_is(t, j + 1, CLS_WHOLE))
        return false;
    if (next->glued && (token_mark(t, j + 1, '.') || token_mark(t, j + 1, ',')) &&
        token_at(t, j + 2)->glued)
        return false;
    int year;
    size_t end = j + 1;
    end += token_mark(t, end, '/') || token_mark(t, end, '-');
    if (!when_read_year(r, &end, &year)) {
        end = j + 1;
        *monday = resolve_week(r, (int)k->n);
    } else {
        *monday = when_week(year, (int)k->n);
    }
    *i = end;
    return *monday != DATE_NONE;
}

static bool is_unit(const struct reader *r, size_t i, enum word_unit u)
{
    return token_is(r->t, i, CLS_UNIT) && token_at(r->t, i)->is.val == (int)u;
}

bool when_read_week(const struct reader *r, size_t *i, date_t *monday)
{
    const struct tokens *t = r->t;
    size_t j = *i + token_is(t, *i, CLS_THE);
    struct span s;
    date_t now = when_monday(r->today);
    if (token_is(t, j, CLS_TURN) && is_unit(r, j + 1, WORD_WEEK)) {
        static const int weeks[] = {[TURN_THIS] = 0,
                                    [TURN_COMING] = 1,
                                    [TURN_NEXT] = 1,
                                    [TURN_PAST] = -1,
                                    [TURN_LAST] = -1};
        *monday = now + 7 * weeks[token_at(t, j)->is.val];
        *i = j + 2;
        return true;
    }
    if (!is_unit(r, j, WORD_WEEK) || token_at(t, j)->text.n == 1)
        return false;
    size_t of = j + 1;
    if (token_phrase(t, of, "after next")) {
        *monday = now + 14;
        *i = of + 2;
        return true;
    }
    of += when_is_of(r, of) || token_among(t, of, "commencing beginning starting");
    if (of > j + 1 && when_inner(r, of, &s) && s.from == s.to) {
        *monday = when_monday(s.from);
        *i = s.end;
        return true;
    }
    if (!week_number(r, &j, monday))
        return false;
    *i = j;
    return true;
}

/* A whole week, or a day of it: "volgende week", "week 32 op maandag". */
bool when_in_week(const struct reader *r, size_t i, struct span *out)
{
    date_t monday;
    size_t j = i;
    if (!when_read_week(r, &j, &monday))
        return false;
    *out = span_of(monday, monday + 6, j);
    j += token_mark(r->t, j, ',') || token_says(r->t, j, "s");
    j += token_is(r->t, j, CLS_ON);
    const struct token *k = token_at(r->t, j);
    if (k->is.cls == CLS_WEEKDAY && (!k->is.weak || token_is(r->t, j - 1, CLS_ON))) {
        out->from = out->to = monday + k->is.val;
        out->has_part = k->is.has_part;
        out->part = k->is.part;
        out->end = j + 1;
    }
    return true;
}

bool when_weekend(const struct reader *r, size_t i, struct span *out)
{
    const struct token *k = token_at(r->t, i);
    bool turned = k->is.cls == CLS_TURN;
    size_t j = i + turned;
    if (!is_unit(r, j, WORD_WEEKEND))
        return false;
    date_t saturday = when_monday(r->today) + 5;
    bool running = r->today >= saturday;
    struct span s;
    if (!turned && when_is_of(r, j + 1) && when_inner(r, j + 2, &s)) {
        date_t d = when_monday(s.from) + 5;
        *out = span_of(d, d + 1, s.end);
        return true;
    }
    *out = span_of(saturday, saturday + 1, j + 1);
    out->weak = !turned;
    enum turn turn = turned ? (enum turn)k->is.val : TURN_THIS;
    int move = 0;
    if (turn == TURN_PAST || turn == TURN_LAST || (!turned && r->past && !running))
        move = -7;
    else if (turn == TURN_NEXT || (turn == TURN_COMING && running))
        move = 7;
    if (turn == TURN_NEXT && !running) {
        out->other_from = out->from;
        out->other_to = out->to;
    }
    out->from += move;
    out->to += move;
    return true;
}
