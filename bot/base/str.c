#include "base/str.h"

enum { DISTANCE_MAX_LEN = 64 };

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* The first two bytes, or the only one. */
static inline uint16_t two_of(str s)
{
    uint16_t x = 0;
    if (s.n >= sizeof x)
        memcpy(&x, s.p, sizeof x);
    else if (s.n > 0)
        memcpy(&x, s.p, 1);
    return x;
}

/* Bit i: list[i] is so long. n is 64 at most. */
static uint64_t as_long(const str *list, size_t n, size_t length)
{
    uint64_t bits = 0;
#pragma GCC unroll 4
    for (size_t i = 0; i < n; i++)
        bits |= (uint64_t)(list[i].n == length) << i;
    return bits;
}

ptrdiff_t str_among(str s, const str *list, size_t n)
{
    for (size_t from = 0; from < n; from += 64) {
        uint64_t bits = as_long(list + from, MIN(n - from, (size_t)64), s.n);
        for (; bits; bits &= bits - 1) {
            size_t i = from + (size_t)__builtin_ctzll(bits);
            if (two_of(list[i]) == two_of(s) && str_eq(list[i], s))
                return (ptrdiff_t)i;
        }
    }
    return -1;
}

ptrdiff_t str_begins(str s, const str *list, size_t n)
{
    uint16_t two = two_of(s);
    for (size_t i = 0; i < n; i++)
        if ((two_of(list[i]) == two || list[i].n < sizeof two) && str_starts(s, list[i]))
            return (ptrdiff_t)i;
    return -1;
}

int str_cmp(str a, str b)
{
    size_t n = MIN(a.n, b.n);
    int d = n ? memcmp(a.p, b.p, n) : 0;
    if (d != 0)
        return d;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_eq_ascii(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (a.p[i] != b.p[i] && lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n &&
        (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_find(str s, str part)
{
    if (part.n == 0)
        return 0;
    if (s.n < part.n)
        return -1;
    const char *hit = memmem(s.p, s.n, part.p, part.n);
    return hit ? hit - s.p : -1;
}

bool str_has(str s, str part)
{
    return str_find(s, part) >= 0;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? hit - s.p : -1;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.n > 0 && is_blank(s.p[0]))
        s.p++, s.n--;
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

str str_cut(str *rest, char c)
{
    str whole = *rest;
    ptrdiff_t at = str_find_char(whole, c);
    if (at < 0) {
        *rest = STR_NONE;
        return whole;
    }
    *rest = str_sub(whole, (size_t)at + 1, whole.n);
    return str_sub(whole, 0, (size_t)at);
}

bool str_line(str *rest, str *line)
{
    if (rest->n == 0)
        return false;
    *line = str_cut(rest, '\n');
    if (line->n > 0 && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

enum rc str_int(str s, int64_t *out)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    if (minus)
        s = str_sub(s, 1, s.n);
    if (s.n == 0)
        return RC_INVALID;
    int64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return RC_INVALID;
        if (v > (INT64_MAX - 9) / 10)
            return RC_LIMIT;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = minus ? -v : v;
    return RC_OK;
}

/* Length of the well-formed sequence at p, or 0. */
static size_t sequence(const unsigned char *p, size_t n)
{
    unsigned char c = p[0];
    if (c == 0)
        return 0;
    if (c < 0x80)
        return 1;
    size_t len = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || n < len)
        return 0;
    unsigned char lo = 0x80, hi = 0xbf;
    if (c == 0xe0)
        lo = 0xa0;
    if (c == 0xed)
        hi = 0x9f; /* surrogates */
    if (c == 0xf0)
        lo = 0x90;
    if (c == 0xf4)
        hi = 0x8f;
    if (p[1] < lo || p[1] > hi)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return len;
}

/* Eight bytes at once, as most texts are: none of them NUL (the only one that borrows) or
 * above 127. */
static bool is_ascii_8(const unsigned char *p, size_t n)
{
    uint64_t w;
    if (n < sizeof w)
        return false;
    memcpy(&w, p, sizeof w);
    return ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) == 0;
}

bool str_is_utf8(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        if (is_ascii_8(p + i, s.n - i)) {
            i += 8;
            continue;
        }
        size_t len = sequence(p + i, s.n - i);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}

uint64_t str_hash(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}

static inline uint64_t eight_at(const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* Fewer than eight bytes as one number, read in two that overlap: most words are so
 * short, and a copy of unknown length is a call. */
static inline uint64_t few_of(str key)
{
    uint32_t first, last;
    if (key.n >= sizeof first) {
        memcpy(&first, key.p, sizeof first);
        memcpy(&last, key.p + key.n - sizeof last, sizeof last);
        return first | (uint64_t)last << 8 * (key.n - sizeof last);
    }
    if (key.n == 0)
        return 0;
    const unsigned char *p = (const unsigned char *)key.p;
    return p[0] | (uint64_t)p[key.n / 2] << 8 * (key.n / 2) |
        (uint64_t)p[key.n - 1] << 8 * (key.n - 1);
}

uint64_t str_key(str key)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t h = key.n * odd;
    size_t i = 0;
    for (; i + sizeof h < key.n; i += sizeof h) {
        h = (h ^ eight_at(key.p + i)) * odd;
        h ^= h >> 32;
    }
    h = (h ^ (key.n >= sizeof h ? eight_at(key.p + key.n - sizeof h) : few_of(key))) *
        odd;
    return h ^ h >> 32;
}

/* Two digits at once: a division for each would be twice as many. */
str str_decimal(char room[STR_DECIMAL_MAX], int64_t value)
{
    static const char two[] = "00010203040506070809101112131415161718192021222324"
                              "25262728293031323334353637383940414243444546474849"
                              "50515253545556575859606162636465666768697071727374"
                              "75767778798081828384858687888990919293949596979899";
    size_t at = STR_DECIMAL_MAX;
    uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (; n >= 10; n /= 100)
        memcpy(room + (at -= 2), two + 2 * (n % 100), 2);
    if (n > 0 || at == STR_DECIMAL_MAX)
        room[--at] = (char)('0' + n);
    if (value < 0)
        room[--at] = '-';
    return (str){room + at, STR_DECIMAL_MAX - at};
}

size_t str_distance(str a, str b, size_t max)
{
    if (a.n > DISTANCE_MAX_LEN || b.n > DISTANCE_MAX_LEN)
        return str_eq(a, b) ? 0 : max + 1;
    size_t rows[3][DISTANCE_MAX_LEN + 1];
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t d = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            d = MIN(d, MIN(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                d = MIN(d, before[j - 2] + 1);
            now[j] = d;
        }
    }
    size_t d = rows[a.n % 3][b.n];
    return d > max ? max + 1 : d;
}

str str_nearest(str s, const str *words, size_t n)
{
    size_t best = MAX(s.n / 3, 1) + 1;
    str nearest = STR_NONE;
    for (size_t i = 0; i < n; i++) {
        size_t d = str_distance(s, words[i], best);
        if (d < best) {
            best = d;
            nearest = words[i];
        }
    }
    return nearest;
}
