#include "dialogue/fill_row.h"

#include "base/hundredths.h"
#include "content/known.h"
#include "dialogue/say.h"
#include "text/when.h"

void fill_markdown(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\`*_{}[]<>#|~", s.p[i]) && s.p[i])
            buf_char(b, '\\');
        buf_char(b, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
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
        str shown = number ? hundredths_show(a, sum) : r->amount;
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

/* --- tables --- */

enum { CELLS = 3, PAY_DAYS_SHOWN = 6, DOCUMENTS_SHOWN = 12 };

static void cell(struct buf *b, enum fill_form form, str s, str link, bool head)
{
    if (form == FILL_HTML) {
        buf_put(b, head ? STR("<th>") : STR("<td>"));
        if (link.n > 0) {
            buf_put(b, STR("<a href=\""));
            buf_html(b, link);
            buf_put(b, STR("\">"));
        }
        buf_html(b, s);
        buf_put(b, link.n > 0 ? STR("</a>") : STR(""));
        buf_put(b, head ? STR("</th>") : STR("</td>"));
        return;
    }
    buf_put(b, link.n > 0 ? STR(" [") : STR(" "));
    fill_markdown(b, s);
    if (link.n > 0)
        buf_fmt(b, "](%.*s)", STR_ARG(link));
    buf_put(b, STR(" |"));
}

/* link: of the first cell; may be empty. */
static void table_row(struct buf *b, enum fill_form form, const str *cells, size_t n,
                      str link, bool head)
{
    buf_put(b, form == FILL_HTML ? STR("<tr>") : STR("\n|"));
    for (size_t i = 0; i < n; i++)
        cell(b, form, cells[i], i == 0 ? link : STR(""), head);
    buf_put(b, form == FILL_HTML ? STR("</tr>") : STR(""));
}

static void table_head(struct buf *b, enum fill_form form, const str *cells, size_t n)
{
    buf_put(b, form == FILL_HTML ? STR("<table>") : STR(""));
    table_row(b, form, cells, n, STR(""), true);
    buf_put(b, form == FILL_MARKDOWN ? STR("\n|") : STR(""));
    for (size_t i = 0; form == FILL_MARKDOWN && i < n; i++)
        buf_put(b, STR(" --- |"));
}

static str name_of(const struct lookup_row *r, enum lang l)
{
    return r->kind[l == LANG_NONE ? LANG_NL : l];
}

static str day_or_none(struct arena *a, date_t d, enum lang l)
{
    return d == DATE_NONE ? STR("") : when_show(a, d, l);
}

static void leave_table(struct buf *b, struct arena *a, enum fill_form form,
                        const struct fill_values *v)
{
    enum lang l = v->lang;
    table_head(b, form,
               (str[CELLS]){say(SAY_KIND, l), say(SAY_BALANCE, l), say(SAY_EXPIRES, l)},
               CELLS);
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct lookup_row *r = &v->rows[i];
        table_row(b, form,
                  (str[CELLS]){name_of(r, l), row_amount(a, r, l),
                               day_or_none(a, r->expires, l)},
                  CELLS, STR(""), false);
    }
}

/* --- rows by day --- */

static str group_of(str slot)
{
    return str_eq(slot, STR("documents.contract"))  ? STR("contract")
        : str_eq(slot, STR("documents.payslips"))   ? STR("payslip")
        : str_eq(slot, STR("documents.statements")) ? STR("statement")
                                                    : STR("");
}

static bool is_shown(const struct lookup_row *r, str slot, date_t today)
{
    str group = group_of(slot);
    if (str_starts(slot, STR("pay.")))
        return r->as_of != DATE_NONE && r->as_of >= today;
    return group.n == 0 || str_eq_ascii(r->group, group);
}

/* The rows a slot is about: pay days from today on, the next one first; documents, the
 * newest first. *n is their number. */
static const struct lookup_row **chosen(struct arena *a, str slot,
                                        const struct fill_values *v, size_t *n)
{
    const struct lookup_row **out = arena_alloc(a, (v->n_rows + 1) * sizeof *out);
    bool next_first = str_starts(slot, STR("pay."));
    *n = 0;
    for (size_t i = 0; i < v->n_rows; i++) {
        if (!is_shown(&v->rows[i], slot, v->today))
            continue;
        size_t k = (*n)++;
        for (; k > 0; k--) {
            date_t before = out[k - 1]->as_of, mine = v->rows[i].as_of;
            if (next_first ? before <= mine : before >= mine)
                break;
            out[k] = out[k - 1];
        }
        out[k] = &v->rows[i];
    }
    return out;
}

static void pay_table(struct buf *b, struct arena *a, enum fill_form form,
                      const struct fill_values *v)
{
    enum lang l = v->lang;
    size_t n;
    const struct lookup_row **rows = chosen(a, STR("pay.table"), v, &n);
    table_head(b, form, (str[2]){say(SAY_PAY_DAY, l), say(SAY_PAY_WHAT, l)}, 2);
    for (size_t i = 0; i < MIN(n, (size_t)PAY_DAYS_SHOWN); i++)
        table_row(b, form, (str[2]){when_show(a, rows[i]->as_of, l), name_of(rows[i], l)},
                  2, STR(""), false);
}

static str period_shown(struct arena *a, const struct lookup_row *r, enum lang l)
{
    if (r->from != DATE_NONE && r->to != DATE_NONE && r->to != r->from)
        return arena_fmt(a, "%.*s %.*s %.*s", STR_ARG(when_show(a, r->from, l)),
                         STR_ARG(say(SAY_UP_TO, l)), STR_ARG(when_show(a, r->to, l)));
    if (r->from != DATE_NONE)
        return when_show(a, r->from, l);
    return r->amount.n > 0 ? row_amount(a, r, l) : STR("");
}

static str status_shown(str status, enum lang l)
{
    static const struct {
        str status;
        enum say shown;
    } known[] = {{STR_INIT("pending"), SAY_REQUEST_PENDING},
                 {STR_INIT("approved"), SAY_REQUEST_APPROVED},
                 {STR_INIT("info"), SAY_REQUEST_INFO}};
    for (size_t i = 0; i < LEN(known); i++)
        if (str_eq_ascii(status, known[i].status))
            return say(known[i].shown, l);
    return status;
}

static void requests_table(struct buf *b, struct arena *a, enum fill_form form,
                           const struct fill_values *v)
{
    enum lang l = v->lang;
    table_head(b, form,
               (str[CELLS]){say(SAY_REQUEST, l), say(SAY_REQUEST_PERIOD, l),
                            say(SAY_REQUEST_STATUS, l)},
               CELLS);
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct lookup_row *r = &v->rows[i];
        table_row(
            b, form,
            (str[CELLS]){name_of(r, l), period_shown(a, r, l), status_shown(r->text, l)},
            CELLS, r->link, false);
    }
}

static void documents_table(struct buf *b, struct arena *a, enum fill_form form, str slot,
                            const struct fill_values *v)
{
    enum lang l = v->lang;
    size_t n, most = DOCUMENTS_SHOWN;
    const struct lookup_row **rows = chosen(a, slot, v, &n);
    table_head(b, form, (str[2]){say(SAY_DOCUMENT, l), say(SAY_DOCUMENT_DATE, l)}, 2);
    for (size_t i = 0; i < MIN(n, most); i++)
        table_row(b, form,
                  (str[2]){name_of(rows[i], l), day_or_none(a, rows[i]->as_of, l)}, 2,
                  rows[i]->link, false);
    if (n > most)
        table_row(b, form, (str[2]){say(SAY_DOCUMENTS_MORE, l), STR("")}, 2, STR(""),
                  false);
}

bool fill_is_table(str slot, const struct fill_values *v)
{
    if (v->n_rows == 0)
        return false;
    if (str_eq(slot, STR("leave.table")) || str_eq(slot, STR("requests.table")))
        return true;
    if (!str_eq(slot, STR("pay.table")) && !str_starts(slot, STR("documents.")))
        return false;
    for (size_t i = 0; i < v->n_rows; i++)
        if (is_shown(&v->rows[i], slot, v->today))
            return true;
    return false;
}

void fill_table(struct buf *b, struct arena *a, enum fill_form form, str slot,
                const struct fill_values *v)
{
    if (str_eq(slot, STR("leave.table")))
        leave_table(b, a, form, v);
    else if (str_eq(slot, STR("pay.table")))
        pay_table(b, a, form, v);
    else if (str_eq(slot, STR("requests.table")))
        requests_table(b, a, form, v);
    else
        documents_table(b, a, form, slot, v);
    buf_put(b, form == FILL_HTML ? STR("</table>") : STR(""));
}

bool fill_is_row_slot(str slot)
{
    for (size_t i = 0; i < known_slots.n; i++)
        if (str_eq(slot, str_c(known_slots.v[i].name)))
            return true;
    return false;
}

bool fill_row_value(struct arena *a, str slot, const struct fill_values *v, str *out)
{
    size_t n;
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
    if (!str_eq(slot, STR("pay.next")))
        return false;
    const struct lookup_row **days = chosen(a, slot, v, &n);
    if (n > 0)
        *out = when_show(a, days[0]->as_of, v->lang);
    return n > 0;
}
