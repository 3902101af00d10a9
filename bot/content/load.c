#include "content/load.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "content/article.h"
#include "content/card.h"
#include "content/good.h"
#include "content/link.h"
#include "content/lists.h"
#include "content/source.h"

struct load {
    const struct content_source *source;
    struct catalogue *c;
    struct good *good;
    struct link link;
    VEC(struct card_draft) cards;
    VEC(struct article_draft) articles;
    VEC(str) suspects; /* card files with a mistake */
};

enum { HINTS_MAX = 100, UNUSED_MAX = 400 };

/* --- which files --- */

static str base_name(str path)
{
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return str_sub(path, from, path.n);
}

static bool begins_ascii(str s, const char *prefix)
{
    return str_eq_ascii(str_sub(s, 0, strlen(prefix)), str_c(prefix));
}

static bool has_ascii(str s, const char *part)
{
    for (size_t i = 0; i < s.n; i++)
        if (begins_ascii(str_sub(s, i, s.n), part))
            return true;
    return false;
}

static bool is_content_name(str name)
{
    str stem = name;
    while (stem.n > 0 && stem.p[stem.n - 1] != '.')
        stem.n--;
    stem.n -= stem.n > 0;
    if (stem.n == 0 || stem.p[stem.n - 1] == '_' || stem.p[stem.n - 1] == '~')
        return false;
    return !str_eq_ascii(stem, STR("readme")) && !begins_ascii(stem, "readme.");
}

/* What Dropbox, OneDrive, Syncthing, git and file managers leave beside a file. */
static bool is_conflict_copy(str name)
{
    return has_ascii(name, "conflicted copy") || has_ascii(name, "sync-conflict") ||
        has_ascii(name, ".orig") || begins_ascii(name, "copy of") ||
        begins_ascii(name, "kopie van") || has_ascii(name, " - copy.") ||
        has_ascii(name, " - kopie.");
}

/* Whether to read the file; a conflict copy is told. */
static bool is_wanted(struct load *l, str folder, str path)
{
    str name = base_name(path);
    if (!is_content_name(name))
        return false;
    if (!is_conflict_copy(name))
        return true;
    diag_warning(&l->c->diags, file_path(l->c->arena, folder, path), 0, 0,
                 "this looks like a conflict copy and is not read; merge and delete it");
    return false;
}

static enum rc walk(struct load *l, str folder, struct diags *d, struct file_list *out)
{
    static const str suffixes[] = {{".md", 3}, {".MD", 3}, {".csv", 4}};
    *out = (struct file_list){0};
    if (folder.n == 0)
        return RC_OK;
    enum rc rc = file_walk(l->c->arena, folder, suffixes, LEN(suffixes), out);
    if (rc == RC_OK)
        return RC_OK;
    diag_error(d, folder, 0, 0,
               rc == RC_NOT_FOUND ? "there is no such folder"
                   : rc == RC_LIMIT
                   ? "the folder has too many files or folders in folders"
                   : "the folder cannot be read");
    return rc == RC_NOT_FOUND ? rc : RC_IO;
}

static bool read_file(struct load *l, str file, str *text)
{
    enum rc rc = file_read(l->c->arena, file, CONTENT_FILE_MAX, text);
    if (rc == RC_OK)
        return true;
    if (rc == RC_LIMIT)
        diag_error(&l->c->diags, file, 0, 0, "the file is larger than %d KiB",
                   CONTENT_FILE_MAX / 1024);
    else if (rc != RC_NOT_FOUND) /* deleted meanwhile is no mistake */
        diag_error(&l->c->diags, file, 0, 0, "the file cannot be read");
    return false;
}

/* --- articles --- */

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

static struct place place_in(struct load *l, str file, struct diags *d)
{
    return (struct place){.arena = l->c->arena, .diags = d, .file = file};
}

static void keep_last_article(struct load *l, struct article_draft *d, str path)
{
    str source;
    if (good_find(l->good, GOOD_ARTICLE, path, &source)) {
        struct diags silent = diags_new(l->c->arena);
        struct article_draft old;
        struct place at = place_in(l, d->file, &silent);
        article_read(&at, path, source, l->source->default_lang, &old);
        if (!old.broken) {
            *d = old;
            d->old = true;
            diag_warning(&l->c->diags, d->file, 0, 0,
                         "kept the last good version of this article");
            return;
        }
    }
    d->dropped = true;
    diag_warning(&l->c->diags, d->file, 0, 0,
                 "this article is left out until that is right");
}

static void read_article(struct load *l, str path)
{
    str file = file_path(l->c->arena, l->source->knowledge, path), raw;
    struct article_draft *d = arena_push(l->c->arena, &l->articles);
    *d = (struct article_draft){.file = file, .broken = true};
    if (read_file(l, file, &raw)) {
        struct place at = place_in(l, file, &l->c->diags);
        article_read(&at, path, raw, l->source->default_lang, d);
    }
    if (d->broken)
        keep_last_article(l, d, path);
    if (d->dropped)
        return;
    use_article(l, d);
    good_keep(l->good, GOOD_ARTICLE, path, STR(""), d->source);
}

static void read_articles(struct load *l, const struct file_list *files)
{
    for (size_t i = 0; i < files->list.n; i++) {
        str path = files->list.v[i].path;
        if (str_ends(path, STR(".csv")))
            continue;
        map_put(&l->link.files, path, 1);
        if (is_wanted(l, l->source->knowledge, path))
            read_article(l, path);
    }
    link_articles(&l->link);
}

/* --- cards --- */

/* Reads a kept source in place of *d; false when there is none that is still right. */
static bool keep_last_card(struct load *l, struct card_draft *d, str id, str file,
                           int line)
{
    str source;
    if (!good_find(l->good, GOOD_CARD, id, &source) || str_eq(source, d->source))
        return false;
    struct diags silent = diags_new(l->c->arena);
    struct place at = place_in(l, file, &silent);
    struct scan scan;
    scan_text(l->c->arena, file, source, line, &card_rules, &silent, &scan);
    if (scan.cards.n != 1)
        return false;
    struct card_draft old;
    card_read(&at, &scan.cards.v[0], &old);
    struct link link = l->link;
    link.diags = &silent;
    if (old.broken || !link_card(&link, &old))
        return false;
    *d = old;
    d->old = true;
    return true;
}

/* Cards that were in this file and are in none now, while the file has a mistake: that
 * mistake may be what hides them. */
static void keep_hidden_cards(struct load *l, str file)
{
    struct strs ids = good_cards_of(l->good, file);
    for (size_t i = 0; i < ids.n; i++) {
        struct card_draft d = {0};
        if (map_find(&l->link.ids, ids.v[i]) || !keep_last_card(l, &d, ids.v[i], file, 1))
            continue;
        *arena_push(l->c->arena, &l->cards) = d;
        map_put(&l->link.ids, d.card.id, 1);
        diag_warning(&l->c->diags, file, 0, 0, "kept the last good version of `%.*s`",
                     STR_ARG(d.card.id));
    }
}

/* Reads the cards of one file into l->cards. */
static void read_cards(struct load *l, str file, str text)
{
    struct scan scan;
    struct place at = place_in(l, file, &l->c->diags);
    scan_text(l->c->arena, file, text, 1, &card_rules, at.diags, &scan);
    bool doubt = scan.broken;
    for (size_t i = 0; i < scan.cards.n; i++) {
        struct card_draft *d = arena_push(l->c->arena, &l->cards);
        card_read(&at, &scan.cards.v[i], d);
        d->card.sensitive = str_eq(base_name(file), STR("sensitive.md"));
        doubt = doubt || d->broken;
    }
    if (doubt)
        *arena_push(l->c->arena, &l->suspects) = file;
}

static void read_intents_file(struct load *l, str path)
{
    static const struct {
        const char *name;
        void (*read)(const struct place *, str, struct catalogue *);
    } lists[] = {{"words.md", words_read},
                 {"contacts.md", contacts_read},
                 {"notice.md", notice_read},
                 {"routing.csv", routing_read}};
    str file = file_path(l->c->arena, l->source->intents, path), raw;
    if (!read_file(l, file, &raw)) {
        *arena_push(l->c->arena, &l->suspects) = file;
        return;
    }
    str text = source_plain(l->c->arena, raw);
    for (size_t i = 0; i < LEN(lists); i++) {
        if (!str_eq(path, str_c(lists[i].name)))
            continue;
        struct place at = place_in(l, file, &l->c->diags);
        l->c->hash = (l->c->hash ^ str_hash(text)) * 1099511628211u;
        if (source_is_utf8(file, text, 1, at.diags))
            lists[i].read(&at, text, l->c);
        return;
    }
    if (!str_ends(path, STR(".csv")))
        read_cards(l, file, text);
}

/* Gives every card its last form: as written, the last good one, or none. */
static void settle_card(struct load *l, struct card_draft *d)
{
    struct diags *diags = &l->c->diags;
    str id = d->card.id, file = d->card.file;
    int line = d->card.line;
    bool sensitive = d->card.sensitive;
    const int64_t *first = card_is_id(id) ? map_find(&l->link.ids, id) : NULL;
    if (first && &l->cards.v[*first] != d) {
        diag_error(diags, file, line, 1, "the card `%.*s` already stands in %.*s:%d",
                   STR_ARG(id), STR_ARG(l->cards.v[*first].card.file),
                   l->cards.v[*first].card.line);
        d->dropped = true;
        return;
    }
    if (!d->broken && link_card(&l->link, d))
        return;
    d->broken = true;
    if (first && keep_last_card(l, d, id, file, line)) {
        d->card.sensitive = sensitive;
        diag_warning(diags, file, line, 1, "kept the last good version of `%.*s`",
                     STR_ARG(id));
        return;
    }
    d->dropped = true;
    diag_warning(diags, file, line, 1, "`%.*s` is left out until that is right",
                 STR_ARG(id));
}

static void settle_cards(struct load *l)
{
    for (size_t i = 0; i < l->cards.n; i++)
        if (card_is_id(l->cards.v[i].card.id))
            map_put(&l->link.ids, l->cards.v[i].card.id, (int64_t)i);
    size_t n = l->cards.n;
    for (size_t i = 0; i < n; i++)
        settle_card(l, &l->cards.v[i]);
    for (size_t i = 0; i < l->suspects.n; i++)
        keep_hidden_cards(l, l->suspects.v[i]);

    struct catalogue *c = l->c;
    for (size_t i = 0; i < l->cards.n; i++) {
        const struct card_draft *d = &l->cards.v[i];
        if (d->dropped)
            continue;
        map_put(&c->card_by_id, d->card.id, (int64_t)c->cards.n);
        *arena_push(c->arena, &c->cards) = d->card;
        c->hash = (c->hash ^ d->card.hash) * 1099511628211u;
        good_keep(l->good, GOOD_CARD, d->card.id, d->card.file, d->source);
    }
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
    struct load l = {.source = s, .c = c};
    struct file_list intents, knowledge;
    enum rc rc = walk(&l, s->intents, d, &intents);
    if (rc == RC_OK)
        rc = walk(&l, s->knowledge, d, &knowledge);
    if (rc != RC_OK) {
        catalogue_free(c);
        return rc;
    }
    l.good = good_open(c->arena, s);
    l.link = (struct link){.source = s,
                           .c = c,
                           .by_key = map_new(c->arena),
                           .files = map_new(c->arena),
                           .ids = map_new(c->arena),
                           .diags = &c->diags,
                           .arena = c->arena,
                           .hints = HINTS_MAX};
    read_articles(&l, &knowledge);
    for (size_t i = 0; i < intents.list.n; i++)
        if (is_wanted(&l, s->intents, intents.list.v[i].path))
            read_intents_file(&l, intents.list.v[i].path);
    settle_cards(&l);
    check_all(&l);
    sort_diags(c->arena, &c->diags);
    good_save(l.good);
    *out = c;
    return RC_OK;
}

void catalogue_free(struct catalogue *c)
{
    if (c)
        arena_free(c->arena);
}
