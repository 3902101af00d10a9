#include "adapters/slack/mrkdwn.h"

#include "base/str.h"

enum { BLOCK_MAX = 256 * 1024, TABLE_WIDTH_MAX = 64, COLUMNS_MAX = 12 };

#define ZERO_WIDTH "\xe2\x80\x8b"

void mrkdwn_escape(struct buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++)
        switch (text.p[i]) {
        case '&':
            buf_put(b, STR("&amp;"));
            break;
        case '<':
            buf_put(b, STR("&lt;"));
            break;
        case '>':
            buf_put(b, STR("&gt;"));
            break;
        default:
            buf_char(b, text.p[i]);
        }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (unsigned char)c >= 0x80;
}

static bool is_link(str url)
{
    return str_starts(url, STR("https://")) || str_starts(url, STR("http://")) ||
        str_starts(url, STR("mailto:")) || str_starts(url, STR("tel:"));
}

static void put_url(struct buf *b, str url)
{
    for (size_t i = 0; i < url.n; i++)
        if (strchr("<>|", url.p[i]) || (unsigned char)url.p[i] <= ' ')
            buf_fmt(b, "%%%02X", (unsigned)(unsigned char)url.p[i]);
        else
            mrkdwn_escape(b, str_sub(url, i, i + 1));
}

static void put_marks(struct buf *b, const struct rich_span *s, bool strong, bool closing)
{
    const struct {
        bool on;
        char mark;
    } marks[] = {{strong, '*'}, {s->em, '_'}, {s->strike, '~'}, {s->code, '`'}};
    for (size_t i = 0; i < LEN(marks); i++) {
        size_t k = closing ? LEN(marks) - 1 - i : i;
        if (marks[k].on)
            buf_char(b, marks[k].mark);
    }
}

/* next: the byte that follows the span, 0 at the end. */
static void put_span(struct buf *b, const struct rich_span *s, bool strong, char next)
{
    size_t from = 0, to = s->text.n;
    while (from < to && is_blank(s->text.p[from]))
        from++;
    while (to > from && is_blank(s->text.p[to - 1]))
        to--;
    bool marked = (strong || s->em || s->strike || s->code) && to > from;
    mrkdwn_escape(b, str_sub(s->text, 0, from));
    if (marked && b->n > 0 && is_word(b->p[b->n - 1]))
        buf_put(b, STR(ZERO_WIDTH));
    if (marked)
        put_marks(b, s, strong, false);
    if (is_link(s->link)) {
        buf_char(b, '<');
        put_url(b, s->link);
        buf_char(b, '|');
    }
    mrkdwn_escape(b, str_sub(s->text, from, to));
    if (is_link(s->link))
        buf_char(b, '>');
    if (marked)
        put_marks(b, s, strong, true);
    if (marked && to == s->text.n && is_word(next))
        buf_put(b, STR(ZERO_WIDTH));
    mrkdwn_escape(b, str_sub(s->text, to, s->text.n));
}

static void put_line(struct buf *b, const struct rich_line *l, bool all_strong)
{
    for (size_t i = 0; i < l->spans.n; i++) {
        const struct rich_span *s = &l->spans.v[i];
        char next = i + 1 < l->spans.n && l->spans.v[i + 1].text.n
            ? l->spans.v[i + 1].text.p[0]
            : '\0';
        put_span(b, s, s->strong || all_strong, next);
    }
}

/* Columns on a screen, near enough: code points. */
static size_t width(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

/* A narrow table stands in columns of one width, as code. */
static void put_columns(struct buf *b, str *cells, size_t n, size_t columns,
                        const size_t *widths)
{
    buf_put(b, STR("```\n"));
    for (size_t i = 0; i < n; i++) {
        size_t c = i % columns;
        mrkdwn_escape(b, cells[i]);
        if (c + 1 == columns) {
            buf_char(b, '\n');
            continue;
        }
        for (size_t k = width(cells[i]); k < widths[c] + 2; k++)
            buf_char(b, ' ');
    }
    buf_put(b, STR("```"));
}

/* A wide one becomes a line per row: the first cell, then "column: value". */
static void put_rows(struct buf *b, const struct rich_block *t, str *cells)
{
    size_t first = t->header ? t->columns : 0;
    for (size_t i = first; i < t->cells.n; i++) {
        size_t c = i % t->columns;
        if (c == 0)
            buf_put(b, i > first ? STR("\n• *") : STR("• *"));
        else if (cells[i].n > 0)
            buf_put(b, c == 1 ? STR(" – ") : STR("; "));
        if (c > 0 && cells[i].n > 0 && t->header && cells[c].n > 0) {
            mrkdwn_escape(b, cells[c]);
            buf_put(b, STR(": "));
        }
        mrkdwn_escape(b, cells[i]);
        if (c == 0)
            buf_char(b, '*');
    }
}

static void put_table(struct buf *b, const struct rich_block *t)
{
    size_t widths[COLUMNS_MAX] = {0}, sum = 0, n = t->cells.n;
    str *cells = arena_alloc(b->arena, MAX(n, 1) * sizeof *cells);
    if (t->columns == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        cells[i] = rich_line_text(b->arena, &t->cells.v[i]);
        size_t c = i % t->columns;
        if (c < COLUMNS_MAX)
            widths[c] = MAX(widths[c], width(cells[i]));
    }
    for (size_t c = 0; c < COLUMNS_MAX; c++)
        sum += widths[c] + 2;
    if (sum - 2 * (COLUMNS_MAX - MIN(t->columns, (size_t)COLUMNS_MAX)) <=
            TABLE_WIDTH_MAX &&
        t->columns <= COLUMNS_MAX)
        put_columns(b, cells, n, t->columns, widths);
    else
        put_rows(b, t, cells);
}

str mrkdwn_block(struct arena *a, const struct rich_block *block)
{
    struct buf b = buf_new(a, BLOCK_MAX);
    if (block->quote)
        buf_put(&b, STR("> "));
    switch (block->kind) {
    case RICH_PARAGRAPH:
        put_line(&b, &block->line, false);
        break;
    case RICH_HEADING:
        put_line(&b, &block->line, true);
        break;
    case RICH_ITEM:
        for (int i = 0; i < block->depth; i++)
            buf_put(&b, STR("    "));
        if (block->number > 0)
            buf_fmt(&b, "%d. ", block->number);
        else
            buf_put(&b, STR("• "));
        put_line(&b, &block->line, false);
        break;
    case RICH_CODE:
        buf_put(&b, STR("```\n"));
        mrkdwn_escape(&b, rich_line_text(a, &block->line));
        buf_put(&b, STR("\n```"));
        break;
    case RICH_TABLE:
        put_table(&b, block);
        break;
    }
    return buf_str(&b);
}
