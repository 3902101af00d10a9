#include "content/article_lint.h"

#include "content.h"

static str lint(struct folder *f)
{
    struct diags d = diags_new(f->arena);
    folder_load(f);
    article_lint(f->c, f->source.knowledge, f->source.today, &d);
    return diags_text(f->arena, &d, f->dir);
}

static void headings_and_lengths_are_told(void **arena)
{
    struct folder f = folder_new(*arena);
    struct buf long_text = buf_new(*arena, 1 << 16), list = buf_new(*arena, 1 << 16);
    buf_put(&long_text, STR("# B\n## Zo lang\n"));
    buf_put(&list, STR("# C\n## Zo lang\n"));
    for (int i = 0; i < 200; i++) {
        buf_put(&long_text, STR("Een zin over niets. "));
        buf_put(&list, STR("- een regel over niets\n"));
    }
    folder_put(
        &f, "knowledge/nl/a.md",
        "# A\n## Algemeen\nx\n## Leeg\n## Boven\n### Onder\ny\n##\nz\n## Bron\nw\n");
    folder_put_bytes(&f, "knowledge/nl/b.md", buf_str(&long_text));
    folder_put_bytes(&f, "knowledge/nl/c.md", buf_str(&list));
    folder_put(&f, "knowledge/nl/oud.md",
               "---\nvalid_to: 2025-01-01\n---\n# O\n## Leeg\n");
    CHECK_STR(
        lint(&f),
        "knowledge/nl/a.md:2:1: warning: the heading `Algemeen` says nothing: write "
        "what an employee would look for\n"
        "knowledge/nl/a.md:4:1: warning: nothing stands below this heading\n"
        "knowledge/nl/a.md:8:1: warning: this heading is empty\n"
        "knowledge/nl/b.md:2:1: warning: this section is long to answer from (3999 "
        "letters of text): cut it with headings\n",
        "told");
    folder_done(&f);
}

static const struct {
    const char *why, *x, *y;
    bool clash;
} pairs[] = {
    {"another figure", "Je krijgt 25 vakantiedagen per kalenderjaar van ons.",
     "Je krijgt 27 vakantiedagen per kalenderjaar van ons.", true},
    {"the same figure", "Je krijgt 25 vakantiedagen per kalenderjaar van ons.",
     "Je krijgt 25 vakantiedagen per kalenderjaar van ons.", false},
    {"another sentence", "Je krijgt 25 vakantiedagen per kalenderjaar van ons.",
     "De bedrijfsarts belt je 27 keer per kwartaal over je herstel.", false},
    {"too short to tell", "Dat is 5 dagen.", "Dat is 6 dagen.", false},
    {"among others", "Eerst dit. De aanvraag moet 8 weken vooraf binnen zijn.",
     "De aanvraag moet 6 weken vooraf binnen zijn. Dan dat.", true},
    {"other words for another case",
     "Bij geboorte krijgt je partner 1 week verlof met behoud van loon.",
     "Bij adoptie krijgt je gezin 6 weken verlof zonder loon.", false},
};

static void figures_that_differ_in_one_sentence_clash(void **arena)
{
    for (size_t i = 0; i < LEN(pairs); i++) {
        str x, y;
        CHECK_INT(
            article_clash(*arena, LANG_NL, str_c(pairs[i].x), str_c(pairs[i].y), &x, &y),
            pairs[i].clash, pairs[i].why);
    }
}

static void two_articles_that_contradict_are_told(void **arena)
{
    static const char one[] = "%s# %s\n## Hoeveel dagen\nJe krijgt %d vakantiedagen per "
                              "kalenderjaar van ons.\n";
    struct folder f = folder_new(*arena);
    folder_put(&f, "knowledge/nl/a.md", arena_fmt(*arena, one, "", "Vakantie", 25).p);
    folder_put(&f, "knowledge/nl/b.md",
               arena_fmt(*arena, one, "", "Vakantie opnemen", 27).p);
    CHECK_STR(
        lint(&f),
        "knowledge/nl/b.md:2:1: warning: `27` here and `25` in knowledge/nl/a.md:2, "
        "in nearly the same sentence below the same heading: which one is right?\n",
        "told once");
    folder_put(&f, "knowledge/nl/b.md",
               arena_fmt(*arena, one, "---\nvalid_from: 2027-01-01\n---\n",
                         "Vakantie opnemen", 27)
                   .p);
    folder_put(
        &f, "knowledge/nl/a.md",
        arena_fmt(*arena, one, "---\nvalid_to: 2026-12-31\n---\n", "Vakantie", 25).p);
    CHECK_STR(lint(&f), "", "one after the other");
    folder_put(
        &f, "knowledge/nl/a.md",
        arena_fmt(*arena, one, "---\naudience: country=NL\n---\n", "Vakantie", 25).p);
    folder_put(
        &f, "knowledge/nl/b.md",
        arena_fmt(*arena, one, "---\naudience: country=BE\n---\n", "Vakantie opnemen", 27)
            .p);
    CHECK_STR(lint(&f), "", "nobody sees both");
    folder_done(&f);
}

static void many_are_counted(void **arena)
{
    struct folder f = folder_new(*arena);
    struct buf b = buf_new(*arena, 1 << 16);
    buf_put(&b, STR("# A\n"));
    for (int i = 0; i < LINT_KIND_MAX + 3; i++)
        buf_put(&b, STR("## Overig\nx\n"));
    folder_put_bytes(&f, "knowledge/nl/a.md", buf_str(&b));
    str told = lint(&f);
    CHECK(str_ends(told, STR("knowledge: warning: 3 more headings say nothing\n")),
          "the rest");
    folder_done(&f);
}

UNIT_MAIN(UNIT(headings_and_lengths_are_told),
          UNIT(figures_that_differ_in_one_sentence_clash),
          UNIT(two_articles_that_contradict_are_told), UNIT(many_are_counted))
