#include "content/article.h"

#include "content.h"

static struct article_draft read_one(struct arena *a, const char *path, const char *text,
                                     enum lang fallback, struct diags *d)
{
    struct place at = {.arena = a, .diags = d, .file = STR("f.md")};
    struct article_draft out;
    article_read(&at, str_c(path), str_c(text), fallback, &out);
    return out;
}

static void front_matter_is_read(void **arena)
{
    struct diags d = diags_new(*arena);
    struct article_draft got = read_one(
        *arena, "nl/leave/x.md",
        "\xef\xbb\xbf---\r\ntitle: Verlof\r\nowner: hr\r\naudience: country=NL\r\n"
        "valid_from: 2026-01-01\r\nvalid_to: 2026-12-31\r\nreview_by: 2026-10-01\r\n"
        "updated: 2026-01-05T10:00:00Z\r\nalso: vrij, vakantie\r\ntags: [a, b]\r\n---\r\n"
        "# Kop\r\nTekst\r\n",
        LANG_EN, &d);
    const struct article *a = &got.article;
    CHECK_STR(diags_text(*arena, &d, STR("")), "", "no mistake");
    CHECK_STR(a->title, "Verlof", "title");
    CHECK_STR(a->key, "leave/x", "key");
    CHECK_STR(a->owner, "hr", "owner");
    CHECK_INT(a->lang, LANG_NL, "of the folder");
    CHECK_INT(a->audience.n, 1, "audience");
    CHECK_INT(a->valid_from, date_of(2026, 1, 1), "from");
    CHECK_INT(a->valid_to, date_of(2026, 12, 31), "to");
    CHECK_INT(a->review_by, date_of(2026, 10, 1), "review");
    CHECK_INT(a->updated, date_of(2026, 1, 5), "the day of a time");
    CHECK_STR(a->also, "vrij, vakantie, a, b", "also and tags");
    CHECK_INT(got.sections.n, 1, "sections");
    CHECK_STR(got.sections.v[0].heading, "Verlof", "level 1 is the title");
    CHECK_INT(got.sections.v[0].line, 12, "the file's line");
    CHECK_STR(got.texts.v[0].markdown, "Tekst", "as written");
}

static const struct {
    const char *why, *path, *text;
    enum lang fallback, want;
} languages[] = {
    {"front matter first", "nl/x.md", "---\nlanguage: en\n---\nx", LANG_NONE, LANG_EN},
    {"taal", "x.md", "---\ntaal: nl\n---\nx", LANG_EN, LANG_NL},
    {"then the folder", "en/x.md", "de en het een", LANG_NL, LANG_EN},
    {"a folder with a region", "nl-NL/x.md", "x", LANG_EN, LANG_NL},
    {"then the setting", "leave/x.md", "de en het een", LANG_EN, LANG_EN},
    {"then what it looks like", "x.md", "Je hebt recht op de vakantie van het jaar.",
     LANG_NONE, LANG_NL},
    {"English by its look", "x.md", "You have the right to this leave with your pay.",
     LANG_NONE, LANG_EN},
    {"a folder that only begins like a code", "en_policies/x.md", "x", LANG_NL, LANG_NL},
};

static void the_language_is_found(void **arena)
{
    for (size_t i = 0; i < LEN(languages); i++) {
        struct diags d = diags_new(*arena);
        struct article_draft got = read_one(*arena, languages[i].path, languages[i].text,
                                            languages[i].fallback, &d);
        CHECK_INT(got.article.lang, languages[i].want, languages[i].why);
    }
}

static const struct {
    const char *why, *path, *text, *title, *key;
} titles[] = {
    {"front matter", "nl/a/b.md", "---\ntitle: T\n---\n# H\n", "T", "a/b"},
    {"first heading", "nl/a/b.md", "x\n\n## H *i*\n\n# J\n", "H i", "a/b"},
    {"file name", "en/a/carry-over_rules.md", "x", "Carry over rules",
     "a/carry-over_rules"},
    {"no language folder", "leave/x.md", "x", "X", "leave/x"},
    {"dots in the name", "en/a.b.md", "x", "A.b", "a.b"},
    {"an empty file", "en/a.md", "", "A", "a"},
};

static void the_title_is_found(void **arena)
{
    for (size_t i = 0; i < LEN(titles); i++) {
        struct diags d = diags_new(*arena);
        struct article_draft got =
            read_one(*arena, titles[i].path, titles[i].text, LANG_NONE, &d);
        CHECK_STR(got.article.title, titles[i].title, titles[i].why);
        CHECK_STR(got.article.key, titles[i].key, titles[i].why);
        CHECK_INT(d.list.n, 0, titles[i].why);
    }
}

static void sections_know_what_stands_above_them(void **arena)
{
    struct diags d = diags_new(*arena);
    struct article_draft got =
        read_one(*arena, "en/x.md",
                 "i\n\n# T\na\n## B\nb\n### C\nc\n## D\n\n# E\n## F\nf\n", LANG_NONE, &d);
    static const struct {
        int level;
        const char *heading, *path, *anchor, *text;
    } want[] = {
        {0, "T", "", "t", "i"},  {1, "T", "", "t", "a"}, {2, "B", "", "b", "b"},
        {3, "C", "B", "c", "c"}, {2, "D", "", "d", ""},  {1, "E", "", "e", ""},
        {2, "F", "E", "f", "f"},
    };
    CHECK_INT(got.sections.n, LEN(want), "how many");
    for (size_t i = 0; i < LEN(want); i++) {
        const struct section *s = &got.sections.v[i];
        CHECK_INT(s->level, want[i].level, want[i].heading);
        CHECK_STR(s->heading, want[i].heading, "heading");
        CHECK_STR(s->path, want[i].path, want[i].heading);
        CHECK_STR(s->anchor, want[i].anchor, want[i].heading);
        CHECK_STR(got.texts.v[i].text, want[i].text, want[i].heading);
    }
}

static const struct {
    const char *heading, *want;
} anchors[] = {
    {"How to read it", "how-to-read-it"},      {"how-to-read-it", "how-to-read-it"},
    {"Één dag – of twee?", "een-dag-of-twee"}, {"één-dag--of-twee", "een-dag-of-twee"},
    {"1. Loon (2026)", "1-loon-2026"},         {"?!", ""},
};

static void anchors_agree_however_they_are_made(void **arena)
{
    for (size_t i = 0; i < LEN(anchors); i++)
        CHECK_STR(article_anchor(*arena, str_c(anchors[i].heading)), anchors[i].want,
                  anchors[i].heading);
}

static const struct {
    const char *why, *text, *want;
    bool broken;
} fronts[] = {
    {"a typing mistake", "---\nonwer: x\n---\n",
     "f.md:2:1: warning: unknown key `onwer`; probably meant `owner`?\n", false},
    {"a bad date of validity", "---\nvalid_to: soon\n---\n",
     "f.md:2:11: error: `soon` is no date; write it like 2026-12-31\n", true},
    {"a bad date that only informs", "---\nupdated: May 2026\n---\n",
     "f.md:2:10: warning: `May 2026` is no date; write it like 2026-12-31\n", false},
    {"a bad audience", "---\naudience: NL\n---\n",
     "f.md:2:11: error: `NL` is no condition; write `country=NL` or `contract=a,b`\n",
     true},
    {"an audience of another form", "---\naudience: [NL]\n---\n",
     "f.md:2:11: error: an audience is one line, like `country=NL contract=a,b`\n", true},
    {"an unknown language", "---\nlanguage: de\n---\n",
     "f.md:2:11: error: unknown language `de`; known are nl, en\n", true},
    {"an end before the beginning",
     "---\nvalid_from: 2026-02-01\nvalid_to: 2026-01-01\n---\n",
     "f.md:1:1: error: the article ends before it begins\n", true},
    {"not YAML, but readable", "---\ntitle: Leave: how\n---\n",
     "f.md:2:13: warning: front matter that is not YAML (mapping values are not allowed "
     "in "
     "this context); read line by line, put quotes around texts with a colon\n",
     false},
    {"not YAML, an audience lost", "---\ntitle: a: b\naudience:\n  x\n---\n",
     "f.md:2:9: warning: front matter that is not YAML (mapping values are not allowed "
     "in "
     "this context); read line by line, put quotes around texts with a colon\n"
     "f.md:3:10: error: `audience` cannot be read\n",
     true},
    {"not UTF-8", "# caf\xe9\n",
     "f.md:1:6: error: this is not UTF-8; save the file as UTF-8\n", true},
    {"a list", "---\n- a: b\n---\n", "", false},
    {"a value of another kind", "---\n{}\n---\n", "", false},
    {"no keys", "---\n\"x\"\n---\n",
     "f.md:2:1: warning: front matter that is not used: `key: value` lines were "
     "expected\n",
     false},
    {"no end", "---\ntitle: x\naudience: country=NL\n",
     "f.md:1:1: error: the front matter that begins here is never closed with `---`\n",
     true},
    {"a ruler, and then text", "---\nLeave: how it works\n", "", false},
};

static void mistakes_in_front_matter_are_told(void **arena)
{
    for (size_t i = 0; i < LEN(fronts); i++) {
        struct diags d = diags_new(*arena);
        struct article_draft got =
            read_one(*arena, "nl/x.md", fronts[i].text, LANG_NONE, &d);
        CHECK_STR(diags_text(*arena, &d, STR("")), fronts[i].want, fronts[i].why);
        CHECK(got.broken == fronts[i].broken, fronts[i].why);
    }
}

static void front_matter_that_is_no_yaml_still_says_who_may_see_it(void **arena)
{
    struct diags d = diags_new(*arena);
    struct article_draft got = read_one(
        *arena, "nl/x.md",
        "---\ntitle: Leave: how\naudience: \"country=NL\"\nvalid_to: 2026-01-01\n---\n",
        LANG_NONE, &d);
    CHECK_STR(got.article.title, "Leave: how", "title");
    CHECK_INT(got.article.audience.n, 1, "audience");
    CHECK_INT(got.article.valid_to, date_of(2026, 1, 1), "validity");
}

static void a_ruler_is_no_front_matter(void **arena)
{
    struct diags d = diags_new(*arena);
    struct article_draft got =
        read_one(*arena, "nl/x.md", "---\nZomaar tekst.\n\n---\nMeer.\n", LANG_NONE, &d);
    CHECK_INT(d.list.n, 0, "no mistake");
    CHECK_STR(got.texts.v[0].text, "Zomaar tekst.\nMeer.", "the text is there");
}

static const struct {
    const char *why, *in, *want;
} debris[] = {
    {"a Liquid tag in a link", "[x]({% page \"/a\" %}) y", "x y"},
    {"an output tag", "see {{ site.url }}/z", "see /z"},
    {"an attribute", "x\n{: .note}\n\ny", "x\ny"},
    {"a tag over lines", "a {% b\nc %} d", "a d"},
    {"an open tag stays", "a {% b", "a {% b"},
    {"code is left alone", "```\n{{ x }}\n```", "{{ x }}"},
    {"a tag on its own line in HTML", "<div>\na\n{% x %}\n    b\n</div>", "a b"},
    {"a pandoc ruler", "a b\n\n  ---------- -----\n  c          d\n  ----------------",
     "a b\nc          d"},
    {"a grid table",
     "+------+------+\n| > A  | B    |\n|      | b    |\n+======+======+\n| 1    | 2    "
     "|\n"
     "+------+------+\n",
     "A\tB b\n1\t2"},
    {"an open grid table", "+---+\n| a |", "a"},
};

static void what_generators_leave_does_not_show(void **arena)
{
    for (size_t i = 0; i < LEN(debris); i++) {
        struct diags d = diags_new(*arena);
        struct article_draft got =
            read_one(*arena, "en/x.md", debris[i].in, LANG_NONE, &d);
        CHECK_INT(got.sections.n, 1, debris[i].why);
        CHECK_STR(got.texts.v[0].text, debris[i].want, debris[i].why);
        CHECK_INT(d.list.n, 0, debris[i].why);
    }
}

static void debris_keeps_the_line_numbers(void **arena)
{
    struct diags d = diags_new(*arena);
    struct article_draft got = read_one(*arena, "en/x.md",
                                        "{% a\nb %}\n+--+--+\n| a | b |\n| c | d "
                                        "|\n+==+==+\n| e | f |\n+--+--+\n\n# H\nx\n",
                                        LANG_NONE, &d);
    CHECK_INT(got.sections.v[got.sections.n - 1].line, 10, "the heading's own");
    CHECK_STR(got.texts.v[got.sections.n - 1].markdown, "x", "the line below it");
}

UNIT_MAIN(UNIT(front_matter_is_read), UNIT(the_language_is_found),
          UNIT(the_title_is_found), UNIT(sections_know_what_stands_above_them),
          UNIT(anchors_agree_however_they_are_made),
          UNIT(mistakes_in_front_matter_are_told),
          UNIT(front_matter_that_is_no_yaml_still_says_who_may_see_it),
          UNIT(a_ruler_is_no_front_matter), UNIT(what_generators_leave_does_not_show),
          UNIT(debris_keeps_the_line_numbers))
