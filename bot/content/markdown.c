#include "content/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/str.h"
#include "content/format.h"
#include "content/html.h"
#include "content/source.h"

enum { PLAIN_MAX = 4 * 1024 * 1024, HTML_MAX = 16 * 1024 * 1024 };

struct nodes {
    VEC(cmark_node *) list;
};

static cmark_node *parse(str text)
{
    static const char *const extensions[] = {"table", "strikethrough", "autolink"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *p = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    for (size_t i = 0; i < LEN(extensions); i++)
        cmark_parser_attach_syntax_extension(p,
                                             cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(p, text.n ? text.p : "", text.n);
    cmark_node *doc = cmark_parser_finish(p);
    cmark_parser_free(p);
    return doc;
}

/* --- links --- */

static bool is_scheme_ok(str scheme)
{
    static const char *const good[] = {"https", "http", "mailto", "tel"};
    for (size_t i = 0; i < LEN(good); i++)
        if (str_eq_ascii(scheme, str_c(good[i])))
            return true;
    return false;
}

bool markdown_link_is_safe(str url)
{
    url = str_trim(url);
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= 0x20 || url.p[i] == 0x7f || url.p[i] == '\\')
            return false;
    if (str_starts(url, STR("//")))
        return false;
    for (size_t i = 0; i < url.n; i++) {
        if (url.p[i] == ':')
            return is_scheme_ok(str_sub(url, 0, i));
        if (strchr("/?#", url.p[i]))
            break;
    }
    return url.n > 0;
}

bool markdown_leads_inside(str url)
{
    ptrdiff_t hash = str_find_char(url, '#');
    str path = hash < 0 ? url : str_sub(url, 0, (size_t)hash);
    bool outside = str_find_char(path, ':') >= 0;
    return path.n == 0 || (!outside && format_of(path) != FORMAT_NONE);
}

/* The node goes, its children stay in its place. */
static void unwrap(cmark_node *n)
{
    for (cmark_node *child; (child = cmark_node_first_child(n));)
        if (!cmark_node_insert_before(n, child))
            cmark_node_free(child);
    cmark_node_free(n);
}

/* cmark gives a text's own place only; a link begins one bracket before its text. */
static void note_link(struct arena *a, cmark_node *n, str url, struct markdown *out)
{
    int line = cmark_node_get_start_line(n), column = cmark_node_get_start_column(n);
    for (cmark_node *up = n; line <= 0 && up; up = cmark_node_parent(up)) {
        line = cmark_node_get_start_line(up);
        column = cmark_node_get_start_column(up);
    }
    *arena_push(a, &out->links) = (struct markdown_link){
        .url = arena_str(a, url), .line = MAX(line, 1), .column = MAX(column, 1)};
}

static void tame_link(struct arena *a, cmark_node *n, struct markdown *out)
{
    str url = str_c(cmark_node_get_url(n));
    note_link(a, n, url, out);
    if (!markdown_link_is_safe(url) || markdown_leads_inside(url))
        unwrap(n);
}

/* --- HTML in the text --- */

static void tame_inline_html(cmark_node *n)
{
    if (html_is_break(str_c(cmark_node_get_literal(n)))) {
        cmark_node *br = cmark_node_new(CMARK_NODE_LINEBREAK);
        if (cmark_node_insert_before(n, br) == 0)
            cmark_node_free(br);
    }
    cmark_node_free(n);
}

static void tame_html_block(struct arena *a, cmark_node *n)
{
    str text = html_text(a, str_c(cmark_node_get_literal(n)));
    if (text.n > 0) {
        cmark_node *para = cmark_node_new(CMARK_NODE_PARAGRAPH);
        /* cmark has no way to set a place; piece_line reads it */
        cmark_node_set_user_data(para, (void *)(intptr_t)cmark_node_get_start_line(n));
        for (str rest = text, line; str_line(&rest, &line);) {
            if (cmark_node_first_child(para))
                cmark_node_append_child(para, cmark_node_new(CMARK_NODE_LINEBREAK));
            cmark_node *t = cmark_node_new(CMARK_NODE_TEXT);
            cmark_node_set_literal(t, arena_str(a, line).p);
            cmark_node_append_child(para, t);
        }
        if (cmark_node_insert_before(n, para) == 0)
            cmark_node_free(para);
    }
    cmark_node_free(n);
}

static void tame(struct arena *a, cmark_node *doc, struct markdown *out)
{
    struct nodes found = {0};
    cmark_iter *it = cmark_iter_new(doc);
    for (cmark_event_type e; (e = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(it);
        cmark_node_type t = cmark_node_get_type(n);
        if (e == CMARK_EVENT_ENTER &&
            (t == CMARK_NODE_LINK || t == CMARK_NODE_IMAGE ||
             t == CMARK_NODE_HTML_INLINE || t == CMARK_NODE_HTML_BLOCK))
            *arena_push(a, &found.list) = n;
    }
    cmark_iter_free(it);
    for (size_t i = 0; i < found.list.n; i++) {
        cmark_node *n = found.list.v[i];
        cmark_node_type t = cmark_node_get_type(n);
        if (t == CMARK_NODE_LINK)
            tame_link(a, n, out);
        else if (t == CMARK_NODE_IMAGE)
            unwrap(n);
        else if (t == CMARK_NODE_HTML_INLINE)
            tame_inline_html(n);
        else
            tame_html_block(a, n);
    }
}

/* --- plain text --- */

/* Its number is kept at the node for the next one: counting back is quadratic. */
static int item_number(cmark_node *item)
{
    cmark_node *before = cmark_node_previous(item);
    intptr_t n = before ? (intptr_t)cmark_node_get_user_data(before) + 1
                        : cmark_node_get_list_start(cmark_node_parent(item));
    cmark_node_set_user_data(item, (void *)n);
    return (int)n;
}

static void end_line(struct buf *b)
{
    while (b->n > 0 && strchr(" \t", b->p[b->n - 1]))
        b->n--;
    if (b->n > 0 && b->p[b->n - 1] != '\n')
        buf_char(b, '\n');
}

static void put_bullet(struct buf *b, cmark_node *item)
{
    end_line(b);
    cmark_node *list = cmark_node_parent(item);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
        buf_put(b, STR("- "));
        return;
    }
    buf_fmt(b, "%d. ", item_number(item));
}

static void put_enter(struct buf *b, cmark_node *n)
{
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        buf_put(b, str_c(cmark_node_get_literal(n)));
        break;
    case CMARK_NODE_CODE_BLOCK:
        buf_put(b, str_c(cmark_node_get_literal(n)));
        end_line(b);
        break;
    case CMARK_NODE_SOFTBREAK:
        buf_char(b, ' ');
        break;
    case CMARK_NODE_LINEBREAK:
        end_line(b);
        break;
    case CMARK_NODE_ITEM:
        put_bullet(b, n);
        break;
    default:
        break;
    }
}

static void put_exit(struct buf *b, cmark_node *n)
{
    cmark_node_type t = cmark_node_get_type(n);
    if (t == CMARK_NODE_PARAGRAPH || t == CMARK_NODE_HEADING || t == CMARK_NODE_ITEM) {
        end_line(b);
    } else if (cmark_node_get_syntax_extension(n)) {
        const char *kind = cmark_node_get_type_string(n);
        if (strcmp(kind, "table_cell") == 0)
            buf_char(b, '\t');
        else if (strcmp(kind, "table_row") == 0 || strcmp(kind, "table_header") == 0)
            end_line(b);
    }
}

static void put_plain(struct buf *b, cmark_node *root)
{
    cmark_iter *it = cmark_iter_new(root);
    for (cmark_event_type e; (e = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
        if (e == CMARK_EVENT_ENTER)
            put_enter(b, cmark_iter_get_node(it));
        else
            put_exit(b, cmark_iter_get_node(it));
    }
    cmark_iter_free(it);
}

static str plain_text(struct arena *a, cmark_node *root)
{
    struct buf b = buf_new(a, PLAIN_MAX);
    put_plain(&b, root);
    return str_trim(buf_str(&b));
}

/* --- sections --- */

/* A text and where its lines begin. */
struct text {
    str all;
    const size_t *start;
    int n;
};

static struct text text_of(struct arena *a, str all)
{
    VEC(size_t) starts = {0};
    struct lines l = {.text = all};
    size_t at = 0;
    for (str line; lines_next(&l, &line); at = l.next)
        *arena_push(a, &starts) = at;
    return (struct text){.all = all, .start = starts.v, .n = (int)starts.n};
}

static str text_line(const struct text *t, int line)
{
    if (line < 1 || line > t->n)
        return STR_NONE;
    size_t to = line < t->n ? t->start[line] : t->all.n;
    return str_sub(t->all, t->start[line - 1], to);
}

static enum piece_kind kind_of(cmark_node *n)
{
    bool table = cmark_node_get_syntax_extension(n) &&
        strcmp(cmark_node_get_type_string(n), "table") == 0;
    return table                                    ? PIECE_TABLE
        : cmark_node_get_type(n) == CMARK_NODE_LIST ? PIECE_LIST
                                                    : PIECE_TEXT;
}

static int piece_line(cmark_node *n)
{
    int line = cmark_node_get_start_line(n);
    return line > 0 ? line : (int)(intptr_t)cmark_node_get_user_data(n);
}

static void end_part(struct arena *a, struct markdown_part *part, cmark_node *section)
{
    struct buf text = buf_new(a, PLAIN_MAX), html = buf_new(a, HTML_MAX);
    for (cmark_node *n = cmark_node_first_child(section); n; n = cmark_node_next(n)) {
        *arena_push(a, &part->pieces) =
            (struct markdown_piece){.kind = kind_of(n),
                                    .text = (uint32_t)text.n,
                                    .html = (uint32_t)html.n,
                                    .raw = cmark_node_get_start_line(n) <= 0,
                                    .line = piece_line(n)};
        put_plain(&text, n);
        end_line(&text);
        char *one = cmark_render_html(n, CMARK_OPT_DEFAULT, NULL);
        buf_put(&html, str_c(one));
        free(one);
    }
    part->text = str_trim(buf_str(&text));
    part->html = str_trim(buf_str(&html));
    size_t lead = (size_t)(part->text.p - text.p);
    for (size_t i = 0; i < part->pieces.n; i++) {
        struct markdown_piece *p = &part->pieces.v[i];
        p->text = (uint32_t)MIN(p->text > lead ? p->text - lead : 0, part->text.n);
        p->html = (uint32_t)MIN(p->html, part->html.n);
    }
}

/* Line behind a heading. cmark's end line is no help: it counts one too many for a
 * heading that is underlined. */
static int line_behind(const struct text *t, cmark_node *heading)
{
    int line = cmark_node_get_start_line(heading);
    for (int at = line; at <= t->n; at++) {
        str s = str_trim(text_line(t, at));
        if (at == line && str_starts(s, STR("#")))
            return line + 1;
        size_t same = 0;
        while (same < s.n && s.p[same] == s.p[0])
            same++;
        if (at > line && s.n > 0 && same == s.n && (s.p[0] == '-' || s.p[0] == '='))
            return at + 1;
    }
    return line + 1;
}

static struct markdown_part *begin_part(struct arena *a, const struct text *t,
                                        cmark_node *heading, struct markdown *out)
{
    struct markdown_part *part = arena_push(a, &out->parts);
    part->line = part->first = 1;
    if (heading) {
        part->level = cmark_node_get_heading_level(heading);
        part->heading = plain_text(a, heading);
        part->line = cmark_node_get_start_line(heading);
        part->first = line_behind(t, heading);
    }
    return part;
}

static void cut_parts(struct arena *a, const struct text *t, cmark_node *doc,
                      struct markdown *out)
{
    struct markdown_part *part = begin_part(a, t, NULL, out);
    cmark_node *section = cmark_node_new(CMARK_NODE_DOCUMENT);
    for (cmark_node *n = cmark_node_first_child(doc), *next; n; n = next) {
        next = cmark_node_next(n);
        cmark_node_unlink(n);
        if (cmark_node_get_type(n) != CMARK_NODE_HEADING) {
            cmark_node_append_child(section, n);
            continue;
        }
        end_part(a, part, section);
        part->last = cmark_node_get_start_line(n) - 1;
        cmark_node_free(section);
        section = cmark_node_new(CMARK_NODE_DOCUMENT);
        part = begin_part(a, t, n, out);
        cmark_node_free(n);
    }
    end_part(a, part, section);
    part->last = t->n;
    cmark_node_free(section);
}

void markdown_read(struct arena *a, str text, bool cut, struct markdown *out)
{
    *out = (struct markdown){0};
    struct text t = text_of(a, text);
    cmark_node *doc = parse(text);
    tame(a, doc, out);
    if (cut) {
        cut_parts(a, &t, doc, out);
        if (out->parts.n > 1 && out->parts.v[0].text.n == 0) {
            out->parts.n--;
            memmove(out->parts.v, out->parts.v + 1, out->parts.n * sizeof *out->parts.v);
        }
    } else {
        struct markdown_part *part = begin_part(a, &t, NULL, out);
        end_part(a, part, doc);
        part->last = t.n;
    }
    cmark_node_free(doc);
}
