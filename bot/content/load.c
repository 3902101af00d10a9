#include "content/load.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "content/loading.h"
#include "content/name.h"

enum { HINT_STEPS = 100000, UNUSED_MAX = 400, SHELVES_MAX = 32 };

/* --- which files --- */

bool loading_wants(struct load *l, str folder, str path)
{
    str name = name_of(path);
    if (!name_is_content(name))
        return false;
    if (!name_is_conflict_copy(name))
        return true;
    diag_warning(&l->c->diags, file_path(l->c->arena, folder, path), 0, 0,
                 "this looks like a conflict copy and is not read; merge and delete it");
    return false;
}

static enum rc walk_disk(struct arena *a, str folder, struct diags *d,
                         struct file_list *out)
{
    *out = (struct file_list){0};
    if (folder.n == 0)
        return RC_OK;
    enum rc rc = file_walk(a, folder, NULL, 0, out);
    if (rc == RC_OK)
        return RC_OK;
    diag_error(d, folder, 0, 0,
               rc == RC_NOT_FOUND ? "there is no such folder"
                   : rc == RC_LIMIT
                   ? "the folder has too many files or folders in folders"
                   : "the folder cannot be read");
    return rc == RC_NOT_FOUND ? rc : RC_IO;
}

/* The last good content: what the cache keeps, and from the disk the lists of intents,
 * which it does not keep. */
static enum rc walk_kept(struct load *l, enum good_kind k, struct diags *d,
                         struct file_list *out)
{
    str folder = k == GOOD_CARD ? l->source->intents : l->source->knowledge;
    struct strs files = good_files(l->good, k);
    *out = (struct file_list){0};
    for (size_t i = 0; i < files.n; i++) {
        str path = files.v[i];
        if (k == GOOD_CARD && str_starts(path, folder))
            path = str_sub(path, folder.n + 1, path.n);
        *arena_push(l->c->arena, &out->list) = (struct file_entry){.path = path};
    }
    if (files.n == 0) {
        diag_error(d, folder, 0, 0, "no last good version of this folder is kept");
        return RC_NOT_FOUND;
    }
    struct file_list disk;
    if (k != GOOD_CARD || walk_disk(l->c->arena, folder, d, &disk) != RC_OK)
        return RC_OK;
    for (size_t i = 0; i < disk.list.n; i++)
        if (intents_list_of(disk.list.v[i].path) >= 0)
            *arena_push(l->c->arena, &out->list) = disk.list.v[i];
    return RC_OK;
}

static enum rc walk(struct load *l, enum good_kind k, struct diags *d,
                    struct file_list *out)
{
    str folder = k == GOOD_CARD ? l->source->intents : l->source->knowledge;
    if (l->source->kept && folder.n > 0)
        return walk_kept(l, k, d, out);
    if (l->source->files) {
        const struct content_files *f = l->source->files;
        *out = k == GOOD_CARD ? f->intents : f->knowledge;
        return RC_OK;
    }
    /* articles' files are many, and what is used of their names is copied */
    return walk_disk(k == GOOD_CARD ? l->c->arena : l->work, folder, d, out);
}

static bool kept_file(struct load *l, str file, str *text)
{
    str folder = l->source->knowledge, out = STR("");
    if (folder.n && str_starts(file, folder) &&
        good_find(l->good, GOOD_ARTICLE, str_sub(file, folder.n + 1, file.n), text))
        return true;
    struct strs ids = good_cards_of(l->good, file);
    for (size_t i = 0; i < ids.n; i++)
        if (good_find(l->good, GOOD_CARD, ids.v[i], text))
            out = arena_fmt(l->c->arena, "%.*s%.*s\n", STR_ARG(out), STR_ARG(*text));
    *text = out;
    return ids.n > 0;
}

bool loading_file(struct load *l, struct arena *a, str file, str *text)
{
    if (l->source->kept && kept_file(l, file, text))
        return true;
    enum rc rc = file_read(a, file, CONTENT_FILE_MAX, text);
    if (rc == RC_OK)
        return true;
    if (rc == RC_LIMIT)
        diag_error(&l->c->diags, file, 0, 0, "the file is larger than %d KiB",
                   CONTENT_FILE_MAX / 1024);
    else if (rc != RC_NOT_FOUND) /* deleted meanwhile is no mistake */
        diag_error(&l->c->diags, file, 0, 0, "the file cannot be read");
    return false;
}

struct place loading_place(struct load *l, str file, struct diags *d)
{
    return (struct place){.arena = l->c->arena, .diags = d, .file = file};
}

/* --- all --- */

/* Other programs' front matter: one warning, at the first file that has some. */
static void warn_unused(struct load *l)
{
    struct buf keys = buf_new(l->c->arena, UNUSED_MAX);
    struct map seen = map_new(l->c->arena);
    const struct article_draft *first = NULL;
    size_t files = 0;
    for (size_t i = 0; i < l->articles.n; i++) {
        const struct article_draft *d = &l->articles.v[i];
        files += d->unused.list.n > 0;
        if (!first && d->unused.list.n > 0)
            first = d;
        for (size_t k = 0; k < d->unused.list.n; k++) {
            str key = d->unused.list.v[k].text;
            if (!map_find(&seen, key))
                buf_put(
                    &keys,
                    arena_fmt(l->c->arena, "%s`%.*s`", keys.n ? ", " : "", STR_ARG(key)));
            map_put(&seen, key, 1);
        }
    }
    if (first)
        diag_warning(&l->c->diags, first->file, first->unused.list.v[0].line,
                     first->unused.list.v[0].column,
                     "front matter that is not used: %.*s (in %zu %s)",
                     STR_ARG(buf_str(&keys)), files, files == 1 ? "article" : "articles");
}

static void check_all(struct load *l)
{
    bool owners = false; /* a handbook that names owners at all should do so everywhere */
    for (size_t i = 0; i < l->articles.n; i++)
        owners = owners || l->articles.v[i].article.owner.n > 0;
    for (size_t i = 0; i < l->articles.n; i++)
        if (!l->articles.v[i].dropped && !l->articles.v[i].old)
            link_check_article(&l->link, &l->articles.v[i], owners);
    for (size_t i = 0; i < l->cards.n; i++)
        if (!l->cards.v[i].dropped && !l->cards.v[i].old)
            link_check_card(&l->link, &l->cards.v[i]);
    link_check_phrases(&l->link, l->cards.v, l->cards.n);
    warn_unused(l);
}

static struct catalogue *catalogue_new(void)
{
    struct arena *a = arena_new();
    struct catalogue *c = arena_alloc(a, sizeof *c);
    *c = (struct catalogue){.arena = a,
                            .card_by_id = map_new(a),
                            .article_by_path = map_new(a),
                            .hash = str_hash(STR("balie content 1")),
                            .diags = diags_new(a)};
    return c;
}

static size_t shelf_bytes(const struct catalogue *c)
{
    size_t sum = 0;
    for (size_t i = 0; i < c->shelves.n; i++)
        sum += arena_used(c->shelves.v[i]->arena);
    return sum;
}

/* The shelves of the catalogue before, unless they hold too much that is not used any
 * more: then all is copied to one. The last shelf is its own. */
static void take_shelves(struct catalogue *c, const struct catalogue *previous)
{
    bool share = previous && previous->shelves.n < SHELVES_MAX &&
        shelf_bytes(previous) <= previous->text_bytes + previous->text_bytes / 4;
    for (size_t i = 0; share && i < previous->shelves.n; i++)
        *arena_push(c->arena, &c->shelves) = text_shelf_share(previous->shelves.v[i]);
    *arena_push(c->arena, &c->shelves) = text_shelf_new();
}

size_t catalogue_bytes(const struct catalogue *c)
{
    return arena_used(c->arena) + shelf_bytes(c);
}

static bool diag_before(const struct diag *x, const struct diag *y)
{
    int c = str_cmp(x->file, y->file);
    if (c != 0)
        return c < 0;
    return x->line != y->line ? x->line < y->line : x->column < y->column;
}

/* Merge sort by place: large handbooks have thousands of warnings. */
static void sort_diags(struct arena *a, struct diags *d)
{
    struct diag *spare = arena_alloc(a, d->list.n * sizeof *spare);
    size_t n = d->list.n;
    for (size_t width = 1; width < n; width *= 2) {
        struct diag *from = d->list.v;
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t mid = MIN(at + width, n), end = MIN(at + 2 * width, n);
            size_t i = at, k = mid;
            for (size_t w = at; w < end; w++) {
                bool left = k == end || (i < mid && !diag_before(&from[k], &from[i]));
                spare[w] = left ? from[i++] : from[k++];
            }
        }
        d->list.v = spare;
        spare = from;
    }
    d->list.cap = n; /* the two arrays may have changed places */
}

enum rc content_load(const struct content_source *s, struct diags *d,
                     struct catalogue **out)
{
    struct catalogue *c = catalogue_new();
    struct load l = {.source = s,
                     .c = c,
                     .work = arena_new(),
                     .scratch = arena_new(),
                     .read_ms = clock_wall_ms()};
    struct file_list intents, knowledge;
    l.good = good_open(c->arena, l.work, s);
    enum rc rc = walk(&l, GOOD_CARD, d, &intents);
    if (rc == RC_OK)
        rc = walk(&l, GOOD_ARTICLE, d, &knowledge);
    if (rc != RC_OK) {
        arena_free(l.scratch);
        arena_free(l.work);
        catalogue_free(c);
        return rc;
    }
    c->previous = s->previous;
    take_shelves(c, s->previous);
    l.link = (struct link){.source = s,
                           .c = c,
                           .by_key = map_new(l.work),
                           .files = map_new(l.work),
                           .ids = map_new(l.work),
                           .diags = &c->diags,
                           .arena = l.work,
                           .hints = HINT_STEPS};
    load_articles(&l, &knowledge);
    load_intents(&l, &intents);
    check_all(&l);
    sort_diags(c->arena, &c->diags);
    good_save(l.good);
    arena_free(l.scratch);
    arena_free(l.work);
    *out = c;
    return RC_OK;
}

void catalogue_free(struct catalogue *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->shelves.n; i++)
        text_shelf_free(c->shelves.v[i]);
    arena_free(c->arena);
}
