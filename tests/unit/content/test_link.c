#include "content/link.h"

#include "content.h"

#define PHRASES "## Say nl\n- hoi daar\n## Say en\n- hi there\n"
#define ANSWERS "## Answer nl\nJa.\n## Answer en\nYes.\n"
#define ARTICLE(owner) "---\nowner: " owner "\n---\n"

/* Files as path, text, path, text ... NULL; and every diag. */
struct check {
    const char *why;
    const char *files[12];
    const char *want;
};

static void run(struct arena *a, const struct check *c)
{
    struct folder f = folder_new(a);
    for (size_t i = 0; i + 1 < LEN(c->files) && c->files[i]; i += 2)
        folder_put(&f, c->files[i], c->files[i + 1]);
    folder_load(&f);
    CHECK_STR(folder_diags(&f), c->want, c->why);
    folder_done(&f);
}

#define OUT(place)                                                                       \
    "intents/a.md:" place ": warning: `a.b` is left out until that is right\n"

static const struct check cards[] = {
    {"a full card has nothing to tell",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES ANSWERS},
     ""},
    {"an unknown slot",
     {"intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES "## Answer nl\n\nJa {person.manger}.\n"},
     "intents/a.md:9:4: error: unknown slot `{person.manger}`; probably meant "
     "`person.manager`?\n" OUT("9:4")},
    {"an unknown slot in a card with another mistake, and nothing that may follow from "
     "it",
     {"intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES "## Doo\n- look up: leave_balance\n## Answer nl\n"
      "{leave.left} {from} {leave.lef}\n"},
     "intents/a.md:7:4: error: unknown heading `Doo`; probably meant `Do`?\n"
     "intents/a.md:10:21: error: unknown slot `{leave.lef}`; probably meant "
     "`leave.left`?\n" OUT("10:21")},
    {"a look-up's slot without the look-up",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES "## Answer nl\nJa {leave.left}.\n"},
     "intents/a.md:8:4: error: `{leave.left}` needs `- look up: leave_balance` "
     "under "
     "`## Do`\n" OUT("8:4")},
    {"slots that are known",
     {"intents/contacts.md", "- hr_phone: 1\n", "intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES
      "## Ask\n- from: date | nl Van, {person.first_name}? | en "
      "From?\n## Do\n- look up: leave_balance\n## Answer nl\n{from} {leave.left} "
      "{contact.hr_phone} {person.unit}\n## Answer en\nx\n"},
     ""},
    {"an unknown contact",
     {"intents/contacts.md", "- hr_phone: 1\n", "intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES "## Answer nl\n{contact.hr_fone}\n"},
     "intents/a.md:8:1: error: unknown slot `{contact.hr_fone}`; probably meant "
     "`contact.hr_phone`?\n" OUT("8:1")},
    {"an unknown slot in a question of the form",
     {"intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES "## Ask\n- from: date | nl {x}? | en b\n"
      "## Do\n- open ticket\n"},
     "intents/a.md:8:19: error: unknown slot `{x}`\n" OUT("8:19")},
    {"nothing to answer with",
     {"intents/a.md", "# a.b\n- owner: hr\n- source: leav/x\n" PHRASES,
      "knowledge/nl/leave/x.md", "x"},
     "intents/a.md:1:1: error: `a.b` has nothing to answer with: it needs `## Answer nl` "
     "or a "
     "source that exists\n" OUT("1:1") "intents/a.md:3:11: warning: no article `leav/x`; "
                                       "probably meant `leave/x`?\n"},
    {"a hand-off needs no answer",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES "## Do\n- hand off\n"},
     ""},
    {"an answer and phrases in one language",
     {"intents/a.md", "# a.b\n- owner: hr\n## Say nl\n- x\n## Answer nl\nx\n"},
     "intents/a.md:1:1: warning: `a.b`: no phrase in English (`## Say en`)\n"
     "intents/a.md:1:1: warning: `a.b`: no answer in English (`## Answer en`)\n"},
    {"a sensitive card without phrases is the hunch's",
     {"intents/sensitive.md", "# sensitive.x\n- owner: hr\n" ANSWERS},
     ""},
    {"a question in one language",
     {"intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES ANSWERS "## Ask\n- x: date | nl y\n"},
     "intents/a.md:12:1: warning: the slot `x` lacks its question in English\n"},
    {"age and owner",
     {"intents/a.md",
      "# a.b\n- valid to: 2026-01-01\n" PHRASES ANSWERS
      "# a.c\n- owner: x\n- review by: 2026-11-20\n"
      "## Say nl\n- c\n## Say en\n- d\n" ANSWERS
      "# a.d\n- owner: x\n- review by: 2026-11-21\n- valid to: 2026-11-21\n"
      "## Say nl\n- e\n## Say en\n- f\n" ANSWERS},
     "intents/a.md:1:1: warning: `a.b`: no owner\n"
     "intents/a.md:1:1: warning: `a.b` expired on 2026-01-01: nobody sees it any more\n"
     "intents/a.md:11:1: warning: `a.c` should have been reviewed by 2026-11-20\n"},
    {"the same id twice",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES ANSWERS, "intents/b.md",
      "# a.b\n- owner: hr\n## Say nl\n- x\n"},
     "intents/b.md:1:1: error: the card `a.b` already stands in intents/a.md:1\n"},
    {"the same phrase twice",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES ANSWERS "## Say nl\n- Hoi  daár\n",
      "intents/b.md",
      "# a.c\n- owner: hr\n## Say nl\n- ander\n## Say en\n- HI there\n" ANSWERS},
     "intents/a.md:12:3: warning: the phrase `Hoi  daár` also stands in line 4\n"
     "intents/b.md:6:3: warning: the phrase `HI there` also stands in `a.b` "
     "(intents/a.md:6)\n"},
    {"the same pattern twice",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES ANSWERS "## Patterns nl\n- [x] y\n",
      "intents/b.md",
      "# a.c\n- owner: hr\n## Patterns nl\n- [x] y\n## Say en\n- z\n" ANSWERS},
     "intents/b.md:4:3: warning: the pattern `[x] y` also stands in `a.b` "
     "(intents/a.md:12)\n"},
    {"signs outside sensitive.md",
     {"intents/a.md", "# a.b\n- owner: hr\n" PHRASES ANSWERS "## Signs nl\n- [x] y\n"},
     "intents/a.md:12:1: warning: signs count in sensitive.md only; here it is "
     "`## Patterns nl`\n"},
    {"targets of tests",
     {"intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES ANSWERS "## Tests nl\n- p => a.b\n- q => a.bb\n"
      "- r => article leave/y\n- s => article leave/x\n- t => none\n",
      "knowledge/nl/leave/x.md", "x"},
     "intents/a.md:13:1: warning: this test expects the card `a.bb`, which does not "
     "exist; "
     "probably meant `a.b`?\n"
     "intents/a.md:14:1: warning: this test expects the article `leave/y`, which does "
     "not "
     "exist; probably meant `leave/x`?\n"},
    {"a queue nobody has",
     {"intents/routing.csv", "unit,queue\n,Desk\n", "intents/a.md",
      "# a.b\n- owner: hr\n- queue: Desk\n" PHRASES ANSWERS
      "# a.c\n- owner: hr\n- queue: Absense\n## Say nl\n- c\n## Say en\n- d\n" ANSWERS},
     "intents/a.md:12:1: warning: `a.c`: the queue `Absense` is in no row of "
     "routing.csv; "
     "probably meant `Absence`?\n"},
    {"links in answers",
     {"intents/a.md",
      "# a.b\n- owner: hr\n" PHRASES
      "## Answer nl\n[a](leave/x.md) [b](nl/leave/x.md#kop)\n"
      "[c](../knowledge/nl/leave/x.md) [d](leave/z.md)\n## Answer "
      "en\n[e](https://x.md)\n",
      "knowledge/nl/leave/x.md", "# x\n## Kop\ny\n"},
     "intents/a.md:9:33: warning: dead link: there is no article `nl/leave/z.md`; "
     "probably "
     "meant `leave/x`?\n"},
};

static void what_cards_refer_to_is_checked(void **arena)
{
    for (size_t i = 0; i < LEN(cards); i++)
        run(*arena, &cards[i]);
}

static const struct check sources[] = {
    {"one source for both languages, its heading in one",
     {"intents/a.md", "# a.b\n- owner: hr\n- source: leave/x#Kop\n" PHRASES,
      "knowledge/nl/leave/x.md", "# x\n## Kop\ny\n", "knowledge/en/leave/x.md",
      "# x\n## Head\ny\n"},
     ""},
    {"a heading that is nowhere",
     {"intents/a.md", "# a.b\n- owner: hr\n- source: leave/x#Kap\n" PHRASES,
      "knowledge/nl/leave/x.md", "# x\n## Kop\ny\n", "knowledge/en/leave/x.md",
      "# x\n## Head\ny\n"},
     "intents/a.md:3:11: warning: the article has no heading `Kap`\n"},
    {"a source in one language only",
     {"intents/a.md", "# a.b\n- owner: hr\n- source: leave/x\n" PHRASES,
      "knowledge/nl/leave/x.md", "# x\ny\n"},
     "intents/a.md:1:1: warning: `a.b`: no answer in English (`## Answer en`)\n"},
    {"a source of its own for each language",
     {"intents/a.md",
      "# a.b\n- owner: hr\n- source: nl leave/x#Kop | en leave/y#Head\n" PHRASES,
      "knowledge/nl/leave/x.md", "# x\n## Kop\ny\n", "knowledge/en/leave/y.md",
      "# x\n## Heading\ny\n"},
     "intents/a.md:3:11: warning: the article has no heading `Head`\n"},
    {"a language's source that is missing",
     {"intents/a.md", "# a.b\n- owner: hr\n- source: nl leave/x | en leave/y\n" PHRASES,
      "knowledge/nl/leave/x.md", "# x\n## Kop\ny\n"},
     "intents/a.md:1:1: warning: `a.b`: no answer in English (`## Answer en`)\n"
     "intents/a.md:3:11: warning: no English article `leave/y`; probably meant "
     "`leave/x`?\n"},
};

static void sources_are_resolved_per_language(void **arena)
{
    for (size_t i = 0; i < LEN(sources); i++)
        run(*arena, &sources[i]);
}

static void a_source_becomes_article_and_section(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(
        &f, "intents/a.md",
        "# a.b\n- owner: hr\n- source: nl leave/x.md#Één kop? | en nl/leave/x\n" PHRASES);
    folder_put(&f, "knowledge/nl/leave/x.md", "# T\nintro\n## Een kop\ny\n");
    folder_put(&f, "knowledge/en/leave/x.md", "# T\nintro\n");
    folder_load(&f);
    const struct card *c = catalogue_card(f.c, STR("a.b"));
    assert_non_null(c);
    const struct source_ref *nl = &c->source[LANG_NL], *en = &c->source[LANG_EN];
    CHECK_STR(f.c->articles.v[nl->article].path, "nl/leave/x.md", "Dutch article");
    CHECK_STR(section_text(*arena, &f.c->sections.v[nl->section]).text, "y",
              "its section");
    CHECK_STR(f.c->articles.v[en->article].path, "en/leave/x.md", "English article");
    CHECK_INT(en->section, -1, "no heading given");
    folder_done(&f);
}

static const struct check articles[] = {
    {"links that live",
     {"knowledge/nl/a/x.md",
      "# X\n## Kop\n[y](../b/y.md#tweede-kop) [h](#kop) [r](README.md)\n"
      "[w](https://x.nl/z.md) [p](z.pdf) [q](y%20z.md)\n",
      "knowledge/nl/b/y.md", "# Y\n## Tweede kop\nx\n", "knowledge/nl/a/README.md", "x",
      "knowledge/nl/a/y z.md", "z"},
     ""},
    {"links that are dead",
     {"knowledge/nl/a/x.md",
      "# X\n[y](../b/yy.md)\n\n- [z](../b/y.md#kap) en [h](#kup)\n",
      "knowledge/nl/b/y.md", "# Y\n## Kop\nx\n"},
     "knowledge/nl/a/x.md:2:1: warning: dead link: there is no article `nl/b/yy.md`; "
     "probably "
     "meant `b/y`?\n"
     "knowledge/nl/a/x.md:4:3: warning: dead link: `nl/b/y.md` has no heading `kap`\n"
     "knowledge/nl/a/x.md:4:25: warning: dead link: `nl/a/x.md` has no heading `kup`\n"},
    {"lines count behind front matter",
     {"knowledge/nl/x.md", ARTICLE("hr") "# X\n\n[y](verlof.md)\n"},
     "knowledge/nl/x.md:6:1: warning: dead link: there is no article `nl/verlof.md`\n"},
    {"owners, where anybody has one",
     {"knowledge/nl/x.md", ARTICLE("hr") "x", "knowledge/nl/y.md", "y"},
     "knowledge/nl/y.md:1:1: warning: no owner\n"},
    {"no owners at all", {"knowledge/nl/x.md", "x", "knowledge/nl/y.md", "y"}, ""},
    {"age",
     {"knowledge/nl/x.md", "---\nvalid_to: 2026-11-20\n---\nx", "knowledge/nl/y.md",
      "---\nreview_by: 2026-11-20\n---\ny"},
     "knowledge/nl/x.md:1:1: warning: expired on 2026-11-20: nobody sees it any more\n"
     "knowledge/nl/y.md:1:1: warning: should have been reviewed by 2026-11-20\n"},
    {"no text",
     {"knowledge/nl/x.md", "---\ntitle: x\n---\n"},
     "knowledge/nl/x.md:1:1: warning: this article has no text\n"},
    {"front matter of another program",
     {"knowledge/nl/x.md", "---\ntitle: x\nlayout: page\n---\nx", "knowledge/nl/y.md",
      "---\nlayout: page\nsidebar: 1\n---\ny"},
     "knowledge/nl/x.md:3:1: warning: front matter that is not used: `layout`, `sidebar` "
     "(in "
     "2 articles)\n"},
};

static void articles_are_checked(void **arena)
{
    for (size_t i = 0; i < LEN(articles); i++)
        run(*arena, &articles[i]);
}

UNIT_MAIN(UNIT(what_cards_refer_to_is_checked), UNIT(sources_are_resolved_per_language),
          UNIT(a_source_becomes_article_and_section), UNIT(articles_are_checked))
