#include "base/str.h"
#include "text/number.h"

static bool is_euro(const struct tokens *t, size_t i)
{
    return token_is(t, i, CLS_MONEY) && token_at(t, i)->is.val == 100;
}

/* ",-" and ",=" behind a round sum. */
static size_t behind_dash(const struct tokens *t, size_t i)
{
    if (!token_mark(t, i, ',') && !token_mark(t, i, '.'))
        return i;
    size_t j = i + 1;
    while (token_at(t, j)->glued && (token_mark(t, j, '-') || token_mark(t, j, '=')))
        j++;
    return j > i + 1 ? j : i;
}

/* "12 euro 50", "12 euro en 50 cent". */
static void add_cents(const struct tokens *t, size_t *end, int64_t *hundredths)
{
    struct number n;
    size_t i = *end + token_is(t, *end, CLS_AND);
    bool named = i > *end;
    if (*hundredths % 100 != 0 || !number_read(t, i, &n) || n.ordinal ||
        n.hundredths >= 10000)
        return;
    bool cents = token_is(t, n.end, CLS_MONEY) && token_at(t, n.end)->is.val == 1;
    bool bare = !named && n.digits && token_at(t, i)->digits == 2 &&
        !token_is(t, n.end, CLS_UNIT) && !token_is(t, n.end, CLS_MONEY);
    if (!cents && !bare)
        return;
    *hundredths += n.hundredths / 100;
    *end = cents ? n.end + 1 : n.end;
}

/* Part of a date, a telephone number or a code: no amount. */
static bool is_chained(const struct tokens *t, size_t i, size_t end)
{
    const struct token *k = token_at(t, end);
    bool behind = k->glued && (token_mark(t, end, '/') || token_mark(t, end, '-')) &&
        token_at(t, end + 1)->glued && token_at(t, end + 1)->kind == TOKEN_NUMBER;
    bool before = i >= 2 && token_at(t, i)->glued &&
        (token_mark(t, i - 1, '/') || token_mark(t, i - 1, '-')) &&
        token_at(t, i - 1)->glued && token_at(t, i - 2)->kind == TOKEN_NUMBER;
    return behind || before;
}

static bool read_at(const struct tokens *t, size_t i, struct amount *out, size_t *end)
{
    bool sign = is_euro(t, i);
    size_t at = i + sign;
    struct number n;
    if (sign && token_mark(t, at, '-'))
        return false;
    if (!number_read(t, at, &n) || n.ordinal || is_chained(t, at, n.end))
        return false;
    struct number low;
    if (sign && n.digits && n.hundredths < 100000 && token_at(t, n.end)->digits == 3 &&
        token_at(t, n.end)->kind == TOKEN_NUMBER && number_read(t, n.end, &low) &&
        low.hundredths < 100000) { /* "€ 1 250,00" */
        n.hundredths = n.hundredths * 1000 + low.hundredths;
        n.end = low.end;
    }
    out->money = sign;
    out->hundredths = n.hundredths;
    *end = n.end;
    if (*end != behind_dash(t, *end)) {
        *end = behind_dash(t, *end);
        out->money = true;
    }
    if (token_at(t, *end)->glued && token_says(t, *end, "k")) {
        out->hundredths *= 1000;
        ++*end;
    }
    if (token_is(t, *end, CLS_MONEY)) {
        if (token_at(t, *end)->is.val == 1)
            out->hundredths /= 100;
        bool euros = is_euro(t, *end);
        out->money = true;
        ++*end;
        if (euros)
            add_cents(t, end, &out->hundredths);
    }
    return out->money || !n.article || (at == 0 && n.end == t->n);
}

bool amount_find(str folded, enum lang l, struct amount *out)
{
    struct tokens t;
    tokens_of(folded, l, &t);
    bool found = false;
    for (size_t i = 0; i < t.n; i++) {
        struct amount a = {0};
        size_t end;
        if (!read_at(&t, i, &a, &end))
            continue;
        a.start = t.v[i].from;
        a.end = t.v[end - 1].to;
        if (!found || a.money)
            *out = a;
        if (a.money)
            return true;
        found = true;
        i = end - 1;
    }
    return found;
}
