#include "shelf.h"

enum { DOCS = 2 * FEED_PLACES + 3 };

/* Articles of one section each: a few words of their own and one that all have. */
static struct index *index_of_many(struct arena *a)
{
    struct catalogue *c = shelf_new(a);
    for (int i = 0; i < DOCS; i++) {
        shelf_article(c, LANG_EN, (char *)(uintptr_t)arena_fmt(a, "en/%d.md", i).p,
                      "payroll");
        shelf_section(
            c, "", arena_fmt(a, "alpha%d payroll beta%d alpha%d payroll", i, i % 7, i).p);
    }
    struct search_options o = search_defaults();
    struct diags d = {.arena = a};
    return index_build(c, LANG_EN, &o, NULL, &d);
}

static const struct feed_word *word_of(const struct index *x, const struct feed *f,
                                       const char *stem)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (str_eq(x->vocabulary.terms.v[f->v[i].term].text, str_c(stem)))
            return &f->v[i];
    return NULL;
}

static uint32_t times(const struct index *x, const struct feed *f, const char *stem)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->n_all; i++)
        n += str_eq(x->vocabulary.terms.v[f->v[i].term].text, str_c(stem));
    return n;
}

static void a_section_tells_its_own_words_and_how_often(void **arena)
{
    struct index *x = index_of_many(*arena);
    const struct feed *f = feed_of(x, 5);
    CHECK_INT(f->n, 2, "what all sections have tells nothing");
    CHECK_INT(f->read, 6, "but it was read: the title and five words");
    CHECK_INT(times(x, f, "alpha5"), 2, "twice");
    CHECK_INT(times(x, f, "beta5"), 1, "once");
    CHECK(word_of(x, f, "alpha5")->telling > word_of(x, f, "beta5")->telling,
          "the rarer one tells more");
    index_free(x);
}

static void sections_that_share_a_place_do_not_mix(void **arena)
{
    struct index *x = index_of_many(*arena);
    for (uint32_t doc = 9; doc < DOCS; doc += FEED_PLACES)
        for (int again = 0; again < 2; again++) {
            const struct feed *f = feed_of(x, doc);
            str own = arena_fmt(*arena, "alpha%u", doc);
            CHECK(word_of(x, f, own.p) != NULL, "its own word");
            CHECK_INT(f->n, 2, "and nobody else's");
        }
    index_free(x);
}

UNIT_MAIN(UNIT(a_section_tells_its_own_words_and_how_often),
          UNIT(sections_that_share_a_place_do_not_mix))
