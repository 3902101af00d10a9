#include "content/audience.h"

#include "base/str.h"
#include "content/source.h"

/* One value: up to a blank or a comma, or what stands in quotes. */
static str next_value(str text, size_t *at)
{
    static const char *const open[] = {
        "\"", "'", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\x98"};
    static const char *const close[] = {
        "\"", "'", "\xe2\x80\x9d", "\xe2\x80\x9d", "\xe2\x80\x9d", "\xe2\x80\x99"};
    str rest = str_sub(text, *at, text.n);
    for (size_t i = 0; i < LEN(open); i++) {
        str o = str_c(open[i]);
        if (!str_starts(rest, o))
            continue;
        str inner = str_sub(rest, o.n, rest.n);
        ptrdiff_t end = str_find(inner, str_c(close[i]));
        if (end < 0)
            break;
        *at += o.n + (size_t)end + strlen(close[i]);
        return str_sub(inner, 0, (size_t)end);
    }
    size_t n = 0;
    while (n < rest.n && rest.p[n] != ',' && !source_blank(rest, n))
        n++;
    *at += n;
    return str_sub(rest, 0, n);
}

static void skip_blanks(str text, size_t *at)
{
    for (size_t n; (n = source_blank(text, *at)) > 0;)
        *at += n;
}

/* key=value,value; blanks around = and , are forgiven. */
static bool read_condition(const struct place *where, str text, size_t *at,
                           struct condition *out)
{
    size_t from = *at;
    while (*at < text.n && text.p[*at] != '=' && text.p[*at] != ',' &&
           !source_blank(text, *at))
        ++*at;
    out->key = str_sub(text, from, *at);
    struct place here = place_of(where, text, out->key);
    skip_blanks(text, at);
    if (out->key.n == 0 || *at == text.n || text.p[*at] != '=') {
        place_error(&here, "`%.*s` is no condition; write `country=NL` or `contract=a,b`",
                    STR_ARG(str_sub(text, from, MAX(*at, from + 1))));
        return false;
    }
    VEC(str) values = {0};
    do {
        ++*at;
        skip_blanks(text, at);
        str value = next_value(text, at);
        if (value.n == 0) {
            place_error(&here, "`%.*s=` lacks a value", STR_ARG(out->key));
            return false;
        }
        *arena_push(where->arena, &values) = value;
        skip_blanks(text, at);
    } while (*at < text.n && text.p[*at] == ',');
    out->values = (struct strs){values.v, values.n};
    return true;
}

static const struct condition *find_key(const struct audience *a, str key)
{
    for (size_t i = 0; i < a->n; i++)
        if (str_eq_ascii(a->v[i].key, key))
            return &a->v[i];
    return NULL;
}

bool audience_parse(const struct place *where, str text, struct audience *out)
{
    VEC(struct condition) list = {0};
    *out = (struct audience){0};
    size_t at = 0;
    for (skip_blanks(text, &at); at < text.n; skip_blanks(text, &at)) {
        struct condition one = {0};
        if (!read_condition(where, text, &at, &one))
            return false;
        if (find_key(&(struct audience){list.v, list.n}, one.key)) {
            struct place here = place_of(where, text, one.key);
            place_error(&here, "`%.*s` stands here twice; write `%.*s=a,b`",
                        STR_ARG(one.key), STR_ARG(one.key));
            return false;
        }
        *arena_push(where->arena, &list) = one;
    }
    *out = (struct audience){list.v, list.n};
    return true;
}

static bool has_value(const struct strs *values, str value)
{
    for (size_t i = 0; i < values->n; i++)
        if (str_eq_ascii(values->v[i], value))
            return true;
    return false;
}

bool audience_overlaps(const struct audience *a, const struct audience *b)
{
    for (size_t i = 0; i < a->n; i++) {
        const struct condition *other = find_key(b, a->v[i].key);
        bool shared = !other;
        for (size_t k = 0; other && k < other->values.n && !shared; k++)
            shared = has_value(&a->v[i].values, other->values.v[k]);
        if (!shared)
            return false;
    }
    return true;
}

static const struct trait *find_trait(const struct traits *t, str key)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq_ascii(t->v[i].key, key) && t->v[i].value.n > 0)
            return &t->v[i];
    return NULL;
}

enum fit audience_fit(const struct audience *a, const struct traits *t)
{
    enum fit fit = FIT_YES;
    for (size_t i = 0; i < a->n; i++) {
        const struct trait *mine = find_trait(t, a->v[i].key);
        if (mine && !has_value(&a->v[i].values, mine->value))
            return FIT_NO;
        if (!mine)
            fit = FIT_UNKNOWN;
    }
    return fit;
}
