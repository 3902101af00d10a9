#include "dialogue/fill.h"

#include "base/buf.h"
#include "dialogue/say.h"
#include "text/when.h"

enum { FILLED_MAX = 64 * 1024 };

static void put_markdown(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\`*_{}[]<>#|~", s.p[i]) && s.p[i])
            buf_char(b, '\\');
        buf_char(b, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
}

static void put_value(struct buf *b, enum fill_form form, str s)
{
    if (form == FILL_HTML)
        buf_html(b, s);
    else
        put_markdown(b, s);
}

/* The amount as people of the language write it: "12.5" is "12,5" in Dutch. */
static str amount_shown(struct arena *a, str amount, enum lang l)
{
    str s = arena_str(a, amount);
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == '.' && l != LANG_EN ? ',' : s.p[i];
    return (str){p, s.n};
}

static str unit_shown(str unit, enum lang l)
{
    if (str_eq_ascii(unit, STR("hours")))
        return say(SAY_HOURS, l);
    if (str_eq_ascii(unit, STR("days")))
        return say(SAY_DAYS, l);
    return unit.n ? unit : say(SAY_NO_UNIT, l);
}

/* Strict decimal with at most two places, in hundredths. */
static bool hundredths(str s, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    str rest = str_sub(s, minus, s.n), whole = str_cut(&rest, '.');
    int64_t w, f = 0;
    if (str_int(whole, &w) || w < 0 || w > 1000000 || rest.n > 2)
        return false;
    if (rest.n && (str_int(rest, &f) || f < 0))
        return false;
    *out = (w * 100 + (rest.n == 1 ? f * 10 : f)) * (minus ? -1 : 1);
    return true;
}

static str decimal(struct arena *a, int64_t v)
{
    const char *sign = v < 0 ? "-" : "";
    int64_t u = v < 0 ? -v : v;
    if (u % 100 == 0)
        return arena_fmt(a, "%s%lld", sign, (long long)(u / 100));
    if (u % 10 == 0)
        return arena_fmt(a, "%s%lld.%lld", sign, (long long)(u / 100),
                         (long long)(u % 100 / 10));
    return arena_fmt(a, "%s%lld.%02lld", sign, (long long)(u / 100),
                     (long long)(u % 100));
}

/* Sums per unit, in the order the units first appear; a row that is no number stands
 * alone. */
static str leave_left(struct arena *a, const struct fill_values *v)
{
    struct buf b = buf_new(a, 1000);
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct lookup_row *r = &v->rows[i];
        int64_t sum = 0, one;
        bool number = hundredths(r->amount, &sum), seen = false;
        for (size_t k = 0; number && k < i; k++)
            seen = seen ||
                (str_eq(v->rows[k].unit, r->unit) && hundredths(v->rows[k].amount, &one));
        if (seen)
            continue;
        for (size_t k = i + 1; number && k < v->n_rows; k++)
            if (str_eq(v->rows[k].unit, r->unit) && hundredths(v->rows[k].amount, &one))
                sum += one;
        if (b.n)
            buf_fmt(&b, " %.*s ", STR_ARG(say(SAY_AND, v->lang)));
        str shown = number ? decimal(a, sum) : r->amount;
        buf_put(&b, amount_shown(a, shown, v->lang));
        buf_char(&b, ' ');
        buf_put(&b, unit_shown(r->unit, v->lang));
    }
    return buf_str(&b);
}

static const struct lookup_row *first_to_expire(const struct fill_values *v)
{
    const struct lookup_row *first = NULL;
    for (size_t i = 0; i < v->n_rows; i++)
        if (v->rows[i].expires != DATE_NONE &&
            (!first || v->rows[i].expires < first->expires))
            first = &v->rows[i];
    return first;
}

static str row_amount(struct arena *a, const struct lookup_row *r, enum lang l)
{
    return arena_fmt(a, "%.*s %.*s", STR_ARG(amount_shown(a, r->amount, l)),
                     STR_ARG(unit_shown(r->unit, l)));
}

static void table_cell(struct buf *b, enum fill_form form, str s, bool head)
{
    if (form == FILL_HTML) {
        buf_put(b, head ? STR("<th>") : STR("<td>"));
        buf_html(b, s);
        buf_put(b, head ? STR("</th>") : STR("</td>"));
    } else {
        buf_put(b, STR(" "));
        put_markdown(b, s);
        buf_put(b, STR(" |"));
    }
}

static void table_row(struct buf *b, enum fill_form form, const str cells[3], bool head)
{
    buf_put(b, form == FILL_HTML ? STR("<tr>") : STR("\n|"));
    for (int i = 0; i < 3; i++)
        table_cell(b, form, cells[i], head);
    buf_put(b, form == FILL_HTML ? STR("</tr>") : STR(""));
}

static void leave_table(struct buf *b, struct arena *a, enum fill_form form,
                        const struct fill_values *v)
{
    enum lang l = v->lang;
    if (form == FILL_HTML)
        buf_put(b, STR("<table>"));
    table_row(b, form,
              (str[3]){say(SAY_KIND, l), say(SAY_BALANCE, l), say(SAY_EXPIRES, l)}, true);
    if (form == FILL_MARKDOWN)
        buf_put(b, STR("\n| --- | --- | --- |"));
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct lookup_row *r = &v->rows[i];
        str expires = r->expires == DATE_NONE ? STR("") : when_show(a, r->expires, l);
        table_row(
            b, form,
            (str[3]){r->kind[l == LANG_NONE ? LANG_NL : l], row_amount(a, r, l), expires},
            false);
    }
    if (form == FILL_HTML)
        buf_put(b, STR("</table>"));
}

/* The value of a plain slot; false when there is none. */
static bool value_of(struct arena *a, str slot, const struct fill_values *v, str *out)
{
    for (size_t i = 0; i < v->n_values; i++) {
        if (!str_eq(v->values[i].slot, slot))
            continue;
        *out = v->values[i].shown;
        return true;
    }
    if (str_starts(slot, STR("person."))) {
        str key = str_sub(slot, 7, slot.n);
        *out = person_get(v->person, arena_str(a, key));
        date_t d;
        if (out->n && date_parse(*out, &d) == RC_OK)
            *out = when_show(a, d, v->lang);
        return out->n > 0;
    }
    if (str_starts(slot, STR("contact.")) && v->catalogue) {
        str key = str_sub(slot, 8, slot.n);
        for (size_t i = 0; i < v->catalogue->contacts.n; i++)
            if (str_eq_ascii(v->catalogue->contacts.v[i].key, key))
                return *out = v->catalogue->contacts.v[i].value, true;
        return false;
    }
    if (v->n_rows == 0)
        return false;
    if (str_eq(slot, STR("leave.left"))) {
        *out = leave_left(a, v);
        return true;
    }
    if (str_eq(slot, STR("leave.date")) && v->rows[0].as_of != DATE_NONE) {
        *out = when_show(a, v->rows[0].as_of, v->lang);
        return true;
    }
    const struct lookup_row *first = first_to_expire(v);
    if (str_eq(slot, STR("leave.expires")) && first) {
        *out = when_show(a, first->expires, v->lang);
        return true;
    }
    return false;
}

static bool is_slot_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        c == '.' || c == '_' || c == '-';
}

/* A table is no paragraph: takes away the <p> around a slot that stands alone. */
static void unwrap(struct buf *b, str *rest)
{
    static const size_t open = sizeof "<p>" - 1, close = sizeof "</p>" - 1;
    if (b->n < open || memcmp(b->p + b->n - open, "<p>", open) != 0 ||
        !str_starts(*rest, STR("</p>")))
        return;
    b->n -= open;
    *rest = str_sub(*rest, close, rest->n);
}

str fill(struct arena *a, str text, enum fill_form form, const struct fill_values *v,
         int *missing)
{
    struct buf b = buf_new(a, FILLED_MAX);
    while (text.n > 0) {
        ptrdiff_t open = str_find_char(text, '{');
        if (open < 0)
            break;
        size_t end = (size_t)open + 1;
        while (end < text.n && is_slot_char(text.p[end]))
            end++;
        bool slot = end < text.n && text.p[end] == '}' && end > (size_t)open + 1;
        buf_put(&b, str_sub(text, 0, slot ? (size_t)open : end));
        str name = str_sub(text, (size_t)open + 1, end), value = STR_NONE;
        text = str_sub(text, slot ? end + 1 : end, text.n);
        if (!slot)
            continue;
        if (str_eq(name, STR("leave.table")) && v->n_rows > 0) {
            unwrap(&b, &text);
            leave_table(&b, a, form, v);
        } else if (value_of(a, name, v, &value)) {
            put_value(&b, form, value);
        } else {
            buf_put(&b, STR("—"));
            if (missing)
                ++*missing;
        }
    }
    buf_put(&b, text);
    return buf_str(&b);
}
