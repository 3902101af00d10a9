/*
 * shelf - small catalogues for the tests of the search: articles written in the test.
 */
#ifndef TESTS_SHELF_H
#define TESTS_SHELF_H

#include "search/inside.h"
#include "text/normalise.h"
#include "unit.h"

static inline struct catalogue *shelf_new(struct arena *a)
{
    struct catalogue *c = arena_alloc(a, sizeof *c);
    c->arena = a;
    return c;
}

/* An article without sections yet. */
static inline struct article *shelf_article(struct catalogue *c, enum lang l,
                                            const char *path, const char *title)
{
    struct article *art = arena_push(c->arena, &c->articles);
    *art = (struct article){.path = str_c(path),
                            .title = str_c(title),
                            .lang = l,
                            .first_section = c->sections.n,
                            .valid_from = DATE_NONE,
                            .valid_to = DATE_NONE};
    return art;
}

/* A section of the article added last; returns its number. */
static inline int shelf_section(struct catalogue *c, const char *heading,
                                const char *text)
{
    struct section *s = arena_push(c->arena, &c->sections);
    *s = (struct section){.article = (int)c->articles.n - 1,
                          .level = *heading ? 2 : 0,
                          .heading = str_c(heading)};
    texts_pack(c->arena, &(struct section_text){.text = str_c(text)}, s, 1);
    c->articles.v[c->articles.n - 1].n_sections++;
    return (int)c->sections.n - 1;
}

static inline str shelf_text(struct arena *a, const struct section *s)
{
    struct texts *t = texts_open();
    str out = arena_str(a, texts_plain(t, s));
    texts_close(t);
    return out;
}

static inline str shelf_fold(struct arena *a, const char *text)
{
    str out = STR("");
    CHECK_RC(normalise(a, str_c(text), &out), RC_OK);
    return out;
}

/* "a = b = c" or "a => b". */
static inline void shelf_synonym(struct catalogue *c, enum lang l, const char *line)
{
    struct synonym *y = arena_push(c->arena, &c->synonyms);
    str rest = str_c(line);
    *y = (struct synonym){.lang = l, .two_way = !str_has(rest, STR("=>"))};
    while (rest.p) {
        str term = str_trim(str_cut(&rest, '='));
        if (rest.p && rest.n && rest.p[0] == '>')
            rest = str_sub(rest, 1, rest.n);
        *arena_push(c->arena, &y->terms) = term;
    }
}

static inline struct search *shelf_search(struct catalogue *c)
{
    struct search *s;
    search_build(c, NULL, NULL, &s);
    return s;
}

static inline struct search_query shelf_query(struct arena *a, enum lang l,
                                              const char *text)
{
    static const struct traits nobody;
    return (struct search_query){
        .lang = l, .folded = shelf_fold(a, text), .traits = &nobody, .today = 20000};
}

/* A Dutch handbook of a few articles. */
static inline struct catalogue *shelf_dutch(struct arena *a)
{
    struct catalogue *c = shelf_new(a);
    shelf_article(c, LANG_NL, "nl/vakantie.md", "Vakantie");
    shelf_section(c, "", "Over vrije dagen en hoe je ze opneemt.");
    shelf_section(
        c, "Hoeveel vakantiedagen",
        "Je krijgt 25 vakantiedagen per jaar. Wie minder werkt krijgt er minder.");
    shelf_section(c, "Dagen meenemen", "Wettelijke dagen vervallen op 1 juli.");
    shelf_article(c, LANG_NL, "nl/zorgverlof.md", "Zorgverlof");
    shelf_section(c, "", "Voor een ziek kind of een zieke ouder kun je verlof krijgen.");
    shelf_article(c, LANG_NL, "nl/opzeggen.md", "Opzeggen");
    shelf_section(
        c, "Opzegtermijn",
        "De termijn is een maand. Je zegt op met een brief aan je leidinggevende.");
    shelf_section(c, "Laatste dag", "Op je laatste dag lever je de laptop in.");
    shelf_article(c, LANG_NL, "nl/reiskosten.md", "Reiskosten");
    shelf_section(c, "",
                  "De kosten van de reis worden vergoed. Het openbaar vervoer helemaal.");
    shelf_article(c, LANG_NL, "nl/salaris.md", "Salaris");
    shelf_section(c, "", "Je salaris wordt op de 25e betaald.");
    return c;
}

#endif
