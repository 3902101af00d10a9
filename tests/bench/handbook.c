#include "bench/handbook.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/normalise.h"

static str folded(struct arena *a, str s)
{
    str out;
    return normalise(a, s, &out) == RC_OK ? out : STR("");
}

static str read_or_exit(struct arena *a, str path)
{
    str text;
    if (file_read(a, path, 64 << 20, &text) != RC_OK) {
        fprintf(stderr, "cannot read %.*s\n", STR_ARG(path));
        exit(2);
    }
    return text;
}

/* Drops what a renderer would: tags, template tags, link targets, emphasis. */
static void put_plain(struct buf *b, str line)
{
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        str rest = str_sub(line, i, line.n);
        ptrdiff_t end = -1;
        if (c == '<')
            end = str_find_char(rest, '>');
        else if (str_starts(rest, STR("{%")))
            end = str_find(rest, STR("%}"));
        else if (str_starts(rest, STR("](")))
            end = str_find_char(rest, ')');
        if (end > 0) {
            i += (size_t)end;
            buf_char(b, ' ');
        } else if (c != '*' && c != '[' && c != '\\' && c != '`') {
            buf_char(b, c);
        }
    }
    buf_char(b, '\n');
}

static int heading_level(str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == '#')
        n++;
    return n > 0 && n <= 6 && n < line.n && line.p[n] == ' ' ? (int)n : 0;
}

static str plain(struct arena *a, str s)
{
    struct buf b = buf_new(a, 1 << 20);
    put_plain(&b, s);
    return str_trim(buf_str(&b));
}

struct open_section {
    struct section s;
    struct buf text;
    bool any;
};

static void close_section(struct catalogue *c, struct article *art,
                          struct open_section *o)
{
    o->s.text = str_trim(buf_str(&o->text));
    o->s.markdown = o->s.text;
    if (o->s.text.n == 0 && o->s.level == 0)
        return;
    *arena_push(c->arena, &c->sections) = o->s;
    art->n_sections++;
}

static str front_matter(str *text)
{
    str title = STR(""), line, rest = *text;
    if (!str_line(&rest, &line) || !str_eq(str_trim(line), STR("---")))
        return title;
    while (str_line(&rest, &line) && !str_eq(str_trim(line), STR("---"))) {
        str value = line, key = str_cut(&value, ':');
        if (str_eq(key, STR("title")))
            title = str_trim(value);
    }
    *text = rest;
    return title;
}

static void add_article(struct catalogue *c, str path, str text, enum lang l)
{
    str above[7] = {{0}};
    struct article *art = arena_push(c->arena, &c->articles);
    size_t at = c->articles.n - 1;
    *art = (struct article){.path = path,
                            .lang = l,
                            .first_section = c->sections.n,
                            .valid_from = DATE_NONE,
                            .valid_to = DATE_NONE};
    art->title = plain(c->arena, front_matter(&text));
    struct open_section o = {.s = {.article = (int)at},
                             .text = buf_new(c->arena, 1 << 22)};
    str line;
    while (str_line(&text, &line)) {
        int level = heading_level(line);
        if (!level) {
            put_plain(&o.text, line);
            continue;
        }
        str heading = plain(c->arena, str_sub(line, (size_t)level, line.n));
        if (art->title.n == 0)
            art->title = heading;
        close_section(c, art, &o);
        o = (struct open_section){
            .s = {.article = (int)at, .level = level, .heading = heading},
            .text = buf_new(c->arena, 1 << 22)};
        struct buf above_it = buf_new(c->arena, 4096);
        for (int k = 2; k < level; k++)
            if (above[k].n) {
                buf_put(&above_it, above_it.n ? STR(" > ") : STR(""));
                buf_put(&above_it, above[k]);
            }
        o.s.path = buf_str(&above_it);
        above[level] = heading;
        for (int k = level + 1; k < 7; k++)
            above[k] = STR_NONE;
    }
    close_section(c, art, &o);
}

void handbook_articles(struct catalogue *c, str dir, enum lang l)
{
    struct file_list files;
    str suffix = STR(".md");
    if (file_walk(c->arena, dir, &suffix, 1, &files) != RC_OK)
        exit(2);
    for (size_t i = 0; i < files.list.n; i++) {
        str path = files.list.v[i].path;
        add_article(c, path, read_or_exit(c->arena, file_path(c->arena, dir, path)), l);
    }
}

void handbook_words(struct catalogue *c, str path)
{
    str text = read_or_exit(c->arena, path), line;
    enum lang l = LANG_NONE;
    for (int number = 1; str_line(&text, &line); number++) {
        if (str_starts(line, STR("## "))) {
            l = lang_of(str_trim(str_sub(line, 3, line.n)));
            continue;
        }
        if (!str_starts(line, STR("- ")))
            continue;
        struct synonym *y = arena_push(c->arena, &c->synonyms);
        *y = (struct synonym){.lang = l, .line = number, .two_way = true};
        str rest = str_sub(line, 2, line.n);
        while (rest.p) {
            str term = str_trim(str_cut(&rest, '='));
            if (rest.p && rest.n && rest.p[0] == '>') {
                y->two_way = false;
                rest = str_sub(rest, 1, rest.n);
            }
            if (term.n)
                *arena_push(c->arena, &y->terms) = folded(c->arena, term);
        }
    }
}

void handbook_questions(struct arena *a, str path, struct questions *out)
{
    str text = read_or_exit(a, path), line;
    *out = (struct questions){0};
    str_line(&text, &line);
    while (str_line(&text, &line)) {
        str_cut(&line, '\t');
        str_cut(&line, '\t');
        struct question *q = arena_push(a, &out->list);
        q->text = str_cut(&line, '\t');
        q->gold = str_cut(&line, '\t');
        q->folded = folded(a, q->text);
    }
}

/* The entities of the file, and only those. */
static str entities(struct arena *a, str s)
{
    const struct {
        str from, to;
    } known[] = {{STR("&lt;"), STR("<")},
                 {STR("&gt;"), STR(">")},
                 {STR("&quot;"), STR("\"")},
                 {STR("&apos;"), STR("'")},
                 {STR("&amp;"), STR("&")}};
    struct buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < s.n; i++) {
        size_t k = 0;
        while (k < LEN(known) && !str_starts(str_sub(s, i, s.n), known[k].from))
            k++;
        buf_put(&b, k < LEN(known) ? known[k].to : str_sub(s, i, i + 1));
        if (k < LEN(known))
            i += known[k].from.n - 1;
    }
    return buf_str(&b);
}

/* The text of the next <tag>...</tag> at or behind *at; false when there is none. */
static bool element(str s, const char *tag, size_t *at, str *out)
{
    char open[32], close[32];
    snprintf(open, sizeof open, "<%s>", tag);
    snprintf(close, sizeof close, "</%s>", tag);
    ptrdiff_t from = str_find(str_sub(s, *at, s.n), str_c(open));
    if (from < 0)
        return false;
    size_t start = *at + (size_t)from + strlen(open);
    ptrdiff_t len = str_find(str_sub(s, start, s.n), str_c(close));
    if (len < 0)
        return false;
    *out = str_trim(str_sub(s, start, start + (size_t)len));
    *at = start + (size_t)len;
    return true;
}

void handbook_stackfaq(struct catalogue *c, str path, struct questions *out)
{
    str text = read_or_exit(c->arena, path), thread, one;
    *out = (struct questions){0};
    int number = 0;
    for (size_t at = 0; element(text, "qapair", &at, &thread); number++) {
        str name = arena_fmt(c->arena, "%d", number);
        for (size_t k = 0; element(thread, "rephr", &k, &one);) {
            if (str_eq(one, STR("*")))
                continue;
            str t = entities(c->arena, one);
            *arena_push(c->arena, &out->list) =
                (struct question){.text = t, .folded = folded(c->arena, t), .gold = name};
        }
        size_t k = 0;
        str title = STR("");
        if (element(thread, "question", &k, &title))
            title = entities(c->arena, title);
        for (k = 0; element(thread, "answer", &k, &one);) {
            struct article *art = arena_push(c->arena, &c->articles);
            *art = (struct article){.path = name,
                                    .lang = LANG_EN,
                                    .title = title,
                                    .first_section = c->sections.n,
                                    .n_sections = 1,
                                    .valid_from = DATE_NONE,
                                    .valid_to = DATE_NONE};
            *arena_push(c->arena, &c->sections) =
                (struct section){.article = (int)c->articles.n - 1,
                                 .heading = title,
                                 .text = entities(c->arena, one)};
        }
    }
}

bool handbook_is_gold(const struct question *q, str path)
{
    str rest = q->gold;
    while (rest.p && rest.n)
        if (str_eq(str_cut(&rest, '|'), path))
            return true;
    return false;
}
