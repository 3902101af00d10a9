/* The articles of the knowledge folder. */
#include "base/str.h"
#include "content/article.h"
#include "content/format.h"
#include "content/loading.h"
#include "content/origin.h"
#include "content/question_table.h"

/* Its texts move into the catalogue. */
static void use_article(struct load *l, const struct article_draft *from, str file)
{
    struct catalogue *c = l->c;
    struct article_draft *d = arena_push(l->work, &l->articles);
    draft_copy(c->arena, from, d);
    d->file = file;
    d->source = STR_NONE;
    struct article *a = arena_push(c->arena, &c->articles);
    d->article.first_section = c->sections.n;
    d->article.n_sections = from->sections.n;
    *a = d->article;
    draft_sections(from, c);
    *arena_push(c->arena, &c->origins->notes) =
        (struct article_notes){.links = d->links, .unused = d->unused};
    map_put(&c->article_by_path, a->path, (int64_t)c->articles.n - 1);
    c->hash = (c->hash ^ a->hash) * 1099511628211u ^ str_hash(a->path);
}

/* False after a mistake that leaves nothing of the file. */
static bool read_drafts(const struct load *l, const struct place *at, str path, str raw,
                        struct article_drafts *out)
{
    enum lang fallback = l->source->default_lang;
    if (format_of(path) == FORMAT_TABLE)
        return question_table_read(at, path, raw, fallback, out);
    struct article_draft *d = arena_push(at->arena, &out->list);
    article_read(at, path, raw, fallback, d);
    return !d->broken;
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

static bool read_last_good(struct load *l, str file, str path, str *raw,
                           struct article_drafts *out)
{
    struct diags silent = diags_new(l->scratch);
    struct place at = {.arena = l->scratch, .diags = &silent, .file = file};
    int line, column;
    behind_errors(l, file, &line, &column);
    *out = (struct article_drafts){0};
    if (good_find(l->good, GOOD_ARTICLE, path, raw) &&
        read_drafts(l, &at, path, *raw, out)) {
        for (size_t i = 0; i < out->list.n; i++)
            out->list.v[i].old = true;
        diag_warning(&l->c->diags, file, line, column,
                     "kept the last good version of this article");
        return true;
    }
    diag_warning(&l->c->diags, file, line, column,
                 "this article is left out until that is right");
    return false;
}

/* Everything is read in an arena of its own, and what is kept is copied: a reader leaves
 * four times as much behind. */
static void read_file(struct load *l, const struct file_entry *f, str file)
{
    struct article_drafts drafts = {0};
    const size_t told = l->c->diags.list.n;
    str raw = STR_NONE;
    struct place at = {.arena = l->scratch, .diags = &l->c->diags, .file = file};
    bool ok = loading_file(l, l->scratch, file, &raw) &&
        read_drafts(l, &at, f->path, raw, &drafts);
    uint64_t hash = raw.p ? str_hash(raw) : 0;
    if (!ok && !read_last_good(l, file, f->path, &raw, &drafts))
        return;
    for (size_t i = 0; i < drafts.list.n; i++)
        use_article(l, &drafts.list.v[i], file);
    good_keep(l->good, GOOD_ARTICLE, f->path, STR(""), raw);
    origin_add(l->c, f, hash, drafts.list.n, l->c->diags.list.n == told, l->read_ms);
}

/* Takes the file's articles out of the previous catalogue; false when it has others. */
static bool take_again(struct load *l, const struct file_entry *f, str file)
{
    const struct catalogue *before = l->source->previous;
    const struct origin *o = origin_find(before, f->path);
    str raw;
    if (!o || !o->silent)
        return false;
    if (!origin_is_same(o, f)) {
        if (file_read(l->scratch, file, CONTENT_FILE_MAX, &raw) != RC_OK ||
            str_hash(raw) != o->hash)
            return false;
    }
    if (!good_again(l->good, GOOD_ARTICLE, f->path, o->hash))
        return false;
    for (size_t i = 0; i < o->n; i++) {
        struct article_draft d;
        draft_again(before, o->first + i, &d);
        use_article(l, &d, file);
    }
    origin_add(l->c, f, o->hash, o->n, true, l->read_ms);
    return true;
}

/* About as much as before: growing is copying. */
static void make_room(struct load *l, const struct catalogue *like)
{
    struct catalogue *c = l->c;
    size_t articles = like->articles.n + like->articles.n / 64 + 64;
    arena_reserve(l->work, &l->articles, articles);
    arena_reserve(c->arena, &c->articles, articles);
    arena_reserve(c->arena, &c->origins->notes, articles);
    arena_reserve(c->arena, &c->sections, like->sections.n + like->sections.n / 64 + 64);
    map_reserve(&c->article_by_path, articles);
}

void load_articles(struct load *l, const struct file_list *files)
{
    l->c->origins = origins_new(l->c->arena);
    if (l->source->previous)
        make_room(l, l->source->previous);
    for (size_t i = 0; i < files->list.n; i++) {
        const struct file_entry *f = &files->list.v[i];
        if (format_of(f->path) == FORMAT_NONE)
            continue;
        map_put(&l->link.files, f->path, 1);
        if (!loading_wants(l, l->source->knowledge, f->path))
            continue;
        str file = file_path(l->c->arena, l->source->knowledge, f->path);
        if (!take_again(l, f, file))
            read_file(l, f, file);
        arena_reset(l->scratch);
    }
    link_articles(&l->link);
}
