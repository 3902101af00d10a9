#include "base/str.h"
#include "search/row.h"
#include "text/lang.h"
#include "text/number.h"

#define OPEN INT64_C(1000000000000000) /* no end; above NUMBER_MAX */
enum { NAMED = 1 << 24, STEP = 1 };

/* Units that count the same thing count in the smallest of them. */
static int unit_of(const struct tokens *t, size_t i, int64_t *factor)
{
    const struct token *k = token_at(t, i);
    *factor = 1;
    if (k->kind != TOKEN_WORD)
        return -1;
    if (k->is.cls != CLS_UNIT) {
        bool small = k->text.n < 2 || str_find_char(k->text, '/') >= 0 ||
            lang_is_stop_word(t->lang, k->text) ||
            token_among(t, i,
                        "tot of en to or and up through met than dan but maar less "
                        "more meer minder plus");
        return small ? -1 : NAMED | (int)(str_hash(k->text) & (NAMED - 1));
    }
    switch (k->is.val) {
    case WORD_YEAR:
        *factor = 12;
        return WORD_MONTH;
    case WORD_HALF_YEAR:
        *factor = 6;
        return WORD_MONTH;
    case WORD_QUARTER:
        *factor = 3;
        return WORD_MONTH;
    case WORD_FORTNIGHT:
        *factor = 2;
        return WORD_WEEK;
    case WORD_WORKDAY:
        return WORD_DAY;
    default:
        return k->is.val;
    }
}

struct measure {
    int64_t value, factor;
    int unit;
    size_t from, end; /* tokens, the unit included */
};

/* The number at token i, with its unit. */
static bool amount_at(const struct tokens *t, size_t i, struct measure *a)
{
    struct number n;
    if (!number_read(t, i, &n) || n.ordinal || n.hundredths > NUMBER_MAX / 100)
        return false;
    *a = (struct measure){.value = n.hundredths, .from = i, .end = n.end};
    a->unit = unit_of(t, n.end, &a->factor);
    a->end += a->unit >= 0;
    return !n.article || (a->unit >= 0 && a->unit < NAMED);
}

static bool next_amount(const struct tokens *t, size_t i, struct measure *a)
{
    for (; i < t->n; i++)
        if (amount_at(t, i, a))
            return true;
    return false;
}

/* Whether one of the phrases, parted by "|", ends right before token i. */
static bool ends_before(const struct tokens *t, size_t i, const char *phrases)
{
    str all = str_c(phrases);
    while (all.p) {
        char one[40] = "";
        str p = str_cut(&all, '|');
        memcpy(one, p.p, MIN(p.n, sizeof one - 1));
        for (size_t from = i > 4 ? i - 4 : 0; from < i; from++) {
            size_t n = token_phrase(t, from, one);
            if (n > 0 && from + n == i)
                return true;
        }
    }
    return false;
}

static bool begins_at(const struct tokens *t, size_t i, const char *phrases)
{
    str all = str_c(phrases);
    while (all.p) {
        char one[40] = "";
        str p = str_cut(&all, '|');
        memcpy(one, p.p, MIN(p.n, sizeof one - 1));
        if (token_phrase(t, i, one) > 0)
            return true;
    }
    return false;
}

static const char below[] =
    "korter dan|minder dan|jonger dan|lager dan|onder de|onder|tot|"
    "less than|fewer than|younger than|shorter than|under|below";
static const char at_most[] = "tot en met|t/m|maximaal|hoogstens|up to|at most|through|"
                              "no more than";
static const char above[] = "meer dan|langer dan|ouder dan|boven de|boven|na|more than|"
                            "longer than|older than|over|above|after";
static const char at_least[] = "vanaf|minstens|minimaal|ten minste|at least|from";
static const char or_more[] = "of meer|of langer|of ouder|en langer|en ouder|en meer|"
                              "en hoger|of hoger|or more|or longer|or older|and over|"
                              "and older|and more|or over|and above|plus";
static const char or_less[] =
    "of minder|of korter|of jonger|or less|or fewer|or younger|en jonger";
static const char open_to[] = "tot|but less than|and less than|but under|maar korter dan|"
                              "maar minder dan|en korter dan|tot maximaal";

/* From the first amount to the second: whether they are one range, and whether the second
 * surely does not belong to it. */
static bool joined(const struct tokens *t, const struct measure *a,
                   const struct measure *b, bool *open)
{
    *open = ends_before(t, b->from, open_to) && !ends_before(t, b->from, "up to");
    return *open || b->from == a->end + 1 ||
        ends_before(t, b->from, "tot en met|t/m|up to|to|through|en|and|until");
}

void row_range_scale(struct row_range *r, int unit, int64_t factor)
{
    r->from = r->from <= -OPEN ? r->from : r->from * factor;
    r->to = r->to >= OPEN ? r->to : r->to * factor;
    r->unit = unit;
}

bool row_range_read(str folded, enum lang l, struct row_range *out)
{
    struct tokens t;
    struct measure a, b;
    bool open;
    tokens_of(folded, l, &t);
    if (!next_amount(&t, 0, &a))
        return false;
    *out = (struct row_range){.from = a.value, .to = a.value, .unit = a.unit};
    const struct measure *unit = &a;
    if (next_amount(&t, a.end, &b) && joined(&t, &a, &b, &open)) {
        if (a.unit >= 0 && b.unit >= 0 && a.unit != b.unit)
            return false;
        out->from = a.value * (a.unit >= 0 && b.unit >= 0 ? a.factor : 1);
        out->to =
            b.value * (a.unit >= 0 && b.unit >= 0 ? b.factor : 1) - (open ? STEP : 0);
        unit = b.unit >= 0 ? &b : &a;
        if (a.unit >= 0 && b.unit >= 0) {
            out->unit = a.unit;
            return out->from <= out->to;
        }
    } else if (begins_at(&t, a.end, or_more) || token_mark(&t, a.end, '+') ||
               ends_before(&t, a.from, at_least)) {
        out->to = OPEN;
    } else if (begins_at(&t, a.end, or_less) || ends_before(&t, a.from, at_most)) {
        out->from = -OPEN;
    } else if (ends_before(&t, a.from, below) || token_mark(&t, a.from - 1, '<')) {
        out->from = -OPEN;
        out->to = a.value - STEP;
    } else if (ends_before(&t, a.from, above) || token_mark(&t, a.from - 1, '>')) {
        out->from = a.value + STEP;
        out->to = OPEN;
    }
    row_range_scale(out, unit->unit, unit->factor);
    return out->from <= out->to;
}

size_t row_numbers(str folded, enum lang l, struct row_range *out, size_t max)
{
    struct tokens t;
    struct measure a;
    size_t n = 0;
    tokens_of(folded, l, &t);
    for (size_t i = 0; n < max && next_amount(&t, i, &a); i = MAX(a.end, a.from + 1)) {
        if (a.unit < 0)
            continue;
        out[n] = (struct row_range){.from = a.value, .to = a.value};
        row_range_scale(&out[n++], a.unit, a.factor);
    }
    return n;
}

int row_unit(str folded, enum lang l, int64_t *factor)
{
    struct tokens t;
    int unit = -1;
    tokens_of(folded, l, &t);
    for (size_t i = 0; i < t.n; i++) {
        int64_t times;
        int one = unit_of(&t, i, &times);
        if (one < 0 || one >= NAMED)
            continue;
        if (unit >= 0 && one != unit)
            return -1;
        unit = one;
        *factor = times;
    }
    return unit;
}
