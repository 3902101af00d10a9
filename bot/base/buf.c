#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bytes.h"
#include "base/str.h"

struct buf buf_new(struct arena *a, size_t max)
{
    return (struct buf){.arena = a, .max = max};
}

struct buf buf_sized(struct arena *a, size_t max, size_t about)
{
    struct buf b = buf_new(a, max);
    b.cap = MIN(about, max) + 1;
    b.p = arena_room(a, b.cap);
    return b;
}

char *buf_more_room(struct buf *b, size_t n)
{
    if (b->failed || n > b->max - b->n) {
        b->failed = true;
        return NULL;
    }
    if (b->cap < b->n + n + 1) {
        size_t cap = MAX(b->cap * 2, MAX(b->n + n + 1, 512));
        b->p = arena_widen(b->arena, b->p, b->n, cap);
        b->cap = cap;
    }
    return b->p + b->n;
}

void buf_put(struct buf *b, str s)
{
    char *to = buf_room(b, s.n);
    if (!to || s.n == 0)
        return;
    memcpy(to, s.p, s.n);
    b->n += s.n;
}

void buf_put_two(struct buf *b, str x, str y)
{
    char *to = buf_room(b, x.n + y.n);
    if (!to)
        return;
    if (x.n)
        memcpy(to, x.p, x.n);
    if (y.n)
        memcpy(to + x.n, y.p, y.n);
    b->n += x.n + y.n;
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *to = n >= 0 ? buf_room(b, (size_t)n) : NULL;
    if (to) {
        vsnprintf(to, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

static found16 special_json(bytes16 x)
{
    return (x < 0x20) | (x == '"') | (x == '\\') | (x == '<');
}

/* Where the bytes at i that JSON takes as they are end. */
static size_t plain_json(str s, size_t i)
{
    for (; i + sizeof(bytes16) <= s.n; i += sizeof(bytes16)) {
        unsigned bits = found16_bits(special_json(bytes16_at(s.p + i)));
        if (bits)
            return i + (unsigned)__builtin_ctz(bits);
    }
    if (i >= s.n)
        return s.n;
    /* the zeroes behind the end are special, so there is always a first */
    unsigned bits = found16_bits(special_json(bytes16_upto(s.p + i, s.n - i)));
    return i + (unsigned)__builtin_ctz(bits);
}

/* What stands for c; returns its end. At most ESCAPE_MAX bytes. */
enum { ESCAPE_MAX = 6 };
static char *put_escape(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    *to++ = '\\';
    if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r') {
        *to++ = c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : (char)c;
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = hex[c >> 4];
    to[4] = hex[c & 15];
    return to + 5;
}

/* The rest of s from the special byte at i on. */
static void buf_json_escaped(struct buf *b, str s, size_t i)
{
    size_t from = 0;
    for (; i < s.n; i = plain_json(s, from)) {
        char escape[ESCAPE_MAX];
        char *end = put_escape(escape, (unsigned char)s.p[i]);
        buf_put_two(b, str_sub(s, from, i), (str){escape, (size_t)(end - escape)});
        from = i + 1;
    }
    buf_put_two(b, str_sub(s, from, s.n), STR("\""));
}

void buf_json(struct buf *b, str s)
{
    size_t i = plain_json(s, 0);
    if (i < s.n) {
        buf_char(b, '"');
        buf_json_escaped(b, s, i);
        return;
    }
    char *to = buf_room(b, s.n + 2); /* nearly every text: as it is */
    if (!to)
        return;
    to[0] = to[s.n + 1] = '"';
    if (s.n > 0)
        memcpy(to + 1, s.p, s.n);
    b->n += s.n + 2;
}

static void key(struct buf *b, const char *name)
{
    size_t n = strlen(name);
    bool first = b->n == 0 || b->p[b->n - 1] == '{' || b->p[b->n - 1] == '[';
    char *to = buf_room(b, n + 4 - first);
    if (!to)
        return;
    if (!first)
        *to++ = ',';
    *to++ = '"';
    /* a quote ends it: NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
    memcpy(to, name, n);
    to[n] = '"';
    to[n + 1] = ':';
    b->n += n + 4 - first;
}

void buf_json_member(struct buf *b, const char *name, str value)
{
    key(b, name);
    buf_json(b, value);
}

void buf_json_int(struct buf *b, const char *name, int64_t value)
{
    char digits[STR_DECIMAL_MAX];
    key(b, name);
    buf_put(b, str_decimal(digits, value));
}

static str entity(char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    case '\'':
        return STR("&#39;");
    default:
        return STR_NONE;
    }
}

static found16 special_html(bytes16 x)
{
    return (x == '&') | (x == '<') | (x == '>') | (x == '"') | (x == '\'');
}

/* Where the bytes at i that HTML takes as they are end. */
static size_t plain_html(str s, size_t i)
{
    unsigned bits = 0;
    for (; i + sizeof(bytes16) <= s.n; i += sizeof(bytes16)) {
        bits = found16_bits(special_html(bytes16_at(s.p + i)));
        if (bits)
            return i + (unsigned)__builtin_ctz(bits);
    }
    if (i < s.n)
        bits = found16_bits(special_html(bytes16_upto(s.p + i, s.n - i)));
    return bits ? i + (unsigned)__builtin_ctz(bits) : s.n;
}

void buf_html(struct buf *b, str s)
{
    size_t from = 0;
    for (size_t i = plain_html(s, 0); i < s.n; i = plain_html(s, from)) {
        buf_put_two(b, str_sub(s, from, i), entity(s.p[i]));
        from = i + 1;
    }
    buf_put(b, str_sub(s, from, s.n));
}

bool buf_failed(const struct buf *b)
{
    return b->failed;
}

str buf_str(struct buf *b)
{
    if (!b->p)
        return STR("");
    b->p[b->n] = '\0';
    return (str){b->p, b->n};
}
