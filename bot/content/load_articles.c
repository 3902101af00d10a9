/* The articles of the knowledge folder. */
#include "base/str.h"
#include "content/article.h"
#include "content/loading.h"

static void use_article(struct load *l, struct article_draft *d)
{
    struct catalogue *c = l->c;
    struct article *a = arena_push(c->arena, &c->articles);
    *a = d->article;
    a->first_section = c->sections.n;
    a->n_sections = d->sections.n;
    int at = (int)c->articles.n - 1;
    for (size_t i = 0; i < d->sections.n; i++) {
        struct section *s = arena_push(c->arena, &c->sections);
        *s = d->sections.v[i];
        s->article = at;
    }
    map_put(&c->article_by_path, a->path, at);
    c->hash = (c->hash ^ a->hash) * 1099511628211u ^ str_hash(a->path);
}

/* The last error of the file: what is said about it belongs behind that. */
static void behind_errors(const struct load *l, str file, int *line, int *column)
{
    *line = *column = 0;
    for (size_t i = 0; i < l->c->diags.list.n; i++) {
        const struct diag *x = &l->c->diags.list.v[i];
        if (x->severity == SEVERITY_ERROR && str_eq(x->file, file) && x->line >= *line) {
            *line = x->line;
            *column = x->column;
        }
    }
}

static void keep_last_article(struct load *l, struct article_draft *d, str path)
{
    str source;
    int line, column;
    behind_errors(l, d->file, &line, &column);
    if (good_find(l->good, GOOD_ARTICLE, path, &source)) {
        struct diags silent = diags_new(l->c->arena);
        struct article_draft old;
        struct place at = loading_place(l, d->file, &silent);
        article_read(&at, path, source, l->source->default_lang, &old);
        if (!old.broken) {
            *d = old;
            d->old = true;
            diag_warning(&l->c->diags, d->file, line, column,
                         "kept the last good version of this article");
            return;
        }
    }
    d->dropped = true;
    diag_warning(&l->c->diags, d->file, line, column,
                 "this article is left out until that is right");
}

static void read_article(struct load *l, str path)
{
    str file = file_path(l->c->arena, l->source->knowledge, path), raw;
    struct article_draft *d = arena_push(l->c->arena, &l->articles);
    *d = (struct article_draft){.file = file, .broken = true};
    if (loading_file(l, file, &raw)) {
        struct place at = loading_place(l, file, &l->c->diags);
        article_read(&at, path, raw, l->source->default_lang, d);
    }
    if (d->broken)
        keep_last_article(l, d, path);
    if (d->dropped)
        return;
    use_article(l, d);
    good_keep(l->good, GOOD_ARTICLE, path, STR(""), d->source);
}

void load_articles(struct load *l, const struct file_list *files)
{
    for (size_t i = 0; i < files->list.n; i++) {
        str path = files->list.v[i].path;
        if (str_ends(path, STR(".csv")))
            continue;
        map_put(&l->link.files, path, 1);
        if (loading_wants(l, l->source->knowledge, path))
            read_article(l, path);
    }
    link_articles(&l->link);
}
