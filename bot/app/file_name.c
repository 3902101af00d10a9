#include "app/file_name.h"

#include "base/buf.h"
#include "base/str.h"

static const str nameless = STR_INIT("bestand");

/* The character that begins at p and its length; it is UTF-8. */
static uint32_t character(const char *p, size_t *n)
{
    unsigned char c = (unsigned char)p[0];
    *n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    uint32_t v = *n == 1 ? c : c & (0xffU >> (*n + 1));
    for (size_t i = 1; i < *n; i++)
        v = v << 6 | ((unsigned char)p[i] & 0x3f);
    return v;
}

/* Controls, the marks of direction, what has no width. */
static bool is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
        (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
        (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c >= 0xe0000;
}

static str last_part(str name)
{
    size_t from = 0;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/' || name.p[i] == '\\')
            from = i + 1;
    return str_sub(name, from, name.n);
}

static str visible(struct arena *a, str name)
{
    struct buf b = buf_new(a, name.n + 1);
    for (size_t i = 0, n; i < name.n; i += n) {
        uint32_t c = character(name.p + i, &n);
        if (c < 0x80 && strchr("<>:\"|?*`$&;%", (int)c) && c >= 0x20)
            buf_char(&b, '_');
        else if (!is_hidden(c))
            buf_put(&b, (str){name.p + i, n});
    }
    return buf_str(&b);
}

static str without_edges(str s)
{
    while (s.n > 0 && strchr(". -~", s.p[0]))
        s = str_sub(s, 1, s.n);
    while (s.n > 0 && strchr(". ", s.p[s.n - 1]))
        s.n--;
    return s;
}

/* The suffix that it has of its type, with the point; empty: none. */
static str own_suffix(str name, const struct file_type *type)
{
    str all = type ? str_c(type->suffixes) : STR_NONE;
    while (all.n > 0) {
        str s = str_cut(&all, ' ');
        if (name.n > s.n && str_eq_ascii(str_sub(name, name.n - s.n, name.n), s))
            return str_sub(name, name.n - s.n, name.n);
    }
    return STR_NONE;
}

str file_name_clean(struct arena *a, str name, const struct file_type *type)
{
    str s = str_is_utf8(name) ? name : STR_NONE;
    s = without_edges(visible(a, last_part(s)));
    if (s.n == 0)
        s = nameless;
    str suffix = own_suffix(s, type), stem = str_sub(s, 0, s.n - suffix.n);
    if (suffix.n == 0 && type) {
        str all = str_c(type->suffixes);
        suffix = str_cut(&all, ' ');
    }
    size_t n = MIN(stem.n, FILE_NAME_MAX - suffix.n);
    while (n > 0 && n < stem.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return arena_join(a, str_sub(stem, 0, n), suffix);
}
