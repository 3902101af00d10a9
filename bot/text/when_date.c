#include "base/str.h"
#include "text/when_read.h"

bool when_is_of(const struct reader *r, size_t i)
{
    return token_is(r->t, i, CLS_VAN) || token_is(r->t, i, CLS_OF);
}

/* A year in digits at i: four, or two behind an apostrophe. Not "2000 euro". */
static bool digits_year(const struct reader *r, size_t i, int *year)
{
    const struct token *k = token_at(r->t, i), *next = token_at(r->t, i + 1);
    if (k->kind != TOKEN_NUMBER || next->is.cls == CLS_MONEY || next->is.cls == CLS_UNIT)
        return false;
    if (next->glued && next->kind != TOKEN_MARK)
        return false;
    const struct token *last = token_at(r->t, i - 1);
    bool apostrophe = k->digits == 2 && !k->glued && i > 0 && k->from == last->to + 2;
    if (apostrophe) {
        *year = 2000 + (int)k->n;
        return true;
    }
    *year = (int)k->n;
    return k->digits == 4 && k->n >= 1900 && k->n <= 2100;
}

/* "volgend jaar", "next year", "dit jaar". */
static bool turned_year(const struct reader *r, size_t i, int *year)
{
    const struct meaning turn = token_at(r->t, i)->is, unit = token_at(r->t, i + 1)->is;
    if (turn.cls != CLS_TURN || unit.cls != CLS_UNIT || unit.val != WORD_YEAR)
        return false;
    bool back = turn.val == TURN_LAST || turn.val == TURN_PAST;
    *year = when_year(r->today) + (turn.val == TURN_THIS ? 0 : back ? -1 : 1);
    return true;
}

bool when_read_year(const struct reader *r, size_t *i, int *year)
{
    size_t j = *i;
    j += token_mark(r->t, j, ',') ||
        (token_mark(r->t, j, '.') && token_at(r->t, j)->glued);
    j += when_is_of(r, j) || token_is(r->t, j, CLS_IN);
    if (digits_year(r, j, year))
        *i = j + 1;
    else if (turned_year(r, j, year))
        *i = j + 2;
    else
        return false;
    return true;
}

bool when_read_day(const struct reader *r, size_t *i, int *day, bool *ordinal)
{
    const struct token *k = token_at(r->t, *i);
    struct number n;
    if (k->kind == TOKEN_NUMBER) {
        if (k->digits > 2 || k->n < 1 || k->n > 31)
            return false;
        *day = (int)k->n;
        const struct token *s = token_at(r->t, *i + 1);
        *ordinal = s->glued && token_among(r->t, *i + 1, "e de ste st nd rd th");
        *i += 1 + *ordinal;
        return true;
    }
    if (!number_read(r->t, *i, &n) || n.article || number_whole(&n) < 1 ||
        number_whole(&n) > 31)
        return false;
    *day = (int)number_whole(&n);
    *ordinal = n.ordinal;
    *i = n.end;
    return true;
}

/* One day of the calendar, the year given or sought. */
static bool finish(const struct reader *r, int month, int day, size_t i, struct span *out)
{
    int year;
    date_t d;
    bool given = when_read_year(r, &i, &year);
    struct reader turned = *r;
    bool back = token_among(r->t, i, "jl j.l jongstleden");
    if (given && date_make(year, month, day, &d))
        return false;
    if (back || token_among(r->t, i, "a.s aanstaande")) {
        turned.past = back;
        i++;
    }
    if (!given && (d = when_resolve(&turned, month, day)) == DATE_NONE)
        return false;
    *out = span_of(d, d, i);
    out->cycle = given ? CYCLE_NONE : CYCLE_YEAR;
    return true;
}

/* "3 mei", "3e van mei", "the 3rd of May", "3-mei-2027", "drie mei". */
bool when_day_month(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    int day;
    bool ordinal,
        chain = token_at(t, i)->glued && token_at(t, i - 1)->kind == TOKEN_MARK &&
        token_at(t, i - 1)->glued && token_at(t, i - 2)->kind == TOKEN_NUMBER &&
        !token_mark(t, i - 1, '-');
    size_t j = i;
    if (chain || !when_read_day(r, &j, &day, &ordinal))
        return false;
    if (token_mark(t, j, '.') && token_at(t, j)->glued)
        j++; /* "3. mei" */
    bool dash = token_at(t, j)->glued && (token_mark(t, j, '-') || token_mark(t, j, '/'));
    j += dash || when_is_of(r, j);
    j += token_phrase(t, j, "de maand") ? 2 : 0;
    if (!token_is(t, j, CLS_MONTH) || (dash && !token_at(t, j)->glued))
        return false;
    int month = token_at(t, j++)->is.val;
    if (dash && token_at(t, j)->glued && (token_mark(t, j, '-') || token_mark(t, j, '/')))
        j++;
    return finish(r, month, day, j, out);
}

/* "May 3rd", "May 3, 2027". Not "in mei 3 dagen", nor "may 3 people". */
bool when_month_day(const struct reader *r, size_t i, struct span *out)
{
    const struct tokens *t = r->t;
    int day;
    bool ordinal;
    if (!token_is(t, i, CLS_MONTH))
        return false;
    size_t j = i + 1;
    j += token_mark(t, j, '.') && token_at(t, j)->glued;
    j += token_is(t, j, CLS_THE);
    const struct token *k = token_at(t, j);
    if (!when_read_day(r, &j, &day, &ordinal))
        return false;
    const struct token *next = token_at(t, j);
    if (!ordinal && k->kind == TOKEN_WORD && next->kind == TOKEN_WORD &&
        next->is.cls == CLS_NONE)
        return false; /* "may two people" */
    if (next->is.cls == CLS_UNIT || next->is.cls == CLS_MONEY ||
        next->is.cls == CLS_COUNT)
        return false;
    if (next->glued && !ordinal && !token_mark(t, j, ',') && !token_mark(t, j, '-') &&
        !token_mark(t, j, '.') && !token_mark(t, j, '?') && !token_mark(t, j, ')'))
        return false;
    if (i == 0 && !ordinal && token_at(t, i)->is.weak && next->kind == TOKEN_WORD &&
        next->is.cls == CLS_NONE)
        return false;
    return finish(r, token_at(t, i)->is.val, day, j, out);
}

/* The number at i touches digits before it: "06-12-34", "7:3/5". */
static bool is_inside_chain(const struct tokens *t, size_t i)
{
    const struct token *last = token_at(t, i - 1);
    if (i == 0 || !token_at(t, i)->glued)
        return false;
    if (last->kind != TOKEN_MARK)
        return last->kind != TOKEN_WORD || i > 1;
    return !token_mark(t, i - 1, '(') && !token_mark(t, i - 1, '"') &&
        !token_mark(t, i - 1, '\'') && last->text.p[0] != '[';
}

/* Sets the parts of d/m, d/m/y or y/m/d; returns how many, 0 when it is none. */
static int numeric_parts(const struct tokens *t, size_t i, const struct token *part[3],
                         char *mark)
{
    if (is_inside_chain(t, i) || token_at(t, i)->kind != TOKEN_NUMBER)
        return 0;
    int n = 1;
    part[0] = token_at(t, i);
    *mark = token_at(t, i + 1)->kind == TOKEN_MARK ? token_at(t, i + 1)->text.p[0] : '\0';
    if (*mark != '/' && *mark != '-' && *mark != '.')
        return 0;
    size_t j = i + 1;
    while (token_mark(t, j, *mark) && token_at(t, j)->glued &&
           token_at(t, j + 1)->glued && token_at(t, j + 1)->kind == TOKEN_NUMBER) {
        if (n == 3)
            return 0;
        part[n++] = token_at(t, j + 1);
        j += 2;
    }
    const struct token *next = token_at(t, j);
    if (next->glued &&
        (next->kind != TOKEN_MARK || next->text.p[0] == '%' ||
         ((next->text.p[0] == '/' || next->text.p[0] == '-' || next->text.p[0] == ',') &&
          token_at(t, j + 1)->glued)))
        return 0;
    return n > 1 ? n : 0;
}

/* "4/5 werken", "3-5 dagen", "24/7", "ik werk 4/5": a share, a range, a saying. */
static bool is_no_date(const struct tokens *t, size_t i, size_t end, char mark)
{
    if (token_at(t, i)->n == 24 && token_at(t, i + 2)->n == 7)
        return true;
    if (token_is(t, end, CLS_VAN) || token_is(t, end, CLS_OF))
        return true;
    if (mark == '-' && t->lang == LANG_EN && i > 0 && !token_is(t, i - 1, CLS_ON))
        return true; /* "between 4-8": hours */
    if (mark == '-' && token_at(t, i - 1)->kind == TOKEN_WORD &&
        token_at(t, i - 1)->is.cls == CLS_NONE && !token_is(t, end, CLS_FREE) &&
        !token_among(t, i - 1, "met including datum date dd d.d"))
        return true; /* "kamer 3-5" */
    if (token_is(t, end, CLS_UNIT) || token_is(t, end, CLS_MONEY) ||
        token_is(t, end, CLS_COUNT) || token_is(t, i - 1, CLS_MONEY) ||
        token_is(t, i - 1, CLS_UNIT))
        return true;
    return token_among(t, i - 1,
                       "werk werkt werken gewerkt work works working artikel article art "
                       "lid paragraaf section room kamer lokaal huisnummer pagina page "
                       "hoofdstuk chapter  cijfer score about schaal scale trede") ||
        token_among(t, end,
                    "werken werk deeltijd fte time werkweek baan aanstelling contract "
                    "dienstverband job uren personen mensen people employees medewerkers "
                    "sterren stars punten points deel part");
}

static bool iso(const struct token *const part[3], size_t end, struct span *out)
{
    date_t d;
    if (part[0]->digits != 4 || part[1]->digits > 2 || part[2]->digits > 2 ||
        date_make((int)part[0]->n, (int)part[1]->n, (int)part[2]->n, &d))
        return false;
    *out = span_of(d, d, end);
    return true;
}

static date_t make(const struct reader *r, int year, int month, int day)
{
    date_t d;
    if (year == 0)
        return month > 12 || day > 31 ? DATE_NONE : when_resolve(r, month, day);
    return date_make(year, month, day, &d) ? DATE_NONE : d;
}

/* "3/5", "3-5-2027", "03.05.27", "2027-05-03". Day first; in English also the other way
 * round, as Americans do. */
bool when_numeric(const struct reader *r, size_t i, struct span *out)
{
    const struct token *part[3];
    char mark;
    int n = numeric_parts(r->t, i, part, &mark);
    size_t end = i + 2 * (size_t)n - 1;
    if (n == 0)
        return false;
    if (n == 3 && part[0]->digits == 4)
        return iso(part, end, out);
    if (part[0]->digits > 2 || part[1]->digits > 2)
        return false;
    int year = 0;
    if (n == 3) {
        year = (int)part[2]->n;
        if (part[2]->digits != 2 && (part[2]->digits != 4 || year < 1900 || year > 2100))
            return false;
        year += part[2]->digits == 2 ? 2000 : 0;
    } else if (mark == '.' || is_no_date(r->t, i, end, mark)) {
        return false;
    }
    int a = (int)part[0]->n, b = (int)part[1]->n;
    date_t d = make(r, year, b, a);
    date_t us = r->t->lang == LANG_NL || mark == '.' || a == b || (mark == '-' && n == 2)
        ? DATE_NONE
        : make(r, year, a, b);
    if (d == DATE_NONE && us == DATE_NONE)
        return false;
    *out = span_of(d == DATE_NONE ? us : d, 0, end);
    out->to = out->from;
    if (d != DATE_NONE)
        out->other_from = out->other_to = us;
    out->cycle = n == 3 ? CYCLE_NONE : CYCLE_YEAR;
    out->digits = true;
    out->month_first = d == DATE_NONE;
    return true;
}

/* What may stand behind "de 3e" for it to be a day: not "de 3e keer". */
static bool ends_day(const struct reader *r, size_t i)
{
    const struct token *k = token_at(r->t, i);
    if (k->kind != TOKEN_WORD)
        return k->kind != TOKEN_NUMBER && k->kind != TOKEN_TIME;
    switch (k->is.cls) {
    case CLS_NONE:
        return lang_is_stop_word(r->t->lang, k->text) ||
            token_among(r->t, i,
                        "i ik we wij off vrij ziek thuis graag please kan wil mag moet "
                        "instead om vanwege want because jl dus zou thuiswerken start "
                        "niet not onwards onward");
    case CLS_UNIT:
    case CLS_WEEKDAY:
    case CLS_MONTH:
    case CLS_COUNT:
    case CLS_VAN:
    case CLS_OF:
        return false;
    default:
        return true;
    }
}

/* "the first to the ninth": another one follows. */
static bool starts_days(const struct reader *r, size_t i)
{
    int day;
    bool ordinal,
        to = token_is(r->t, i, CLS_TO) || token_is(r->t, i, CLS_THROUGH) ||
        token_is(r->t, i, CLS_UNTIL) || token_mark(r->t, i, '-');
    size_t met = i + 1 + (token_phrase(r->t, i + 1, "en met") ? 2 : 0);
    met += token_is(r->t, met, CLS_THE);
    return to && when_read_day(r, &met, &day, &ordinal) && ordinal;
}

/* "de 3e", "the 3rd", "de eerste van volgende maand", "the 15th of next month". */
bool when_day_of_month(const struct reader *r, size_t i, struct span *out)
{
    int day, y, m, d;
    bool ordinal;
    size_t j = i;
    bool digits = token_at(r->t, i)->kind == TOKEN_NUMBER;
    if (!token_is(r->t, i - 1, CLS_THE) && !r->is_last && !token_is(r->t, i - 1, CLS_ON))
        return false;
    if (!when_read_day(r, &j, &day, &ordinal) || !ordinal)
        return false;
    size_t of = j + when_is_of(r, j);
    struct month month;
    date_t given;
    if (of > j && !token_is(r->t, of, CLS_MONTH) && when_read_month(r, &of, &month)) {
        date_split(month.first, &y, &m, &d);
        if (date_make(y, m, day, &given))
            return false;
        given += when_month_later(r, &month, given);
        *out = span_of(given, given, of);
        return true;
    }
    bool last = r->is_last || starts_days(r, j) ||
        (token_at(r->t, j)->kind == TOKEN_END && token_is(r->t, i - 2, CLS_ON));
    if (!(digits || last) || !ends_day(r, j))
        return false;
    date_split(when_month(r->past ? r->today : r->base, 0), &y, &m, &d);
    for (int n = 0; n < 3; n++) {
        int months = y * 12 + m - 1 + (r->past ? -n : n);
        if (date_make(months / 12, months % 12 + 1, day, &given) == RC_OK &&
            (r->past ? given <= r->today : given >= r->base)) {
            *out = span_of(given, given, j);
            out->cycle = CYCLE_MONTH;
            return true;
        }
    }
    return false;
}
