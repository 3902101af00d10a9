#include "content/format.h"
#include "content/source.h"

enum { HEADING_MAX = 70, TITLE_MAX = 100, INDENT = 3 };

struct text_page {
    struct sheet *out;
    VEC(str) lines; /* without blanks at their ends */
    VEC(bool) indented;
    size_t at, start; /* start: behind the front matter */
    bool any;         /* something was written */
};

static str line_at(const struct text_page *p, size_t i)
{
    return i < p->lines.n ? p->lines.v[i] : STR("");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "----" and "====" below a line. */
static bool is_underline(str s)
{
    if (s.n < 3 || !strchr("-=~_*", s.p[0]))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] != s.p[0])
            return false;
    return true;
}

/* Bytes of the sign that begins an item, with the blanks behind it; 0: no item. */
static size_t bullet(str s)
{
    static const char *const signs[] = {"-", "*", "+", "o", "•", "·", "–", "▪", "●", "◦"};
    for (size_t i = 0; i < LEN(signs); i++) {
        size_t n = strlen(signs[i]);
        if (str_starts(s, str_c(signs[i])) && source_blank(s, n) && n < s.n) {
            while (source_blank(s, n))
                n += source_blank(s, n);
            return n;
        }
    }
    return 0;
}

/* "3." "3)" "3.2" "3.2.": bytes with the blanks behind; *dots: how many numbers. */
static size_t numbering(str s, int *dots)
{
    size_t i = 0;
    *dots = 0;
    while (i < s.n && is_digit(s.p[i])) {
        while (i < s.n && is_digit(s.p[i]))
            i++;
        ++*dots;
        if (i < s.n && (s.p[i] == '.' || s.p[i] == ')'))
            i++;
    }
    size_t from = i;
    while (i < s.n && source_blank(s, i))
        i += source_blank(s, i);
    bool sign = from > 0 && (s.p[from - 1] == '.' || s.p[from - 1] == ')' || *dots > 1);
    return sign && i > from && i < s.n ? i : 0;
}

static bool ends_open(str s)
{
    return s.n == 0 || strchr(".,;:!", s.p[s.n - 1]) != NULL;
}

static bool is_capitals(str s)
{
    size_t upper = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
        upper += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return upper >= 3;
}

/* A date or a page number at the top of a page is no heading. */
static bool is_words(str s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++)
        letters += (s.p[i] | 0x20) >= 'a' || (unsigned char)s.p[i] >= 0x80;
    return letters * 2 > s.n;
}

static bool begins_large(str s)
{
    unsigned char c = s.n ? (unsigned char)s.p[0] : 0;
    bool large = (c >= 'A' && c <= 'Z') || c >= 0x80 || is_digit((char)c);
    return large && is_words(s);
}

/* The level of the heading that the line at i is, 0 when it is none; *skip bytes of its
 * numbering are left out. */
static int heading_level(const struct text_page *p, size_t i, size_t *skip)
{
    str s = line_at(p, i), before = i > p->start ? line_at(p, i - 1) : STR(""),
        behind = line_at(p, i + 1);
    int dots;
    *skip = 0;
    if (s.n == 0 || s.n > TITLE_MAX || bullet(s) || str_find_char(s, '\t') >= 0)
        return 0;
    bool as_long = behind.n + 2 >= s.n && behind.n <= s.n + 2;
    if (is_underline(behind) && (before.n == 0 || as_long))
        return behind.p[0] == '=' ? 1 : 2;
    if (before.n > 0 || s.n > HEADING_MAX || ends_open(s) || behind.n > 0)
        return 0;
    bool last = i + 1 >= p->lines.n;
    for (size_t k = i + 1; k < p->lines.n && !last; k++)
        if (line_at(p, k).n > 0)
            break;
        else
            last = k + 1 == p->lines.n;
    if (last)
        return 0; /* nothing stands below it */
    size_t number = numbering(s, &dots);
    if (number > 0) {
        *skip = number;
        return MIN(dots + 1, 6);
    }
    return is_capitals(s) || begins_large(s) ? 2 : 0;
}

static void put_line(struct text_page *p, str prefix, str text)
{
    struct buf b = buf_new(p->out->arena, SHEET_MAX);
    buf_put(&b, prefix);
    sheet_escape(&b, text, prefix.n == 0);
    buf_char(&b, '\n');
    sheet_put(p->out, buf_str(&b));
    p->any = true;
}

static void put_heading(struct text_page *p, int level, size_t skip)
{
    str s = line_at(p, p->at);
    s = str_sub(s, skip, s.n);
    if (!p->any)
        level = 1; /* the first heading is the title */
    sheet_gap(p->out);
    sheet_put(p->out, str_sub(STR("######"), 0, (size_t)level));
    put_line(p, STR(" "), s);
    sheet_gap(p->out);
    p->at += 1 + is_underline(line_at(p, p->at + 1));
}

static size_t tabs(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\t';
    return n;
}

static void put_row(struct text_page *p, str row)
{
    struct buf b = buf_new(p->out->arena, SHEET_MAX);
    buf_char(&b, '|');
    while (row.p) {
        buf_char(&b, ' ');
        sheet_escape(&b, source_trim(str_cut(&row, '\t')), false);
        buf_put(&b, STR(" |"));
    }
    buf_char(&b, '\n');
    sheet_put(p->out, buf_str(&b));
}

/* Two lines or more with as many tabs. */
static bool put_table(struct text_page *p)
{
    size_t n = tabs(line_at(p, p->at)), to = p->at;
    while (n > 0 && to < p->lines.n && tabs(line_at(p, to)) == n)
        to++;
    if (n == 0 || to - p->at < 2)
        return false;
    sheet_gap(p->out);
    for (size_t i = p->at; i < to; i++) {
        p->out->line = (int)i + 1;
        put_row(p, line_at(p, i));
        if (i > p->at)
            continue;
        sheet_put(p->out, STR("|"));
        for (size_t k = 0; k <= n; k++)
            sheet_put(p->out, STR(" --- |"));
        sheet_put(p->out, STR("\n"));
    }
    sheet_gap(p->out);
    p->at = to;
    return p->any = true;
}

static void put_text(struct text_page *p)
{
    str s = line_at(p, p->at);
    int dots;
    size_t item = bullet(s), number = numbering(s, &dots);
    bool inside = p->indented.v[p->at];
    if (item > 0) {
        put_line(p, inside ? STR("   - ") : STR("- "), str_sub(s, item, s.n));
    } else if (number > 0 && dots == 1) {
        str sign = str_sub(s, 0, number);
        put_line(p, arena_fmt(p->out->arena, "%.*s ", STR_ARG(source_trim(sign))),
                 str_sub(s, number, s.n));
    } else {
        put_line(p, STR(""), s);
    }
    p->at++;
}

/* Front matter is copied as it is. */
static size_t copy_front(struct text_page *p)
{
    if (!str_eq(line_at(p, 0), STR("---")))
        return 0;
    size_t end = 1;
    while (end < p->lines.n && !str_eq(line_at(p, end), STR("---")))
        end++;
    if (end >= p->lines.n)
        return 0;
    for (size_t i = 0; i <= end; i++) {
        p->out->line = (int)i + 1;
        sheet_put(p->out, line_at(p, i));
        sheet_put(p->out, STR("\n"));
    }
    return end + 1;
}

void text_page(struct arena *a, str text, struct sheet *out)
{
    *out = sheet_new(a);
    struct text_page p = {.out = out};
    struct lines l = {.text = text};
    for (str line; lines_next(&l, &line);) {
        *arena_push(a, &p.indented) = source_blank(line, 0) > 0;
        *arena_push(a, &p.lines) = source_trim(line);
    }
    p.at = p.start = copy_front(&p);
    while (p.at < p.lines.n) {
        size_t skip;
        out->line = (int)p.at + 1;
        int level = heading_level(&p, p.at, &skip);
        if (level > 0) {
            put_heading(&p, level, skip);
        } else if (line_at(&p, p.at).n == 0 || is_underline(line_at(&p, p.at))) {
            sheet_gap(out);
            p.at++;
        } else if (!put_table(&p)) {
            put_text(&p);
        }
    }
}
