#include "adapters/hris/rest_inside.h"

#include "app/link_host.h"
#include "base/buf.h"
#include "base/hundredths.h"

enum { AMOUNT_MAX = 16, TEXT_MAX = 200 };

/* "40.0", "-3.50", "14": a sign, digits, a point and digits. Hundredths of it. */
static bool hundredths(str s, int64_t *out)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    str rest = str_sub(s, minus, s.n), whole = str_cut(&rest, '.');
    if (s.n > AMOUNT_MAX || whole.n == 0 || (rest.p && rest.n == 0))
        return false;
    int64_t w, sum = 0;
    if (str_int(whole, &w) || w < 0 || w > 1000000)
        return false;
    for (size_t i = 0; rest.p && i < rest.n; i++) {
        char c = rest.p[i];
        if (c < '0' || c > '9')
            return false;
        if (i == 2 && c >= '5')
            sum++; /* systems that count in minutes send thirds of an hour */
        if (i < 2)
            sum += (c - '0') * (i == 0 ? 10 : 1);
    }
    *out = (w * 100 + sum) * (minus ? -1 : 1);
    return true;
}

/* The day at the front of "2026-12-31" or "2026-12-31T00:00:00Z". */
static date_t day(str s)
{
    date_t d;
    return date_parse(str_sub(s, 0, 10), &d) == RC_OK ? d : DATE_NONE;
}

/* One line of bounded length; they are shown as text, whatever is in them. */
static str line(struct arena *a, str s, size_t most)
{
    str copy = arena_str(a, str_sub(s, 0, most));
    char *p = (char *)(uintptr_t)copy.p;
    while (copy.n > 0 && !str_is_utf8(copy))
        copy.n--;
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
            p[i] = ' ';
    return str_trim(copy);
}

static str known_unit(str unit)
{
    static const char *const units[] = {"hours", "days"};
    for (size_t i = 0; i < LEN(units); i++)
        if (str_eq_ascii(unit, str_c(units[i])))
            return str_c(units[i]);
    return STR("");
}

/* "/app/slip/{id}" with what stands in braces percent-encoded; only id and employee. */
static str link_filled(struct arena *a, str pattern, str id, str employee)
{
    struct buf b = buf_new(a, LINK_MAX);
    while (pattern.n > 0) {
        bool is_id = str_starts(pattern, STR("{id}")),
             is_employee = str_starts(pattern, STR("{employee}"));
        if (is_id || is_employee)
            template_percent(&b, is_id ? id : employee);
        else
            buf_char(&b, pattern.p[0]);
        pattern = str_sub(pattern, is_id ? 4 : is_employee ? 10 : 1, pattern.n);
    }
    return buf_failed(&b) ? STR("") : buf_str(&b);
}

/* A link leads to the HR system itself, or to a host of the settings; or it is none. One
 * that begins with a slash is below the HR system's url. */
static str link_of(const struct hris_rest *h, struct arena *a, struct rest_values v,
                   str employee)
{
    str link = values_get(v, STR("link")), id = values_get(v, STR("id"));
    if (link.n == 0 || (str_has(link, STR("{id}")) && id.n == 0))
        return STR("");
    link = link_filled(a, link, id, employee);
    if (str_starts(link, STR("/")))
        link = arena_fmt(a, "%.*s%.*s", STR_ARG(h->section.rest.url), STR_ARG(link));
    bool good = link_host_is_allowed(link, link_host(h->section.rest.url)) ||
        (h->host.all && link_host_is_allowed(link, h->host.all->link_hosts));
    return good ? arena_str(a, link) : STR("");
}

bool hris_rows_of(const struct hris_rest *h, struct arena *a,
                  const struct exchange_result *r, str employee, date_t today,
                  struct lookup_row *out, size_t *n, str *why)
{
    *n = 0;
    for (size_t i = 0; i < r->n_rows && *n < HRIS_ROWS_MAX; i++) {
        struct rest_values v = r->row[i];
        str amount = values_get(v, STR("amount")), minus = values_get(v, STR("minus"));
        int64_t sum = 0, less = 0;
        if ((amount.n > 0 && !hundredths(str_trim(amount), &sum)) ||
            (minus.n > 0 && !hundredths(str_trim(minus), &less))) {
            *why = STR("a balance in the reply is not a number");
            return false;
        }
        str kind = line(a, values_get(v, STR("kind")), TEXT_MAX);
        date_t as_of = day(values_get(v, STR("as_of"))),
               from = day(values_get(v, STR("from")));
        bool is_balance = amount.n > 0 && from == DATE_NONE;
        out[(*n)++] = (struct lookup_row){
            .kind = {kind, kind},
            .amount = amount.n ? hundredths_show(a, sum - less) : STR(""),
            .unit = known_unit(str_trim(values_get(v, STR("unit")))),
            .expires = day(values_get(v, STR("expires"))),
            .as_of = as_of == DATE_NONE && is_balance ? today : as_of,
            .from = from,
            .to = day(values_get(v, STR("to"))),
            .group = line(a, values_get(v, STR("group")), TEXT_MAX),
            .text = line(a, values_get(v, STR("text")), TEXT_MAX),
            .link = link_of(h, a, v, employee)};
    }
    return true;
}
