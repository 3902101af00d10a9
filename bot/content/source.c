#include "content/source.h"

#include "base/str.h"

str source_plain(struct arena *a, str raw)
{
    if (str_starts(raw, STR("\xef\xbb\xbf")))
        raw = str_sub(raw, 3, raw.n);
    if (!str_has(raw, STR("\r\n")))
        return raw;
    char *p = arena_alloc(a, raw.n + 1);
    size_t w = 0;
    for (size_t i = 0; i < raw.n; i++)
        if (raw.p[i] != '\r' || i + 1 == raw.n || raw.p[i + 1] != '\n')
            p[w++] = raw.p[i];
    return (str){p, w};
}

/* Bytes of the well-formed prefix. */
static size_t good_bytes(str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t len = 1;
        while (len <= 4 && !str_is_utf8(str_sub(s, i, i + len)))
            len++;
        if (len > 4)
            return i;
        i += len;
    }
    return s.n;
}

static bool is_utf16(str text)
{
    return str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff"));
}

bool source_is_utf8(str file, str text, int first_line, struct diags *d)
{
    if (str_is_utf8(text))
        return true;
    if (is_utf16(text)) {
        diag_error(d, file, first_line, 1, "this is UTF-16; save the file as UTF-8");
        return false;
    }
    struct lines l = {.text = text, .number = first_line - 1};
    str line = STR_NONE;
    while (lines_next(&l, &line) && str_is_utf8(line))
        ;
    diag_error(d, file, l.number, (int)good_bytes(line) + 1,
               "this is not UTF-8; save the file as UTF-8");
    return false;
}

size_t source_blank(str s, size_t at)
{
    if (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
        return 1;
    return str_starts(str_sub(s, at, s.n), STR("\xc2\xa0")) ? 2 : 0;
}

str source_trim(str s)
{
    for (size_t n; (n = source_blank(s, 0)) > 0;)
        s = str_sub(s, n, s.n);
    s = str_trim(s);
    while (str_ends(s, STR("\xc2\xa0")))
        s = str_trim(str_sub(s, 0, s.n - 2));
    return s;
}

str source_unquote(str s)
{
    static const char *const open[] = {
        "\"",           "'",           "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e",
        "\xe2\x80\x98", "\xe2\x80\x99"};
    static const char *const close[] = {
        "\"", "'", "\xe2\x80\x9d", "\xe2\x80\x9c", "\xe2\x80\x99", "\xe2\x80\x98"};
    for (size_t i = 0; i < LEN(open); i++) {
        str o = str_c(open[i]);
        if (!str_starts(s, o))
            continue;
        for (size_t k = 0; k < LEN(close); k++) {
            str c = str_c(close[k]);
            bool straight = (i < 2) == (k < 2) && (i >= 2 || i == k);
            if (straight && s.n >= o.n + c.n && str_ends(s, c))
                return str_sub(s, o.n, s.n - c.n);
        }
    }
    return s;
}

bool lines_next(struct lines *l, str *line)
{
    if (l->next >= l->text.n)
        return false;
    str rest = str_sub(l->text, l->next, l->text.n);
    ptrdiff_t end = str_find_char(rest, '\n');
    *line = end < 0 ? rest : str_sub(rest, 0, (size_t)end);
    l->next += line->n + 1;
    l->number++;
    return true;
}
