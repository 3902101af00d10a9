#include <stdio.h>

#include "shelf.h"

/* The weight of a term among the alternatives of the question's i-th concept. */
static double weight(const struct search *s, enum lang l, size_t i, const char *stem)
{
    const struct concept *c = &s->query->v[i];
    for (size_t k = 0; k < c->n; k++)
        if (str_eq(s->index[l]->vocabulary.terms.v[c->v[k].term].text, str_c(stem)))
            return (double)c->v[k].weight;
    return 0;
}

static void read(struct search *s, struct arena *a, enum lang l, const char *text)
{
    query_build(s->query, s->index[l], a, shelf_fold(a, text));
}

static void a_concept_is_a_word_with_a_topic(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    read(s, *arena, LANG_NL, "hoeveel vakantiedagen heb ik, vakantiedagen?");
    CHECK_INT(s->query->n, 1, "stop words and repeats are none");
    CHECK(s->query->v[0].found, "known");
    read(s, *arena, LANG_NL, "hoe en wat");
    CHECK_INT(s->query->n, 3, "unless there is nothing else");
    read(s, *arena, LANG_NL, "kwantummechanica");
    CHECK(!s->query->v[0].found, "unknown words stay, unfound");
    CHECK(s->query->v[0].idf > 2, "and weigh in the coverage");
    search_free(s);
}

static void forms_parts_and_typos_are_alternatives(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    read(s, *arena, LANG_NL, "opgezegd");
    CHECK(weight(s, LANG_NL, 0, "opzegg") > .4, "a related form");
    read(s, *arena, LANG_NL, "sallaris");
    CHECK(weight(s, LANG_NL, 0, "salaris") > .7, "a repaired word");
    read(s, *arena, LANG_NL, "vakantiekosten");
    CHECK(weight(s, LANG_NL, 0, "vakantie") > .4, "a part");
    CHECK(weight(s, LANG_NL, 0, "kost") > .4, "and the other");
    read(s, *arena, LANG_NL, "reis kosten");
    CHECK(weight(s, LANG_NL, 0, "reiskost") > .7, "joined");
    read(s, *arena, LANG_NL, "zorgverlof");
    CHECK(weight(s, LANG_NL, 0, "verlof") < .1, "a known compound is not taken apart");
    search_free(s);
}

static void synonyms_work_in_the_directions_given(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    shelf_synonym(c, LANG_NL, "loon = salaris");
    shelf_synonym(c, LANG_NONE, "papadag => zorgverlof");
    shelf_synonym(c, LANG_NL, "ov => openbaar vervoer");
    shelf_synonym(c, LANG_NL, "vrije tijd = vakantie");
    struct search *s = shelf_search(c);
    read(s, *arena, LANG_NL, "loon");
    CHECK(weight(s, LANG_NL, 0, "salaris") > .7, "there");
    read(s, *arena, LANG_NL, "papadag");
    CHECK(weight(s, LANG_NL, 0, "zorgverlof") > .7, "one way");
    read(s, *arena, LANG_NL, "zorgverlof");
    CHECK_INT(s->query->v[0].n, 1, "not back");
    read(s, *arena, LANG_NL, "ov");
    CHECK(weight(s, LANG_NL, 0, "open vervoer") > .7, "several words as a phrase");
    CHECK(weight(s, LANG_NL, 0, "vervoer") > .1, "and loosely");
    read(s, *arena, LANG_NL, "mijn vrije tijd");
    CHECK(weight(s, LANG_NL, 0, "vakantie") > .3, "from several words");
    CHECK(weight(s, LANG_NL, 1, "vakantie") > .3, "both of them");
    read(s, *arena, LANG_NL, "vrije dag");
    CHECK(weight(s, LANG_NL, 0, "vakantie") < .1, "but only together");
    search_free(s);
}

static void what_stands_apart_is_read_together(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    shelf_article(c, LANG_NL, "nl/x.md", "Ziekmelden");
    shelf_section(c, "",
                  "Ziekmelden doe je voor negen uur. De opbouw van verlof gaat door.");
    shelf_synonym(c, LANG_NL, "verlof sparen => opbouw");
    struct search *s = shelf_search(c);
    read(s, *arena, LANG_NL, "hoe meld ik me ziek");
    CHECK(weight(s, LANG_NL, 0, "ziekmeld") > .7, "the verb");
    CHECK(weight(s, LANG_NL, 1, "ziekmeld") > .7, "and its other part");
    read(s, *arena, LANG_NL, "bouw ik verlof op");
    CHECK(weight(s, LANG_NL, 0, "opbouw") > .7, "a particle may be a stop word");
    read(s, *arena, LANG_NL, "sparen van mijn verlof");
    CHECK(weight(s, LANG_NL, 0, "opbouw") > .3, "a synonym in another order");
    read(s, *arena, LANG_NL, "sparen is leuk en goed voor iedereen die verlof wil");
    CHECK(weight(s, LANG_NL, 0, "opbouw") < .1, "but not from afar");
    search_free(s);
}

static void a_synonym_of_no_use_is_a_warning(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct diags d = diags_new(*arena);
    struct search *s;
    shelf_synonym(c, LANG_NL, "loon = a b c d e f g h");
    search_build(c, NULL, &d, &s);
    CHECK_INT(d.warnings, 1, "eight words");
    search_free(s);
}

static void bounds_hold(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    char text[4096];
    size_t n = 0;
    for (int i = 0; n + 8 < sizeof text; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "woord%da ", i);
    read(s, *arena, LANG_NL, text);
    CHECK_INT(s->query->n, QUERY_CONCEPTS_MAX, "no more concepts than this");
    search_free(s);
}

UNIT_MAIN(UNIT(a_concept_is_a_word_with_a_topic),
          UNIT(forms_parts_and_typos_are_alternatives),
          UNIT(synonyms_work_in_the_directions_given),
          UNIT(what_stands_apart_is_read_together),
          UNIT(a_synonym_of_no_use_is_a_warning), UNIT(bounds_hold))
