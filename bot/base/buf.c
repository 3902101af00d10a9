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
    b.p = arena_room(a, b.cap + BUF_BEHIND);
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
        b->p = arena_widen(b->arena, b->p, b->n, cap + BUF_BEHIND);
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

/* What stands behind the backslash for c; 0: its number in hex. */
static char short_escape(char c)
{
    bool itself = c == '"' || c == '\\';
    return itself ? c : c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : '\0';
}

/* The special byte c, where `behind` more are to follow; NULL: no room. */
static char *put_escape(struct buf *b, char c, size_t behind)
{
    static const char hex[] = "0123456789abcdef";
    char letter = short_escape(c);
    char *to = buf_room(b, (letter ? 2 : 6) + behind);
    if (!to)
        return NULL;
    to[0] = '\\';
    to[1] = letter ? letter : 'u';
    if (letter)
        return to + 2;
    to[2] = to[3] = '0';
    to[4] = hex[(unsigned char)c >> 4];
    to[5] = hex[(unsigned char)c & 15];
    return to + 6;
}

/* Sixteen bytes are looked at and copied at a time, past the end as well (BUF_BEHIND):
 * what is too much is written over. */
void buf_json(struct buf *b, str s)
{
    size_t n_before = b->n;
    char *to = buf_room(b, s.n + 2);
    if (!to)
        return;
    *to++ = '"';
    for (size_t i = 0;;) {
        bool whole = s.n - i >= sizeof(bytes16);
        bytes16 x = whole ? bytes16_at(s.p + i) : bytes16_upto(s.p + i, s.n - i);
        unsigned special = found16_bits(special_json(x));
        memcpy(to, &x, sizeof x);
        /* the zeroes behind the end are special, so there it always stops */
        size_t plain = special ? (unsigned)__builtin_ctz(special) : sizeof x;
        to += plain;
        i += plain;
        if (!special)
            continue;
        if (i == s.n)
            break;
        buf_wrote(b, to);
        to = put_escape(b, s.p[i], s.n - i);
        if (!to) {
            b->n = n_before;
            return;
        }
        i++;
    }
    *to++ = '"';
    buf_wrote(b, to);
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
