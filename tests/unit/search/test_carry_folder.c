/* A folder that is edited at random, from file to answer: what is read after each edit is
 * what reading all would give. */
#include "../content/content.h"
#include "same_index.h"
#include "store/cache.h"

enum { FILES = 90, FIRST = 60, STEPS = 40, WORDS = 24 };

struct shop {
    struct folder f;
    uint32_t state;
    bool there[FILES], broken[FILES];
    int version[FILES];
};

static uint32_t drawn(struct shop *s, uint32_t n)
{
    s->state = s->state * 1664525u + 1013904223u;
    return (s->state >> 8) % n;
}

static const char *path_of(struct arena *a, int i)
{
    return arena_fmt(a, "knowledge/%s/%02d.md", i % 3 ? "nl" : "en", i).p;
}

/* As many words in every text, so that the average stays and postings are copied. */
static void put_text(struct buf *b, int i, int version)
{
    static const char *const pool[] = {"verlof", "zorg",   "zorgverlof", "de",    "dagen",
                                       "ziek",   "dienst", "reis",       "werk",  "leave",
                                       "salary", "the",    "reiskosten", "kosten"};
    for (int k = 0; k < WORDS; k++) {
        uint32_t h = (uint32_t)(i * 31 + version * 17 + k * 7) * 2654435761u >> 16;
        if (h % 11 == 0)
            buf_fmt(b, "woord%u ", h % 97);
        else
            buf_fmt(b, "%s ", pool[h % LEN(pool)]);
    }
}

static void write_file(struct shop *s, int i)
{
    struct buf b = buf_new(s->f.arena, 8192);
    if (s->broken[i])
        buf_put(&b, STR("---\nvalid_from: gisteren\n---\n"));
    buf_fmt(&b, "# Titel%d\n", i);
    for (int k = 0; k < 3; k++) {
        buf_fmt(&b, "## Kop%d\n", k);
        put_text(&b, i * 3 + k, s->version[i]);
        buf_put(&b, STR("\n"));
    }
    s->there[i] = true;
    folder_put(&s->f, path_of(s->f.arena, i), buf_str(&b).p);
}

static void remove_file(struct shop *s, int i)
{
    if (s->there[i])
        folder_delete(&s->f, path_of(s->f.arena, i));
    s->there[i] = false;
}

/* A new text, a broken one, a mended one, a deletion, an old file back, another name. */
static void edit(struct shop *s)
{
    int i = (int)drawn(s, FILES), to = (int)drawn(s, FILES);
    switch (drawn(s, 5)) {
    case 0:
        s->broken[i] = !s->broken[i];
        write_file(s, i);
        break;
    case 1:
        remove_file(s, i);
        break;
    case 2:
        remove_file(s, i);
        s->version[to] = s->version[i];
        write_file(s, to);
        break;
    default:
        s->version[i]++;
        write_file(s, i);
    }
}

static struct catalogue *load(struct shop *s, const struct catalogue *previous)
{
    struct catalogue *c;
    struct diags d = diags_new(s->f.arena);
    s->f.source.previous = previous;
    CHECK_RC(content_load(&s->f.source, &d, &c), RC_OK);
    return c;
}

static void same_catalogue(struct arena *a, const struct catalogue *x,
                           const struct catalogue *y)
{
    CHECK_INT(y->articles.n, x->articles.n, "articles");
    CHECK_INT(y->sections.n, x->sections.n, "sections");
    CHECK_INT(y->diags.list.n, x->diags.list.n, "what is told");
    for (size_t i = 0; i < x->articles.n; i++)
        CHECK_STR(y->articles.v[i].path, x->articles.v[i].path.p, "in order");
    for (size_t i = 0; i < x->sections.n; i++)
        CHECK_STR(section_text(a, &y->sections.v[i]).html,
                  section_text(a, &x->sections.v[i]).html.p, "the text");
}

static void a_folder_edited_at_random_is_read_as_a_whole(void **arena)
{
    static const char *const questions[] = {"zorgverlof", "kosten van een dienstreis",
                                            "woord12 salary"};
    struct shop s = {.f = folder_new(*arena), .state = 5};
    CHECK_RC(cache_open(file_path(*arena, s.f.dir, STR("c.db")), &s.f.source.cache),
             RC_OK);
    for (int i = 0; i < FIRST; i++)
        write_file(&s, i);
    struct catalogue *before = load(&s, NULL);
    struct search *old = shelf_search(before);
    int copied = 0, kept = 0;
    for (int step = 0; step < STEPS; step++) {
        for (uint32_t n = 1 + drawn(&s, 3); n > 0; n--)
            edit(&s);
        struct arena *a = arena_new();
        struct catalogue *c = load(&s, before), *all = load(&s, NULL);
        struct search *after, *anew = shelf_search(all);
        search_build(c, old, NULL, &after);
        same_catalogue(a, all, c);
        same_search(a, anew, after, questions, LEN(questions));
        copied += after->index[LANG_NL]->n_counted < after->index[LANG_NL]->n_docs / 4;
        for (size_t i = 0; i < c->diags.list.n; i++)
            kept += str_has(c->diags.list.v[i].text, STR("kept the last good version"));
        search_free(anew);
        catalogue_free(all);
        search_free(old);
        catalogue_free(before);
        arena_free(a);
        before = c;
        old = after;
    }
    CHECK(copied > STEPS / 2 && kept > 0, "by copying, with broken files among them");
    search_free(old);
    catalogue_free(before);
    cache_close(s.f.source.cache);
    folder_done(&s.f);
}

UNIT_MAIN(UNIT(a_folder_edited_at_random_is_read_as_a_whole))
