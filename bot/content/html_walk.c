#include "content/html_walk.h"

#include "content/markdown.h"

enum { URL_MAX = 2000, INDENT = 3 };

bool html_is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && xmlStrcasecmp(n->name, BAD_CAST name) == 0;
}

static bool is_among(const xmlNode *n, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (html_is(n, names[i]))
            return true;
    return false;
}

/* Nothing of these is text of the page. */
static bool is_silent(const xmlNode *n)
{
    static const char *const names[] = {
        "script", "style",  "noscript", "template", "nav",      "footer",
        "aside",  "button", "select",   "input",    "textarea", "svg",
        "math",   "iframe", "object",   "audio",    "video",    "canvas",
        "head",   "map",    "dialog",   "title",    "link",     "meta",
    };
    return (n->type != XML_ELEMENT_NODE && n->type != XML_TEXT_NODE &&
            n->type != XML_CDATA_SECTION_NODE) ||
        is_among(n, names, LEN(names));
}

static bool is_inline(const xmlNode *n)
{
    static const char *const names[] = {
        "a",     "b",    "strong", "i",   "em",   "u",      "s",       "span", "font",
        "small", "big",  "code",   "kbd", "samp", "sub",    "sup",     "abbr", "mark",
        "q",     "cite", "tt",     "br",  "img",  "del",    "ins",     "time", "label",
        "var",   "dfn",  "bdi",    "bdo", "wbr",  "strike", "acronym",
    };
    return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE ||
        is_among(n, names, LEN(names));
}

const xmlNode *html_next(const xmlNode *n, const xmlNode *root, bool skip)
{
    if (!skip && n->type == XML_ELEMENT_NODE && n->children)
        return n->children;
    while (n && n != root && !n->next)
        n = n->parent;
    return !n || n == root ? NULL : n->next;
}

str html_attribute(struct arena *a, const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (xmlStrcasecmp(at->name, BAD_CAST name) == 0) {
            const xmlNode *v = at->children;
            bool text = v && v->type == XML_TEXT_NODE && v->content;
            return text ? arena_str(a, str_c((const char *)v->content)) : STR("");
        }
    return STR_NONE;
}

/* --- inline --- */

/* Runs of white space are one blank, none at the beginning. */
static void put_text(struct html_walk *w, const xmlNode *n)
{
    str s = str_c(n->content ? (const char *)n->content : "");
    size_t from = 0;
    for (size_t i = 0; i <= s.n; i++) {
        bool wide = i + 1 < s.n && s.p[i] == '\xc2' && s.p[i + 1] == '\xa0';
        if (i < s.n && !strchr(" \t\n\r\f", s.p[i]) && !wide)
            continue;
        str word = str_sub(s, from, i);
        sheet_escape(&w->run, word, w->run.n == 0);
        bool gap = w->run.n > 0 && w->run.p[w->run.n - 1] != ' ' &&
            w->run.p[w->run.n - 1] != '\n';
        if (i < s.n && gap)
            buf_char(&w->run, ' ');
        i += wide;
        from = i + 1;
    }
}

/* What was put since `from`, taken off, blanks outside its marks. */
static str take_back(struct html_walk *w, size_t from, bool *before, bool *behind)
{
    str all = arena_str(w->sheet->arena, str_sub(buf_str(&w->run), from, w->run.n));
    *before = all.n > 0 && all.p[0] == ' ';
    *behind = all.n > 1 && all.p[all.n - 1] == ' ';
    w->run.n = from;
    return str_trim(all);
}

static void put_marked(struct html_walk *w, const xmlNode *n, const char *open,
                       const char *close, bool *inside)
{
    size_t from = w->run.n;
    bool before, behind, outer = *inside;
    *inside = true;
    html_inline(w, n);
    *inside = outer;
    if (outer)
        return;
    str text = take_back(w, from, &before, &behind);
    bool plain = text.n == 0 || str_find_char(text, '\n') >= 0;
    if (before)
        buf_char(&w->run, ' ');
    buf_put(&w->run, plain ? STR("") : str_c(open));
    buf_put(&w->run, text);
    buf_put(&w->run, plain ? STR("") : str_c(close));
    if (behind)
        buf_char(&w->run, ' ');
}

static void put_link(struct html_walk *w, const xmlNode *n)
{
    struct arena *a = w->sheet->arena;
    str url = html_attribute(a, n, "href");
    url = str_trim(url.p ? url : STR(""));
    bool good = url.n > 0 && url.n < URL_MAX && markdown_link_is_safe(url) &&
        str_find_char(url, '<') < 0 && str_find_char(url, '>') < 0;
    if (!good) {
        html_inline(w, n);
        return;
    }
    put_marked(w, n, "[", arena_fmt(a, "](<%.*s>)", STR_ARG(url)).p, &w->link);
}

static void put_gap(struct html_walk *w, bool wanted)
{
    if (wanted && w->run.n > 0 && !strchr(" \n", w->run.p[w->run.n - 1]))
        buf_char(&w->run, ' ');
}

static void put_inline(struct html_walk *w, const xmlNode *n)
{
    if (n->type != XML_ELEMENT_NODE) {
        put_text(w, n);
    } else if (html_is(n, "br")) {
        while (w->run.n > 0 && w->run.p[w->run.n - 1] == ' ')
            w->run.n--;
        if (w->run.n > 0)
            buf_put(&w->run, STR("\\\n"));
    } else if (html_is(n, "b") || html_is(n, "strong")) {
        put_marked(w, n, "**", "**", &w->bold);
    } else if (html_is(n, "i") || html_is(n, "em")) {
        put_marked(w, n, "*", "*", &w->italic);
    } else if (html_is(n, "a")) {
        put_link(w, n);
    } else {
        bool block = !is_inline(n); /* in a heading or a cell */
        put_gap(w, block);
        html_inline(w, n);
        put_gap(w, block);
    }
}

/* Deeper than anybody nests on purpose. */
static void put_all_text(struct html_walk *w, const xmlNode *root)
{
    for (const xmlNode *n = root->children; n; n = html_next(n, root, is_silent(n)))
        if (n->type == XML_TEXT_NODE)
            put_text(w, n);
}

void html_inline(struct html_walk *w, const xmlNode *n)
{
    if (w->depth >= HTML_DEPTH_MAX) {
        put_all_text(w, n);
        return;
    }
    w->depth++;
    for (const xmlNode *c = n->children; c; c = c->next)
        if (!is_silent(c))
            put_inline(w, c);
    w->depth--;
}

/* --- blocks --- */

static void put_indent(struct html_walk *w, int depth)
{
    for (int i = 0; i < depth * INDENT; i++)
        sheet_put(w->sheet, STR(" "));
}

void html_flush(struct html_walk *w)
{
    str text = str_trim(buf_str(&w->run));
    while (str_ends(text, STR("\\\n")) || str_ends(text, STR("\\")))
        text = str_trim(str_sub(text, 0, text.n - 1));
    if (text.n == 0) {
        w->run.n = 0;
        return;
    }
    bool item = w->marker != NULL;
    if (!item || w->list_depth <= 1)
        sheet_gap(w->sheet);
    int depth = MIN(w->list_depth, 5);
    put_indent(w, item ? depth - 1 : depth);
    if (item)
        sheet_put(w->sheet,
                  w->marker[0] == '-'
                      ? STR("-  ")
                      : arena_fmt(w->sheet->arena, "%d. ", w->number % 1000));
    w->marker = NULL;
    for (str rest = text, line; str_line(&rest, &line);) {
        if (line.p != text.p)
            put_indent(w, depth);
        sheet_put(w->sheet, line);
        sheet_put(w->sheet, STR("\n"));
    }
    w->run.n = 0;
}

static void put_heading(struct html_walk *w, const xmlNode *n, int level)
{
    html_flush(w);
    w->bold = true; /* a heading needs no marks */
    html_inline(w, n);
    w->bold = false;
    str text = str_trim(buf_str(&w->run));
    struct buf line = buf_new(w->sheet->arena, HTML_RUN_MAX);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == '\n')
            buf_char(&line, ' ');
        else if (text.p[i] != '\n')
            buf_char(&line, text.p[i]);
    w->run.n = 0;
    if (line.n == 0)
        return;
    sheet_gap(w->sheet);
    sheet_put(w->sheet, str_sub(STR("######"), 0, (size_t)level));
    sheet_put(w->sheet, STR(" "));
    sheet_put(w->sheet, buf_str(&line));
    sheet_gap(w->sheet);
    w->level = level;
}

static void put_list(struct html_walk *w, const xmlNode *list)
{
    html_flush(w);
    bool ordered = html_is(list, "ol");
    int number = 0;
    for (const xmlNode *c = list->children; c; c = c->next) {
        if (is_silent(c) || c->type != XML_ELEMENT_NODE)
            continue;
        w->list_depth++;
        w->marker = ordered ? "1" : "-";
        w->number = ++number;
        html_blocks(w, c);
        html_flush(w);
        w->marker = NULL;
        w->list_depth--;
    }
    if (w->list_depth == 0)
        sheet_gap(w->sheet);
}

static void put_code(struct html_walk *w, const xmlNode *pre)
{
    html_flush(w);
    for (const xmlNode *n = pre->children; n; n = html_next(n, pre, false)) {
        if (n->type != XML_TEXT_NODE || !n->content)
            continue;
        for (str rest = str_c((const char *)n->content), line; str_line(&rest, &line);) {
            if (w->run.n > 0)
                buf_put(&w->run, STR("\\\n"));
            sheet_escape(&w->run, str_trim(line), w->run.n == 0);
        }
    }
    html_flush(w);
}

static void put_block(struct html_walk *w, const xmlNode *n)
{
    int level = n->name[0] == 'h' && n->name[1] >= '1' && n->name[1] <= '6' && !n->name[2]
        ? n->name[1] - '0'
        : 0;
    w->sheet->line = MAX((int)n->line, 1);
    if (level > 0) {
        put_heading(w, n, level);
    } else if (html_is(n, "summary")) {
        put_heading(w, n, MIN(w->level + 1, 6));
        w->level--; /* the next one stands beside it */
    } else if (html_is(n, "ul") || html_is(n, "ol")) {
        put_list(w, n);
    } else if (html_is(n, "pre")) {
        put_code(w, n);
    } else if (html_is(n, "dt") || html_is(n, "caption")) {
        html_flush(w);
        put_marked(w, n, "**", "**", &w->bold);
        html_flush(w);
    } else if (html_is(n, "hr")) {
        html_flush(w);
    } else if (!html_is(n, "table") || !html_table(w, n)) {
        html_flush(w);
        html_blocks(w, n);
        html_flush(w);
    }
}

void html_blocks(struct html_walk *w, const xmlNode *n)
{
    if (w->depth >= HTML_DEPTH_MAX) {
        put_all_text(w, n);
        return;
    }
    w->depth++;
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (is_silent(c))
            continue;
        /* an <a> or <span> around blocks is no line of text */
        bool wraps = is_inline(c) && c->type == XML_ELEMENT_NODE && c->children &&
            !is_inline(c->children) && !is_silent(c->children);
        if (wraps)
            html_blocks(w, c);
        else if (is_inline(c))
            put_inline(w, c);
        else
            put_block(w, c);
    }
    w->depth--;
}
