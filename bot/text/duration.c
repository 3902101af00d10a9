#include "base/str.h"
#include "text/number.h"

/* What a unit word stands for: how much of which unit. */
static const struct {
    enum duration_unit unit;
    double times;
} units[] = {
    [WORD_MINUTE] = {UNIT_MINUTES, 1},   [WORD_QUARTER_HOUR] = {UNIT_MINUTES, 15},
    [WORD_HALF_HOUR] = {UNIT_HOURS, .5}, [WORD_HOUR] = {UNIT_HOURS, 1},
    [WORD_HALF_DAY] = {UNIT_DAYS, .5},   [WORD_DAY] = {UNIT_DAYS, 1},
    [WORD_WORKDAY] = {UNIT_DAYS, 1},     [WORD_WEEK] = {UNIT_WEEKS, 1},
    [WORD_WEEKEND] = {UNIT_DAYS, 2},     [WORD_FORTNIGHT] = {UNIT_WEEKS, 2},
    [WORD_MONTH] = {UNIT_MONTHS, 1},     [WORD_QUARTER] = {UNIT_MONTHS, 3},
    [WORD_HALF_YEAR] = {UNIT_MONTHS, 6}, [WORD_YEAR] = {UNIT_YEARS, 1},
};

/* How many of the next smaller unit make one, for "1 uur en 30 minuten". Months to weeks
 * is not exact and a working week is not seven days, so those are not added up. */
static double smaller_per(enum duration_unit large, enum duration_unit small)
{
    if (large == UNIT_HOURS && small == UNIT_MINUTES)
        return 60;
    if (large == UNIT_YEARS && small == UNIT_MONTHS)
        return 12;
    return 0;
}

/* A unit word at i, which may have adjectives in front: "2 hele dagen", "3 working
 * days". One letter ("8u") only where it touches the number. */
static bool read_unit(const struct tokens *t, size_t *i, enum word_unit *out)
{
    size_t j = *i;
    if (token_mark(t, j, '-'))
        j++;
    while (token_is(t, j, CLS_WHOLE) ||
           token_among(t, j,
                       "werkbare working business calendar consecutive vrije "
                       "volledige aaneengesloten sick extra"))
        j++;
    const struct token *k = token_at(t, j);
    bool alone = token_at(t, j + 1)->kind != TOKEN_WORD || token_says(t, j + 1, "per");
    if (k->is.cls != CLS_UNIT || (k->text.n == 1 && !k->glued && !alone))
        return false; /* "8 u", not "8 u weet wel" */
    *out = (enum word_unit)k->is.val;
    *i = j + 1;
    return true;
}

/* "om 4 uur", "tot 17 uur", "at 4 hours" is a time of day. */
static bool is_clock(const struct tokens *t, size_t i, enum duration_unit unit,
                     double amount)
{
    if (unit != UNIT_HOURS || amount > 24 || i == 0)
        return false;
    return token_among(t, i - 1, "om rond tot vanaf at until till klokslag tegen voor") ||
        (token_is(t, i - 1, CLS_AND) && token_is(t, i - 3, CLS_BETWEEN));
}

/* "8 hours a day", "twice a week", "3 keer per week": the second is a rate. */
static bool is_rate(const struct tokens *t, size_t i, const struct number *n)
{
    if (!n->article || i == 0)
        return false;
    return token_is(t, i - 1, CLS_UNIT) || token_is(t, i - 1, CLS_COUNT);
}

/* "a day and a half", "een uur en een kwartier" has its own unit. */
static double half_behind(const struct tokens *t, size_t *i)
{
    static const char *const halves[] = {"and a half", "en een half", "en een halve"};
    for (size_t h = 0; h < LEN(halves); h++) {
        size_t used = token_phrase(t, *i, halves[h]);
        if (used > 0 && !token_is(t, *i + used, CLS_UNIT)) {
            *i += used;
            return .5;
        }
    }
    return 0;
}

/* "een dag of drie", "a week or two": about so many. */
static bool count_behind(const struct tokens *t, size_t *i, int64_t *hundredths)
{
    struct number n;
    if (!token_is(t, *i, CLS_OR) || !number_read(t, *i + 1, &n) || n.ordinal ||
        n.article || n.hundredths < 200 || token_is(t, n.end, CLS_UNIT))
        return false;
    *hundredths = n.hundredths;
    *i = n.end;
    return true;
}

/* One number and its unit. "kwartier" and "halfuur" carry the one themselves. */
static bool read_one(const struct tokens *t, size_t i, struct duration *d, size_t *end)
{
    struct number n;
    enum word_unit u;
    if (token_at(t, i)->kind == TOKEN_TIME) {
        str s = token_at(t, i)->text;
        size_t colon = (size_t)str_find_char(s, ':');
        int64_t h = 0, m = 0;
        *end = i + 1;
        if (str_int(str_sub(s, 0, colon), &h) ||
            str_int(str_sub(s, colon + 1, s.n), &m) || m > 59 || !read_unit(t, end, &u) ||
            u != WORD_HOUR)
            return false;
        *d = (struct duration){.amount = (double)h + (double)m / 60, .unit = UNIT_HOURS};
        return !is_clock(t, i, UNIT_HOURS, d->amount);
    }
    if (!number_read(t, i, &n) || n.ordinal || n.hundredths == 0)
        return false;
    *end = n.end;
    if (token_says(t, *end, "of") && token_is(t, *end + 1, CLS_THE))
        return false;
    if (n.article && token_says(t, *end, "kwart"))
        return false;
    if (n.hundredths % 100 != 0 && token_phrase(t, *end, "of an hour"))
        *end += 2;
    if (!read_unit(t, end, &u) || is_rate(t, i, &n))
        return false;
    d->unit = units[u].unit;
    if (n.article && count_behind(t, end, &n.hundredths)) {
        d->amount = (double)n.hundredths / 100 * units[u].times;
        return true;
    }
    d->amount = (double)n.hundredths / 100 * units[u].times;
    if (half_behind(t, end) > 0)
        d->amount += .5 * units[u].times;
    return !is_clock(t, i, d->unit, d->amount);
}

/* Units that say it alone: "hele dag", "all day", "kwartiertje", "halfuur". */
static bool read_bare(const struct tokens *t, size_t i, struct duration *d, size_t *end)
{
    size_t j = i;
    enum word_unit u;
    bool whole = token_is(t, i, CLS_WHOLE);
    if (!read_unit(t, &j, &u) || token_mark(t, i, '-'))
        return false;
    bool own = u == WORD_QUARTER_HOUR || u == WORD_HALF_HOUR || u == WORD_HALF_DAY ||
        u == WORD_HALF_YEAR || u == WORD_FORTNIGHT;
    if (!own && !(whole && (u == WORD_DAY || u == WORD_WEEK)))
        return false;
    d->unit = units[u].unit;
    d->amount = units[u].times;
    *end = j;
    return true;
}

/* "3-5 dagen", "2 of 3 uur": the larger one counts; start of the second, or 0. */
static size_t behind_range(const struct tokens *t, size_t i)
{
    struct number n, m;
    if (!number_read(t, i, &n) || n.ordinal)
        return 0;
    bool to = token_mark(t, n.end, '-') || token_is(t, n.end, CLS_OR) ||
        token_is(t, n.end, CLS_TO) || token_is(t, n.end, CLS_UNTIL) ||
        token_is(t, n.end, CLS_THROUGH);
    return to && number_read(t, n.end + 1, &m) && !m.ordinal ? n.end + 1 : 0;
}

static bool read_at(const struct tokens *t, size_t i, struct duration *d, size_t *end)
{
    size_t upper = behind_range(t, i);
    if (!(upper && read_one(t, upper, d, end)) && !read_one(t, i, d, end) &&
        !read_bare(t, i, d, end))
        return false;
    size_t j = *end + (token_is(t, *end, CLS_AND) || token_mark(t, *end, ','));
    struct duration more;
    size_t more_end;
    struct number n;
    if (read_one(t, j, &more, &more_end) && smaller_per(d->unit, more.unit) > 0) {
        d->amount += more.amount / smaller_per(d->unit, more.unit);
        *end = more_end;
    } else if (d->unit == UNIT_HOURS && number_read(t, *end, &n) && n.digits &&
               token_at(t, *end)->digits == 2 && n.hundredths < 6000) {
        d->amount += (double)n.hundredths / 6000; /* "1 uur 30", "1u30" */
        *end = n.end;
    }
    return true;
}

bool duration_find(str folded, enum lang l, struct duration *out)
{
    struct tokens t;
    tokens_of(folded, l, &t);
    for (size_t i = 0; i < t.n; i++) {
        struct duration d = {0};
        size_t end;
        if (!read_at(&t, i, &d, &end))
            continue;
        d.start = t.v[i].from;
        d.end = t.v[end - 1].to;
        *out = d;
        return true;
    }
    return false;
}
