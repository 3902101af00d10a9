/*
 * Pandoc's grid tables, as converters from Word and PDF leave them:
 *
 *   +-------+---------+        | Loon | Per uur |
 *   | Loon  | Per     |        | --- | --- |
 *   |       | uur     |   ->   | A | 15,32 |
 *   +=======+=========+        (and as many lines as before)
 *   | A     | 15,32   |
 *   +-------+---------+
 */
#include "base/str.h"
#include "content/article.h"
#include "content/source.h"

enum { COLUMNS_MAX = 32, CELL_MAX = 8 * 1024 };

struct row {
    struct buf cell[COLUMNS_MAX];
    size_t n;
};

static bool is_ruler(str line)
{
    line = source_trim(line);
    if (line.n < 3 || line.p[0] != '+' || line.p[line.n - 1] != '+')
        return false;
    for (size_t i = 0; i < line.n; i++)
        if (!strchr("+-=:", line.p[i]))
            return false;
    return true;
}

static bool is_cells(str line)
{
    line = source_trim(line);
    return line.n > 1 && (line.p[0] == '|' || line.p[0] == '+') &&
        (line.p[line.n - 1] == '|' || line.p[line.n - 1] == '+');
}

/* Adds one physical line to the cells; a quote mark in front of a cell is only layout. */
static void add_line(struct arena *a, str line, struct row *r)
{
    str rest = source_trim(line);
    rest = str_sub(rest, 1, rest.n - 1);
    for (size_t k = 0; rest.p && k < COLUMNS_MAX; k++) {
        str part = source_trim(str_cut(&rest, '|'));
        if (str_starts(part, STR(">")))
            part = source_trim(str_sub(part, 1, part.n));
        if (k == r->n) {
            r->cell[k] = buf_new(a, CELL_MAX);
            r->n++;
        }
        if (part.n > 0 && r->cell[k].n > 0)
            buf_char(&r->cell[k], ' ');
        buf_put(&r->cell[k], part);
    }
}

/* Puts the row as a pipe table's line; returns how many lines that made. */
static int put_row(struct row *r, bool head, struct buf *out)
{
    if (r->n == 0)
        return 0;
    for (size_t k = 0; k < r->n; k++)
        buf_fmt(out, "| %.*s ", STR_ARG(buf_str(&r->cell[k])));
    buf_put(out, STR("|\n"));
    for (size_t k = 0; head && k < r->n; k++)
        buf_put(out, STR("| --- "));
    if (head)
        buf_put(out, STR("|\n"));
    r->n = 0;
    return head ? 2 : 1;
}

size_t grid_convert(struct arena *a, str text, struct buf *out)
{
    if (!str_starts(str_sub(text, 0, 5), STR("+")))
        return 0;
    struct lines l = {.text = text};
    struct row *row = arena_alloc(a, sizeof *row);
    str line;
    if (!lines_next(&l, &line) || !is_ruler(line))
        return 0;
    int put = 0;
    size_t end = l.next;
    int lines = l.number;
    while (lines_next(&l, &line) && (is_ruler(line) || is_cells(line))) {
        if (is_ruler(line))
            put += put_row(row, put == 0, out);
        else
            add_line(a, line, row);
        end = l.next;
        lines = l.number;
    }
    put += put_row(row, put == 0, out);
    for (; put < lines; put++)
        buf_char(out, '\n');
    return MIN(end, text.n);
}
