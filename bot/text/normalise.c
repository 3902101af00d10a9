#include "text/normalise.h"

#include <utf8proc.h>

#include "base/bytes.h"
#include "base/str.h"

static const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPAT |
    UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;

static bool is_space(utf8proc_int32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    utf8proc_category_t k = utf8proc_category(c);
    return c == 0x85 || k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL ||
        k == UTF8PROC_CATEGORY_ZP;
}

/* One sign for each family of quotes and dashes; letters that NFKD leaves whole. */
static utf8proc_int32_t plain(utf8proc_int32_t c)
{
    switch (c) {
    case 0x60: /* grave accent typed as a quote */
    case 0xb4:
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2032:
    case 0x02bc:
    case 0x02b9:
        return '\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033:
    case 0xab:
    case 0xbb:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    case 0xf8: /* o with stroke */
        return 'o';
    case 0x142: /* l with stroke */
        return 'l';
    case 0x131: /* dotless i */
        return 'i';
    default:
        return c;
    }
}

/* Squeezes white space in place; returns the new length, never above n. */
static size_t squeeze(utf8proc_int32_t *c, size_t n)
{
    size_t w = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_space(c[i]))
            c[w++] = plain(c[i]);
        else if (w > 0 && c[w - 1] != ' ')
            c[w++] = ' ';
    }
    return w > 0 && c[w - 1] == ' ' ? w - 1 : w;
}

/* Most of what people type: no table look-ups needed. False when a byte above 0x7f or a
 * control character is met. */
static bool ascii(char *to, str in, size_t *n)
{
    size_t w = 0;
    for (size_t i = 0; i < in.n; i++) {
        unsigned char c = (unsigned char)in.p[i];
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (c >= 0x7f || (c < 0x20 && !space))
            return false;
        if (space) {
            if (w > 0 && to[w - 1] != ' ')
                to[w++] = ' ';
        } else {
            to[w++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '`' ? '\'' : c);
        }
    }
    *n = w > 0 && to[w - 1] == ' ' ? w - 1 : w;
    return true;
}

/* And most of that has single blanks only and none in front: then every byte stays where
 * it is, and sixteen are folded at once, the last sixteen from the end. False: one by
 * one, then. */
static bool single_spaced(char *to, str in)
{
    enum { AT_ONCE = sizeof(bytes16) };
    if (in.n < AT_ONCE || in.p[0] == ' ' || in.p[in.n - 1] == ' ')
        return false;
    unsigned before = 0;
    for (size_t next = 0; next < in.n;) {
        size_t i = MIN(next, in.n - AT_ONCE);
        bytes16 x = bytes16_at(in.p + i);
        unsigned blank = found16_bits(x == ' ');
        if ((blank & (blank << 1 | before)) || found16_any((x < 0x20) | (x >= 0x7f)))
            return false;
        next = i + AT_ONCE;
        before = blank >> (AT_ONCE - 1) & (next < in.n && in.n - next >= AT_ONCE);
        x |= (bytes16)((x - 'A') < 26) & 0x20;
        x -= (bytes16)(x == '`') & ('`' - '\'');
        memcpy(to + i, &x, sizeof x);
    }
    return true;
}

enum rc normalise(struct arena *a, str in, str *out)
{
    if (in.n > NORMALISE_MAX)
        return RC_LIMIT;
    char *fast = arena_room(a, in.n + 1);
    size_t len = in.n;
    if (single_spaced(fast, in) || ascii(fast, in, &len)) {
        fast[len] = '\0';
        *out = (str){fast, len};
        return RC_OK;
    }
    if (!str_is_utf8(in))
        return RC_INVALID;
    const utf8proc_uint8_t *src = (const utf8proc_uint8_t *)in.p;
    utf8proc_ssize_t size = (utf8proc_ssize_t)in.n;
    utf8proc_ssize_t n = utf8proc_decompose(src, size, NULL, 0, form);
    if (n < 0)
        return RC_INVALID;

    /* reencode packs the code points into bytes in place and adds the NUL; it composes
     * (STRIPMARK removed what could compose into an accent, not Hangul and the like) */
    utf8proc_int32_t *c = arena_alloc(a, ((size_t)n + 1) * sizeof *c);
    utf8proc_decompose(src, size, c, n, form);
    utf8proc_option_t compose = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE;
    n = utf8proc_reencode(c, (utf8proc_ssize_t)squeeze(c, (size_t)n), compose);
    if (n < 0)
        return RC_INVALID;
    *out = (str){(const char *)c, (size_t)n};
    return RC_OK;
}
