#include "rest/plain.h"

#include <string.h>

#include "base/buf.h"

/* What a tag leaves behind. */
enum left { LEFT_NOTHING, LEFT_LINE, LEFT_ITEM, LEFT_HIDDEN };

static const struct {
    const char *name;
    enum left left;
} tags[] = {
    {"br", LEFT_LINE},      {"p", LEFT_LINE},       {"div", LEFT_LINE},
    {"ul", LEFT_LINE},      {"ol", LEFT_LINE},      {"tr", LEFT_LINE},
    {"table", LEFT_LINE},   {"h1", LEFT_LINE},      {"h2", LEFT_LINE},
    {"h3", LEFT_LINE},      {"h4", LEFT_LINE},      {"h5", LEFT_LINE},
    {"h6", LEFT_LINE},      {"pre", LEFT_LINE},     {"blockquote", LEFT_LINE},
    {"li", LEFT_ITEM},      {"hr", LEFT_LINE},      {"script", LEFT_HIDDEN},
    {"style", LEFT_HIDDEN}, {"head", LEFT_HIDDEN},  {"title", LEFT_HIDDEN},
    {"a", LEFT_NOTHING},    {"b", LEFT_NOTHING},    {"i", LEFT_NOTHING},
    {"u", LEFT_NOTHING},    {"em", LEFT_NOTHING},   {"strong", LEFT_NOTHING},
    {"span", LEFT_NOTHING}, {"font", LEFT_NOTHING}, {"html", LEFT_NOTHING},
    {"body", LEFT_NOTHING}, {"img", LEFT_NOTHING},  {"td", LEFT_NOTHING},
    {"th", LEFT_NOTHING},   {"code", LEFT_NOTHING}, {"!doctype", LEFT_NOTHING},
};

struct tag {
    str name; /* as written */
    bool closes;
    int known; /* index in tags, -1 */
    size_t n;  /* bytes with both angle brackets */
};

/* A tag at the start of s; n is 0 when there is none. */
static struct tag tag_at(str s)
{
    struct tag t = {.known = -1};
    if (s.n < 3 || s.p[0] != '<')
        return t;
    t.closes = s.p[1] == '/';
    size_t from = t.closes ? 2 : 1, to = from;
    while (to < s.n && !strchr(" \t\r\n/>", s.p[to]) && s.p[to] != '<')
        to++;
    t.name = str_sub(s, from, to);
    for (size_t i = 0; i < LEN(tags); i++)
        if (str_eq_ascii(t.name, str_c(tags[i].name)))
            t.known = (int)i;
    while (to < s.n && s.p[to] != '>' &&
           s.p[to] != '<') /* not far: no text is quadratic */
        to++;
    if (to < s.n && s.p[to] == '>')
        t.n = to + 1;
    return t;
}

static bool is_html(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '<') {
            struct tag t = tag_at(str_sub(s, i, s.n));
            if (t.n > 0 && t.known >= 0)
                return true;
        }
    return false;
}

static void put_code_point(struct buf *b, int64_t c)
{
    if (c <= 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
        buf_put(b, STR("\xef\xbf\xbd"));
        return;
    }
    if (c < 0x80) {
        buf_char(b, c < 0x20 && c != '\n' && c != '\t' ? ' ' : (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    buf_char(b, (char)(first[more] | (c >> (6 * more))));
    while (more-- > 0)
        buf_char(b, (char)(0x80 | ((c >> (6 * more)) & 0x3f)));
}

/* "#39" or "#x27"; -1 when it is no number. */
static int64_t number_of(str s)
{
    int64_t c = 0;
    bool hex = s.n > 1 && (s.p[1] | 0x20) == 'x';
    if (!hex)
        return str_int(str_sub(s, 1, s.n), &c) ? -1 : c;
    for (size_t i = 2; i < s.n; i++) {
        const char *at = memchr("0123456789abcdef", s.p[i] | 0x20, 16);
        if (!at || s.n > 10)
            return -1;
        c = c * 16 + (at - "0123456789abcdef");
    }
    return s.n > 2 ? c : -1;
}

/* The character reference at the start of s; its bytes, or 0. */
static size_t put_reference(struct buf *b, str s)
{
    static const struct {
        const char *name, *text;
    } named[] = {{"amp", "&"},
                 {"lt", "<"},
                 {"gt", ">"},
                 {"quot", "\""},
                 {"apos", "'"},
                 {"nbsp", " "},
                 {"euro", "\xe2\x82\xac"},
                 {"eacute", "\xc3\xa9"},
                 {"euml", "\xc3\xab"}};
    ptrdiff_t end = str_find_char(str_sub(s, 0, 12), ';');
    if (end < 2)
        return 0;
    str name = str_sub(s, 1, (size_t)end);
    if (name.p[0] == '#') {
        int64_t c = number_of(name);
        if (c < 0)
            return 0;
        put_code_point(b, c);
        return (size_t)end + 1;
    }
    for (size_t i = 0; i < LEN(named); i++)
        if (str_eq(name, str_c(named[i].name))) {
            buf_put(b, str_c(named[i].text));
            return (size_t)end + 1;
        }
    return 0;
}

static void end_line(struct buf *b)
{
    while (b->n > 0 && b->p[b->n - 1] == ' ')
        b->n--;
    if (b->n > 0 && b->p[b->n - 1] != '\n')
        buf_char(b, '\n');
}

/* Bytes up to the end of the hidden element that starts here. */
static size_t hidden(str s, const struct tag *t)
{
    for (size_t i = t->n; i < s.n; i++) {
        struct tag end = s.p[i] == '<' ? tag_at(str_sub(s, i, s.n)) : (struct tag){0};
        if (end.n > 0 && end.closes && end.known == t->known)
            return i + end.n;
    }
    return s.n;
}

static size_t put_tag(struct buf *b, str s)
{
    if (str_starts(s, STR("<!--"))) {
        ptrdiff_t end = str_find(s, STR("-->"));
        return end < 0 ? s.n : (size_t)end + 3;
    }
    struct tag t = tag_at(s);
    if (t.n == 0) {
        buf_char(b, '<');
        return 1;
    }
    enum left left = t.known >= 0 ? tags[t.known].left : LEFT_NOTHING;
    if (left == LEFT_HIDDEN && !t.closes)
        return hidden(s, &t);
    if (left == LEFT_LINE && str_eq_ascii(t.name, STR("br")) && b->n > 0)
        buf_char(b, '\n');
    else if (left == LEFT_LINE || left == LEFT_ITEM)
        end_line(b);
    if (left == LEFT_ITEM && !t.closes)
        buf_put(b, STR("- "));
    return t.n;
}

str plain(struct arena *a, str html)
{
    if (!is_html(html))
        return html;
    struct buf b = buf_new(a, html.n * 2 + 16);
    for (size_t i = 0; i < html.n;) {
        str rest = str_sub(html, i, html.n);
        size_t n = rest.p[0] == '<' ? put_tag(&b, rest)
            : rest.p[0] == '&'      ? put_reference(&b, rest)
                                    : 0;
        bool space = n == 0 && strchr(" \t\r\n", rest.p[0]);
        if (space && b.n > 0 && b.p[b.n - 1] != ' ' && b.p[b.n - 1] != '\n')
            buf_char(&b, ' ');
        else if (n == 0 && !space)
            buf_char(&b, rest.p[0]);
        i += n > 0 ? n : 1;
    }
    return str_trim(buf_str(&b));
}
