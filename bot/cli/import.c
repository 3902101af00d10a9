#include <stdio.h>

#include "app/import.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/cli.h"
#include "content/source.h"

static const struct {
    const char *name;
    void (*read)(struct import *m, const struct import_file *v, size_t n);
} kinds[] = {{"rasa", import_rasa},
             {"hassil", import_hassil},
             {"qnabot", import_qnabot},
             {"csv", import_csv}};

static bool read_files(const struct options *o, struct import *m, struct import_file *v)
{
    bool ok = true;
    for (size_t i = 1; i < o->n_words; i++) {
        str raw;
        struct import_file *f = &v[i - 1];
        *f = (struct import_file){.name = o->words[i], .text = STR("")};
        if (file_read(o->arena, f->name, IMPORT_FILE_MAX, &raw) != RC_OK) {
            diag_error(m->diags, f->name, 0, 0, "the file cannot be read");
            ok = false;
            continue;
        }
        f->text = source_plain(o->arena, raw);
        ok = source_is_utf8(f->name, f->text, 1, m->diags) && ok;
    }
    return ok;
}

/* Cards on standard output, what there is to say about them on standard error. */
int cli_import(const struct options *o, const struct plugs *p)
{
    if (o->n_words > 0 && str_eq(o->words[0], STR("article")))
        return cli_import_article(o, p);
    struct diags d = diags_new(o->arena);
    struct import m = {.arena = o->arena, .diags = &d, .lang = o->lang};
    struct import_file *files = arena_alloc(o->arena, (o->n_words + 1) * sizeof *files);
    for (size_t i = 0; i < LEN(kinds); i++) {
        if (o->n_words < 2 || !str_eq(o->words[0], str_c(kinds[i].name)))
            continue;
        if (read_files(o, &m, files)) {
            kinds[i].read(&m, files, o->n_words - 1);
            str cards = import_cards(&m);
            fwrite(cards.p ? cards.p : "", 1, cards.n, stdout);
        }
        print_diags(&d);
        return d.errors > 0 ? 1 : 0;
    }
    fprintf(stderr,
            "usage: balie import rasa|hassil|qnabot|csv FILE... [--lang nl|en] "
            "> intents/new.md\n"
            "       balie import article FILE... [--lang nl|en] [--knowledge DIR]\n");
    return 2;
}

int cli_export(const struct options *o, const struct plugs *p)
{
    (void)p;
    struct settings s;
    if (!options_settings(o, &s))
        return 1;
    if (o->n_words != 1 || !str_eq(o->words[0], STR("csv"))) {
        fprintf(stderr, "usage: balie export csv [--intents DIR] > cards.csv\n");
        return 2;
    }
    struct diags d = diags_new(o->arena);
    struct import m = {.arena = o->arena, .diags = &d, .lang = LANG_NONE};
    if (export_rows(&m, s.intents) != RC_OK)
        diag_error(&d, s.intents, 0, 0, "the folder cannot be read");
    str table = export_csv(&m);
    fwrite(table.p, 1, table.n, stdout);
    print_diags(&d);
    return d.errors > 0 ? 1 : 0;
}
