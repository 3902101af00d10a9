#include "search/feedback.h"
#include "shelf.h"

/* Sections about leave that say "calendar", and others that do not. */
static struct index *handbook(struct arena *a)
{
    struct catalogue *c = shelf_new(a);
    shelf_article(c, LANG_EN, "en/leave.md", "Leave");
    shelf_section(c, "", "Leave calendar, calendar shows leave.");
    shelf_article(c, LANG_EN, "en/travel.md", "Travel");
    shelf_section(c, "", "A calendar of trains.");
    for (int i = 0; i < 9; i++) {
        shelf_article(c, LANG_EN, arena_fmt(a, "en/%d.md", i).p, "Other");
        shelf_section(c, "", arena_fmt(a, "Something else, number%d.", i).p);
    }
    struct search_options o = search_defaults();
    struct diags d = {.arena = a};
    return index_build(c, LANG_EN, &o, NULL, &d);
}

static void the_best_section_teaches_its_other_words(void **arena)
{
    struct index *x = handbook(*arena);
    struct query *q = arena_alloc(*arena, sizeof *q);
    struct ranking r;
    uint8_t sight[16] = {0};
    struct best b = {.doc = {0, 1, 2}, .first = {3, 1, 1}, .n = 3};
    struct feedback f;
    float scores[BEST_DOCS] = {0};
    ranking_init(&r, x->n_docs, x->n_articles, x->vocabulary.terms.n);
    r.sight = sight;
    query_build(q, x, *arena, STR("leave"));
    term_t leave = q->v[0].v[0].term,
           calendar = vocabulary_term(&x->vocabulary, STR("calendar"));
    r.concept[leave] = 1;
    for (size_t i = 0; i < b.n; i++)
        r.doc[b.doc[i]].score = i == 0 ? 3 : .01f;
    feedback_learn(&r, x, q, &b, &f);
    CHECK_INT(f.v[0].term, calendar, "said twice, in one other section only");
    for (size_t k = 0; k < f.n; k++) {
        CHECK(f.v[k].term != leave, "not the question's own");
        CHECK(f.v[k].weight > 0, "a weight");
    }
    feedback_read(&r, x, &b, &f);
    feedback_add(scores, &f);
    CHECK(scores[1] > 0, "the section that shares a word gains");
    CHECK(scores[0] > scores[1], "the one that says it twice gains more");
    for (size_t i = 0; i < b.n; i++)
        CHECK(scores[i] <= feedback_most(x, &f) * 1.0001f, "none more than the most");
    for (size_t t = 0; t < x->vocabulary.terms.n; t++)
        CHECK(!(r.learnt[t] > 0 || r.learnt[t] < 0), "nothing stays behind");
    ranking_done(&r);
    index_free(x);
}

UNIT_MAIN(UNIT(the_best_section_teaches_its_other_words))
