#include "app/promise_settings.h"

#include "base/str.h"

enum { WEEK = 7, WARN_SECONDS = 3600, DAY_MINUTES = 24 * 60, RESPONSE_DAYS_MAX = 60 };

struct section {
    struct arena *arena;
    str file;
    struct diags *diags;
    struct promise_rules *out;
};

#define section_error(s, y, ...)                                                         \
    diag_error((s)->diags, (s)->file, (y)->line, (y)->column, __VA_ARGS__)

/* 0 = Monday; -1: no day. */
static int day_of(str s)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun",
                                       "ma",  "di",  "wo",  "do",  "vr",  "za",  "zo"};
    for (size_t i = 0; i < LEN(days); i++)
        if (str_eq_ascii(s, str_c(days[i])))
            return (int)(i % WEEK);
    return -1;
}

/* "09:00" */
static bool time_of(str s, int *minutes)
{
    int64_t h, m;
    str rest = s, hour = str_cut(&rest, ':');
    if (str_int(hour, &h) || str_int(rest, &m) || rest.n != 2 || h < 0 || h > 24 ||
        m < 0 || m > 59 || h * 60 + m > DAY_MINUTES)
        return false;
    *minutes = (int)(h * 60 + m);
    return true;
}

/* "mon-fri 09:00-17:00", "fri 09:00-12:00 13:00-16:00" */
static bool read_opening(struct promise_rules *r, str text)
{
    struct opening o[PROMISE_PERIODS] = {0};
    str rest = str_trim(text), days = str_cut(&rest, ' '), last = days;
    str first = str_cut(&last, '-');
    int from = day_of(first), to = last.p ? day_of(last) : from;
    size_t n = 0;
    while (rest.n > 0) {
        str end = str_cut(&rest, ' '), begin = str_cut(&end, '-');
        if (begin.n == 0 && end.n == 0)
            continue; /* more than one blank */
        if (n == PROMISE_PERIODS || !time_of(begin, &o[n].from) ||
            !time_of(end, &o[n].to) || o[n].to <= o[n].from ||
            (n > 0 && o[n].from < o[n - 1].to))
            return false;
        n++;
    }
    if (from < 0 || to < from || n == 0)
        return false;
    for (int d = from; d <= to; d++)
        memcpy(r->week[d], o, sizeof o);
    return true;
}

static void read_week(struct section *s, const struct yaml *y)
{
    const struct yaml *v = y && y->kind == YAML_LIST ? y->v : y;
    size_t n = y && y->kind == YAML_LIST ? y->n : y ? 1 : 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].kind != YAML_TEXT || !read_opening(s->out, v[i].text))
            section_error(s, &v[i],
                          "open is like: mon-fri 09:00-17:00, or a list of such");
}

static void read_closed(struct section *s, const struct yaml *y)
{
    if (!y)
        return;
    date_t *days = arena_alloc(s->arena, MAX(y->n, 1) * sizeof *days);
    if (y->kind != YAML_LIST)
        section_error(s, y, "closed is a list of days: [2026-12-24]");
    for (size_t i = 0; y->kind == YAML_LIST && i < y->n; i++)
        if (y->v[i].kind != YAML_TEXT ||
            date_parse(y->v[i].text, &days[s->out->n_closed]))
            section_error(s, &y->v[i], "a closed day is written as 2026-12-24");
        else
            s->out->n_closed++;
    s->out->closed = days;
}

/* "30s", "30m", "8h": seconds; "2d": days, where they may stand. */
static bool read_span(str text, bool days, int64_t *seconds, int *n_days)
{
    static const struct {
        char unit;
        int seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}};
    int64_t n;
    str s = str_trim(text);
    if (s.n < 2 || str_int(str_sub(s, 0, s.n - 1), &n) || n <= 0 || n > 100000)
        return false;
    for (size_t i = 0; i < LEN(units); i++)
        if (s.p[s.n - 1] == units[i].unit)
            *seconds = n * units[i].seconds;
    if (*seconds == 0 && days && s.p[s.n - 1] == 'd' && n <= RESPONSE_DAYS_MAX)
        *n_days = (int)n;
    return *seconds > 0 || *n_days > 0;
}

static void read_response(struct section *s, const struct yaml *y,
                          const struct yaml *section)
{
    if (!y || y->kind != YAML_MAP || y->n == 0) {
        section_error(s, y ? y : section,
                      "response says how long each queue may take: "
                      "{\"*\": 8h, Payroll: 2d}");
        return;
    }
    struct response_time *all = arena_alloc(s->arena, y->n * sizeof *all);
    for (size_t i = 0; i < y->n; i++) {
        struct response_time *t = &all[s->out->n_response];
        *t = (struct response_time){.queue = arena_str(s->arena, y->key[i].text)};
        if (y->v[i].kind != YAML_TEXT ||
            !read_span(y->v[i].text, true, &t->seconds, &t->days))
            section_error(s, &y->v[i], "a response time is written as 30m, 8h or 2d");
        else
            s->out->n_response++;
    }
    s->out->response = all;
}

static void check_keys(struct section *s, const struct yaml *y)
{
    static const str keys[] = {STR_INIT("open"), STR_INIT("holidays"), STR_INIT("closed"),
                               STR_INIT("response"), STR_INIT("warn")};
    for (size_t i = 0; i < y->n; i++) {
        bool known = false;
        for (size_t k = 0; k < LEN(keys); k++)
            known = known || str_eq(y->key[i].text, keys[k]);
        str near = known ? STR_NONE : str_nearest(y->key[i].text, keys, LEN(keys));
        if (!known)
            section_error(s, &y->key[i], "unknown setting \"%.*s\"%s%.*s%s",
                          STR_ARG(y->key[i].text), near.n ? " (probably meant " : "",
                          STR_ARG(near), near.n ? ")" : "");
    }
}

const struct promise_rules *promise_settings(struct arena *a, const struct yaml *y,
                                             str file, struct diags *d)
{
    if (!y)
        return NULL;
    struct section s = {a, file, d, arena_alloc(a, sizeof *s.out)};
    size_t errors = d->errors;
    const struct yaml *open = yaml_get(y, "open"), *warn = yaml_get(y, "warn");
    str holidays = yaml_text(y, "holidays");
    check_keys(&s, y);
    s.out->holidays = !str_eq(holidays, STR("none"));
    if (holidays.n > 0 && s.out->holidays && !str_eq(holidays, STR("nl")))
        section_error(&s, yaml_get(y, "holidays"), "holidays is nl or none");
    read_opening(s.out, STR("mon-fri 09:00-17:00"));
    if (open)
        memset(s.out->week, 0, sizeof s.out->week);
    read_week(&s, open);
    read_closed(&s, yaml_get(y, "closed"));
    read_response(&s, yaml_get(y, "response"), y);
    s.out->warn_seconds = WARN_SECONDS;
    int64_t seconds = 0;
    if (warn &&
        (warn->kind != YAML_TEXT || !read_span(warn->text, false, &seconds, &(int){0})))
        section_error(&s, warn, "warn is written as 30m or 1h");
    else if (warn)
        s.out->warn_seconds = seconds;
    return d->errors > errors ? NULL : s.out;
}
