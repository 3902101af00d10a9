/*
 * content - a folder of content for a test: written, loaded, and its diags as text.
 */
#ifndef TESTS_CONTENT_H
#define TESTS_CONTENT_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit.h"
#include "base/buf.h"
#include "base/file.h"
#include "content/load.h"
#include "content/texts.h"

struct folder {
    struct arena *arena;
    str dir;
    struct content_source source;
    struct catalogue *c;
};

/* A fresh folder with `intents` and `knowledge` in it; today is 2026-11-21. */
static inline struct folder folder_new(struct arena *a)
{
    char *dir = (char *)(uintptr_t)arena_str(a, STR("/tmp/balie-content-XXXXXX")).p;
    struct folder f = {.arena = a};
    assert_non_null(mkdtemp(dir));
    f.dir = str_c(dir);
    f.source = (struct content_source){.intents = file_path(a, f.dir, STR("intents")),
                                       .knowledge = file_path(a, f.dir, STR("knowledge")),
                                       .default_lang = LANG_NONE,
                                       .today = date_of(2026, 11, 21),
                                       .keep_good = true};
    CHECK_RC(file_make_dir(a, f.source.intents), RC_OK);
    CHECK_RC(file_make_dir(a, f.source.knowledge), RC_OK);
    return f;
}

/* What a section of the catalogue says. */
static inline struct section_text section_text(struct arena *a, const struct section *s)
{
    struct texts *t = texts_open();
    struct section_text out = *texts_of(t, s);
    out.text = arena_str(a, out.text);
    out.html = arena_str(a, out.html);
    out.markdown = arena_str(a, out.markdown);
    out.pieces = NULL;
    texts_close(t);
    return out;
}

/* Writes bytes to dir/path, making folders. */
static inline void folder_put_bytes(struct folder *f, const char *path, str bytes)
{
    str full = file_path(f->arena, f->dir, str_c(path)), dir = full;
    while (dir.p[dir.n - 1] != '/')
        dir.n--;
    dir.n--;
    CHECK_RC(file_make_dir(f->arena, dir), RC_OK);
    FILE *to = fopen(full.p, "wb"); /* file_write would wait for the disk */
    assert_non_null(to);
    assert_int_equal(fwrite(bytes.p ? bytes.p : "", 1, bytes.n, to), bytes.n);
    assert_int_equal(fclose(to), 0);
}

static inline void folder_put(struct folder *f, const char *path, const char *text)
{
    folder_put_bytes(f, path, str_c(text));
}

static inline void folder_delete(struct folder *f, const char *path)
{
    assert_int_equal(unlink(file_path(f->arena, f->dir, str_c(path)).p), 0);
}

static inline void folder_load(struct folder *f)
{
    catalogue_free(f->c);
    struct diags d = diags_new(f->arena);
    CHECK_RC(content_load(&f->source, &d, &f->c), RC_OK);
}

static inline void folder_done(struct folder *f)
{
    catalogue_free(f->c);
    f->c = NULL;
    str all = arena_fmt(f->arena, "rm -rf '%s'", f->dir.p);
    assert_int_equal(system(all.p), 0);
}

/* Each diag on a line, without the test's folder in front. */
static inline str diags_text(struct arena *a, const struct diags *d, str dir)
{
    struct buf b = buf_new(a, 1024 * 1024);
    for (size_t i = 0; i < d->list.n; i++) {
        str line = diag_line(a, &d->list.v[i]);
        if (dir.n > 0 && str_starts(line, dir))
            line = str_sub(line, dir.n + 1, line.n);
        while (dir.n > 0 && str_find(line, dir) >= 0) { /* a second place in the text */
            size_t at = (size_t)str_find(line, dir);
            line = arena_join(a, str_sub(line, 0, at),
                              str_sub(line, at + dir.n + 1, line.n));
        }
        buf_put(&b, line);
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

static inline str folder_diags(struct folder *f)
{
    return diags_text(f->arena, &f->c->diags, f->dir);
}

#endif
