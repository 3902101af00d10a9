#include "content/charset.h"

#include "base/buf.h"
#include "base/str.h"
#include "content/source.h"

enum { DECLARED_WITHIN = 4096 };

/* windows-1252 from 0x80 to 0x9f; 0: undefined (WHATWG index). */
static const uint16_t upper[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* What stands behind "charset=" near the top; empty when nothing does. */
static str declared(str raw)
{
    str head = str_sub(raw, 0, DECLARED_WITHIN), mark = STR("charset");
    for (size_t i = 0; i + mark.n < head.n; i++) {
        if (!str_eq_ascii(str_sub(head, i, i + mark.n), mark))
            continue;
        size_t from = i + mark.n;
        while (from < head.n && strchr(" =\"'", head.p[from]))
            from++;
        size_t to = from;
        while (to < head.n && !strchr(" \"';>/\t\r\n", head.p[to]))
            to++;
        return str_sub(head, from, to);
    }
    return STR("");
}

static bool is_western(str name)
{
    static const char *const names[] = {"",           "windows-1252", "cp1252",
                                        "iso-8859-1", "iso8859-1",    "latin1",
                                        "latin-1",    "us-ascii",     "ascii"};
    for (size_t i = 0; i < LEN(names); i++)
        if (str_eq_ascii(name, str_c(names[i])))
            return true;
    return false;
}

static str from_western(struct arena *a, str raw)
{
    struct buf b = buf_new(a, raw.n * 3 + 1);
    for (size_t i = 0; i < raw.n; i++) {
        unsigned c = (unsigned char)raw.p[i];
        if (c >= 0x80 && c < 0xa0)
            c = upper[c - 0x80] ? upper[c - 0x80] : 0xfffd;
        if (c < 0x80) {
            buf_char(&b, (char)c);
        } else if (c < 0x800) {
            buf_char(&b, (char)(0xc0 | c >> 6));
            buf_char(&b, (char)(0x80 | (c & 0x3f)));
        } else {
            buf_char(&b, (char)(0xe0 | c >> 12));
            buf_char(&b, (char)(0x80 | (c >> 6 & 0x3f)));
            buf_char(&b, (char)(0x80 | (c & 0x3f)));
        }
    }
    return buf_str(&b);
}

enum rc charset_utf8(struct arena *a, str file, str raw, struct diags *d, str *out)
{
    *out = raw;
    if (str_is_utf8(raw))
        return RC_OK;
    str name = declared(raw);
    bool promised = str_eq_ascii(name, STR("utf-8")) || str_eq_ascii(name, STR("utf8"));
    if (promised || str_find_char(raw, '\0') >= 0)
        return source_is_utf8(file, raw, 1, d) ? RC_OK : RC_INVALID;
    if (is_western(name)) {
        *out = from_western(a, raw);
        return RC_OK;
    }
    diag_error(d, file, 1, 1, "the charset `%.*s` is not known; save the file as UTF-8",
               STR_ARG(str_sub(name, 0, 40)));
    return RC_INVALID;
}
