#include "app/builder.h"

#include <malloc.h>
#include <stdlib.h>

#include "app/card_tests.h"
#include "app/lint_people.h"
#include "app/lint_routes.h"
#include "base/log.h"
#include "content/article_lint.h"
#include "nlu/lint.h"

static void count(struct built *b)
{
    const struct catalogue *c = b->brain.catalogue;
    b->cards = c->cards.n;
    b->articles = c->articles.n;
    b->sections = c->sections.n;
}

/* What takes a look at the whole: advice, and the cards' own tests. */
static void look_over(const struct builder_conf *c, struct cache *cache, struct built *b,
                      date_t today)
{
    struct people *people = NULL;
    struct diags ignored = diags_new(b->arena); /* the daemon reports the table's own */
    if (c->people_file.n && people_load(c->people_file, &ignored, &people))
        people = NULL;
    if (c->lint) {
        article_lint(b->brain.catalogue, c->knowledge, today, &b->diags);
        nlu_lint(b->brain.nlu, cache, &b->diags);
        if (people)
            lint_people(b->brain.catalogue, c->knowledge, people, &b->diags);
        lint_routes(b->brain.catalogue, c->intents, people, c->queues, &b->diags);
    }
    struct card_test_counts n = {0};
    card_tests(&b->brain, people_find(people, STR("demo")), today,
               c->strict ? SEVERITY_ERROR : SEVERITY_WARNING, &b->diags, &n);
    b->tests = n.ran;
    b->failed_tests = n.failed;
    b->asked_tests = n.asked;
    people_free(people);
}

enum rc builder_build(const struct builder_conf *c, struct cache *cache,
                      struct built **out)
{
    int64_t start = clock_mono_ms();
    struct built *b = must_alloc(sizeof *b);
    *out = b;
    b->arena = arena_new();
    b->diags = diags_new(b->arena);
    date_t today = clock_local(clock_wall_ms(), NULL);
    const struct brain *before = c->previous ? &c->previous->brain : NULL;
    struct content_source source = {.intents = c->intents,
                                    .knowledge = c->knowledge,
                                    .files = c->files,
                                    .default_lang = c->language,
                                    .today = today,
                                    .cache = c->keep_good || c->kept ? cache : NULL,
                                    .kept = c->kept,
                                    .keep_good = c->keep_good,
                                    .previous = before ? before->catalogue : NULL};
    enum rc rc = content_load(&source, &b->diags, &b->brain.catalogue);
    if (rc)
        return rc;
    diags_add(&b->diags, &b->brain.catalogue->diags);
    nlu_build(b->brain.catalogue, before ? before->nlu : NULL, cache, &b->diags,
              &b->brain.nlu);
    search_build(b->brain.catalogue, before ? before->search : NULL, &b->diags,
                 &b->brain.search);
    count(b);
    if (c->run_tests)
        look_over(c, cache, b, today);
    diags_sort(&b->diags);
    b->took_ms = clock_mono_ms() - start;
    return RC_OK;
}

void built_free(struct built *b)
{
    if (!b)
        return;
    search_free(b->brain.search);
    nlu_free(b->brain.nlu);
    catalogue_free(b->brain.catalogue);
    arena_free(b->arena);
    free(b);
    malloc_trim(0);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

str built_summary(struct arena *a, const struct built *b)
{
    size_t by_lang[LANG_COUNT] = {0}, ordinary = 0;
    const struct catalogue *c = b->brain.catalogue;
    for (size_t i = 0; c && i < c->articles.n; i++)
        if (c->articles.v[i].lang >= 0)
            by_lang[c->articles.v[i].lang]++;
    for (size_t i = 0; c && i < c->cards.n; i++)
        ordinary += !c->cards.v[i].none;
    return arena_fmt(a,
                     "%zu card%s, %zu article%s (nl %zu, en %zu), %zu error%s, "
                     "%zu warning%s",
                     ordinary, plural(ordinary), b->articles, plural(b->articles),
                     by_lang[LANG_NL], by_lang[LANG_EN], b->diags.errors,
                     plural(b->diags.errors), b->diags.warnings,
                     plural(b->diags.warnings));
}
