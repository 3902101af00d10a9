#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bytes.h"
#include "base/str.h"

struct buf buf_new(struct arena *a, size_t max)
{
    return (struct buf){.arena = a, .max = max};
}

char *buf_more_room(struct buf *b, size_t n)
{
    if (b->failed || n > b->max - b->n) {
        b->failed = true;
        return NULL;
    }
    if (b->cap < b->n + n + 1) {
        size_t cap = MAX(b->cap * 2, MAX(b->n + n + 1, 512));
        b->p = arena_grow(b->arena, b->p, b->n, cap);
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

void buf_char(struct buf *b, char c)
{
    char *to = buf_room(b, 1);
    if (to)
        b->p[b->n++] = c;
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

static bool is_plain_json(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != '<';
}

/* Where the bytes at i that JSON takes as they are end. */
static size_t plain_json(str s, size_t i)
{
    for (; i + sizeof(bytes16) <= s.n; i += sizeof(bytes16)) {
        bytes16 x = bytes16_at(s.p + i);
        if (found16_any((x < 0x20) | (x == '"') | (x == '\\') | (x == '<')))
            break;
    }
    while (i < s.n && is_plain_json((unsigned char)s.p[i]))
        i++;
    return i;
}

void buf_json(struct buf *b, str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_char(b, '"');
    size_t from = 0;
    for (size_t i = plain_json(s, 0); i < s.n; i = plain_json(s, from)) {
        unsigned char c = (unsigned char)s.p[i];
        buf_put(b, str_sub(s, from, i));
        from = i + 1;
        char escape[6] = {'\\', (char)c};
        size_t n = 2;
        if (c == '\n' || c == '\t' || c == '\r') {
            escape[1] = c == '\n' ? 'n' : c == '\t' ? 't' : 'r';
        } else if (c != '"' && c != '\\') {
            escape[1] = 'u';
            escape[2] = escape[3] = '0';
            escape[4] = hex[c >> 4];
            escape[5] = hex[c & 15];
            n = 6;
        }
        buf_put(b, (str){escape, n});
    }
    buf_put(b, str_sub(s, from, s.n));
    buf_char(b, '"');
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

/* Where the bytes at i that HTML takes as they are end. */
static size_t plain_html(str s, size_t i)
{
    for (; i + sizeof(bytes16) <= s.n; i += sizeof(bytes16)) {
        bytes16 x = bytes16_at(s.p + i);
        if (found16_any((x == '&') | (x == '<') | (x == '>') | (x == '"') | (x == '\'')))
            break;
    }
    while (i < s.n && entity(s.p[i]).n == 0)
        i++;
    return i;
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
