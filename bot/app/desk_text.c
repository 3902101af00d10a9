#include "app/desk_text.h"

#include "base/buf.h"
#include "base/random.h"
#include "base/str.h"

enum { KEY_LEN = 20, ENTITY_MAX = 10 };

/* --- HTML --- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The name of a tag that begins at s ("</p" and "<p" both give p); empty: it is none. */
static str tag_name(str s)
{
    size_t from = s.n > 1 && s.p[1] == '/' ? 2 : 1, to = from;
    while (to < s.n &&
           (is_letter(s.p[to]) || (to > from && s.p[to] >= '0' && s.p[to] <= '9')))
        to++;
    return s.n > 0 && s.p[0] == '<' ? str_sub(s, from, to) : STR_NONE;
}

static bool is_one_of(str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_ascii(name, str_c(names[i])))
            return true;
    return false;
}

/* Text with tags in it: one that is closed, or a line break. */
static bool is_html(str s)
{
    static const char *const sure[] = {"html", "body", "p",  "div", "br",
                                       "span", "b",    "li", "ul",  "table"};
    for (size_t i = 0; i + 2 < s.n; i++)
        if (s.p[i] == '<' && is_one_of(tag_name(str_sub(s, i, s.n)), sure, LEN(sure)) &&
            str_find_char(str_sub(s, i, s.n), '>') > 0)
            return true;
    return false;
}

static void put_code_point(struct buf *b, int64_t c)
{
    if (c < 0x20 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        buf_char(b, ' ');
    } else if (c < 0x80) {
        buf_char(b, (char)c);
    } else if (c < 0x800) {
        buf_char(b, (char)(0xc0 | c >> 6));
        buf_char(b, (char)(0x80 | (c & 0x3f)));
    } else {
        if (c < 0x10000) {
            buf_char(b, (char)(0xe0 | c >> 12));
        } else {
            buf_char(b, (char)(0xf0 | c >> 18));
            buf_char(b, (char)(0x80 | (c >> 12 & 0x3f)));
        }
        buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_char(b, (char)(0x80 | (c & 0x3f)));
    }
}

static int64_t hex_number(str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        int d = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'   ? c - 'a' + 10
            : c >= 'A' && c <= 'F'   ? c - 'A' + 10
                                     : -1;
        if (d < 0)
            return -1;
        n = n * 16 + d;
    }
    return s.n ? n : -1;
}

/* "&eacute;" at s: put, and its length; 0 when it is none that we know. */
static size_t put_entity(struct buf *b, str s)
{
    static const struct {
        const char *name;
        int code;
    } known[] = {
        {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},
        {"apos", '\''},    {"nbsp", ' '},     {"eacute", 0xe9},   {"euml", 0xeb},
        {"egrave", 0xe8},  {"iuml", 0xef},    {"ouml", 0xf6},     {"uuml", 0xfc},
        {"auml", 0xe4},    {"agrave", 0xe0},  {"ccedil", 0xe7},   {"euro", 0x20ac},
        {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},  {"rsquo", 0x2019},
        {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"hellip", 0x2026}, {"bull", 0x2022}};
    ptrdiff_t end = str_find_char(str_sub(s, 0, ENTITY_MAX), ';');
    if (end < 2)
        return 0;
    str name = str_sub(s, 1, (size_t)end);
    int64_t code = -1;
    if (name.p[0] == '#') {
        bool hex = name.n > 1 && (name.p[1] == 'x' || name.p[1] == 'X');
        if (hex)
            code = hex_number(str_sub(name, 2, name.n));
        else if (str_int(str_sub(name, 1, name.n), &code))
            code = -1;
    }
    for (size_t i = 0; i < LEN(known) && code < 0; i++)
        if (str_eq(name, str_c(known[i].name)))
            code = known[i].code;
    if (code < 0)
        return 0;
    put_code_point(b, code);
    return (size_t)end + 1;
}

/* Where the element whose tag begins at `at` is over; its text is for no one. */
static size_t skip_element(str s, size_t at, str name)
{
    for (size_t i = at + 1; i < s.n; i++)
        if (s.p[i] == '<' && i + 1 < s.n && s.p[i + 1] == '/' &&
            str_eq_ascii(tag_name(str_sub(s, i, s.n)), name))
            return i;
    return s.n;
}

static size_t put_tag(struct buf *b, str s, size_t at)
{
    static const char *const hidden[] = {"style", "script", "head", "title"};
    static const char *const blocks[] = {"p",     "div", "br", "tr", "ul", "ol",
                                         "table", "h1",  "h2", "h3", "h4", "blockquote"};
    str rest = str_sub(s, at, s.n), name = tag_name(rest);
    bool closes = rest.n > 1 && rest.p[1] == '/';
    if (str_starts(rest, STR("<!--"))) {
        ptrdiff_t end = str_find(rest, STR("-->"));
        return end < 0 ? s.n : at + (size_t)end + 3;
    }
    if (!closes && is_one_of(name, hidden, LEN(hidden)))
        at = skip_element(s, at, name);
    if (str_eq_ascii(name, STR("li")) && !closes)
        buf_put(b, STR("\n- "));
    else if (is_one_of(name, blocks, LEN(blocks)))
        buf_char(b, '\n');
    ptrdiff_t end = str_find_char(str_sub(s, at, s.n), '>');
    return end < 0 ? s.n : at + (size_t)end + 1;
}

static str without_html(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n * 2 + 16);
    for (size_t i = 0; i < s.n;) {
        str rest = str_sub(s, i, s.n);
        size_t n = s.p[i] == '&' ? put_entity(&b, rest) : 0;
        if (n > 0) {
            i += n;
        } else if (s.p[i] == '<' &&
                   (tag_name(rest).n > 0 || str_starts(rest, STR("<!")))) {
            i = put_tag(&b, s, i);
        } else {
            /* line ends inside HTML are blanks */
            buf_char(&b, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
            i++;
        }
    }
    return buf_str(&b);
}

/* --- mail --- */

/* What follows was written before: "Op 3 mei schreef ...:", "-----Original Message-----".
 */
static bool begins_quote(str line)
{
    static const char *const marks[] = {"-----Original Message", "-----Oorspronkelijk",
                                        "________________________________"};
    for (size_t i = 0; i < LEN(marks); i++)
        if (str_starts(line, str_c(marks[i])))
            return true;
    bool says = str_ends(line, STR("wrote:")) || str_ends(line, STR("schreef:"));
    return says ||
        (str_ends(line, STR(":")) && str_has(line, STR(" schreef ")) &&
         str_starts(line, STR("Op ")));
}

/* Lines without their ends of blanks, no quotes, at most one empty line in a row. */
static str tidy(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 16);
    str line;
    bool gap = false;
    while (str_line(&s, &line)) {
        line = str_trim(line);
        if (begins_quote(line) || str_eq(line, STR("--")))
            break;
        if (str_starts(line, STR(">")))
            continue;
        if (line.n == 0) {
            gap = b.n > 0;
            continue;
        }
        if (b.n > 0)
            buf_put(&b, gap ? STR("\n\n") : STR("\n"));
        gap = false;
        buf_put(&b, line);
    }
    return buf_str(&b);
}

str desk_text(struct arena *a, str written)
{
    if (!str_is_utf8(written))
        return STR("");
    str s = tidy(a, is_html(written) ? without_html(a, written) : written);
    if (s.n <= DESK_TEXT_MAX)
        return s;
    size_t n = DESK_TEXT_MAX;
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return arena_fmt(a, "%.*s…", (int)n, s.p);
}

str desk_text_take(struct arena *a, str text, str word, bool *found)
{
    struct buf b = buf_new(a, text.n + 16);
    str line;
    *found = false;
    while (str_line(&text, &line)) {
        if (word.n > 0 && str_eq_ascii(str_trim(line), word)) {
            *found = true;
            continue;
        }
        if (b.n > 0)
            buf_char(&b, '\n');
        buf_put(&b, line);
    }
    return str_trim(buf_str(&b));
}

bool desk_text_is_ours(str written)
{
    ptrdiff_t at;
    while ((at = str_find(written, STR("[balie "))) >= 0) {
        written = str_sub(written, (size_t)at + 7, written.n);
        if (written.n > KEY_LEN && written.p[KEY_LEN] == ']' &&
            random_is_key(str_sub(written, 0, KEY_LEN)))
            return true;
    }
    return false;
}
