#include "content/imported.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "content/html_page.h"
#include "content/source.h"

enum { OUT_MAX = 16 * 1024 * 1024, BOLD_MAX = 100, TAG_MAX = 100 * 1024 };

struct cleaner {
    struct arena *arena;
    struct buf out;
    struct imported_lost *lost;
    struct map notes; /* "[^1]" -> place in texts */
    VEC(str) texts;
};

/* Length of the image at s, or 0: ![text](target) and <img ...>. */
static size_t image_at(str s)
{
    if (str_starts(s, STR("<img"))) {
        ptrdiff_t end = str_find_char(str_sub(s, 0, TAG_MAX), '>');
        return end < 0 ? 0 : (size_t)end + 1;
    }
    if (!str_starts(s, STR("![")))
        return 0;
    ptrdiff_t open = str_find(str_sub(s, 0, TAG_MAX), STR("]("));
    ptrdiff_t end = open < 0 ? -1 : str_find_char(str_sub(s, (size_t)open, TAG_MAX), ')');
    return end < 0 ? 0 : (size_t)(open + end) + 1;
}

/* A tag or comment that says nothing in Markdown; 0: none. */
static size_t tag_at(str s)
{
    static const char *const names[] = {"u",    "span", "sup", "sub", "div",
                                        "mark", "font", "a",   "!--", "del"};
    size_t from = str_starts(s, STR("</")) ? 2 : 1;
    if (s.n < 3 || s.p[0] != '<')
        return 0;
    for (size_t i = 0; i < LEN(names); i++) {
        str name = str_c(names[i]);
        if (!str_eq_ascii(str_sub(s, from, from + name.n), name) ||
            s.n <= from + name.n ||
            (name.p[0] != '!' && !strchr(" >/", s.p[from + name.n])))
            continue;
        str mark = name.p[0] == '!' ? STR("-->") : STR(">");
        ptrdiff_t end = str_find(str_sub(s, 0, TAG_MAX), mark);
        return end < 0 ? 0 : (size_t)end + mark.n;
    }
    return 0;
}

/* "[^1]: text" at the beginning of a line; *mark is "[^1]". */
static bool is_note(str line, str *mark, str *text)
{
    ptrdiff_t end = str_starts(line, STR("[^")) ? str_find(line, STR("]:")) : -1;
    *mark = str_sub(line, 0, end < 0 ? 0 : (size_t)end + 1);
    *text = source_trim(str_sub(line, mark->n + 1, line.n));
    return end >= 0;
}

/* A footnote is put where its mark stands; returns the mark's length, 0 for none. */
static size_t put_note(struct cleaner *c, str s)
{
    ptrdiff_t end = str_starts(s, STR("[^")) ? str_find_char(str_sub(s, 0, 40), ']') : -1;
    str mark = str_sub(s, 0, end < 0 ? 0 : (size_t)end + 1);
    const int64_t *at = mark.n ? map_find(&c->notes, mark) : NULL;
    if (!at || !c->texts.v)
        return 0;
    buf_fmt(&c->out, " (%.*s)", STR_ARG(c->texts.v[*at]));
    c->lost->notes++;
    return mark.n;
}

static void find_notes(struct cleaner *c, str text)
{
    c->notes = map_new(c->arena);
    for (str rest = text, line, mark, note; str_line(&rest, &line);)
        if (is_note(line, &mark, &note)) {
            map_put(&c->notes, mark, (int64_t)c->texts.n);
            *arena_push(c->arena, &c->texts) = note;
        }
}

static void put_line(struct cleaner *c, str line)
{
    str mark, text;
    if (is_note(line, &mark, &text))
        return;
    for (size_t i = 0; i < line.n;) {
        str rest = str_sub(line, i, line.n);
        size_t image = line.p[i] == '!' || line.p[i] == '<' ? image_at(rest) : 0;
        size_t skip = image    ? image
            : line.p[i] == '<' ? tag_at(rest)
            : line.p[i] == '[' ? put_note(c, rest)
                               : 0;
        c->lost->images += image > 0;
        if (skip == 0)
            buf_char(&c->out, line.p[i]);
        i += MAX(skip, 1u);
    }
    buf_char(&c->out, '\n');
}

/* A table that Markdown has no form for, and pandoc wrote as HTML. */
static size_t put_table(struct cleaner *c, str text)
{
    ptrdiff_t end = str_find(text, STR("</table>"));
    if (end < 0)
        return 0;
    str html = str_sub(text, 0, (size_t)end + 8);
    struct diags ignored = diags_new(c->arena);
    struct sheet s;
    if (html_page(c->arena, STR(""), html, &ignored, &s) != RC_OK)
        return 0;
    buf_put(&c->out, buf_str(&s.out));
    c->lost->tables++;
    return html.n;
}

static bool is_bold_line(str line, str *text)
{
    str t = source_trim(line);
    bool stars = str_starts(t, STR("**")) && str_ends(t, STR("**")) && t.n > 4;
    *text = stars ? source_trim(str_sub(t, 2, t.n - 2)) : STR("");
    return text->n > 0 && text->n <= BOLD_MAX && !str_has(*text, STR("**")) &&
        !strchr(".,;", text->p[text->n - 1]);
}

static bool has_headings(str text)
{
    int n = 0;
    for (str rest = text, line; str_line(&rest, &line);)
        n += line.n > 2 && line.p[0] == '#';
    return n > 1;
}

/* Word processors are used like typewriters: bold lines alone are the headings. */
static str bold_to_headings(struct arena *a, str text, struct imported_lost *lost)
{
    struct buf out = buf_new(a, OUT_MAX);
    str before = STR("");
    for (str rest = text, line; str_line(&rest, &line); before = source_trim(line)) {
        str bold, peek = rest, next = STR("");
        str_line(&peek, &next);
        if (before.n == 0 && source_trim(next).n == 0 && is_bold_line(line, &bold)) {
            buf_fmt(&out, "## %.*s\n", STR_ARG(bold));
            lost->bold++;
        } else {
            buf_fmt(&out, "%.*s\n", STR_ARG(line));
        }
    }
    return buf_str(&out);
}

str imported_markdown(struct arena *a, str text, struct imported_lost *lost)
{
    struct cleaner c = {.arena = a, .out = buf_new(a, OUT_MAX), .lost = lost};
    str rest = text, line;
    find_notes(&c, text);
    while (rest.n > 0) {
        size_t table = str_starts(rest, STR("<table")) ? put_table(&c, rest) : 0;
        if (table > 0) {
            rest = str_sub(rest, table, rest.n);
            continue;
        }
        str_line(&rest, &line);
        put_line(&c, line);
    }
    str out = buf_str(&c.out);
    return has_headings(out) ? out : bold_to_headings(a, out, lost);
}

void imported_split(struct arena *a, str markdown, struct imported_parts *out)
{
    size_t n = 0, from = 0, at = 0;
    str title = STR("");
    *out = (struct imported_parts){0};
    for (str rest = markdown, line; str_line(&rest, &line);)
        n += str_starts(line, STR("# "));
    for (str rest = markdown, line; n > 1 && str_line(&rest, &line);) {
        at = (size_t)(line.p - markdown.p);
        if (!str_starts(line, STR("# ")))
            continue;
        if (str_trim(str_sub(markdown, from, at)).n > 0)
            *arena_push(a, &out->list) =
                (struct imported_part){title, str_sub(markdown, from, at)};
        title = source_trim(str_sub(line, 2, line.n));
        from = at;
    }
    if (str_trim(str_sub(markdown, from, markdown.n)).n > 0)
        *arena_push(a, &out->list) =
            (struct imported_part){title, str_sub(markdown, from, markdown.n)};
}
