#include "rest/template.h"

#include "base/random.h"

enum { KNOWN_MAX = 64 };

static const struct placeholder *find_known(struct placeholders known, str name)
{
    for (size_t i = 0; i < known.n; i++)
        if (str_eq(str_c(known.v[i].name), name))
            return known.v + i;
    return NULL;
}

static str nearest_known(struct placeholders known, str name)
{
    str words[KNOWN_MAX];
    size_t n = MIN(known.n, LEN(words));
    for (size_t i = 0; i < n; i++)
        words[i] = str_c(known.v[i].name);
    return str_nearest(name, words, n);
}

/* --- reading --- */

struct reading {
    struct arena *arena;
    struct placeholders known;
    struct diags *diags;
    str file;
    int line, column;
    VEC(struct template_part) parts;
};

static void put_literal(struct reading *r, str text)
{
    if (text.n > 0)
        arena_push(r->arena, &r->parts)->text = text;
}

static enum rc unknown(struct reading *r, str name)
{
    str near = nearest_known(r->known, name);
    diag_error(r->diags, r->file, r->line, r->column,
               "unknown placeholder {{%.*s}}%s%.*s%s", STR_ARG(name),
               near.n ? " (probably meant {{" : "", STR_ARG(near), near.n ? "}})" : "");
    return RC_INVALID;
}

static enum rc read_filters(struct reading *r, str filters, struct template_part *part)
{
    while (filters.p) {
        int64_t most;
        str filter = str_trim(str_cut(&filters, '|'));
        if (str_eq(filter, STR("html"))) {
            part->html = true;
        } else if (str_eq(filter, STR("number"))) {
            part->number = true;
        } else if (str_starts(filter, STR("or "))) {
            part->other = str_trim(str_sub(filter, 3, filter.n));
            part->of_other = find_known(r->known, part->other);
            if (!part->of_other)
                return unknown(r, part->other);
        } else if (str_int(filter, &most) == RC_OK && most > 1 && most <= TEMPLATE_MAX) {
            part->most = (size_t)most;
        } else {
            diag_error(r->diags, r->file, r->line, r->column,
                       "unknown filter \"%.*s\": there are |html, |number, |or NAME and "
                       "a number "
                       "of characters, |80",
                       STR_ARG(filter));
            return RC_INVALID;
        }
    }
    return RC_OK;
}

static enum rc put_placeholder(struct reading *r, str inside)
{
    str filters = inside, name = str_trim(str_cut(&filters, '|'));
    bool optional = str_ends(name, STR("?"));
    if (optional)
        name = str_trim(str_sub(name, 0, name.n - 1));
    const struct placeholder *p = find_known(r->known, name);
    if (!p)
        return unknown(r, name);
    struct template_part *part = arena_push(r->arena, &r->parts);
    part->name = name;
    part->placeholder = p;
    part->optional = optional;
    return read_filters(r, filters, part);
}

enum rc template_read(struct arena *a, str text, struct placeholders known,
                      struct diags *d, str file, int line, int column,
                      struct template *out)
{
    struct reading r = {.arena = a,
                        .known = known,
                        .diags = d,
                        .file = file,
                        .line = line,
                        .column = column};
    *out = (struct template){0};
    if (text.n > TEMPLATE_MAX) {
        diag_error(d, file, line, column, "longer than %d bytes", TEMPLATE_MAX);
        return RC_INVALID;
    }
    enum rc rc = RC_OK;
    for (str rest = text; rest.n > 0;) {
        ptrdiff_t open = str_find(rest, STR("{{"));
        if (open < 0) {
            put_literal(&r, rest);
            break;
        }
        put_literal(&r, str_sub(rest, 0, (size_t)open));
        rest = str_sub(rest, (size_t)open + 2, rest.n);
        ptrdiff_t close = str_find(rest, STR("}}"));
        if (close < 0) {
            diag_error(d, file, line, column, "{{ without its }}");
            return RC_INVALID;
        }
        if (put_placeholder(&r, str_sub(rest, 0, (size_t)close)))
            rc = RC_INVALID;
        rest = str_sub(rest, (size_t)close + 2, rest.n);
    }
    *out = (struct template){r.parts.v, r.parts.n};
    return rc;
}

/* --- filling in --- */

void template_percent(struct buf *b, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool alnum =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (alnum || c == '-' || c == '.' || c == '_' || c == '~') {
            buf_char(b, (char)c);
        } else {
            buf_char(b, '%');
            buf_char(b, hex[c >> 4]);
            buf_char(b, hex[c & 15]);
        }
    }
}

static bool is_printable_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] > 0x7e)
            return false;
    return true;
}

/* Digits and what stands between them in "2026-11-22 09:30:00" or "2026-11-22T09:30:00Z".
 */
static bool is_time(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= '0' && s.p[i] <= '9') && !strchr("-: TZ", s.p[i]))
            return false;
    return s.n > 0;
}

static bool is_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0 && (s.p[0] != '0' || s.n == 1);
}

/* Whether a value may stand in this place of this template at all. */
static bool is_safe(const struct template *t, const struct template_part *part,
                    enum template_place place, str value)
{
    if (!str_is_utf8(value))
        return false;
    switch (place) {
    case TEMPLATE_URL:
        return value.n > 0 && !str_eq(value, STR(".")) && !str_eq(value, STR(".."));
    case TEMPLATE_QUERY:
        if (part->placeholder->kind == VALUE_TIME)
            return is_time(value);
        return t->n == 1 || random_is_key(value) ||
            part->placeholder->kind == VALUE_SETTING;
    case TEMPLATE_HEADER:
        return value.n > 0 && is_printable_ascii(value);
    case TEMPLATE_FORM:
    case TEMPLATE_TEXT:
        break;
    }
    return part->placeholder->kind != VALUE_BASE && (!part->number || is_digits(value));
}

/* At most `most` characters as UTF-16 counts them, which is never fewer than any other
 * way of counting; whole ones only. */
static str shortened(struct arena *a, str s, size_t most)
{
    size_t units = 0, fits = 0; /* fits: bytes that leave room for the ellipsis */
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c & 0xc0) == 0x80)
            continue;
        if (units < most)
            fits = i;
        units += c >= 0xf0 ? 2 : 1;
        if (units > most)
            return arena_fmt(a, "%.*s\u2026", STR_ARG(str_trim(str_sub(s, 0, fits))));
    }
    return s;
}

/* False when it is too long. */
static bool as_html(struct arena *a, str *s)
{
    struct buf b = buf_new(a, TEMPLATE_RESULT_MAX);
    str rest = *s, line;
    for (bool first = true; str_line(&rest, &line); first = false) {
        if (!first)
            buf_put(&b, STR("<br>"));
        buf_html(&b, line);
    }
    *s = buf_str(&b);
    return !buf_failed(&b);
}

static bool filter(struct arena *a, const struct template_part *part, str *value)
{
    if (part->most > 0)
        *value = shortened(a, *value, part->most);
    return !part->html || as_html(a, value);
}

static void put_value(struct buf *b, const struct template_part *part,
                      enum template_place place, str value)
{
    bool encode = place == TEMPLATE_QUERY || place == TEMPLATE_FORM ||
        (place == TEMPLATE_URL && part->placeholder->kind != VALUE_BASE);
    if (encode)
        template_percent(b, value);
    else
        buf_put(b, value);
}

enum rc template_fill(struct arena *a, const struct template *t,
                      enum template_place place, struct rest_values values, str *out,
                      str *culprit)
{
    struct buf b = buf_new(a, TEMPLATE_RESULT_MAX);
    bool encode_literals = place == TEMPLATE_QUERY || place == TEMPLATE_FORM;
    for (size_t i = 0; i < t->n; i++) {
        const struct template_part *part = &t->v[i];
        if (!part->placeholder) {
            if (encode_literals)
                template_percent(&b, part->text);
            else
                buf_put(&b, part->text);
            continue;
        }
        str value = values_get(values, part->name);
        *culprit = part->name;
        if (value.n == 0 && part->other.n > 0)
            value = values_get(values, part->other);
        if (!is_safe(t, part, place, value))
            return RC_DENIED;
        if (!filter(a, part, &value))
            return RC_LIMIT;
        put_value(&b, part, place, value);
        if (buf_failed(&b))
            return RC_LIMIT;
    }
    *out = buf_str(&b);
    return buf_failed(&b) ? RC_LIMIT : RC_OK;
}

bool template_is_absent(const struct template *t, struct rest_values values)
{
    return t->n == 1 && t->v[0].optional && values_get(values, t->v[0].name).n == 0 &&
        (t->v[0].other.n == 0 || values_get(values, t->v[0].other).n == 0);
}

bool template_is_literal(const struct template *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].placeholder)
            return false;
    return true;
}

str template_literal(const struct template *t)
{
    return t->n > 0 ? t->v[0].text : STR("");
}

bool template_has(const struct template *t, enum value_kind kind)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].placeholder && t->v[i].placeholder->kind == kind)
            return true;
    return false;
}

str values_get(struct rest_values values, str name)
{
    for (size_t i = 0; i < values.n; i++)
        if (str_eq(values.v[i].name, name))
            return values.v[i].text;
    return STR_NONE;
}
