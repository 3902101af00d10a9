#include "dialogue/fill.h"

#include "base/buf.h"
#include "dialogue/fill_row.h"
#include "text/when.h"

enum { FILLED_MAX = 64 * 1024 };

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
    return fill_row_value(a, slot, v, out);
}

static bool is_slot_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        c == '.' || c == '_' || c == '-';
}

static void put_value(struct buf *b, enum fill_form form, str s)
{
    if (form == FILL_HTML)
        buf_html(b, s);
    else
        fill_markdown(b, s);
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

/* Where the paragraph that b ends in begins; -1: not in one. Lists and tables are none.
 */
static ptrdiff_t paragraph_start(const struct buf *b, enum fill_form form)
{
    size_t i = b->n;
    if (form == FILL_HTML) {
        while (i > 0 && b->p[i - 1] != '<')
            i--;
        for (; i > 0; i--) { /* the innermost block that is open */
            str from = {b->p + i - 1, b->n - i + 1};
            if (str_starts(from, STR("<p>")))
                return (ptrdiff_t)i - 1;
            if (str_starts(from, STR("</p>")) || str_starts(from, STR("<li>")))
                return -1;
        }
        return -1;
    }
    while (i > 1 && !(b->p[i - 1] == '\n' && b->p[i - 2] == '\n'))
        i--;
    i = i > 1 ? i : 0;
    return i < b->n && strchr("-|>#", b->p[i]) && b->p[i] ? -1 : (ptrdiff_t)i;
}

/* A paragraph with something of a look-up that is not known is left out as a whole: half
 * a sentence would be a wrong one. False: it stands in no paragraph. */
static bool drop_paragraph(struct buf *b, enum fill_form form, str *rest)
{
    str end = form == FILL_HTML ? STR("</p>") : STR("\n\n");
    ptrdiff_t start = paragraph_start(b, form), at = str_find(*rest, end);
    if (start < 0)
        return false;
    b->n = (size_t)start;
    *rest = at < 0 ? STR("") : str_sub(*rest, (size_t)at + end.n, rest->n);
    return true;
}

bool fill_begins_with_row(str markdown)
{
    ptrdiff_t end = str_find(markdown, STR("\n\n"));
    str first = end < 0 ? markdown : str_sub(markdown, 0, (size_t)end);
    for (size_t i = 0; i < first.n; i++) {
        size_t k = i + 1;
        while (first.p[i] == '{' && k < first.n && is_slot_char(first.p[k]))
            k++;
        if (first.p[i] == '{' && fill_is_row_slot(str_sub(first, i + 1, k)))
            return true;
    }
    return false;
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
        if (fill_is_table(name, v)) {
            unwrap(&b, &text);
            fill_table(&b, a, form, name, v);
        } else if (value_of(a, name, v, &value)) {
            put_value(&b, form, value);
        } else if (fill_is_row_slot(name) && !str_eq(name, STR("leave.date")) &&
                   drop_paragraph(&b, form, &text)) {
            continue;
        } else {
            buf_put(&b, STR("—"));
            if (missing)
                ++*missing;
        }
    }
    buf_put(&b, text);
    return buf_str(&b);
}
