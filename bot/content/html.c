#include "content/html.h"

#include "base/buf.h"
#include "base/str.h"

struct entity {
    const char *name, *text;
};

static const struct entity entities[] = {
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},   {"euro", "€"},   {"hellip", "…"}, {"ndash", "–"},  {"mdash", "—"},
    {"bull", "•"},   {"middot", "·"}, {"lsquo", "‘"},  {"rsquo", "’"},  {"ldquo", "“"},
    {"rdquo", "”"},  {"eacute", "é"}, {"egrave", "è"}, {"euml", "ë"},   {"ecirc", "ê"},
    {"iuml", "ï"},   {"ouml", "ö"},   {"uuml", "ü"},   {"auml", "ä"},   {"aacute", "á"},
    {"agrave", "à"}, {"oacute", "ó"}, {"ccedil", "ç"}, {"frac12", "½"}, {"frac14", "¼"},
    {"deg", "°"},    {"times", "×"},  {"copy", "©"},   {"reg", "®"},    {"sect", "§"},
    {"shy", ""},
};

static const char *const line_tags[] = {
    "p",       "br",      "tr",      "li",         "div",     "h1",    "h2", "h3",
    "h4",      "h5",      "h6",      "dt",         "dd",      "table", "ul", "ol",
    "summary", "details", "section", "blockquote", "caption", "hr"};

enum { TEXT_MAX = 4 * 1024 * 1024, ENTITY_MAX = 10 };

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The name of the tag that begins at s.p[0] == '<', without the slash. */
static str tag_name(str s, bool *closing)
{
    *closing = s.n > 1 && s.p[1] == '/';
    size_t from = *closing ? 2 : 1, to = from;
    while (to < s.n && (is_alpha(s.p[to]) || (s.p[to] >= '0' && s.p[to] <= '9')))
        to++;
    return str_sub(s, from, to);
}

bool html_is_break(str tag)
{
    bool closing;
    return tag.n > 0 && str_eq_ascii(tag_name(tag, &closing), STR("br"));
}

static void put_code_point(struct buf *b, int64_t c)
{
    if (c == 0xa0)
        c = ' ';
    if (c < 0x20 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return;
    if (c < 0x80) {
        buf_char(b, (char)c);
    } else if (c < 0x800) {
        buf_char(b, (char)(0xc0 | c >> 6));
        buf_char(b, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        buf_char(b, (char)(0xe0 | c >> 12));
        buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_char(b, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_char(b, (char)(0xf0 | c >> 18));
        buf_char(b, (char)(0x80 | (c >> 12 & 0x3f)));
        buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_char(b, (char)(0x80 | (c & 0x3f)));
    }
}

static int64_t hex(str s)
{
    int64_t v = s.n ? 0 : -1;
    for (size_t i = 0; i < s.n && v >= 0; i++) {
        const char *digits = "0123456789abcdef", *at = strchr(digits, s.p[i] | 0x20);
        v = at && s.p[i] ? v * 16 + (at - digits) : -1;
    }
    return v;
}

/* Puts what the entity at s.p[0] == '&' stands for; returns its length. */
static size_t put_entity(struct buf *b, str s)
{
    ptrdiff_t end = str_find_char(str_sub(s, 0, ENTITY_MAX + 2), ';');
    str name = str_sub(s, 1, end > 0 ? (size_t)end : 0);
    int64_t code = -1;
    if (name.n > 2 && name.p[0] == '#' && (name.p[1] | 0x20) == 'x')
        code = hex(str_sub(name, 2, name.n));
    else if (name.n > 1 && name.p[0] == '#' &&
             str_int(str_sub(name, 1, name.n), &code) != RC_OK)
        code = -1;
    if (code >= 0) {
        put_code_point(b, code);
        return (size_t)end + 1;
    }
    for (size_t i = 0; end > 0 && i < LEN(entities); i++)
        if (str_eq(name, str_c(entities[i].name))) {
            buf_put(b, str_c(entities[i].text));
            return (size_t)end + 1;
        }
    buf_char(b, '&');
    return 1;
}

/* Where the end mark is found at or behind from; html.n when it is not. */
static size_t find_end(str html, size_t from, str mark)
{
    str rest = str_sub(html, from, html.n);
    for (size_t i = 0; i + mark.n <= rest.n; i++)
        if (rest.p[i] == mark.p[0] && str_eq_ascii(str_sub(rest, i, i + mark.n), mark))
            return from + i;
    return html.n;
}

static void put_tag(struct buf *b, str name, bool closing)
{
    if (closing && (str_eq_ascii(name, STR("td")) || str_eq_ascii(name, STR("th"))))
        buf_char(b, '\t');
    for (size_t i = 0; i < LEN(line_tags); i++)
        if (str_eq_ascii(name, str_c(line_tags[i]))) {
            buf_char(b, '\n');
            return;
        }
}

/* Reads the markup at html.p[at] == '<'; returns where the text goes on. */
static size_t skip_markup(struct buf *b, str html, size_t at)
{
    str rest = str_sub(html, at, html.n);
    if (str_starts(rest, STR("<!--")))
        return MIN(find_end(html, at + 4, STR("-->")) + 3, html.n);
    bool closing;
    str name = tag_name(rest, &closing);
    bool markup = (name.n > 0 && is_alpha(name.p[0])) ||
        (rest.n > 1 && (rest.p[1] == '!' || rest.p[1] == '?'));
    if (!markup) {
        buf_char(b, '<');
        return at + 1;
    }
    size_t end = MIN(find_end(html, at, STR(">")) + 1, html.n);
    if (!closing && str_eq_ascii(name, STR("script")))
        return find_end(html, end, STR("</script"));
    if (!closing && str_eq_ascii(name, STR("style")))
        return find_end(html, end, STR("</style"));
    put_tag(b, name, closing);
    return end;
}

/* Squeezes blanks and drops empty lines, in place. */
static str tidy(str s)
{
    char *p = (char *)(uintptr_t)s.p;
    size_t w = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = p[i] == '\r' || p[i] == '\f' || p[i] == '\v' ? ' ' : p[i];
        char last = w ? p[w - 1] : '\n';
        if (c == ' ' && (last == ' ' || last == '\n' || last == '\t'))
            continue;
        while (c != ' ' && w > 0 && (c == '\n' || c == '\t') &&
               (p[w - 1] == ' ' || (c == '\n' && p[w - 1] == '\t')))
            w--;
        if (c == '\n' && (w == 0 || p[w - 1] == '\n'))
            continue;
        p[w++] = c;
    }
    while (w > 0 && strchr(" \t\n", p[w - 1]))
        w--;
    return (str){p, w};
}

str html_text(struct arena *a, str html)
{
    struct buf b = buf_new(a, TEXT_MAX);
    for (size_t i = 0; i < html.n;) {
        char c = html.p[i];
        if (c == '<') {
            i = skip_markup(&b, html, i);
        } else if (c == '&') {
            i += put_entity(&b, str_sub(html, i, html.n));
        } else {
            /* line ends in the source are mere blanks; the tags end lines */
            buf_char(&b, c == '\n' || c == '\t' ? ' ' : c);
            i++;
        }
    }
    return tidy(buf_str(&b));
}
