#include "app/rich.h"

#include "base/buf.h"
#include "base/json_text.h"
#include "base/str.h"

enum { DEPTH_MAX = 8, TEXT_MAX = 256 * 1024 };

struct reading {
    struct arena *a;
    struct rich *out;
    struct rich_block *block; /* open, NULL: none */
    struct rich_block *table;
    struct rich_line *cell;
    int strong, em, code, strike, quote, pre, heading;
    str link;
    int numbers[DEPTH_MAX]; /* of the open lists; 0: a bullet list */
    int lists;
    size_t row_cells;
};

static struct rich_block *open_block(struct reading *r, enum rich_kind kind)
{
    r->block = arena_push(r->a, &r->out->blocks);
    *r->block = (struct rich_block){.kind = kind, .quote = r->quote > 0};
    return r->block;
}

static struct rich_line *line(struct reading *r)
{
    if (r->cell)
        return r->cell;
    if (!r->block)
        open_block(r, r->heading ? RICH_HEADING : r->pre ? RICH_CODE : RICH_PARAGRAPH);
    return &r->block->line;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void add(struct reading *r, str text)
{
    struct rich_line *l = line(r);
    struct rich_span *s = arena_push(r->a, &l->spans);
    *s = (struct rich_span){.text = text,
                            .link = r->link,
                            .strong = r->strong > 0,
                            .em = r->em > 0,
                            .code = r->code > 0 && !r->pre,
                            .strike = r->strike > 0};
}

static void put_code_point(struct buf *b, int64_t c)
{
    if (c < 0x80)
        buf_char(b, (char)c);
    else if (c < 0x800)
        buf_fmt(b, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 63)));
    else if (c < 0x10000)
        buf_fmt(b, "%c%c%c", (int)(0xe0 | c >> 12), (int)(0x80 | (c >> 6 & 63)),
                (int)(0x80 | (c & 63)));
}

/* What stands between & and ; */
static void put_entity(struct buf *b, str name)
{
    static const struct {
        const char *name, *text;
    } known[] = {{"amp", "&"},   {"lt", "<"},   {"gt", ">"},
                 {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
    int64_t n;
    for (size_t i = 0; i < LEN(known); i++)
        if (str_eq(name, str_c(known[i].name))) {
            buf_put(b, str_c(known[i].text));
            return;
        }
    if (name.n > 1 && name.p[0] == '#' &&
        str_int(str_sub(name, 1, name.n), &n) == RC_OK && n >= ' ' && n < 0x10000 &&
        (n < 0xd800 || n > 0xdfff))
        put_code_point(b, n);
    else
        buf_fmt(b, "&%.*s;", STR_ARG(name));
}

/* Entities decoded; outside of code every run of white space is one blank. */
static void text(struct reading *r, str s)
{
    struct buf b = buf_new(r->a, TEXT_MAX);
    bool blank = true;
    for (size_t i = 0; i < s.n; i++) {
        ptrdiff_t semi = s.p[i] == '&' ? str_find_char(str_sub(s, i, i + 12), ';') : -1;
        if (!r->pre && is_space(s.p[i])) {
            if (b.n == 0 || b.p[b.n - 1] != ' ')
                buf_char(&b, ' ');
            continue;
        }
        blank = false;
        if (semi > 0) {
            put_entity(&b, str_sub(s, i + 1, i + (size_t)semi));
            i += (size_t)semi;
        } else {
            buf_char(&b, s.p[i]);
        }
    }
    bool opens = !r->cell && (!r->block || r->block->line.spans.n == 0);
    if (b.n == 0 || (blank && opens && !r->pre))
        return;
    str done = buf_str(&b);
    add(r, opens && !r->pre && done.p[0] == ' ' ? str_sub(done, 1, done.n) : done);
}

static void list_opens(struct reading *r, bool ordered)
{
    r->block = NULL;
    if (r->lists < DEPTH_MAX)
        r->numbers[r->lists] = ordered ? 1 : 0;
    r->lists++;
}

static void item_opens(struct reading *r)
{
    struct rich_block *b = open_block(r, RICH_ITEM);
    int at = MIN(MAX(r->lists, 1), (int)DEPTH_MAX) - 1;
    b->depth = at;
    if (r->numbers[at])
        b->number = r->numbers[at]++;
}

static void cell_opens(struct reading *r, bool header)
{
    if (!r->table)
        return;
    r->cell = arena_push(r->a, &r->table->cells);
    r->row_cells++;
    r->table->header = r->table->header || header;
    r->table->columns = MAX(r->table->columns, r->row_cells);
}

static str attribute(str tag, str name)
{
    ptrdiff_t at = str_find(tag, name);
    if (at < 0)
        return STR_NONE;
    str rest = str_sub(tag, (size_t)at + name.n, tag.n);
    return str_cut(&rest, '"');
}

static void mark(struct reading *r, str name, bool closing)
{
    int by = closing ? -1 : 1;
    static const struct {
        const char *name;
        size_t at;
    } marks[] = {
        {"strong", offsetof(struct reading, strong)},
        {"b", offsetof(struct reading, strong)},
        {"em", offsetof(struct reading, em)},
        {"i", offsetof(struct reading, em)},
        {"code", offsetof(struct reading, code)},
        {"del", offsetof(struct reading, strike)},
    };
    for (size_t i = 0; i < LEN(marks); i++)
        if (str_eq(name, str_c(marks[i].name)))
            *(int *)(void *)((unsigned char *)r + marks[i].at) += by;
}

static void table_tag(struct reading *r, str name, bool closing)
{
    if (str_eq(name, STR("table"))) {
        r->table = closing ? NULL : open_block(r, RICH_TABLE);
        r->cell = NULL;
        if (closing)
            r->block = NULL;
    } else if (str_eq(name, STR("tr"))) {
        if (closing) /* short rows are filled up */
            while (r->table && r->row_cells < r->table->columns) {
                (void)arena_push(r->a, &r->table->cells);
                r->row_cells++;
            }
        r->cell = NULL;
        r->row_cells = 0;
    } else if (str_eq(name, STR("td")) || str_eq(name, STR("th"))) {
        r->cell = NULL;
        if (!closing)
            cell_opens(r, name.p[1] == 'h');
    }
}

static void take_link(struct reading *r, str tag, bool closing)
{
    struct rich unused = {0};
    struct reading inner = {.a = r->a, .out = &unused, .pre = 1};
    r->link = STR_NONE;
    str href = closing ? STR_NONE : attribute(tag, STR("href=\""));
    if (href.n == 0)
        return;
    text(&inner, href); /* its entities */
    r->link = inner.block ? inner.block->line.spans.v[0].text : STR_NONE;
}

static void block_tag(struct reading *r, str name, bool closing)
{
    if (str_eq(name, STR("p"))) {
        if (closing || !r->block || r->block->line.spans.n > 0)
            r->block = NULL;
    } else if (name.n == 2 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6') {
        r->block = NULL;
        r->heading = !closing;
    } else if (str_eq(name, STR("ul")) || str_eq(name, STR("ol"))) {
        if (closing)
            r->lists = MAX(r->lists - 1, 0);
        else
            list_opens(r, name.p[0] == 'o');
        r->block = NULL;
    } else if (str_eq(name, STR("li"))) {
        if (closing)
            r->block = NULL;
        else
            item_opens(r);
    } else if (str_eq(name, STR("blockquote"))) {
        r->quote += closing ? -1 : 1;
        r->block = NULL;
    } else if (str_eq(name, STR("pre"))) {
        r->block = NULL;
        r->pre = !closing;
    } else if (str_eq(name, STR("hr"))) {
        r->block = NULL;
    }
}

static void tag(struct reading *r, str whole)
{
    bool closing = whole.n > 0 && whole.p[0] == '/';
    size_t from = closing, to = from;
    while (to < whole.n && !is_space(whole.p[to]) && whole.p[to] != '/')
        to++;
    str name = str_sub(whole, from, to);
    if (str_eq(name, STR("br")))
        add(r, STR("\n"));
    else if (str_eq(name, STR("a")))
        take_link(r, whole, closing);
    else
        mark(r, name, closing);
    if (name.n > 0 && name.p[0] == 't')
        table_tag(r, name, closing);
    else if (!r->table)
        block_tag(r, name, closing);
}

void rich_read(struct arena *a, str html, struct rich *out)
{
    struct reading r = {.a = a, .out = out};
    *out = (struct rich){0};
    while (html.n > 0) {
        ptrdiff_t at = str_find_char(html, '<');
        size_t n = at < 0 ? html.n : (size_t)at;
        if (n > 0)
            text(&r, str_sub(html, 0, n));
        html = str_sub(html, n, html.n);
        if (html.n == 0)
            break;
        ptrdiff_t end = str_find_char(html, '>');
        if (end < 0)
            break;
        if (!str_starts(html, STR("<!--")))
            tag(&r, str_sub(html, 1, (size_t)end));
        html = str_sub(html, (size_t)end + 1, html.n);
    }
    /* what opened and held nothing */
    size_t n = 0;
    for (size_t i = 0; i < out->blocks.n; i++)
        if (out->blocks.v[i].line.spans.n > 0 || out->blocks.v[i].cells.n > 0)
            out->blocks.v[n++] = out->blocks.v[i];
    out->blocks.n = n;
}

static void plain_line(struct reading *r, str s)
{
    while (s.n > 0) {
        ptrdiff_t at = str_find(s, STR("**"));
        str part = at < 0 ? s : str_sub(s, 0, (size_t)at);
        if (part.n > 0)
            add(r, arena_str(r->a, part));
        if (at < 0)
            break;
        r->strong = !r->strong;
        s = str_sub(s, (size_t)at + 2, s.n);
    }
}

void rich_read_plain(struct arena *a, str whole, struct rich *out)
{
    struct reading r = {.a = a, .out = out};
    str one;
    *out = (struct rich){0};
    while (str_line(&whole, &one)) {
        if (str_trim(one).n == 0) {
            r.block = NULL;
            r.strong = 0;
            continue;
        }
        if (str_starts(one, STR("- "))) {
            open_block(&r, RICH_ITEM);
            one = str_sub(one, 2, one.n);
        } else if (r.block) {
            add(&r, STR("\n"));
        }
        plain_line(&r, one);
    }
}

void rich_read_frame(struct arena *a, const json_t *frame, struct rich *r)
{
    str html = json_text_of(frame, "html"), text = json_text_of(frame, "text"),
        name = json_text_of(frame, "name");
    if (html.n > 0)
        rich_read(a, html, r);
    else if (str_eq(json_text_of(frame, "type"), STR("agent")) && name.n > 0)
        rich_read_plain(a, arena_fmt(a, "**%.*s:**\n%.*s", STR_ARG(name), STR_ARG(text)),
                        r);
    else
        rich_read_plain(a, text, r);
}

str rich_line_text(struct arena *a, const struct rich_line *l)
{
    struct buf b = buf_new(a, TEXT_MAX);
    for (size_t i = 0; i < l->spans.n; i++)
        buf_put(&b, l->spans.v[i].text);
    return str_trim(buf_str(&b));
}
