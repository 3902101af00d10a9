/* The formats of the knowledge folder, and what is read again and what is not. */
#include "content.h"
#include "content/origin.h"

static const struct article *article(struct folder *f, const char *title)
{
    for (size_t i = 0; i < f->c->articles.n; i++)
        if (str_eq(f->c->articles.v[i].title, str_c(title)))
            return &f->c->articles.v[i];
    fail_msg("no article %s", title);
    return NULL;
}

static str first_text(struct folder *f, const struct article *a)
{
    return section_text(f->arena, &f->c->sections.v[a->first_section]).text;
}

static void every_format_is_an_article(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "knowledge/nl/a.md", "# Markdown\nEen.\n");
    folder_put(&f, "knowledge/nl/b.html",
               "<h1>Pagina</h1><p>Twee.\n<p><a href='weg.md'>weg</a>");
    folder_put(&f, "knowledge/nl/c.TXT", "Tekst\n\nDrie.\n");
    folder_put(
        &f, "knowledge/nl/d.csv",
        "vraag,antwoord,geldig_vanaf,ook\nMag de hond mee?,Nee.,2026-01-01,huisdier\n"
        "En de kat?,\"Ja,\nsoms.\",,\n");
    folder_put(&f, "knowledge/nl/e.docx", "x");
    folder_load(&f);
    CHECK_STR(folder_diags(&f),
              "knowledge/nl/b.html:2:1: warning: dead link: there is no article "
              "`nl/weg.md`\n",
              "a link is told at the line of the page");
    CHECK_INT(f.c->articles.n, 5, "a row of a table is an article");
    CHECK_STR(first_text(&f, article(&f, "Pagina")), "Twee.\nweg", "its text");
    CHECK_STR(article(&f, "Tekst")->key, "c", "key without ending");
    const struct article *dog = article(&f, "Mag de hond mee?"),
                         *cat = article(&f, "En de kat?");
    CHECK_STR(dog->path, "nl/d.csv", "path of the file");
    CHECK_STR(dog->also, "huisdier", "its keywords");
    CHECK_INT(dog->valid_from, date_of(2026, 1, 1), "its dates");
    CHECK_STR(first_text(&f, cat), "Ja, soms.", "its answer");
    CHECK_INT(f.c->sections.v[cat->first_section].line, 3, "its line");
    int64_t *at = map_find(&f.c->article_by_path, STR("nl/d.csv"));
    assert_non_null(at);
    CHECK_INT(article_section(f.c, (int)*at, STR("En de kat?")), cat->first_section,
              "found by its heading");
    folder_done(&f);
}

static void mistakes_in_a_table_cost_one_row(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(
        &f, "knowledge/nl/d.csv",
        "question;answer;valid_from\nEen?;Ja.;gisteren\nTwee?;;\n;Ja.;\nDrie?;Ja.;\n"
        "drie;Nee.;\n");
    folder_put(&f, "knowledge/nl/salaris.csv", "schaal;bedrag\n1;2000\n");
    folder_load(&f);
    CHECK_STR(
        folder_diags(&f),
        "knowledge/nl/d.csv:2:1: error: `gisteren` is no date; write it like "
        "2026-12-31\n"
        "knowledge/nl/d.csv:3:1: warning: no answer in this row\n"
        "knowledge/nl/d.csv:4:1: warning: no question in this row\n"
        "knowledge/nl/d.csv:6:1: warning: this question stands in line 5, too; this "
        "row is not used\n"
        "knowledge/nl/salaris.csv:1:1: warning: this table is not read: an article "
        "needs the columns `question` and `answer`\n",
        "told");
    CHECK_INT(f.c->articles.n, 1, "the rest is used");
    folder_done(&f);
}

/* Loads again with what was loaded before; returns the earlier catalogue. */
static struct catalogue *load_again(struct folder *f)
{
    struct catalogue *before = f->c;
    f->c = NULL;
    f->source.previous = before;
    folder_load(f);
    return before;
}

static str all_of(struct arena *a, const struct catalogue *c)
{
    struct buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < c->articles.n; i++) {
        const struct article *art = &c->articles.v[i];
        buf_fmt(&b, "%.*s|%.*s|%.*s|%zu|%d|%zu\n", STR_ARG(art->path),
                STR_ARG(art->title), STR_ARG(art->owner), art->n_sections,
                (int)art->valid_from, art->audience.n);
    }
    for (size_t i = 0; i < c->sections.n; i++) {
        const struct section *s = &c->sections.v[i];
        struct section_text t = section_text(a, s);
        buf_fmt(&b, "%d|%d|%.*s|%.*s|%.*s|%.*s|%d\n", s->article, s->level,
                STR_ARG(s->heading), STR_ARG(s->path), STR_ARG(t.text), STR_ARG(t.html),
                s->line);
    }
    return buf_str(&b);
}

static void what_did_not_change_is_copied(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "knowledge/nl/a.md",
               "---\nowner: hr\naudience: country=NL\nvalid_from: 2026-01-01\n---\n# A\n"
               "Een [b](b.md).\n## K\nTwee.\n");
    folder_put(&f, "knowledge/nl/b.md", "# B\nEen [weg](weg.md).\n");
    folder_put(&f, "knowledge/nl/c.md", "# C\nEen.\n");
    folder_put(&f, "knowledge/nl/q.csv", "vraag,antwoord\nEen?,Ja.\nTwee?,Nee.\n");
    folder_load(&f);
    folder_put(&f, "knowledge/nl/c.md", "# C\nTwee.\n");
    folder_delete(&f, "knowledge/nl/b.md");
    struct catalogue *before = load_again(&f);
    str copied = all_of(*arena, f.c), told = folder_diags(&f);
    CHECK(article(&f, "A")->before >= 0, "unchanged");
    CHECK_INT(article(&f, "C")->before, -1, "changed");
    CHECK(article(&f, "Twee?")->before >= 0, "a row of a table");
    catalogue_free(before);

    f.source.previous = NULL;
    folder_load(&f);
    CHECK(str_eq(all_of(*arena, f.c), copied), "as if all had been read");
    CHECK(str_eq(folder_diags(&f), told), "links are checked all the same");
    CHECK(str_has(told, STR("no article `nl/b.md`")), "into what is gone");
    folder_done(&f);
}

static size_t shelf_bytes(const struct catalogue *c)
{
    size_t sum = 0;
    for (size_t i = 0; i < c->shelves.n; i++)
        sum += arena_used(c->shelves.v[i]->arena);
    return sum;
}

/* A hundred edits, each catalogue freed after the next: texts that stay are shared, and
 * what is not used any more is got rid of. */
static void texts_outlive_the_catalogue_that_read_them(void **arena)
{
    enum { ARTICLES = 12, EDITS = 100 };
    struct folder f = folder_new(*arena);
    for (int i = 0; i < ARTICLES; i++)
        folder_put(
            &f, arena_fmt(*arena, "knowledge/nl/%02d.md", i).p,
            arena_fmt(*arena, "# Nr %d\nDe tekst van %d.\n## Meer\nEn %d.\n", i, i, i * i)
                .p);
    folder_load(&f);
    size_t shared = 0, copied = 0;
    for (int i = 0; i < EDITS; i++) {
        const struct pack *last = f.c->sections.v[f.c->sections.n - 1].pack;
        str text = arena_fmt(*arena, "# Nr %d\nNu anders, keer %d.\n", i % 5, i);
        folder_put(&f, arena_fmt(*arena, "knowledge/nl/%02d.md", i % 5).p, text.p);
        catalogue_free(load_again(&f));
        bool same = f.c->sections.v[f.c->sections.n - 1].pack == last;
        shared += same;
        copied += !same;
        CHECK(shelf_bytes(f.c) <= 2 * f.c->text_bytes, "little is kept for nothing");
        struct catalogue *kept = f.c;
        str all = all_of(*arena, kept);
        f.source.previous = NULL;
        f.c = NULL;
        folder_load(&f);
        CHECK(str_eq(all_of(*arena, f.c), all), "as if all had been read");
        CHECK_INT(kept->text_bytes, f.c->text_bytes, "and counted");
        catalogue_free(f.c);
        f.c = kept;
    }
    CHECK(shared > copied && copied > 0, "mostly shared");
    folder_done(&f);
}

static void a_mistake_is_told_every_time(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "knowledge/nl/a.md", "---\nonwer: hr\n---\n# A\nEen.\n");
    folder_load(&f);
    str first = folder_diags(&f);
    CHECK(first.n > 0, "told");
    struct catalogue *before = load_again(&f);
    CHECK(str_eq(folder_diags(&f), first), "told again");
    catalogue_free(before);
    folder_done(&f);
}

UNIT_MAIN(UNIT(every_format_is_an_article), UNIT(mistakes_in_a_table_cost_one_row),
          UNIT(what_did_not_change_is_copied),
          UNIT(texts_outlive_the_catalogue_that_read_them),
          UNIT(a_mistake_is_told_every_time))
