/* How deep tags are nested and how many attributes one has, counted roughly: tags that
 * people leave open do not count. */
#include "base/str.h"
#include "content/html_page.h"

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool stays_open(str name)
{
    static const char *const names[] = {
        "p",     "li",       "td",   "th",     "tr",    "dt",     "dd",    "thead",
        "tbody", "tfoot",    "col",  "br",     "hr",    "img",    "meta",  "link",
        "input", "area",     "base", "option", "param", "source", "track", "wbr",
        "embed", "colgroup", "body", "html",   "head",
    };
    for (size_t i = 0; i < LEN(names); i++)
        if (str_eq_ascii(name, str_c(names[i])))
            return true;
    return false;
}

struct guard {
    str html;
    size_t at;
    int line;
};

static char next(struct guard *g)
{
    char c = g->html.p[g->at++];
    g->line += c == '\n';
    return c;
}

/* From behind the name to behind the `>`; how many attributes there may be. */
static size_t skip_tag(struct guard *g)
{
    size_t n = 0;
    char quote = 0, before = 0;
    while (g->at < g->html.n) {
        char c = next(g);
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '>') {
            break;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        } else if (c == '=' || c == ' ' || c == '\t' || c == '\n' || c == '/') {
            n++;
        }
        before = c == ' ' && before == '=' ? '=' : c;
    }
    return n;
}

bool html_is_sane(str html, int *line)
{
    struct guard g = {.html = html, .line = 1};
    int depth = 0;
    while (g.at < html.n) {
        if (next(&g) != '<' || g.at == html.n)
            continue;
        *line = g.line;
        bool closing = html.p[g.at] == '/';
        size_t from = g.at + closing, to = from;
        while (
            to < html.n &&
            (is_alpha(html.p[to]) ||
             (to > from && html.p[to] < 'a' && html.p[to] >= '0' && html.p[to] <= '9')))
            to++;
        if (to == from)
            continue;
        g.at = to;
        bool counts = !stays_open(str_sub(html, from, to));
        if (closing)
            depth -= counts && depth > 0;
        else
            depth += counts;
        if (skip_tag(&g) / 2 > HTML_ATTRIBUTES_MAX || depth > HTML_NESTING_MAX)
            return false;
    }
    return true;
}
