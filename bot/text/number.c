#include "text/number.h"

#include "base/str.h"
#include "text/number_word.h"

static bool is_separator(const struct tokens *t, size_t i)
{
    return token_at(t, i)->glued && (token_mark(t, i, '.') || token_mark(t, i, ','));
}

static bool is_glued_number(const struct tokens *t, size_t i)
{
    return token_at(t, i)->glued && token_at(t, i)->kind == TOKEN_NUMBER;
}

/* "1⁄2" and "21⁄2": NFKC spells ½ out behind the whole number it touched. Also "1/2"
 * and "2 1/2" in front of a unit. */
static bool vulgar_fraction(const struct tokens *t, size_t i, struct number *out)
{
    size_t at = i;
    bool apart = token_at(t, i + 1)->kind == TOKEN_NUMBER && !token_at(t, i + 1)->glued;
    at += apart;
    const struct token *above = token_at(t, at), *below = token_at(t, at + 2);
    bool slash = token_mark(t, at + 1, '/') && token_at(t, at + 1)->glued &&
        token_is(t, at + 3, CLS_UNIT);
    if ((!slash && !token_says(t, at + 1, "\xe2\x81\x84")) || !is_glued_number(t, at + 2))
        return false;
    if (below->n < 2 || below->n > 9 || above->digits > 4 || token_at(t, i)->digits > 6)
        return false;
    int64_t part = above->n % 10, whole = apart ? token_at(t, i)->n : above->n / 10;
    out->hundredths = whole * 100 + part * 100 / below->n;
    out->end = at + 3;
    return part > 0 && part < below->n && (!(slash || apart) || above->n < 10);
}

/* Whether the separator at i groups thousands; a second one of its kind must too. */
static bool groups(const struct tokens *t, size_t i)
{
    const struct token *before = token_at(t, i - 1), *after = token_at(t, i + 1);
    if (after->digits != 3 || before->digits > 3 || before->n == 0)
        return false;
    return token_mark(t, i, '.') || t->lang == LANG_EN ||
        (is_separator(t, i + 2) && is_glued_number(t, i + 3));
}

static int64_t decimals(const struct token *k)
{
    int64_t n = k->n;
    for (int d = k->digits; d < 2; d++)
        n *= 10;
    for (int d = k->digits; d > 2; d--)
        n /= 10;
    return n;
}

static bool read_digits(const struct tokens *t, size_t i, struct number *out)
{
    if (vulgar_fraction(t, i, out))
        return true;
    int64_t whole = token_at(t, i)->n;
    if (token_at(t, i)->digits > TOKEN_DIGITS_MAX)
        return false;
    size_t j = i + 1;
    while (is_separator(t, j) && is_glued_number(t, j + 1) && groups(t, j) &&
           whole < NUMBER_MAX / 100000) {
        whole = whole * 1000 + token_at(t, j + 1)->n;
        j += 2;
    }
    out->hundredths = whole * 100;
    if (is_separator(t, j) && is_glued_number(t, j + 1) &&
        token_at(t, j + 1)->digits <= TOKEN_DIGITS_MAX) {
        out->hundredths += decimals(token_at(t, j + 1));
        j += 2;
    } else if (token_at(t, j)->glued && token_among(t, j, "e de ste st nd rd th")) {
        out->ordinal = true;
        j++;
    }
    out->end = j;
    return out->hundredths <= NUMBER_MAX;
}

/* "en een half", "and a half", "and a quarter" behind a number. */
static void add_half(const struct tokens *t, struct number *n)
{
    static const struct {
        const char *words;
        int64_t hundredths;
    } halves[] = {{"en een half", 50},  {"en een halve", 50}, {"en half", 50},
                  {"en een kwart", 25}, {"and a half", 50},   {"en 'n half", 50},
                  {"and one half", 50}, {"and a quarter", 25}};
    for (size_t i = 0; i < LEN(halves); i++) {
        size_t used = token_phrase(t, n->end, halves[i].words);
        if (used > 0) {
            n->hundredths += halves[i].hundredths;
            n->end += used;
            return;
        }
    }
}

static bool read_half(const struct tokens *t, size_t i, struct number *out)
{
    static const struct {
        const char *words;
        int64_t hundredths;
    } parts[] = {{"een half", 50},       {"een halve", 50},  {"half a", 50},
                 {"half an", 50},        {"a half", 50},     {"half", 50},
                 {"halve", 50},          {"anderhalf", 150}, {"anderhalve", 150},
                 {"een kwart", 25},      {"a quarter", 25},  {"driekwart", 75},
                 {"three quarters", 75}, {"n halve", 50},    {"n half", 50}};
    for (size_t k = 0; k < LEN(parts); k++) {
        size_t used = token_phrase(t, i, parts[k].words);
        if (used > 0) {
            out->hundredths = parts[k].hundredths;
            out->end = i + used;
            return true;
        }
    }
    return false;
}

bool number_read(const struct tokens *t, size_t i, struct number *out)
{
    const struct token *k = token_at(t, i);
    *out = (struct number){.digits = k->kind == TOKEN_NUMBER};
    if (k->counts && read_half(t, i, out))
        return true;
    if (!(out->digits && read_digits(t, i, out)) &&
        !(k->counts && number_words(t, i, out)))
        return false;
    if (out->digits && !out->ordinal)
        number_times_power(t, out);
    if (!out->ordinal)
        add_half(t, out);
    out->article = out->article && out->hundredths == 100;
    return true;
}

int64_t number_whole(const struct number *n)
{
    return n->hundredths % 100 == 0 ? n->hundredths / 100 : 0;
}
