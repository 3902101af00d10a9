#include "base/str.h"
#include "text/when_read.h"

/* Frames of several words; the longest first where one begins another. */
static const struct {
    const char *words;
    enum frame frame;
    bool includes;
} phrases[] = {
    {"met ingang van", OPEN, false},
    {"te beginnen met", OPEN, false},
    {"te beginnen op", OPEN, false},
    {"ingaande op", OPEN, false},
    {"with effect from", OPEN, false},
    {"effective from", OPEN, false},
    {"starting from", OPEN, false},
    {"starting on", OPEN, false},
    {"beginning on", OPEN, false},
    {"as of", OPEN, false},
    {"as from", OPEN, false},
    {"tot en met", THROUGH, true},
    {"tot & met", THROUGH, true},
    {"up to and including", THROUGH, true},
    {"until and including", THROUGH, true},
    {"till and including", THROUGH, true},
    {"to and including", THROUGH, true},
    {"up until", UNTIL, true},
    {"up till", UNTIL, true},
    {"up to", UNTIL, true},
    {"tot aan", UNTIL, false},
    {"no later than", THROUGH, true},
    {"not later than", THROUGH, true},
    {"uiterlijk", THROUGH, true},
    {"ten laatste", THROUGH, true},
};

static bool read_link(const struct reader *r, size_t i, struct link *out)
{
    const struct token *k = token_at(r->t, i);
    *out = (struct link){.end = i + 1};
    for (size_t n = 0; n < LEN(phrases); n++) {
        size_t used = token_phrase(r->t, i, phrases[n].words);
        if (used == 0)
            continue;
        *out = (struct link){phrases[n].frame, phrases[n].includes, i + used};
        return true;
    }
    switch (k->is.cls) {
    case CLS_VAN:
    case CLS_FROM:
        out->frame = FROM;
        break;
    case CLS_OPEN:
        out->frame = OPEN;
        break;
    case CLS_SINCE:
        out->frame = SINCE;
        break;
    case CLS_BETWEEN:
        out->frame = BETWEEN;
        break;
    case CLS_UNTIL:
        out->frame = UNTIL;
        out->includes = k->is.val == 1;
        break;
    case CLS_THROUGH:
        out->frame = THROUGH;
        break;
    case CLS_BEFORE:
        out->frame = k->is.val == 1 ? BEFORE : NO_FRAME;
        break;
    default:
        break;
    }
    return out->frame != NO_FRAME;
}

/* What may stand between two points: through, until, to, a dash, and "and" after
 * "between". */
static bool read_connector(const struct reader *r, size_t i, enum frame frame,
                           struct link *out)
{
    if (token_mark(r->t, i, '-') || (token_is(r->t, i, CLS_TO)) ||
        (frame == BETWEEN && token_is(r->t, i, CLS_AND))) {
        *out = (struct link){THROUGH, true, i + 1};
        return true;
    }
    return read_link(r, i, out) && (out->frame == THROUGH || out->frame == UNTIL);
}

/* "om 9 uur", "9:00", "at 9 am" between a day and what follows it. */
static size_t behind_clock(const struct reader *r, size_t i)
{
    const struct tokens *t = r->t;
    size_t j = i + token_mark(t, i, ',');
    j += token_among(t, j, "om at rond vanaf");
    const struct token *k = token_at(t, j);
    if (k->kind == TOKEN_TIME)
        return j + 1 + token_says(t, j + 1, "uur");
    if (k->kind == TOKEN_NUMBER && k->n <= 24 && token_among(t, j + 1, "uur u am pm h"))
        return j + 2;
    return i;
}

/* The number behind "the" and the name of the day: "maandag de 3e". */
static size_t behind_name(const struct reader *r, size_t i)
{
    i += token_is(r->t, i, CLS_THE);
    const struct token *k = token_at(r->t, i);
    if (k->is.cls != CLS_WEEKDAY || k->is.has_part)
        return i;
    size_t j = i + 1;
    while ((token_mark(r->t, j, ',') || token_is(r->t, j, CLS_AND)) &&
           token_is(r->t, j + 1, CLS_WEEKDAY)) /* "maandag en dinsdag 15 en 16 maart" */
        j += 2;
    j += token_mark(r->t, j, ',') || (token_mark(r->t, j, '.') && k->is.weak);
    j += token_is(r->t, j, CLS_THE);
    return token_at(r->t, j)->kind == TOKEN_NUMBER ? j : i;
}

/* "3 t/m 7 mei", "28 - 3 januari", "3, 4 en 5 mei", "3 of 4 mei": days that share the
 * month behind the last. */
static bool shared_month(const struct reader *r, size_t i, enum frame frame,
                         struct when *w, size_t *end)
{
    const struct tokens *t = r->t;
    struct link link = {0};
    struct span b;
    int day, last;
    bool ordinal;
    size_t j = behind_name(r, i);
    const struct token *k = token_at(t, j);
    if ((k->kind != TOKEN_NUMBER && k->kind != TOKEN_WORD) ||
        !when_read_day(r, &j, &day, &ordinal))
        return false;
    bool list = false, choice = token_is(t, j, CLS_OR);
    int run = day;
    while (token_mark(t, j, ',') || (frame != BETWEEN && token_is(t, j, CLS_AND))) {
        size_t next = behind_name(r, j + 1), after = next;
        if (!when_read_day(r, &after, &last, &ordinal) || last != run + 1)
            return false;
        list = true;
        run = last;
        j = next; /* stays on the last day, which the month is read with */
        if (!token_mark(t, after, ',') && !token_is(t, after, CLS_AND))
            break;
        j = after;
    }
    if (!list) {
        if (!choice && !read_connector(r, j, frame, &link))
            return false;
        j = behind_name(r, choice ? j + 1 : link.end);
    }
    if (!when_day_month(r, j, &b))
        return false;
    date_t a = when_day_in(b.from, day);
    if (!list && !choice && (a == DATE_NONE || a >= b.from))
        a = when_day_in(when_month(b.from, -1), day);
    if (a == DATE_NONE)
        return false;
    *w = (struct when){
        .from = a, .to = b.to, .other_from = DATE_NONE, .other_to = DATE_NONE};
    if (choice) {
        w->to = a;
        w->other_from = w->other_to = b.from;
    } else if (!list && link.frame == UNTIL) {
        w->other_from = a;
        w->other_to = link.includes ? b.to - 1 : b.to;
        w->to = link.includes ? b.to : b.to - 1;
    }
    *end = b.end;
    return true;
}

/* "vrijdag en de maandag erna", "Friday and the Monday after": one day more. */
static bool add_day_after(const struct reader *r, struct when *w, size_t *end)
{
    size_t j = *end + 1;
    if (!token_is(r->t, *end, CLS_AND) || w->from != w->to || w->other_from != DATE_NONE)
        return false;
    j += token_is(r->t, j, CLS_THE);
    if (!token_is(r->t, j, CLS_WEEKDAY) ||
        !token_among(r->t, j + 1, "erna daarna daarop after following"))
        return false;
    date_t next = when_weekday_from(w->to + 1, token_at(r->t, j)->is.val);
    if (next == w->to + 1)
        w->to = next;
    else
        w->other_from = w->other_to = next; /* days that do not touch: which is asked */
    *end = j + 2;
    return true;
}

/* "maandag, dinsdag en woensdag": days in a row; "maandag of dinsdag": the other. */
static void add_days(const struct reader *r, const struct span *a, size_t i,
                     struct when *w, size_t *end)
{
    struct span b;
    if (add_day_after(r, w, end))
        return;
    for (size_t j = *end; token_mark(r->t, j, ',') || token_is(r->t, j, CLS_AND);
         j = *end) {
        struct reader second = when_second(r, w->to);
        j++;
        j += token_is(r->t, j, CLS_AND);
        j += token_is(r->t, j, CLS_ON);
        if ((!when_same_kind(r, i, a, j, &b) && !when_point(&second, j, &b)) ||
            b.from != w->to + 1)
            return;
        w->to = b.to;
        w->part_to = b.part;
        w->other_from = w->other_to = DATE_NONE;
        *end = b.end;
    }
    size_t j = *end + 1;
    if (!token_is(r->t, *end, CLS_OR) || w->other_from != DATE_NONE || w->to != a->to)
        return;
    j += token_is(r->t, j, CLS_ON);
    if (!when_point(r, j, &b) || b.from == a->from)
        return;
    w->other_from = b.from;
    w->other_to = b.to;
    *end = b.end;
}

/* The last day of so much from the first on. Days are taken as they come on the calendar;
 * when that differs from working days both are given. */
static bool lasts(date_t from, const struct number *n, enum word_unit u, struct when *w)
{
    if (n->hundredths < 100 || n->hundredths % 50 != 0)
        return false;
    w->from = from;
    w->other_from = w->other_to = DATE_NONE;
    date_t worked = when_shift(from - 1, n->hundredths, WORD_WORKDAY);
    w->to = u == WORD_WORKDAY ? worked : when_shift(from, n->hundredths + 99, u) - 1;
    if (u != WORD_DAY && u != WORD_WORKDAY)
        w->to = when_shift(from, n->hundredths, u) - 1;
    if (u == WORD_DAY && worked != w->to) {
        w->other_from = from;
        w->other_to = worked;
    }
    return w->to >= from;
}

enum { WORDS_BETWEEN_MAX = 2 };

/* "twee weken vrij vanaf 3 mei", "3 days starting Monday". */
static bool length_first(const struct reader *r, size_t i, struct when *w, size_t *end)
{
    struct number n;
    enum word_unit u;
    size_t j = i;
    if (!when_read_offset(r, &j, &n, &u) || u == WORD_WEEKEND)
        return false;
    bool is_free = token_is(r->t, j, CLS_FREE);
    j += is_free;
    j += token_mark(r->t, j, ',');
    struct link link;
    for (int n_words = 0; n_words < WORDS_BETWEEN_MAX && !read_link(r, j, &link) &&
         (token_at(r->t, j)->is.cls == CLS_NONE || token_is(r->t, j, CLS_ON)) &&
         token_at(r->t, j)->kind == TOKEN_WORD;
         n_words++)
        j++; /* "een weekje tussenuit vanaf", "a week of holiday from" */
    if (!read_link(r, j, &link) || (link.frame != OPEN && link.frame != FROM) ||
        token_is(r->t, j, CLS_VAN))
        return false;
    struct span a;
    bool near = token_is(r->t, link.end, CLS_NEAR) ||
        token_is(r->t, link.end, CLS_TURN) || token_is(r->t, link.end, CLS_WEEKDAY);
    if (link.frame == FROM && near && !is_free)
        return false; /* two weeks from Monday: a day, see when_offset */
    if (!when_point(r, link.end, &a))
        return false;
    *w = (struct when){.from = a.from};
    *end = a.end;
    return lasts(a.from, &n, u, w);
}

/* "for two weeks", "2 weken" behind the first day. */
static bool length_behind(const struct reader *r, const struct span *a, enum frame frame,
                          struct when *w, size_t *end)
{
    size_t j = *end;
    struct number n;
    enum word_unit u;
    j += token_mark(r->t, j, ',');
    bool said = token_is(r->t, j, CLS_FOR) || token_says(r->t, j, "voor");
    j += said;
    if ((!said && frame != OPEN && frame != FROM) || a->from != a->to)
        return false;
    if (!when_read_offset(r, &j, &n, &u) || !lasts(a->from, &n, u, w))
        return false;
    *end = j;
    return true;
}

/* "nu" is a day only at the start of a period. */
static bool is_now(const struct reader *r, size_t i)
{
    return token_is(r->t, i, CLS_NOW);
}

static bool only_end(const struct reader *r, const struct link *link, struct when *w,
                     size_t *end)
{
    struct span b;
    if (!when_point(r, link->end, &b) || is_now(r, link->end))
        return false;
    struct link end_of = *link;
    if (link->frame == BEFORE)
        end_of = (struct link){UNTIL, false, 0};
    *w = (struct when){.other_from = DATE_NONE};
    when_set_end(w, &b, &end_of);
    if (link->frame == BEFORE)
        w->other_to = DATE_NONE;
    if (b.other_from != DATE_NONE && !b.closed)
        w->other_to = b.other_to - (b.to - w->to);
    w->from = w->to;
    w->part_from = w->part_to;
    w->other_from = w->other_to;
    w->open_start = true;
    *end = b.end;
    return true;
}

/* "tussen kerst en oud en nieuw": the days that are neither; one that is no day off, as
 * New Year's Eve, is among them. */
static bool between_feasts(const struct reader *r, const struct span *a, size_t j,
                           struct when *w, size_t *end)
{
    struct span b;
    struct reader second = when_second(r, a->to + 1);
    if (!a->feast || !when_point(&second, j, &b) || !b.feast || b.from < a->to + 2)
        return false;
    bool works = when_holiday(b.from, LANG_NL).n == 0;
    *w = (struct when){.from = a->to + 1,
                       .to = works ? b.from : b.from - 1,
                       .other_from = DATE_NONE,
                       .other_to = DATE_NONE};
    *end = b.end;
    return true;
}

static bool framed(const struct reader *r, size_t i, struct when *w, size_t *end)
{
    struct link link, to;
    struct span a;
    struct reader in = *r;
    in.framed = true;
    if (!read_link(r, i, &link))
        return false;
    size_t at = link.end + token_is(r->t, link.end, CLS_ON);
    if (link.frame == UNTIL || link.frame == THROUGH || link.frame == BEFORE)
        return only_end(&in, &link, w, end);
    in.past |= link.frame == SINCE;
    if ((link.frame == FROM || link.frame == BETWEEN || link.frame == OPEN) &&
        shared_month(&in, at, link.frame, w, end))
        return true;
    if (!when_point(&in, at, &a))
        return false;
    size_t j = behind_clock(r, a.end);
    j += token_mark(r->t, j, ',');
    at += token_is(r->t, at, CLS_THE);
    if (link.frame == BETWEEN && token_is(r->t, j, CLS_AND) &&
        between_feasts(&in, &a, j + 1, w, end))
        return true;
    if (read_connector(r, j, link.frame, &to) &&
        when_join(&in, &a, to.end + token_is(r->t, to.end, CLS_ON), &to, at, w, end))
        return true;
    bool of = link.frame == FROM &&
        ((!r->past && a.from < r->today) ||
         (is_now(r, at) && token_is(r->t, i - 1, CLS_UNIT)));
    if (link.frame == BETWEEN || token_is(r->t, i, CLS_VAN) || of)
        return false; /* "overtime from last month" */
    *w = (struct when){.from = a.from,
                       .to = a.from,
                       .part_from = a.part,
                       .part_to = a.part,
                       .other_from = a.other_from,
                       .other_to = a.other_from,
                       .open_end = true};
    *end = a.end;
    if (length_behind(r, &a, link.frame, w, end))
        w->open_end = false;
    return true;
}

/* "volgende week van dinsdag t/m donderdag": days of that week. */
static bool days_of_week(const struct reader *r, size_t i, struct when *w, size_t *end)
{
    date_t monday;
    size_t j = i;
    if (!when_read_week(r, &j, &monday))
        return false;
    j += token_mark(r->t, j, ',');
    struct reader in = *r;
    in.base = in.today = monday;
    in.past = false;
    bool from = token_is(r->t, j, CLS_VAN) || token_is(r->t, j, CLS_FROM);
    return from && framed(&in, j, w, end) && w->from >= monday && w->to <= monday + 6 &&
        w->from < w->to;
}

bool when_range(const struct reader *r, size_t i, struct when *w, size_t *end, bool *weak)
{
    struct span a;
    struct link to;
    *weak = false;
    if (framed(r, i, w, end) || days_of_week(r, i, w, end) ||
        shared_month(r, i, NO_FRAME, w, end) || length_first(r, i, w, end))
        return true;
    if (!when_point(r, i, &a))
        return false;
    *end = a.end;
    *w = (struct when){.from = a.from,
                       .to = a.to,
                       .part_from = a.part,
                       .part_to = a.part,
                       .other_from = a.other_from,
                       .other_to = a.other_to};
    size_t j = behind_clock(r, a.end), at = i + token_is(r->t, i, CLS_THE);
    j += token_mark(r->t, j, ',') && !token_is(r->t, j + 1, CLS_AND);
    if (read_connector(r, j, NO_FRAME, &to) &&
        when_join(r, &a, to.end + token_is(r->t, to.end, CLS_ON), &to, at, w, end))
        return true;
    if (is_now(r, at))
        return false;
    if (length_behind(r, &a, NO_FRAME, w, end))
        return true;
    add_days(r, &a, at, w, end);
    *weak = a.weak && *end == a.end;
    return true;
}
