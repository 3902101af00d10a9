#include "text/when_read.h"

/* Days of a month in a leap year: "29 februari" is somebody's date in some year. */
static int longest(int month)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1];
}

enum { DAY_WRITTEN_MAX = 39 }; /* "36 mei" is a slip, "45 mei" no day at all */

/* A day's number at *i, with its ending ("31st"), that the month does not have. */
static bool is_beyond(const struct tokens *t, size_t *i, int month)
{
    const struct token *k = token_at(t, *i);
    if (k->kind != TOKEN_NUMBER || k->digits > 2 || k->n <= longest(month) ||
        k->n > DAY_WRITTEN_MAX)
        return false;
    bool ends =
        token_at(t, *i + 1)->glued && token_among(t, *i + 1, "e de ste st nd rd th");
    *i += ends ? 2 : 1;
    return token_at(t, *i)->is.cls != CLS_UNIT && token_at(t, *i)->is.cls != CLS_MONEY;
}

/* "31 februari", "31st of June", "30-2", "30/2/2027", "April 31". */
static bool missing_at(const struct tokens *t, size_t i, size_t *end)
{
    const struct token *k = token_at(t, i), *mark = token_at(t, i + 1);
    if (token_is(t, i, CLS_MONTH)) {
        *end = i + 1;
        return is_beyond(t, end, k->is.val);
    }
    if (k->kind != TOKEN_NUMBER)
        return false;
    for (int month = 1; month <= 12; month++) {
        size_t j = i;
        if (!is_beyond(t, &j, month))
            continue;
        *end = j + 1 + (token_is(t, j, CLS_VAN) || token_says(t, j, "of"));
        if (token_is(t, *end - 1, CLS_MONTH) && token_at(t, *end - 1)->is.val == month)
            return true;
    }
    const struct token *b = token_at(t, i + 2), *behind = token_at(t, i + 3);
    bool dated = mark->kind == TOKEN_MARK && mark->glued && b->glued &&
        (mark->text.p[0] == '-' || mark->text.p[0] == '/') && b->kind == TOKEN_NUMBER &&
        b->n >= 1 && b->n <= 12 && !(k->glued && i > 0);
    bool year = behind->kind == TOKEN_MARK && behind->glued &&
        behind->text.p[0] == mark->text.p[0] && token_at(t, i + 4)->digits == 4;
    *end = i + (year ? 5 : 3);
    size_t j = i;
    return dated && (year || !behind->glued) && is_beyond(t, &j, (int)b->n);
}

bool when_missing(str folded, enum lang l, size_t *start, size_t *end)
{
    struct tokens t;
    tokens_of(folded, l, &t);
    for (size_t i = 0; i < t.n; i++) {
        size_t behind;
        if (!missing_at(&t, i, &behind))
            continue;
        *start = t.v[i].from;
        *end = t.v[behind - 1].to;
        return true;
    }
    return false;
}
