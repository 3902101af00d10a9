/*
 * Handbooks nobody wrote for balie, when they are at hand: set BALIE_HANDBOOKS to a
 * folder with folders of Markdown in it. Without it this checks the repository's own
 * content only.
 */
#include <limits.h>
#include <time.h>

#include "base/str.h"
#include "content.h"

static struct catalogue *load(struct arena *a, const char *intents, const char *knowledge)
{
    struct catalogue *c = NULL;
    struct diags d = diags_new(a);
    struct content_source s = {.intents = str_c(intents),
                               .knowledge = str_c(knowledge),
                               .default_lang = LANG_NONE,
                               .today = DATE_NONE};
    CHECK_RC(content_load(&s, &d, &c), RC_OK);
    return c;
}

static void sections_are_sane(const struct catalogue *c)
{
    struct texts *texts = texts_open();
    for (size_t i = 0; i < c->sections.n; i++) {
        const struct section *s = &c->sections.v[i];
        const struct section_text *t = texts_of(texts, s);
        CHECK(str_is_utf8(t->text) && str_is_utf8(t->html), "UTF-8");
        CHECK(s->heading.n > 0 || s->level > 1, "a heading");
        CHECK(!str_has(t->html, STR("<script")) && !str_has(t->html, STR("<img")),
              "safe");
        CHECK(!str_has(t->text, STR("{%")), "no Liquid");
        const struct article *a = &c->articles.v[s->article];
        CHECK(i >= a->first_section && i < a->first_section + a->n_sections, "whose");
    }
    texts_close(texts);
}

static void the_repositorys_own_content_has_no_error(void **arena)
{
    if (!file_is_dir(STR("intents")) || !file_is_dir(STR("knowledge")))
        skip();
    struct catalogue *c = load(*arena, "intents", "knowledge");
    for (size_t i = 0; i < c->diags.list.n; i++)
        if (c->diags.list.v[i].severity == SEVERITY_ERROR)
            fail_msg("%s", diag_line(*arena, &c->diags.list.v[i]).p);
    CHECK(c->cards.n > 0 && c->articles.n > 0, "it is there");
    sections_are_sane(c);
    catalogue_free(c);
}

static void other_handbooks_are_read_whole(void **arena)
{
    const char *root = getenv("BALIE_HANDBOOKS");
    if (!root)
        skip();
    static const str suffix[] = {{".md", 3}};
    struct file_list files;
    CHECK_RC(file_walk(*arena, str_c(root), suffix, 1, &files), RC_OK);
    struct catalogue *c = load(*arena, "", root);
    size_t readmes = 0;
    for (size_t i = 0; i < files.list.n; i++)
        readmes += str_has(files.list.v[i].path, STR("README"));
    CHECK_INT(c->articles.n, files.list.n - readmes, "none dropped");
    CHECK_INT(c->diags.errors, 0, "no error");
    sections_are_sane(c);
    catalogue_free(c);
}

static void a_thousand_articles_load_in_half_a_second(void **arena)
{
    enum { ARTICLES = 1000 };
    struct folder f = folder_new(*arena);
    for (int i = 0; i < ARTICLES; i++) {
        struct buf b = buf_new(*arena, 64 * 1024);
        buf_fmt(&b, "---\ntitle: Article %d\nowner: hr\n---\n# Article %d\n", i, i);
        for (int k = 0; k < 7; k++)
            buf_fmt(&b,
                    "\n## Part %d\n\nA *few* words, [a link](a%d.md) and a table.\n\n"
                    "| a | b |\n| - | - |\n| %d | {x} |\n",
                    k, (i + k) % ARTICLES, k);
        folder_put_bytes(&f, arena_fmt(*arena, "knowledge/en/a%d.md", i).p, buf_str(&b));
    }
    clock_t best = LONG_MAX; /* of the processor: other work does not count */
    for (int round = 0; round < 3; round++) {
        clock_t start = clock();
        folder_load(&f);
        best = MIN(best, clock() - start);
    }
    print_message("%d articles, %zu sections: %ld us\n", ARTICLES, f.c->sections.n,
                  (long)(best / (CLOCKS_PER_SEC / 1000000)));
    CHECK_INT(f.c->diags.list.n, 0, "nothing to tell");
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    CHECK(best < CLOCKS_PER_SEC / 2, "half a second");
#endif
    folder_done(&f);
}

UNIT_MAIN(UNIT(the_repositorys_own_content_has_no_error),
          UNIT(other_handbooks_are_read_whole),
          UNIT(a_thousand_articles_load_in_half_a_second))
