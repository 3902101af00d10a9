#include "adapters/servicedesk/rest_news.h"

#include "base/clock.h"
#include "base/str.h"

enum { DAY_MS = 24 * 3600 * 1000 };

/* --- times --- */

static bool two(str s, size_t at, int *out)
{
    int64_t n;
    if (str_int(str_sub(s, at, at + 2), &n) || n < 0)
        return false;
    *out = (int)n;
    return true;
}

/* "Z", "+01:00", "-0500" or nothing, as minutes. */
static bool offset_of(str s, int *minutes)
{
    int h = 0, m = 0;
    *minutes = 0;
    if (s.n == 0 || str_eq(s, STR("Z")) || str_eq(s, STR("z")))
        return true;
    if (s.p[0] != '+' && s.p[0] != '-')
        return false;
    size_t at = s.n > 3 && s.p[3] == ':' ? 4 : 3;
    if (!two(s, 1, &h) || (s.n > 3 && !two(s, at, &m)))
        return false;
    *minutes = (h * 60 + m) * (s.p[0] == '-' ? -1 : 1);
    return true;
}

bool rest_time(str s, int64_t *ms)
{
    date_t day;
    int h, m, sec, offset;
    if (s.n < 19 || date_parse(str_sub(s, 0, 10), &day) ||
        (s.p[10] != 'T' && s.p[10] != ' ') || !two(s, 11, &h) || !two(s, 14, &m) ||
        !two(s, 17, &sec))
        return false;
    str rest = str_sub(s, 19, s.n);
    if (rest.n > 0 && rest.p[0] == '.') {
        size_t i = 1;
        while (i < rest.n && rest.p[i] >= '0' && rest.p[i] <= '9')
            i++;
        rest = str_sub(rest, i, rest.n);
    }
    if (!offset_of(str_trim(rest), &offset))
        return false;
    *ms = (int64_t)day * DAY_MS + ((int64_t)(h * 60 + m - offset) * 60 + sec) * 1000;
    return true;
}

str rest_stamp(struct arena *a, int64_t ms, bool plain)
{
    int64_t s = MAX(ms, 0) / 1000;
    int in_day = (int)(s % (DAY_MS / 1000));
    str day = date_iso(a, (date_t)(s / (DAY_MS / 1000)));
    return arena_fmt(a, "%.*s%c%02d:%02d:%02d%s", STR_ARG(day), plain ? ' ' : 'T',
                     in_day / 3600, in_day / 60 % 60, in_day % 60, plain ? "" : "Z");
}

/* --- lists --- */

static bool is_above(str event, str seen)
{
    int64_t a, b;
    if (str_int(event, &a) || str_int(seen, &b))
        return true;
    return a > b;
}

void rest_replies(struct arena *a, const struct exchange_result *r, str seen,
                  struct desk_reply **out, size_t *n)
{
    size_t from = 0;
    bool listed = false;
    for (size_t i = 0; i < r->n_rows && seen.n > 0; i++)
        if (str_eq(values_get(r->row[i], STR("event")), seen)) {
            from = i + 1;
            listed = true;
        }
    *n = 0;
    *out = arena_alloc(a, MAX(r->n_rows, 1) * sizeof **out);
    for (size_t i = from; i < r->n_rows; i++) {
        str event = values_get(r->row[i], STR("event"));
        if (!listed && seen.n > 0 && !is_above(event, seen))
            continue;
        (*out)[(*n)++] = (struct desk_reply){.event = event,
                                             .name = values_get(r->row[i], STR("name")),
                                             .text = values_get(r->row[i], STR("text"))};
    }
}

void rest_changes(struct arena *a, const struct exchange_result *r,
                  struct desk_changed **out, size_t *n)
{
    *n = 0;
    *out = arena_alloc(a, MAX(r->n_rows, 1) * sizeof **out);
    for (size_t i = 0; i < r->n_rows; i++) {
        struct desk_changed c = {.external = values_get(r->row[i], STR("external"))};
        if (!rest_time(values_get(r->row[i], STR("changed")), &c.at_ms))
            continue;
        size_t at = (*n)++; /* oldest first, whatever the list's order */
        while (at > 0 && (*out)[at - 1].at_ms > c.at_ms) {
            (*out)[at] = (*out)[at - 1];
            at--;
        }
        (*out)[at] = c;
    }
}
