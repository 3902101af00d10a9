#include "content/imported.h"

#include "../unit.h"

static const struct {
    const char *why, *text, *markdown;
    struct imported_lost lost;
} documents[] = {
    {"as it is", "# A\n\nx\n\n## B\n", "# A\n\nx\n\n## B\n", {0}},
    {"images go",
     "# A\n## B\nx ![y](z.png) <img src=\"q\" /> w\n",
     "# A\n## B\nx   w\n",
     {.images = 2}},
    {"footnotes stand in the text",
     "# A\n## B\nDat mag.[^1] Soms[^x]\n\n[^1]: Wet 3.\n",
     "# A\n## B\nDat mag. (Wet 3.) Soms[^x]\n\n",
     {.notes = 1}},
    {"marks without meaning go",
     "# A\n## B\n<u>x</u> <span class=\"a\">y</span><!-- -->z\n",
     "# A\n## B\nx yz\n",
     {0}},
    {"a table in HTML becomes a table",
     "# A\n## B\n<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td><ul><li>c</li><li>d</li>"
     "</ul></td><td>e</td></tr>\n</table>\n\nz\n",
     "# A\n## B\n| a | b |\n| --- | --- |\n| c d | e |\n\n\n\nz\n",
     {.tables = 1}},
    {"bold lines are headings where there are none",
     "**Verlof**\n\nx **y**\n\n**Een zin.**\n\n**Ziek**\n\nz\n",
     "## Verlof\n\nx **y**\n\n**Een zin.**\n\n## Ziek\n\nz\n",
     {.bold = 2}},
};

static void what_pandoc_leaves_is_cleared(void **arena)
{
    for (size_t i = 0; i < LEN(documents); i++) {
        struct imported_lost lost = {0};
        str got = imported_markdown(*arena, str_c(documents[i].text), &lost);
        CHECK_STR(got, documents[i].markdown, documents[i].why);
        assert_memory_equal(&lost, &documents[i].lost, sizeof lost);
    }
}

static void pages_lose_what_every_page_has(void **arena)
{
    struct imported_lost lost = {0};
    str got =
        imported_pages(*arena,
                       STR("Handboek\nVerlof\nJe vakan-\ntiedagen, in- en uit.\n1\n\f"
                           "Handboek\nMeer over ver-\nlof en zo.\n2\n\f\f"
                           "Handboek\nZiek\nBel.\n3\n\f"),
                       &lost);
    CHECK_STR(
        got,
        "Verlof\nJe vakantiedagen, in- en uit.\nMeer over verlof en zo.\nZiek\nBel.\n",
        "the text");
    CHECK_INT(lost.pages, 4, "pages");
    CHECK_INT(lost.blank_pages, 1, "without text");
    CHECK_INT(lost.repeated, 6, "lines");
    CHECK_INT(lost.hyphens, 2, "words");
}

static void a_document_is_cut_at_its_chapters(void **arena)
{
    struct imported_parts p;
    imported_split(*arena, STR("Vooraf\n# A\nx\n## B\n# C\ny\n"), &p);
    CHECK_INT(p.list.n, 3, "parts");
    CHECK_STR(p.list.v[0].markdown, "Vooraf\n", "what stands before");
    CHECK_STR(p.list.v[1].title, "A", "title");
    CHECK_STR(p.list.v[1].markdown, "# A\nx\n## B\n", "a chapter");
    CHECK_STR(p.list.v[2].markdown, "# C\ny\n", "the last");
    imported_split(*arena, STR("# A\nx\n## B\n"), &p);
    CHECK_INT(p.list.n, 1, "one chapter");
    imported_split(*arena, STR(" \n"), &p);
    CHECK_INT(p.list.n, 0, "nothing");
}

UNIT_MAIN(UNIT(what_pandoc_leaves_is_cleared), UNIT(pages_lose_what_every_page_has),
          UNIT(a_document_is_cut_at_its_chapters))
