#include "content/article.h"

#include "base/buf.h"
#include "base/str.h"
#include "content/format.h"
#include "content/heading.h"
#include "content/html_page.h"
#include "content/markdown.h"
#include "content/source.h"
#include "text/normalise.h"
#include "text/word.h"

enum { DETECT_BYTES = 8 * 1024, DEPTH_MAX = 7, ANCHOR_MAX = 1024, HEADINGS_MAX = 4096 };

static str fold(struct arena *a, str text)
{
    str folded = STR_NONE;
    return normalise(a, text, &folded) == RC_OK ? folded : STR_NONE;
}

str article_anchor(struct arena *a, str heading)
{
    str s = fold(a, heading);
    struct buf b = buf_new(a, ANCHOR_MAX);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
            (unsigned char)c >= 0x80;
        if (letter)
            buf_char(&b, c);
        else if ((c == ' ' || c == '-') && b.n > 0 && b.p[b.n - 1] != '-')
            buf_char(&b, '-');
    }
    while (b.n > 0 && b.p[b.n - 1] == '-')
        b.n--;
    return buf_str(&b);
}

/* "nl" of "nl/leave/balance.md"; key is "leave/balance". */
static enum lang split_path(str path, str *key)
{
    str rest = path, first = str_cut(&rest, '/');
    bool code = rest.p && (first.n == 2 || (first.n == 5 && first.p[2] == '-'));
    enum lang l = code ? lang_of(first) : LANG_NONE;
    *key = l == LANG_NONE ? path : rest;
    *key = format_stem(*key);
    return l;
}

static enum lang detect(struct arena *a, str text)
{
    text = str_sub(text, 0, DETECT_BYTES);
    for (int cut = 0; cut < 4 && !str_is_utf8(text); cut++)
        text.n--; /* a character was cut in two */
    str folded = fold(a, text);
    int score[LANG_COUNT] = {0};
    size_t pos = 0;
    char scratch[64];
    for (struct word w; word_next(folded, &pos, scratch, &w);)
        for (int l = 0; l < LANG_COUNT; l++)
            score[l] += lang_hint((enum lang)l, w.text);
    return score[LANG_EN] > score[LANG_NL] ? LANG_EN : LANG_NL;
}

/* "leave/carry-over_rules" -> "Carry over rules" */
static str title_of_file(struct arena *a, str key)
{
    size_t from = key.n;
    while (from > 0 && key.p[from - 1] != '/')
        from--;
    str name = arena_str(a, str_sub(key, from, key.n));
    char *p = (char *)(uintptr_t)name.p;
    for (size_t i = 0; i < name.n; i++)
        if (p[i] == '-' || p[i] == '_')
            p[i] = ' ';
    if (name.n > 0 && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return source_trim(name);
}

/* The text of some lines, for which starts[] holds where each begins. */
static str lines_of(str text, const size_t *starts, int n, int first, int last)
{
    first = MAX(first, 1);
    last = MIN(last, n);
    if (first > last)
        return STR("");
    size_t from = starts[first - 1], to = last < n ? starts[last] : text.n;
    while (to > from && strchr(" \t\n", text.p[to - 1]))
        to--;
    while (from < to && text.p[from] == '\n')
        from++;
    return str_sub(text, from, to);
}

static size_t *line_starts(struct arena *a, str text, int *n)
{
    VEC(size_t) list = {0};
    struct lines l = {.text = text};
    size_t at = 0;
    for (str line; lines_next(&l, &line); at = l.next)
        *arena_push(a, &list) = at;
    *n = (int)list.n;
    return list.v;
}

struct outline {
    str heading[DEPTH_MAX]; /* by level, of those the section is below */
    bool title_seen;
};

/* "Leave > Carrying over": the headings above, without the title. */
static str path_of(struct arena *a, const struct outline *o, int level)
{
    struct buf b = buf_new(a, HEADINGS_MAX);
    for (int l = 1; l < level; l++)
        if (o->heading[l].n > 0)
            buf_fmt(&b, "%s%.*s", b.n ? " > " : "", STR_ARG(o->heading[l]));
    return buf_str(&b);
}

/* body: where the lines of starts[] are, of which markdown is a part. */
static struct piece *pieces_of(struct arena *a, const struct markdown_part *part,
                               str markdown, str body, const size_t *starts, int n)
{
    struct piece *v = arena_alloc(a, part->pieces.n * sizeof *v);
    size_t before = markdown.n ? (size_t)(markdown.p - body.p) : 0, last = 0;
    for (size_t i = 0; i < part->pieces.n; i++) {
        const struct markdown_piece *p = &part->pieces.v[i];
        bool known = p->line >= 1 && p->line <= n && starts[p->line - 1] >= before;
        if (known)
            last = MAX(last, MIN(starts[p->line - 1] - before, markdown.n));
        v[i] = (struct piece){p->kind, p->raw, p->text, p->html, (uint32_t)last};
    }
    return v;
}

static void add_section(struct arena *a, const struct markdown_part *part, int offset,
                        struct outline *o, struct article_draft *out)
{
    struct section *s = arena_push(a, &out->sections);
    bool is_title = part->level == 1 && !o->title_seen;
    str own = part->level == 0 || is_title ? out->article.title : part->heading;
    *s = (struct section){.level = part->level,
                          .heading = own,
                          .reference = heading_is_reference(a, own),
                          .path = path_of(a, o, part->level),
                          .anchor = article_anchor(a, part->level ? part->heading : own),
                          .n_text = (uint32_t)part->text.n,
                          .line = part->line + offset};
    if (part->level == 0)
        return;
    o->title_seen = o->title_seen || is_title;
    for (int l = part->level; l < DEPTH_MAX; l++)
        o->heading[l] = STR_NONE;
    if (!is_title)
        o->heading[part->level] = part->heading;
}

/* Others are nobody's to check, and there are many. */
static bool may_lead_inside(str url)
{
    return markdown_leads_inside(url) || str_find_char(url, '%') >= 0;
}

static void read_body(const struct place *at, str body, int offset,
                      struct article_draft *out)
{
    struct markdown m;
    body = debris_clear(at->arena, body);
    markdown_read(at->arena, body, true, &m);
    struct article *a = &out->article;
    for (size_t i = 0; i < m.parts.n && a->title.n == 0; i++)
        a->title = m.parts.v[i].heading;
    if (a->title.n == 0)
        a->title = title_of_file(at->arena, a->key);

    int n;
    size_t *starts = line_starts(at->arena, body, &n);
    struct outline o = {0};
    for (size_t i = 0; i < m.parts.n; i++) {
        const struct markdown_part *p = &m.parts.v[i];
        if (p->level == 0 && p->text.n == 0)
            continue;
        add_section(at->arena, p, offset, &o, out);
        str markdown = lines_of(body, starts, n, p->first, p->last);
        *arena_push(at->arena, &out->texts) = (struct section_text){
            .text = p->text,
            .html = p->html,
            .markdown = markdown,
            .pieces = pieces_of(at->arena, p, markdown, body, starts, n),
            .n_pieces = p->pieces.n};
    }
    for (size_t i = 0; i < m.links.n; i++)
        if (may_lead_inside(m.links.v[i].url))
            *arena_push(at->arena, &out->links.list) =
                (struct mention){.text = m.links.v[i].url,
                                 .lang = a->lang,
                                 .line = m.links.v[i].line + offset,
                                 .column = m.links.v[i].column};
}

static void read_markdown(const struct place *at, str path, str raw, str text,
                          enum lang fallback, struct article_draft *out)
{
    *out = (struct article_draft){.file = at->file, .source = raw};
    struct article *a = &out->article;
    *a = (struct article){.path = path,
                          .lang = LANG_NONE,
                          .valid_from = DATE_NONE,
                          .valid_to = DATE_NONE,
                          .review_by = DATE_NONE,
                          .updated = DATE_NONE,
                          .before = -1,
                          .hash = str_hash(raw)};
    enum lang folder = split_path(path, &a->key);
    str body = text;
    if (!front_read(at, &body, out)) {
        out->broken = true;
        return;
    }
    struct lines above = {.text = str_sub(text, 0, text.n - body.n)};
    for (str line; lines_next(&above, &line);)
        ;
    if (a->lang == LANG_NONE)
        a->lang = folder;
    if (a->lang == LANG_NONE)
        a->lang = fallback;
    if (a->lang == LANG_NONE)
        a->lang = detect(at->arena, body);
    read_body(at, body, above.number, out);
}

/* Lines count in the file that HR has, not in what was made of it. */
static void map_lines(const struct sheet *s, struct article_draft *d)
{
    for (size_t i = 0; i < d->sections.n; i++)
        d->sections.v[i].line = sheet_source_line(s, d->sections.v[i].line);
    struct mentions *all[] = {&d->links, &d->unused};
    for (size_t k = 0; k < LEN(all); k++)
        for (size_t i = 0; i < all[k]->list.n; i++) {
            struct mention *m = &all[k]->list.v[i];
            m->line = sheet_source_line(s, m->line);
            m->column = 1;
        }
}

void article_read_sheet(const struct place *at, str path, str raw, struct sheet *s,
                        enum lang fallback, struct article_draft *out)
{
    struct diags found = diags_new(at->arena);
    struct place here = *at;
    here.diags = &found;
    read_markdown(&here, path, raw, buf_str(&s->out), fallback, out);
    map_lines(s, out);
    for (size_t i = 0; i < found.list.n; i++) {
        const struct diag *d = &found.list.v[i];
        diag_add(at->diags, d->severity, d->file, sheet_source_line(s, d->line), 1,
                 "%.*s", STR_ARG(d->text));
    }
}

void article_read(const struct place *at, str path, str raw, enum lang fallback,
                  struct article_draft *out)
{
    *out = (struct article_draft){.file = at->file, .source = raw, .broken = true};
    enum format format = format_of(path);
    struct sheet sheet;
    if (format == FORMAT_HTML) {
        if (html_page(at->arena, at->file, raw, at->diags, &sheet) == RC_OK)
            article_read_sheet(at, path, raw, &sheet, fallback, out);
        return;
    }
    str text = source_plain(at->arena, raw);
    if (!source_is_utf8(at->file, text, 1, at->diags))
        return;
    if (format != FORMAT_TEXT) {
        read_markdown(at, path, raw, text, fallback, out);
        return;
    }
    text_page(at->arena, text, &sheet);
    article_read_sheet(at, path, raw, &sheet, fallback, out);
}
