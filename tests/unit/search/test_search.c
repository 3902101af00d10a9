#include "shelf.h"

static struct search_result find(struct search *s, struct search_query q)
{
    struct search_result r;
    search_find(s, &q, &r);
    return r;
}

static bool has(const struct search *s, const struct search_result *r, const char *path)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(s->catalogue->articles.v[r->v[i].article].path, str_c(path)))
            return true;
    return false;
}

static void nobody_sees_what_is_not_valid_today(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct article *old = shelf_article(c, LANG_NL, "nl/oud.md", "Salaris 2019");
    old->valid_to = 18000;
    shelf_section(c, "", "Je salaris wordt op de 20e betaald.");
    struct article *next = shelf_article(c, LANG_NL, "nl/nieuw.md", "Salaris straks");
    next->valid_from = 20001;
    shelf_section(c, "", "Je salaris wordt op de 27e betaald.");
    struct search *s = shelf_search(c);
    struct search_query q = shelf_query(*arena, LANG_NL, "salaris betaald");
    struct search_result r = find(s, q);
    CHECK(has(s, &r, "nl/salaris.md"), "today's");
    CHECK(!has(s, &r, "nl/oud.md") && !has(s, &r, "nl/nieuw.md"),
          "not last year's or next's");
    q.today = 20001;
    r = find(s, q);
    CHECK(has(s, &r, "nl/nieuw.md"), "tomorrow it is there");
    q.today = 17000;
    r = find(s, q);
    CHECK(has(s, &r, "nl/oud.md"), "then it was");
    search_free(s);
}

static void nobody_sees_what_is_for_others(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct article *be = shelf_article(c, LANG_NL, "nl/be.md", "Salaris in Belgi\u00eb");
    str value = STR("BE");
    struct condition only = {.key = STR("country"), .values = {&value, 1}};
    be->audience = (struct audience){&only, 1};
    shelf_section(c, "", "Je salaris wordt op de laatste dag betaald.");
    struct search *s = shelf_search(c);
    struct search_query q = shelf_query(*arena, LANG_NL, "salaris betaald");
    struct search_result r = find(s, q);
    CHECK(!has(s, &r, "nl/be.md"), "an anonymous person does not");
    CHECK_INT(r.hidden, 1, "but is told that there is more");

    struct trait one = {STR("country"), STR("BE")};
    struct traits person = {&one, 1};
    q.traits = &person;
    r = find(s, q);
    CHECK(has(s, &r, "nl/be.md"), "a Belgian does");
    CHECK_INT(r.hidden, 0, "nothing more");

    one.value = STR("NL");
    r = find(s, q);
    CHECK(!has(s, &r, "nl/be.md"), "a Dutch person does not");
    CHECK_INT(r.hidden, 0, "and is told nothing");
    search_free(s);
}

static void languages_do_not_mix(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    shelf_article(c, LANG_EN, "en/pay.md", "Salary");
    shelf_section(c, "", "Your salary is paid on the 25th. Salaris.");
    struct search *s = shelf_search(c);
    struct search_result r = find(s, shelf_query(*arena, LANG_NL, "salaris"));
    CHECK(has(s, &r, "nl/salaris.md") && !has(s, &r, "en/pay.md"), "Dutch only");
    r = find(s, shelf_query(*arena, LANG_EN, "salary"));
    CHECK(has(s, &r, "en/pay.md") && r.n == 1, "English only");
    r = find(s, shelf_query(*arena, LANG_NONE, "salary"));
    CHECK(has(s, &r, "en/pay.md"), "where the language is not known, the better one");
    search_free(s);
}

static void when_words_find_nothing_letters_may(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    struct search_result r =
        find(s, shelf_query(*arena, LANG_NL, "reiskostenvrgoedingen"));
    CHECK(has(s, &r, "nl/reiskosten.md"), "by trigrams");
    search_free(s);
}

/* Any bytes that are a folded string, and many that are not. */
static void no_question_does_harm(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    shelf_synonym(c, LANG_NL, "loon = salaris = wat je verdient");
    struct search *s = shelf_search(c);
    uint32_t state = 1;
    char text[600];
    for (int round = 0; round < 3000; round++) {
        size_t n = 0, len = (state >> 8) % sizeof text;
        while (n < len) {
            state = state * 1664525u + 1013904223u;
            static const char likely[] = "  aeinrtvlo'.,-\"*";
            uint32_t pick = state >> 24;
            text[n++] = round % 3 == 0 ? (char)pick : likely[pick % (sizeof likely - 1)];
        }
        struct search_query q = shelf_query(*arena, LANG_NL, "");
        q.folded = (str){text, n};
        struct search_result r = find(s, q);
        CHECK(r.n <= SEARCH_HITS_MAX, "bounded");
        struct search_term t[8];
        search_explain(s, *arena, &q, t, 8);
        search_passage(s, *arena, &q, round % (int)c->sections.n, 40);
    }
    search_free(s);
}

static void words_that_look_alike_stand_in_only_when_nothing_is_found(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_NL, "pensioen.md", "Pensioenregeling");
    shelf_section(c, "", "De pensioenregeling loopt via het fonds.");
    shelf_article(c, LANG_NL, "lunch.md", "Kantine");
    shelf_section(c, "", "De kantine is open om twaalf uur.");
    struct search *s = shelf_search(c);
    struct search_result r;
    struct search_term t[4];
    struct search_query q = shelf_query(*arena, LANG_NL, "pensioeneringen");
    search_find(s, &q, &r);
    CHECK_INT(r.n, 1, "no word of it is known, one looks like it");
    CHECK_INT(r.v[0].article, 0, "that one");
    CHECK_INT(search_explain(s, *arena, &q, t, 4), 1, "one word");
    CHECK(t[0].found && t[0].alike, "--why tells that it only looks like it");

    q = shelf_query(*arena, LANG_NL, "pensioeneringen kantine");
    search_find(s, &q, &r);
    CHECK_INT(r.n, 1, "a word was found");
    CHECK_INT(r.v[0].article, 1, "so nothing else stands in");
    CHECK_INT(search_explain(s, *arena, &q, t, 4), 2, "two words");
    CHECK(!t[0].found && !t[0].alike, "the first is told as unknown");
    search_free(s);
}

static void the_section_is_chosen_by_its_own_words(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_NL, "vakantie.md", "Vakantie vakantiedagen vakantie-uren");
    shelf_section(c, "Vervallen", "Vakantie vervalt, en nog een keer vakantie.");
    shelf_section(
        c, "Hoeveel uren je opbouwt",
        "Per jaar bouw je tweehonderd uren vakantie op, verdeeld over het jaar.");
    shelf_section(c, "Bron", "Vakantie uren per jaar opbouwen: boek 7.");
    c->sections.v[2].reference = true;
    shelf_article(c, LANG_NL, "ziek.md", "Ziek");
    shelf_section(c, "", "Meld je ziek.");
    struct search *s = shelf_search(c);
    struct search_query q =
        shelf_query(*arena, LANG_NL, "hoeveel uren vakantie per jaar");
    struct search_result r;
    search_find(s, &q, &r);
    assert_true(r.n > 0);
    CHECK_INT(r.v[0].section, 1, "its heading and text, not the title, and no source");
    search_free(s);
}

UNIT_MAIN(UNIT(nobody_sees_what_is_not_valid_today), UNIT(nobody_sees_what_is_for_others),
          UNIT(languages_do_not_mix), UNIT(when_words_find_nothing_letters_may),
          UNIT(no_question_does_harm),
          UNIT(words_that_look_alike_stand_in_only_when_nothing_is_found),
          UNIT(the_section_is_chosen_by_its_own_words))
