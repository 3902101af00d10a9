#include "search/row.h"

#include "base/buf.h"
#include "search/passage.h"
#include "text/normalise.h"

enum { ROWS_MAX = 200, NUMBERS_MAX = 8, MARKED_MAX = 256 * 1024 };

static const float means_the_same = .75f;

static str first_cell(str line)
{
    return str_trim(str_cut(&line, '\t'));
}

static str fold(struct search *s, str text)
{
    str out;
    return normalise(s->scratch, text, &out) == RC_OK ? out : STR("");
}

/* --- by number --- */

/* The only row whose range holds the number; 0: none, several, or no such table. */
static int row_of_number(struct search *s, enum lang l, str table,
                         const struct row_range *number)
{
    str line;
    int found = 0, row = 1, wide = 0, unit = -1;
    int64_t factor = 1;
    if (str_line(&table, &line))
        unit = row_unit(fold(s, first_cell(line)), l, &factor);
    for (; row < ROWS_MAX && str_line(&table, &line); row++) {
        struct row_range r;
        if (!row_range_read(fold(s, first_cell(line)), l, &r))
            continue;
        if (r.unit < 0)
            row_range_scale(&r, unit, factor);
        wide += r.from < r.to;
        if (r.unit != number->unit || number->from < r.from || number->from > r.to)
            continue;
        if (found)
            return 0;
        found = row;
    }
    return wide > 1 ? found : 0;
}

int row_by_number(struct search *s, enum lang l, str question, str table)
{
    struct row_range numbers[NUMBERS_MAX];
    size_t n = row_numbers(question, l, numbers, NUMBERS_MAX);
    int found = 0;
    for (size_t i = 0; i < n; i++) {
        int row = row_of_number(s, l, table, &numbers[i]);
        if (row && found && row != found)
            return 0;
        found = row ? row : found;
    }
    return found;
}

/* --- by name --- */

static bool is_asked(const struct search *s, const struct vocabulary_word *w)
{
    uint8_t concept = s->ranking.concept[w->term];
    const struct concept *c = concept ? &s->query->v[concept - 1] : NULL;
    for (size_t i = 0; c && i < c->n; i++)
        if (c->v[i].term == w->term)
            return c->v[i].weight >= means_the_same;
    return false;
}

/* Words of a first cell with a topic, when the question has all of them; else 0. */
static int words_asked(struct search *s, const struct index *x, str cell)
{
    struct cutter c = cutter_new(s->scratch, cell);
    str word;
    int n = 0;
    while (cutter_next(&c, &word)) {
        const struct vocabulary_word *w = vocabulary_word(&x->vocabulary, word);
        if (!w || w->stop)
            continue;
        if (!is_asked(s, w))
            return 0;
        n++;
    }
    return n;
}

/* "Partner (ook samenwonend)": what stands in brackets only explains. */
static str without_brackets(str cell)
{
    ptrdiff_t at = str_find_char(cell, '(');
    return at > 0 ? str_sub(cell, 0, (size_t)at) : cell;
}

static int row_by_name(struct search *s, const struct index *x, str table)
{
    str line;
    int best = 0, most = 0, row = 1;
    bool twice = false;
    str_line(&table, &line);
    for (; row < ROWS_MAX && str_line(&table, &line); row++) {
        int n = words_asked(s, x, without_brackets(first_cell(line)));
        if (n > most) {
            most = n;
            best = row;
            twice = false;
        } else if (n > 0) {
            twice = true; /* the question names two rows */
        }
    }
    return twice ? 0 : best;
}

int row_certain(struct search *s, const struct index *x, const struct search_query *q,
                str table)
{
    int row = row_by_number(s, x->lang, q->folded, table);
    return row ? row : row_by_name(s, x, table);
}

/* --- marking --- */

static void put_bold_cell(struct buf *b, str cell)
{
    str text = str_trim(cell);
    if (text.n == 0 || str_has(text, STR("**"))) {
        buf_put(b, cell);
        return;
    }
    buf_fmt(b, " **%.*s** ", STR_ARG(text));
}

/* The cells between `|`, `\|` is none. */
static void put_bold_row(struct buf *b, str line)
{
    size_t from = 0;
    bool edge = line.n > 0 && line.p[0] == '|';
    for (size_t i = 0; i <= line.n; i++) {
        if (i < line.n && (line.p[i] != '|' || (i > 0 && line.p[i - 1] == '\\')))
            continue;
        if (i > 0 || !edge)
            put_bold_cell(b, str_sub(line, from, i));
        if (i < line.n)
            buf_char(b, '|');
        from = i + 1;
    }
}

static str mark_markdown(struct arena *a, str markdown, int row)
{
    struct buf b = buf_new(a, MARKED_MAX);
    str rest = markdown, line;
    for (int i = -1; str_line(&rest, &line); i++) { /* the rule below the head is 0 */
        if (b.n)
            buf_char(&b, '\n');
        if (i == row)
            put_bold_row(&b, str_trim(line));
        else
            buf_put(&b, line);
    }
    return buf_failed(&b) ? markdown : buf_str(&b);
}

/* Copies up to behind mark; false when it is not there. */
static bool copy_behind(struct buf *b, str *rest, str mark)
{
    ptrdiff_t at = str_find(*rest, mark);
    if (at < 0)
        return false;
    size_t end = (size_t)at + mark.n;
    buf_put(b, str_sub(*rest, 0, end));
    *rest = str_sub(*rest, end, rest->n);
    return true;
}

static str mark_html(struct arena *a, str html, int row)
{
    struct buf b = buf_new(a, MARKED_MAX);
    str rest = html;
    for (int i = 0; i <= row; i++)
        if (!copy_behind(&b, &rest, STR("<tr>")))
            return html;
    ptrdiff_t end = str_find(rest, STR("</tr>"));
    str cells = str_sub(rest, 0, end < 0 ? 0 : (size_t)end);
    rest = str_sub(rest, cells.n, rest.n);
    while (copy_behind(&b, &cells, STR("<td")) && copy_behind(&b, &cells, STR(">"))) {
        ptrdiff_t close = str_find(cells, STR("</td>"));
        if (close < 0)
            return html;
        str text = str_sub(cells, 0, (size_t)close);
        bool plain = text.n == 0 || str_has(text, STR("<strong>"));
        buf_put(&b, plain ? STR("") : STR("<strong>"));
        buf_put(&b, text);
        buf_put(&b, plain ? STR("") : STR("</strong>"));
        cells = str_sub(cells, text.n, cells.n);
    }
    buf_put(&b, cells);
    buf_put(&b, rest);
    return buf_failed(&b) ? html : buf_str(&b);
}

void row_mark(struct arena *a, int row, struct passage *p)
{
    p->markdown = mark_markdown(a, p->markdown, row);
    p->html = mark_html(a, p->html, row);
}
