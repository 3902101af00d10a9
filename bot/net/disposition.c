#include "net/disposition.h"

#include "base/buf.h"
#include "base/str.h"

enum { LINE_MAX_BYTES = 4096 };

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

/* UTF-8'lang'percent-encoded */
static str extended(struct arena *a, str value)
{
    str charset = str_cut(&value, '\'');
    (void)str_cut(&value, '\'');
    if (!str_eq_ascii(charset, STR("UTF-8")) || !value.p)
        return STR_NONE;
    struct buf b = buf_new(a, LINE_MAX_BYTES);
    for (size_t i = 0; i < value.n; i++) {
        int high = i + 2 < value.n ? hex(value.p[i + 1]) : -1;
        int low = i + 2 < value.n ? hex(value.p[i + 2]) : -1;
        if (value.p[i] != '%') {
            buf_char(&b, value.p[i]);
        } else if (high < 0 || low < 0) {
            return STR_NONE;
        } else {
            buf_char(&b, (char)(high * 16 + low));
            i += 2;
        }
    }
    return buf_failed(&b) ? STR_NONE : buf_str(&b);
}

/* The value at the front of *rest: a token, or a quoted string with its escapes. Leaves
 * *rest behind the next ';'. */
static str take_value(struct arena *a, str *rest)
{
    *rest = str_trim(*rest);
    if (rest->n == 0 || rest->p[0] != '"')
        return str_trim(str_cut(rest, ';'));
    struct buf b = buf_new(a, LINE_MAX_BYTES);
    size_t i = 1;
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n)
            i++;
        buf_char(&b, rest->p[i]);
    }
    *rest = str_sub(*rest, MIN(i + 1, rest->n), rest->n);
    (void)str_cut(rest, ';');
    return buf_str(&b);
}

str disposition_name(struct arena *a, str header)
{
    str plain = STR_NONE, better = STR_NONE, rest = header;
    (void)str_cut(&rest, ';');
    while (rest.n > 0) {
        ptrdiff_t equals = str_find_char(rest, '=');
        if (equals < 0)
            break;
        str name = str_trim(str_sub(rest, 0, (size_t)equals));
        rest = str_sub(rest, (size_t)equals + 1, rest.n);
        str value = take_value(a, &rest);
        if (str_eq_ascii(name, STR("filename*")) && !better.p)
            better = extended(a, value);
        else if (str_eq_ascii(name, STR("filename")) && !plain.p)
            plain = value;
    }
    return better.n > 0 ? better : plain;
}

/* What attr-char is (RFC 8187, 3.2.1). */
static bool is_attr(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        (c != '\0' && strchr("!#$&+-.^_`|~", c));
}

str disposition_line(struct arena *a, str name)
{
    struct buf b = buf_new(a, LINE_MAX_BYTES);
    buf_put(&b, STR("Content-Disposition: attachment; filename=\""));
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if ((c & 0xc0) != 0x80) /* one sign for a character that is not ASCII */
            buf_char(&b,
                     c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ? '_'
                                                                               : (char)c);
    }
    buf_put(&b, STR("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++)
        if (is_attr(name.p[i]))
            buf_char(&b, name.p[i]);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)name.p[i]);
    return buf_failed(&b) ? STR("Content-Disposition: attachment") : buf_str(&b);
}
