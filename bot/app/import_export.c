/* From a folder of cards to rows. */
#include "app/import.h"
#include "base/file.h"
#include "base/str.h"
#include "content/card.h"
#include "content/known.h"
#include "content/loading.h"
#include "content/name.h"
#include "content/source.h"

static bool is_of_cards(str path)
{
    return intents_list_of(path) < 0 && !str_eq(path, STR("sensitive.md")) &&
        name_is_content(name_of(path)) && !name_is_conflict_copy(name_of(path));
}

static void add_key(struct import *m, const struct import_file *f, str id,
                    const struct scan_item *item)
{
    str value = item->text, name = source_trim(str_cut(&value, ':'));
    int key;
    if (value.p && known_find(&known_keys, name, &key))
        import_add(m, f, item->line, id, LANG_NONE, known_name(&known_keys, key), value);
}

static void add_section(struct import *m, const struct import_file *f, str id,
                        const struct scan_section *s)
{
    static const char *const kinds[] = {
        [SECTION_SAY] = "say", [SECTION_PATTERNS] = "patterns", [SECTION_SIGNS] = "signs",
        [SECTION_NOT] = "not", [SECTION_ANSWER] = "answer",     [SECTION_ASK] = "ask",
        [SECTION_DO] = "do",   [SECTION_TESTS] = "tests"};
    int type;
    enum lang l;
    str rest;
    if (!card_heading(s->heading, &type, &l, &rest))
        return;
    str kind = rest.n ? arena_fmt(m->arena, "%s %.*s", kinds[type], STR_ARG(rest))
                      : str_c(kinds[type]);
    for (size_t i = 0; i < s->items.n; i++)
        import_add(m, f, s->items.v[i].line, id, l, kind.p, s->items.v[i].text);
    import_add(m, f, s->line, id, l, kind.p, s->body);
}

static void add_file(struct import *m, struct import_file *f)
{
    struct scan scan;
    scan_text(m->arena, f->name, f->text, 1, &card_rules, m->diags, &scan);
    for (size_t i = 0; i < scan.cards.n; i++) {
        const struct scan_card *c = &scan.cards.v[i];
        if (c->broken || !card_is_id(c->id)) {
            diag_warning(m->diags, f->name, c->line, 1,
                         "`%.*s` is left out: mend it first", STR_ARG(c->id));
            continue;
        }
        for (size_t k = 0; k < c->sections.v[0].items.n; k++)
            add_key(m, f, c->id, &c->sections.v[0].items.v[k]);
        for (size_t k = 1; k < c->sections.n; k++)
            add_section(m, f, c->id, &c->sections.v[k]);
    }
}

enum rc export_rows(struct import *m, str folder)
{
    static const str suffixes[] = {{".md", 3}, {".MD", 3}};
    struct file_list files;
    enum rc rc = file_walk(m->arena, folder, suffixes, LEN(suffixes), &files);
    for (size_t i = 0; rc == RC_OK && i < files.list.n; i++) {
        str raw, path = files.list.v[i].path;
        if (!is_of_cards(path))
            continue;
        struct import_file *f = arena_alloc(m->arena, sizeof *f);
        f->name = file_path(m->arena, folder, path);
        rc = file_read(m->arena, f->name, CONTENT_FILE_MAX, &raw);
        if (rc != RC_OK)
            break;
        f->text = source_plain(m->arena, raw);
        if (source_is_utf8(f->name, f->text, 1, m->diags))
            add_file(m, f);
    }
    return rc == RC_NOT_FOUND ? rc : rc == RC_OK ? RC_OK : RC_IO;
}
