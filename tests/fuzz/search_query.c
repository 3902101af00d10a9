/* query: any question is read, ranked, explained and answered without harm. The shelf has
 * a table, a list, synonyms of several words, compounds, and an article for some only. */
#include "../unit/search/shelf.h"

#include "fuzz.h"

static struct search *shelf(struct arena *a)
{
    struct catalogue *c = shelf_dutch(a);
    shelf_article(c, LANG_NL, "nl/termijn.md", "Opzegtermijn");
    shelf_section(c, "Termijn",
                  "Hoe lang in dienst\tTermijn\nkorter dan 5 jaar\t1 maand\n"
                  "5 tot 10 jaar\t2 maanden\n15 jaar of langer\t4 maanden\n");
    shelf_article(c, LANG_EN, "en/leave.md", "Annual leave");
    shelf_section(c, "How many days", "You get 25 days.\n- five weeks\n- pro rata\n");
    shelf_synonym(c, LANG_NL, "loon = salaris = vast inkomen");
    shelf_synonym(c, LANG_NL, "papadag => zorg verlof");
    shelf_synonym(c, LANG_EN, "pto = paid time off = annual leave");
    return shelf_search(c);
}

static void fuzz(struct arena *a, str input)
{
    str folded;
    if (normalise(a, input, &folded) != RC_OK)
        return; /* refused at the door */
    struct search *s = shelf(a);
    static const struct traits nobody;
    for (int l = LANG_NONE; l < LANG_COUNT; l++) {
        struct search_query q = {
            .lang = (enum lang)l, .folded = folded, .traits = &nobody, .today = 20000};
        struct search_result r, again;
        struct search_term t[8];
        search_find(s, &q, &r);
        PROMISE(r.n <= SEARCH_HITS_MAX && (r.n > 0 || r.band == SEARCH_DECLINE));
        for (size_t i = 0; i < r.n; i++) {
            PROMISE(r.v[i].score >= 0 && r.v[i].score <= 1);
            struct passage p = search_passage(s, a, &q, r.v[i].section, 80);
            PROMISE(str_is_utf8(p.text) && str_is_utf8(p.markdown));
            PROMISE(search_row_section(s, &q, r.v[i].section) >= 0);
        }
        PROMISE(search_explain(s, a, &q, t, LEN(t)) <= LEN(t));
        search_find(s, &q, &again);
        PROMISE(again.n == r.n && (r.n == 0 || again.v[0].score == r.v[0].score));
    }
    search_free(s);
}
