/*
 * What site generators and converters leave in Markdown: Liquid tags ({% page "/x" %},
 * {{ site.url }}), kramdown attributes ({: .class}), pandoc's grid tables (grid.c) and
 * the dash rulers of its other tables, which Markdown would take for underlined headings.
 * Fenced code is left alone.
 */
#include "base/str.h"
#include "content/article.h"
#include "content/source.h"

enum { TAG_MAX = 1000, RULER_MIN = 10 };

/* Length of the tag that begins at s, or 0. */
static size_t tag_length(str s)
{
    str end = str_starts(s, STR("{%")) ? STR("%}")
        : str_starts(s, STR("{{"))     ? STR("}}")
        : str_starts(s, STR("{:"))     ? STR("}")
                                       : STR_NONE;
    if (!end.p)
        return 0;
    ptrdiff_t at = str_find(str_sub(s, 2, TAG_MAX), end);
    return at < 0 ? 0 : 2 + (size_t)at + end.n;
}

/* A long line of dashes and blanks that stands indented or in pieces. */
static bool is_ruler(str line)
{
    size_t dashes = 0;
    bool pieces = false;
    str t = source_trim(line);
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] != '-' && t.p[i] != ' ')
            return false;
        dashes += t.p[i] == '-';
        pieces = pieces || t.p[i] == ' ';
    }
    return dashes >= RULER_MIN && (pieces || (line.n > 1 && line.p[1] == ' '));
}

static bool is_fence(str line)
{
    str t = source_trim(line);
    return str_starts(t, STR("```")) || str_starts(t, STR("~~~"));
}

/* Copies text from..to without tags; a tag may reach over line ends, which stay. Returns
 * where to go on. */
static size_t copy_line(str text, size_t from, size_t to, struct buf *out)
{
    bool any_tag = false, any_text = false;
    size_t i = from;
    while (i < to) {
        size_t n = text.p[i] == '{' ? tag_length(str_sub(text, i, text.n)) : 0;
        for (size_t k = i; k < i + n; k++)
            if (text.p[k] == '\n')
                buf_char(out, '\n');
        if (n == 0) {
            any_text = any_text || !strchr(" \t", text.p[i]);
            buf_char(out, text.p[i++]);
        }
        any_tag = any_tag || n > 0;
        i += n;
    }
    /* an empty line would end the HTML block or list it stands in */
    if (any_tag && !any_text)
        buf_put(out, STR("<!---->"));
    return i;
}

str debris_clear(struct arena *a, str text)
{
    static const char *const signs[] = {"{%", "{{", "{:", "----------", "+--"};
    bool any = false;
    for (size_t i = 0; i < LEN(signs); i++)
        any = any || str_has(text, str_c(signs[i]));
    if (!any)
        return text;
    struct buf out = buf_new(a, (size_t)CONTENT_FILE_MAX * 2);
    bool fenced = false;
    for (size_t at = 0; at < text.n;) {
        str rest = str_sub(text, at, text.n);
        ptrdiff_t end = str_find_char(rest, '\n');
        str line = end < 0 ? rest : str_sub(rest, 0, (size_t)end);
        size_t next = at + line.n, grid = fenced ? 0 : grid_convert(a, rest, &out);
        if (grid > 0) {
            at += grid;
            continue;
        }
        fenced = fenced != is_fence(line);
        if (fenced || is_fence(line))
            buf_put(&out, line);
        else if (!is_ruler(line))
            next = copy_line(text, at, at + line.n, &out);
        if (next < text.n && text.p[next] == '\n') {
            buf_char(&out, '\n');
            next++;
        }
        at = next;
    }
    return buf_failed(&out) ? text : buf_str(&out);
}
