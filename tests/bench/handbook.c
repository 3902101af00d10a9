#include "handbook.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "content/load.h"
#include "content/texts.h"
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

struct catalogue *handbook_load(str articles, str intents, enum lang l)
{
    struct arena *a = arena_new();
    struct diags d = diags_new(a);
    struct catalogue *c;
    struct content_source source = {
        .intents = intents,
        .knowledge = articles,
        .default_lang = l,
        .today = date_of(2026, 11, 21),
    };
    if (content_load(&source, &d, &c) != RC_OK) {
        for (size_t i = 0; i < d.list.n; i++)
            fprintf(stderr, "%.*s\n", STR_ARG(diag_line(a, &d.list.v[i])));
        exit(2);
    }
    arena_free(a);
    return c;
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
        q->heading = str_trim(str_cut(&line, '\t'));
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
            struct section *s = arena_push(c->arena, &c->sections);
            *s = (struct section){.article = (int)c->articles.n - 1, .heading = title};
            struct section_text said = {.text = entities(c->arena, one)};
            texts_pack(c->arena, &said, s, 1);
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

str handbook_copies(struct arena *a, const struct catalogue *c, size_t n)
{
    char *dir = (char *)(uintptr_t)arena_str(a, STR("/tmp/balie-bench-XXXXXX")).p;
    if (!mkdtemp(dir)) {
        fprintf(stderr, "cannot make a folder in /tmp\n");
        exit(2);
    }
    struct texts *texts = texts_open();
    for (size_t i = 0; i < n; i++) {
        const struct article *art = &c->articles.v[i % c->articles.n];
        str path = arena_fmt(a, "%s/a%05zu.md", dir, i);
        FILE *to = fopen(path.p, "wb");
        if (!to) {
            fprintf(stderr, "cannot write %s\n", path.p);
            exit(2);
        }
        fprintf(to, "# %.*s %zu\n", STR_ARG(art->title), i);
        for (size_t k = 0; k < art->n_sections; k++) {
            const struct section *sec = &c->sections.v[art->first_section + k];
            if (k > 0)
                fprintf(to, "\n## %.*s\n", STR_ARG(sec->heading));
            fprintf(to, "%.*s\n", STR_ARG(texts_of(texts, sec)->markdown));
        }
        fclose(to);
    }
    texts_close(texts);
    return str_c(dir);
}
