#include "shelf.h"

static struct search_result ask(struct search *s, struct arena *a, const char *text,
                                double eagerness)
{
    struct search_query q = shelf_query(a, LANG_NL, text);
    struct search_result r;
    q.eagerness = eagerness;
    search_find(s, &q, &r);
    return r;
}

static void the_bar_is_the_same_each_time(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct search *s = shelf_search(c), *t = shelf_search(c);
    for (int i = 0; i < BAR_LENGTHS; i++) {
        CHECK(s->bar[LANG_NL].mean[i] > 0, "measured");
        CHECK(s->bar[LANG_NL].mean[i] == t->bar[LANG_NL].mean[i], "deterministic");
    }
    search_free(s);
    search_free(t);
}

static void bands_follow_the_ratio(void **arena)
{
    (void)arena;
    struct search_options o = search_defaults();
    CHECK_INT(bar_band(&o, 0, 0, 0), SEARCH_DECLINE, "nothing");
    CHECK_INT(bar_band(&o, (o.decline + o.answer) / 2, 1, 0), SEARCH_CHOICE, "between");
    CHECK_INT(bar_band(&o, o.answer + .1, 1, 0), SEARCH_ANSWER, "above");
    CHECK_INT(bar_band(&o, o.answer + .1, .3, 0), SEARCH_CHOICE,
              "above, but half unread");
    CHECK(bar_band(&o, o.decline * .95, 1, 1) > SEARCH_DECLINE, "the eager offer more");
    CHECK(bar_band(&o, o.decline * 1.05, 1, -1) == SEARCH_DECLINE, "the careful less");
    double last = -1;
    for (double ratio = 0; ratio < 5; ratio += .1) {
        double score = bar_score(&o, ratio, .9);
        CHECK(score > last && score >= 0 && score <= 1,
              "a higher ratio is a higher score");
        CHECK(bar_score(&o, ratio, .5) <= score, "what is not covered lowers it");
        last = score;
    }
}

static void a_strange_question_is_declined(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    CHECK_INT(ask(s, *arena, "wie wordt kampioen voetbal", 0).band, SEARCH_DECLINE,
              "strange");
    CHECK(ask(s, *arena, "hoeveel vakantiedagen per jaar", 0).band != SEARCH_DECLINE,
          "ours");
    search_free(s);
}

UNIT_MAIN(UNIT(the_bar_is_the_same_each_time), UNIT(bands_follow_the_ratio),
          UNIT(a_strange_question_is_declined))
