#include "base/members.h"

#include "base/buf.h"

static void skip_blanks(str *rest)
{
    while (rest->n > 0 && (unsigned char)rest->p[0] <= ' ')
        *rest = str_sub(*rest, 1, rest->n);
}

static bool take_char(str *rest, char c)
{
    skip_blanks(rest);
    if (rest->n == 0 || rest->p[0] != c)
        return false;
    *rest = str_sub(*rest, 1, rest->n);
    return true;
}

/* Bytes of the text that s begins with, its quotes included; 0: it has no end. */
static size_t text_length(str s)
{
    for (size_t i = 1; i < s.n;) {
        const char *quote = memchr(s.p + i, '"', s.n - i);
        if (!quote)
            return 0;
        size_t end = (size_t)(quote - s.p), slashes = 0;
        while (s.p[end - 1 - slashes] == '\\') /* s begins with a quote: it ends there */
            slashes++;
        if (slashes % 2 == 0)
            return end + 1;
        i = end + 1;
    }
    return 0;
}

/* Bytes of the value that s begins with: up to the comma or bracket that ends it. */
static size_t value_length(str s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"') {
            size_t n = text_length(str_sub(s, i, s.n));
            if (n == 0)
                return 0;
            i += n - 1;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
            return i;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return 0;
}

static bool take_member(str *rest, struct member *m)
{
    skip_blanks(rest);
    size_t n = rest->n > 0 && rest->p[0] == '"' ? text_length(*rest) : 0;
    if (n == 0)
        return false;
    m->name = str_sub(*rest, 1, n - 1);
    *rest = str_sub(*rest, n, rest->n);
    if (!take_char(rest, ':'))
        return false;
    skip_blanks(rest);
    n = value_length(*rest);
    m->value = str_trim(str_sub(*rest, 0, n));
    *rest = str_sub(*rest, n, rest->n);
    return m->value.n > 0;
}

enum rc members_read(struct arena *a, str json, struct members *out)
{
    str rest = json;
    *out = (struct members){0};
    bool good = take_char(&rest, '{');
    bool more = good && !take_char(&rest, '}');
    while (good && more) {
        good = take_member(&rest, arena_push(a, out));
        more = take_char(&rest, ',');
        good = good && (more || take_char(&rest, '}'));
    }
    skip_blanks(&rest);
    if (good && rest.n == 0)
        return RC_OK;
    *out = (struct members){0};
    return RC_INVALID;
}

str members_raw(const struct members *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (str_eq(m->v[i].name, str_c(name)))
            return m->v[i].value;
    return STR_NONE;
}

int64_t members_int(const struct members *m, const char *name)
{
    int64_t n;
    return str_int(members_raw(m, name), &n) == RC_OK ? n : 0;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What follows a backslash. Bytes taken; 0: nothing that buf_json writes. */
static size_t unescape(str s, char *out)
{
    char c = s.n > 0 ? s.p[0] : '\0';
    if (c == 'u' && s.n >= 5 && s.p[1] == '0' && s.p[2] == '0') {
        int high = hex(s.p[3]), low = hex(s.p[4]);
        if (high < 0 || high > 7 || low < 0)
            return 0;
        *out = (char)(high * 16 + low);
        return 5;
    }
    *out = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    return *out != c || c == '"' || c == '\\' ? 1 : 0;
}

str members_text(struct arena *a, const struct members *m, const char *name)
{
    str value = members_raw(m, name);
    if (value.n < 2 || value.p[0] != '"')
        return STR_NONE;
    str rest = str_sub(value, 1, value.n - 1);
    ptrdiff_t slash = str_find_char(rest, '\\');
    if (slash < 0)
        return rest;
    struct buf b = buf_new(a, value.n);
    for (; slash >= 0; slash = str_find_char(rest, '\\')) {
        char c;
        buf_put(&b, str_sub(rest, 0, (size_t)slash));
        rest = str_sub(rest, (size_t)slash + 1, rest.n);
        size_t n = unescape(rest, &c);
        if (n == 0)
            return STR_NONE;
        buf_char(&b, c);
        rest = str_sub(rest, n, rest.n);
    }
    buf_put(&b, rest);
    return buf_str(&b);
}
