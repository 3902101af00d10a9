/* Tables of a page. A cell that spans rows stands in each of them, so that every row can
 * be read by itself. */
#include "content/html_walk.h"

enum { COLUMNS_MAX = 40, SPAN_MAX = 1000 };

struct grid {
    struct html_walk *walk;
    str cell[COLUMNS_MAX]; /* of the row at work */
    int more[COLUMNS_MAX]; /* rows below that have the cell, too */
    int columns;           /* of the widest row */
    int rows;
    bool heads;   /* the row has a <th> */
    bool figures; /* a cell of it has a digit */
};

static bool is_cell(const xmlNode *n)
{
    return html_is(n, "td") || html_is(n, "th");
}

static int span(struct grid *g, const xmlNode *cell, const char *name)
{
    str v = html_attribute(g->walk->sheet->arena, cell, name);
    int64_t n;
    return v.p && str_int(v, &n) == RC_OK && n > 1 ? (int)MIN(n, SPAN_MAX) : 1;
}

/* A cell's text on one line. */
static str cell_text(struct html_walk *w, const xmlNode *cell)
{
    struct buf outer = w->run;
    w->run = buf_new(w->sheet->arena, HTML_RUN_MAX);
    html_inline(w, cell);
    str text = str_trim(buf_str(&w->run));
    struct buf line = buf_new(w->sheet->arena, HTML_RUN_MAX);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == '\n')
            buf_char(&line, ' ');
        else if (text.p[i] != '\n')
            buf_char(&line, text.p[i]);
    w->run = outer;
    return buf_str(&line);
}

static bool has_digit(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

/* Fills g->cell; how many columns the row has. */
static int read_row(struct grid *g, const xmlNode *row)
{
    int at = 0;
    g->heads = g->figures = false;
    for (const xmlNode *n = row->children; n && at < COLUMNS_MAX; n = n->next) {
        if (!is_cell(n))
            continue;
        for (; at < COLUMNS_MAX && g->more[at] > 0; at++)
            g->more[at]--;
        int wide = span(g, n, "colspan"), high = span(g, n, "rowspan");
        str text = cell_text(g->walk, n);
        g->heads = g->heads || html_is(n, "th");
        g->figures = g->figures || has_digit(text);
        for (int k = 0; k < wide && at < COLUMNS_MAX; k++, at++) {
            g->cell[at] = k == 0 ? text : STR("");
            g->more[at] = high - 1;
        }
    }
    for (; at < COLUMNS_MAX && g->more[at] > 0; at++)
        g->more[at]--;
    return at;
}

static void put_row(struct grid *g, int n, bool empty)
{
    struct sheet *s = g->walk->sheet;
    sheet_put(s, STR("|"));
    for (int i = 0; i < g->columns; i++) {
        sheet_put(s, STR(" "));
        sheet_put(s, i < n && !empty ? g->cell[i] : STR(""));
        sheet_put(s, STR(" |"));
    }
    sheet_put(s, STR("\n"));
}

static void put_rule(struct grid *g)
{
    sheet_put(g->walk->sheet, STR("|"));
    for (int i = 0; i < g->columns; i++)
        sheet_put(g->walk->sheet, STR(" --- |"));
    sheet_put(g->walk->sheet, STR("\n"));
}

/* Tables in tables, headings in tables, one row or one column: that is layout. */
static bool measure(struct grid *g, const xmlNode *table)
{
    for (const xmlNode *n = table->children; n; n = html_next(n, table, false)) {
        bool heading = n->type == XML_ELEMENT_NODE && n->name[0] == 'h' &&
            n->name[1] >= '1' && n->name[1] <= '6' && !n->name[2];
        if (html_is(n, "table") || heading)
            return false;
        if (!html_is(n, "tr"))
            continue;
        int wide = 0;
        for (const xmlNode *c = n->children; c; c = c->next)
            wide += is_cell(c) ? span(g, c, "colspan") : 0;
        g->columns = MAX(g->columns, MIN(wide, COLUMNS_MAX));
        g->rows++;
    }
    return g->rows > 1 && g->columns > 1;
}

bool html_table(struct html_walk *w, const xmlNode *table)
{
    struct grid g = {.walk = w};
    if (!measure(&g, table))
        return false;
    html_flush(w);
    int depth = w->list_depth;
    w->list_depth = 0; /* a table in a list stands behind its item */
    for (const xmlNode *n = table->children; n; n = n->next)
        if (html_is(n, "caption")) {
            html_inline(w, n);
            html_flush(w);
        }
    sheet_gap(w->sheet);
    bool first = true;
    for (const xmlNode *n = table->children; n; n = html_next(n, table, is_cell(n))) {
        if (!html_is(n, "tr"))
            continue;
        w->sheet->line = MAX((int)n->line, 1);
        int cells = read_row(&g, n);
        bool head = first && (g.heads || !g.figures);
        if (first && !head) {
            put_row(&g, 0, true);
            put_rule(&g);
        }
        put_row(&g, cells, false);
        if (head)
            put_rule(&g);
        first = false;
    }
    sheet_gap(w->sheet);
    w->list_depth = depth;
    return true;
}
