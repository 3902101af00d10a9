#include "search/passage.h"
#include "search/row.h"
#include "shelf.h"

static const char notice[] =
    "Years\tMonths\nless than 5\t1\n5 to 10\t2\n10 to 15\t3\n15 or more\t4";
static const char events[] = "Event\tDays\nWedding\t2\nDeath of a parent\t4\nMoving (own "
                             "home)\t1\nWedding of a brother\t1";

static const struct {
    const char *table, *question;
    int row;
} cases[] = {
    {notice, "how much notice after 7 years", 2},
    {notice, "notice after eighteen months", 1},
    {notice, "notice after 20 years", 4},
    {notice, "notice after 10 years", 0}, /* two rows hold it */
    {notice, "notice after 7 weeks", 0},
    {notice, "notice for article 7", 0},
    {notice, "notice after 7 years or after 12 years", 0},
    {events, "days off for moving", 3},
    {events, "days off when a parent dies", 0}, /* "death" is not asked */
    {events, "the death of my parent", 2},
    {events, "moving after a wedding", 0}, /* two rows */
    {events, "party", 0},
};

static void a_row_is_marked_where_it_is_certain(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_EN, "n.md", "Notice");
    shelf_section(c, "", notice);
    shelf_article(c, LANG_EN, "e.md", "Leave");
    shelf_section(c, "", events);
    struct search *s = shelf_search(c);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct search_query q = shelf_query(*arena, LANG_EN, cases[i].question);
        arena_reset(s->scratch);
        query_build(s->query, s->index[LANG_EN], s->scratch, q.folded);
        passage_mark(s, true);
        int row = row_certain(s, s->index[LANG_EN], &q, str_c(cases[i].table));
        passage_mark(s, false);
        CHECK_INT(row, cases[i].row, cases[i].question);
    }
    search_free(s);
}

static void its_cells_become_bold(void **arena)
{
    struct passage p = {
        .markdown = STR("| a | b |\n|---|---|\n| x \\| y | **z** |\n|  | [l](u) |"),
        .html = STR("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>x</td>"
                    "<td align=\"right\"><strong>z</strong></td></tr><tr><td></td>"
                    "<td>l</td></tr></tbody></table>")};
    struct passage one = p, two = p, none = p;
    row_mark(*arena, 1, &one);
    CHECK_STR(one.markdown,
              "| a | b |\n|---|---|\n| **x \\| y** | **z** |\n|  | [l](u) |", "Markdown");
    CHECK_STR(one.html,
              "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><strong>x</strong>"
              "</td><td align=\"right\"><strong>z</strong></td></tr><tr><td></td>"
              "<td>l</td></tr></tbody></table>",
              "HTML");
    row_mark(*arena, 2, &two);
    CHECK(str_has(two.markdown, STR("|  | **[l](u)** |")), "an empty cell stays");
    row_mark(*arena, 9, &none);
    CHECK(str_eq(none.html, p.html), "no such row");
}

UNIT_MAIN(UNIT(a_row_is_marked_where_it_is_certain), UNIT(its_cells_become_bold))
