/* article: a file in any format is read without harm into sections whose pieces lie
 * within them, and a copy of it says the same. The first byte picks the format. */
#include "base/diag.h"
#include "content/article.h"
#include "content/origin.h"
#include "content/question_table.h"

#include "fuzz.h"

static void check_text(const struct section_text *s)
{
    PROMISE(str_is_utf8(s->text));
    PROMISE(str_is_utf8(s->html));
    for (size_t i = 0; i < s->n_pieces; i++) {
        const struct piece *p = &s->pieces[i], *next = i + 1 < s->n_pieces ? p + 1 : p;
        PROMISE(p->text <= s->text.n && p->html <= s->html.n);
        PROMISE(p->markdown <= s->markdown.n);
        PROMISE(next->text >= p->text && next->html >= p->html &&
                next->markdown >= p->markdown);
    }
}

static void check_same(const struct section_text *x, const struct section_text *y)
{
    PROMISE(str_eq(x->text, y->text));
    PROMISE(str_eq(x->html, y->html));
    PROMISE(str_eq(x->markdown, y->markdown));
    PROMISE(x->n_pieces == y->n_pieces);
    for (size_t i = 0; i < x->n_pieces; i++)
        PROMISE(x->pieces[i].markdown == y->pieces[i].markdown);
}

static void check_draft(struct arena *a, const struct article_draft *d)
{
    struct article_draft copy;
    struct catalogue c = {.arena = a};
    struct texts *texts = texts_open();
    draft_copy(a, d, &copy);
    draft_sections(d, &c);
    PROMISE(str_eq(copy.article.title, d->article.title));
    PROMISE(c.sections.n == d->sections.n && d->texts.n == d->sections.n);
    for (size_t i = 0; i < d->sections.n; i++) {
        check_text(&d->texts.v[i]);
        PROMISE(str_is_utf8(c.sections.v[i].heading));
        PROMISE(str_eq(texts_plain(texts, &c.sections.v[i]), d->texts.v[i].text));
        check_same(texts_of(texts, &c.sections.v[i]), &d->texts.v[i]);
    }
    texts_close(texts);
}

static void fuzz(struct arena *a, str input)
{
    static const char *const names[] = {"nl/x.md", "x.html", "en/x.txt", "x.csv"};
    struct diags d = diags_new(a);
    struct place at = {.arena = a, .diags = &d, .file = STR("f")};
    if (input.n == 0)
        return;
    size_t kind = (unsigned char)input.p[0] % LEN(names);
    str raw = str_sub(input, 1, input.n), path = str_c(names[kind]);
    if (kind == 3) {
        struct article_drafts all;
        bool ok = question_table_read(&at, path, raw, LANG_NL, &all);
        PROMISE(ok || d.errors > 0);
        for (size_t i = 0; ok && i < all.list.n; i++)
            check_draft(a, &all.list.v[i]);
        return;
    }
    struct article_draft draft;
    article_read(&at, path, raw, LANG_NONE, &draft);
    PROMISE(!draft.broken || d.errors > 0);
    if (!draft.broken)
        check_draft(a, &draft);
}
