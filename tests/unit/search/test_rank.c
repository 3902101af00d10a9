#include "shelf.h"

/* The path of the best article for a question. */
static const char *best(struct search *s, struct arena *a, enum lang l, const char *text)
{
    struct search_query q = shelf_query(a, l, text);
    struct search_result r;
    search_find(s, &q, &r);
    return r.n ? s->catalogue->articles.v[r.v[0].article].path.p : "nothing";
}

static const struct {
    const char *question, *path;
} asked[] = {
    {"hoeveel vakantiedagen krijg ik", "nl/vakantie.md"},
    {"wanneer vervallen mijn dagen", "nl/vakantie.md"},
    {"mijn kind is ziek", "nl/zorgverlof.md"},
    {"ik wil opzeggen, wat is de termijn", "nl/opzeggen.md"},
    {"laptop inleveren laatste dag", "nl/opzeggen.md"},
    {"krijg ik de reis vergoed", "nl/reiskosten.md"},
    {"sallaris betaald", "nl/salaris.md"},
    {"kwantummechanica", "nothing"},
};

static void the_section_that_answers_is_first(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    for (size_t i = 0; i < LEN(asked); i++)
        CHECK_STR(str_c(best(s, *arena, LANG_NL, asked[i].question)), asked[i].path,
                  asked[i].question);
    search_free(s);
}

static void hits_are_distinct_articles_best_first(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct search *s = shelf_search(c);
    struct search_query q =
        shelf_query(*arena, LANG_NL, "dagen vakantie verlof kosten dag");
    struct search_result r;
    search_find(s, &q, &r);
    CHECK(r.n > 2, "several");
    for (size_t i = 0; i < r.n; i++) {
        CHECK_INT(c->sections.v[r.v[i].section].article, r.v[i].article,
                  "its own section");
        CHECK(r.v[i].score >= 0 && r.v[i].score <= 1, "a share");
        for (size_t k = 0; k < i; k++) {
            CHECK(r.v[k].article != r.v[i].article, "distinct");
            CHECK(r.v[k].score >= r.v[i].score, "in order");
        }
    }
    search_free(s);
}

static void matching_more_of_the_question_counts(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_EN, "one.md", "Desk");
    shelf_section(c, "", "Parking parking parking parking near the gate.");
    shelf_article(c, LANG_EN, "both.md", "Chair");
    shelf_section(c, "", "Parking for a bicycle is beside the gate, under the roof.");
    shelf_article(c, LANG_EN, "none.md", "Lamp");
    shelf_section(c, "", "The light goes off at ten.");
    struct search *s = shelf_search(c);
    CHECK_STR(str_c(best(s, *arena, LANG_EN, "bicycle parking")), "both.md", "coverage");
    search_free(s);
}

static void a_heading_alone_is_no_answer(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_EN, "a.md", "Desk");
    shelf_section(c, "Parking", "");
    int below = shelf_section(c, "Where", "Beside the gate.");
    c->sections.v[below].path = STR("Parking");
    shelf_article(c, LANG_EN, "b.md", "Lamp");
    shelf_section(c, "", "The light goes off at ten.");
    struct search *s = shelf_search(c);
    struct search_query q = shelf_query(*arena, LANG_EN, "parking");
    struct search_result r;
    search_find(s, &q, &r);
    CHECK_INT(r.v[0].section, below, "the section that says something");
    search_free(s);
}

static void words_beside_each_other_count_more(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_EN, "apart.md", "Desk");
    shelf_section(
        c, "", "Notice the green doors of every office, then go on for a short period.");
    shelf_article(c, LANG_EN, "pair.md", "Desk");
    shelf_section(c, "",
                  "The notice period of every office is short, then go on, green doors.");
    struct search *s = shelf_search(c);
    CHECK_STR(str_c(best(s, *arena, LANG_EN, "notice period")), "pair.md", "a pair");
    search_free(s);
}

static void where_a_text_comes_from_is_found_but_not_shown(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_NL, "bril.md", "Beeldschermbril");
    shelf_section(c, "Wanneer", "Als je ogen het nodig hebben.");
    shelf_section(c, "Bron", "Arbeidsomstandighedenbesluit, artikel 5.11.");
    c->sections.v[1].reference = true;
    shelf_article(c, LANG_NL, "wet.md", "Wetten");
    shelf_section(c, "Bronnen", "Staatsblad 1997, nummer 60.");
    c->sections.v[2].reference = true;
    struct search *s = shelf_search(c);
    struct search_query q =
        shelf_query(*arena, LANG_NL, "arbeidsomstandighedenbesluit 5.11");
    struct search_result r;
    search_find(s, &q, &r);
    CHECK_INT(r.n, 1, "its words find the article");
    CHECK_INT(r.v[0].section, 0, "what is shown is the section that answers");
    q = shelf_query(*arena, LANG_NL, "staatsblad 1997");
    search_find(s, &q, &r);
    CHECK_INT(r.v[0].section, 2, "an article that has nothing else");
    search_free(s);
}

UNIT_MAIN(UNIT(the_section_that_answers_is_first),
          UNIT(hits_are_distinct_articles_best_first),
          UNIT(matching_more_of_the_question_counts),
          UNIT(words_beside_each_other_count_more), UNIT(a_heading_alone_is_no_answer),
          UNIT(where_a_text_comes_from_is_found_but_not_shown))
