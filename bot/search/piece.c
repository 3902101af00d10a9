#include "base/buf.h"
#include "search/passage.h"
#include "search/row.h"

enum { PIECES_MAX = 300, OUT_MAX = 256 * 1024 };

static str part(str whole, uint32_t from, uint32_t to)
{
    return str_trim(str_sub(whole, from, MAX(from, to)));
}

/* One of a section's pieces in its three forms. */
static struct passage piece_at(const struct section_text *sec, size_t i)
{
    const struct piece *p = &sec->pieces[i], *next = p + 1;
    bool last = i + 1 == sec->n_pieces;
    struct passage out = {
        .text = part(sec->text, p->text, last ? (uint32_t)sec->text.n : next->text),
        .html = part(sec->html, p->html, last ? (uint32_t)sec->html.n : next->html),
        .markdown = part(sec->markdown, p->markdown,
                         last ? (uint32_t)sec->markdown.n : next->markdown)};
    if (p->raw)
        out.markdown = out.text;
    return out;
}

static void join(struct buf *b, str s, const char *between)
{
    if (s.n == 0)
        return;
    if (b->n)
        buf_put(b, str_c(between));
    buf_put(b, s);
}

static str paragraph(struct arena *a, str text)
{
    struct buf b = buf_new(a, OUT_MAX);
    str rest = text, line;
    buf_put(&b, STR("<p>"));
    for (bool first = true; str_line(&rest, &line); first = false) {
        if (!first)
            buf_put(&b, STR("<br>"));
        buf_html(&b, line);
    }
    buf_put(&b, STR("</p>"));
    return buf_str(&b);
}

struct choice {
    struct search *s;
    struct index *x;
    struct arena *arena;
    const struct search_query *q;
    const struct section_text *section;
    struct block *blocks;
    struct scored *v;
    size_t n, max;
};

static void judge_all(struct choice *c)
{
    c->n = MIN(c->section->n_pieces, (size_t)PIECES_MAX);
    c->blocks = arena_alloc(c->s->scratch, c->n * sizeof *c->blocks);
    c->v = arena_alloc(c->s->scratch, c->n * sizeof *c->v);
    for (size_t i = 0; i < c->n; i++) {
        const enum piece_kind kind = c->section->pieces[i].kind;
        c->blocks[i] = (struct block){.text = piece_at(c->section, i).text,
                                      .kind = kind == PIECE_TABLE ? BLOCK_TABLE
                                          : kind == PIECE_LIST    ? BLOCK_LIST
                                                                  : BLOCK_SENTENCE,
                                      .paragraph = (int)i};
        if (c->blocks[i].text.p == NULL)
            c->blocks[i].text = str_sub(c->section->text, 0, 0);
        c->v[i].block = &c->blocks[i];
        passage_judge(c->s, c->x, c->blocks[i].text, &c->v[i]);
    }
}

/* What is shown of one piece; a paragraph that is too long gives its best sentences. */
static struct passage show(const struct choice *c, size_t i)
{
    struct passage p = piece_at(c->section, i);
    enum piece_kind kind = c->section->pieces[i].kind;
    size_t most = kind == PIECE_TEXT ? c->max : MAX(c->max, (size_t)PASSAGE_WHOLE_MAX);
    if (p.text.n > most) {
        p.text = passage_part(c->s, c->x, c->arena, p.text, c->max);
        p.markdown = p.text;
        p.html = paragraph(c->arena, p.text);
    } else if (kind == PIECE_TABLE) {
        int row = row_certain(c->s, c->x, c->q, p.text);
        if (row > 0)
            row_mark(c->arena, row, &p);
    }
    return p;
}

void passage_pieces(struct search *s, struct index *x, struct arena *a,
                    const struct search_query *q, const struct section_text *sec,
                    size_t max, struct passage *out)
{
    struct choice c = {.s = s, .x = x, .arena = a, .q = q, .section = sec, .max = max};
    judge_all(&c);
    size_t top = 0;
    for (size_t i = 1; i < c.n; i++)
        if (c.v[i].score > c.v[top].score + 1e-9)
            top = i;
    size_t from = top, to = top;
    if (max == SIZE_MAX) {
        from = 0;
        to = c.n - 1;
    } else if (c.blocks[top].text.n <= max) {
        passage_run(s, c.v, c.n, max, &from, &to);
        passage_grow(c.v, c.n, max, &from, &to);
        /* "You need:" without what is needed says nothing */
        if (to + 1 < c.n && sec->pieces[to + 1].kind != PIECE_TEXT &&
            (str_ends(c.blocks[to].text, STR(":")) ||
             str_ends(c.blocks[to].text, STR(","))))
            to++;
    } else if (top > 0 && str_ends(c.blocks[top - 1].text, STR(":"))) {
        from--; /* what introduces a long list or table */
    }
    struct buf text = buf_new(a, OUT_MAX), md = buf_new(a, OUT_MAX),
               html = buf_new(a, OUT_MAX * 2);
    for (size_t i = from; i <= to; i++) {
        struct passage p = show(&c, i);
        join(&text, p.text, "\n");
        join(&md, p.markdown.n ? p.markdown : p.text, "\n\n");
        join(&html, p.html, "\n");
    }
    *out = (struct passage){buf_str(&text), buf_str(&md), buf_str(&html)};
}

/* The row of the section's tables that holds the question's number. */
static bool has_row(struct search *s, enum lang l, const struct search_query *q,
                    const struct section *section)
{
    const struct section_text *sec = texts_of(s->texts, section);
    for (size_t i = 0; i < MIN(sec->n_pieces, (size_t)PIECES_MAX); i++)
        if (sec->pieces[i].kind == PIECE_TABLE &&
            row_by_number(s, l, q->folded, piece_at(sec, i).text) > 0)
            return true;
    return false;
}

int search_row_section(struct search *s, const struct search_query *q, int section)
{
    const struct catalogue *c = s->catalogue;
    const struct article *a = &c->articles.v[c->sections.v[section].article];
    struct row_range number;
    int found = section;
    arena_reset(s->scratch);
    if (a->lang == LANG_NONE || row_numbers(q->folded, a->lang, &number, 1) == 0 ||
        has_row(s, a->lang, q, &c->sections.v[section]))
        return section;
    for (size_t i = a->first_section; i < a->first_section + a->n_sections; i++) {
        if (!has_row(s, a->lang, q, &c->sections.v[i]))
            continue;
        if (found != section)
            return section;
        found = (int)i;
    }
    return found;
}
