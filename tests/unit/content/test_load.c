#include "content/load.h"

#include "content.h"

#define CARD(id, phrase, answer)                                                         \
    "# " id "\n- owner: hr\n## Say nl\n- " phrase "\n## Say en\n- " phrase               \
    "\n## Answer nl\n" answer "\n## Answer en\n" answer "\n"

static const char *answer_of(struct folder *f, const char *id)
{
    const struct card *c = catalogue_card(f->c, str_c(id));
    return c ? arena_str(f->arena, c->answers.v[0].text).p : NULL;
}

static void with_cache(struct folder *f)
{
    CHECK_RC(cache_open(file_path(f->arena, f->dir, STR("content.db")), &f->source.cache),
             RC_OK);
}

static void done(struct folder *f)
{
    cache_close(f->source.cache);
    folder_done(f);
}

static void a_missing_folder_is_a_failure(void **arena)
{
    struct catalogue *c = NULL;
    struct diags d = diags_new(*arena);
    struct content_source s = {.intents = STR("/tmp/no-such-folder-of-balie")};
    CHECK_RC(content_load(&s, &d, &c), RC_NOT_FOUND);
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "/tmp/no-such-folder-of-balie: error: there is no such folder\n", "said");
    catalogue_free(NULL);
}

static void no_folder_is_no_content(void **arena)
{
    struct catalogue *c = NULL;
    struct diags d = diags_new(*arena);
    struct content_source s = {.today = DATE_NONE};
    CHECK_RC(content_load(&s, &d, &c), RC_OK);
    CHECK_INT(c->cards.n + c->articles.n + c->diags.list.n, 0, "nothing");
    assert_null(catalogue_card(c, STR("x")));
    catalogue_free(c);
}

static void files_that_are_no_content_are_left_out(void **arena)
{
    static const char *const names[] = {"README.md", "readme.nl.md", ".hidden.md",
                                        "_draft.md", "~tmp.md",      "old_.md",
                                        "x.docx",    "#x.md#",       "x.md~"};
    struct folder f = folder_new(*arena);
    for (size_t i = 0; i < LEN(names); i++) {
        folder_put(&f, arena_fmt(*arena, "knowledge/nl/%s", names[i]).p, "# x\ny\n");
        folder_put(&f, arena_fmt(*arena, "intents/%s", names[i]).p, "nonsense\n");
    }
    folder_put(&f, "knowledge/nl/x.md", "# x\ny\n");
    folder_load(&f);
    CHECK_INT(f.c->articles.n, 1, "one article");
    CHECK_STR(folder_diags(&f), "", "nothing to tell");
    folder_done(&f);
}

static void conflict_copies_are_told_and_not_read(void **arena)
{
    static const char *const names[] = {
        "Copy of x.md", "Kopie van x.md",
        "x - Copy.md",  "x (Ann's conflicted copy 2026-01-01).md",
        "x.orig.md",    "x.sync-conflict-20260101.md"};
    struct folder f = folder_new(*arena);
    for (size_t i = 0; i < LEN(names); i++)
        folder_put(&f, arena_fmt(*arena, "intents/%s", names[i]).p, "nonsense\n");
    folder_put(&f, "knowledge/nl/copy.md", "# x\ny\n");
    folder_load(&f);
    CHECK_INT(f.c->diags.errors, 0, "not read");
    CHECK_INT(f.c->diags.warnings, LEN(names), "all told");
    CHECK_STR(
        diag_line(*arena, &f.c->diags.list.v[0]),
        arena_fmt(*arena,
                  "%s/intents/Copy of x.md: warning: this looks like a conflict copy "
                  "and is not read; merge and delete it",
                  f.dir.p)
            .p,
        "the words");
    CHECK_INT(f.c->articles.n, 1, "copy.md is a name like any other");
    folder_done(&f);
}

static void windows_files_read_like_others(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(
        &f, "intents/a.md",
        "\xef\xbb\xbf# a.b\r\n- owner: hr\r\n## Say nl\r\n- hoi\r\n## Say en\r\n- hi\r\n"
        "## Answer nl\r\nJa\r\n- x\r\n## Answer en\r\nYes\r\n");
    folder_put(&f, "intents/words.md", "\xef\xbb\xbf## nl\r\n- a = b\r\n");
    folder_load(&f);
    CHECK_STR(folder_diags(&f), "", "no mistake");
    CHECK_STR(catalogue_card(f.c, STR("a.b"))->answers.v[0].markdown, "Ja\n- x", "no CR");
    CHECK_STR(f.c->synonyms.v[0].terms.v[1], "b", "no CR");
    folder_done(&f);
}

static void special_files_mark_their_cards(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "intents/sensitive.md", CARD("s.a", "help", "bel"));
    folder_put(&f, "intents/background.md",
               "# none\n## Say nl\n- weer\n## Say en\n- rain\n");
    folder_put(&f, "intents/leave.md", CARD("l.a", "vrij", "ja"));
    folder_put(&f, "intents/contacts.md", "- a: b\n");
    folder_put(&f, "intents/notice.md", "## nl\nx\n## en\ny\n");
    folder_put(&f, "intents/routing.csv", "queue\nHR\n");
    folder_load(&f);
    CHECK_STR(folder_diags(&f), "", "no mistake");
    CHECK(catalogue_card(f.c, STR("s.a"))->sensitive, "sensitive");
    CHECK(!catalogue_card(f.c, STR("l.a"))->sensitive, "not sensitive");
    CHECK(catalogue_card(f.c, STR("none"))->none, "none");
    CHECK_INT(f.c->contacts.n + f.c->routes.n, 2, "lists");
    CHECK_STR(f.c->notice[LANG_EN], "y", "notice");
    folder_done(&f);
}

static void a_broken_card_leaves_the_others_alone(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "intents/a.md",
               CARD("a.a", "x", "1") "# a.b\n- onwer: y\n" CARD("a.c", "z", "3"));
    folder_load(&f);
    CHECK_STR(folder_diags(&f),
              "intents/a.md:12:3: error: unknown key `onwer`; probably meant `owner`?\n"
              "intents/a.md:12:3: warning: `a.b` is left out until that is right\n",
              "told");
    CHECK(answer_of(&f, "a.a") && answer_of(&f, "a.c") && !answer_of(&f, "a.b"),
          "others");
    folder_done(&f);
}

static void the_last_good_card_is_kept_until_it_is_right_or_deleted(void **arena)
{
    struct folder f = folder_new(*arena);
    with_cache(&f);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1") CARD("a.b", "y", "old"));
    folder_load(&f);
    CHECK_STR(folder_diags(&f), "", "good");
    uint64_t good = f.c->hash;

    folder_put(&f, "intents/a.md",
               CARD("a.a", "x", "1") CARD("a.b", "y", "new") "## Sya nl\n");
    folder_load(&f);
    CHECK_STR(str_c(answer_of(&f, "a.b")), "old", "the old one is used");
    CHECK_STR(
        folder_diags(&f),
        "intents/a.md:21:4: error: unknown heading `Sya nl`; probably meant `Say`?\n"
        "intents/a.md:21:4: warning: kept the last good version of `a.b`\n",
        "and said so");
    CHECK(f.c->hash == good, "the content in use is the same");
    folder_load(&f);
    CHECK_STR(str_c(answer_of(&f, "a.b")), "old", "also the second time");

    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1") CARD("a.b", "y", "new"));
    folder_load(&f);
    CHECK_STR(str_c(answer_of(&f, "a.b")), "new", "right again");
    CHECK(f.c->hash != good, "other content");

    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1"));
    folder_load(&f);
    assert_null(answer_of(&f, "a.b"));
    CHECK_STR(folder_diags(&f), "", "deleted is gone");

    folder_put(&f, "intents/a.md",
               CARD("a.a", "x", "1") CARD("a.b", "y", "newer") "## Sya nl\n");
    folder_load(&f);
    assert_null(answer_of(&f, "a.b")); /* what was deleted does not come back */
    done(&f);
}

static void a_mistake_that_only_shows_in_the_whole_keeps_the_last_good_too(void **arena)
{
    struct folder f = folder_new(*arena);
    with_cache(&f);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "old"));
    folder_load(&f);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "{person.nobody}"));
    folder_load(&f);
    CHECK_STR(str_c(answer_of(&f, "a.a")), "old", "kept");
    CHECK_INT(f.c->diags.errors, 2, "told for each language");
    done(&f);
}

static void an_unreadable_file_keeps_all_its_cards(void **arena)
{
    struct folder f = folder_new(*arena);
    with_cache(&f);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1") CARD("a.b", "y", "2"));
    folder_put(&f, "intents/b.md", CARD("b.a", "z", "3"));
    folder_load(&f);
    char *big = must_alloc(CONTENT_FILE_MAX + 1);
    memset(big, 'x', CONTENT_FILE_MAX + 1);
    folder_put_bytes(&f, "intents/a.md", (str){big, CONTENT_FILE_MAX + 1});
    free(big);
    folder_load(&f);
    CHECK_INT(f.c->cards.n, 3, "all there");
    CHECK_STR(folder_diags(&f),
              "intents/a.md: error: the file is larger than 1024 KiB\n"
              "intents/a.md: warning: kept the last good version of `a.a`\n"
              "intents/a.md: warning: kept the last good version of `a.b`\n",
              "and said so");
    folder_delete(&f, "intents/a.md");
    folder_load(&f);
    CHECK_INT(f.c->cards.n, 1, "deleting the file removes them");
    done(&f);
}

static void a_mistake_in_the_heading_itself_keeps_the_card(void **arena)
{
    struct folder f = folder_new(*arena);
    with_cache(&f);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1") CARD("a.b", "y", "2"));
    folder_load(&f);
    folder_put(&f, "intents/a.md", CARD("a a", "x", "1") CARD("a.b", "y", "2"));
    folder_load(&f);
    CHECK_STR(str_c(answer_of(&f, "a.a")), "1", "kept");
    folder_put(&f, "intents/b.md", CARD("a.a", "x", "moved"));
    folder_load(&f);
    CHECK_STR(str_c(answer_of(&f, "a.a")), "moved", "unless it is elsewhere now");
    done(&f);
}

static void the_last_good_article_is_kept(void **arena)
{
    struct folder f = folder_new(*arena);
    with_cache(&f);
    folder_put(&f, "knowledge/nl/x.md", "# X\nold\n");
    folder_load(&f);
    folder_put(&f, "knowledge/nl/x.md", "---\naudience: NL\n---\n# X\nnew\n");
    folder_load(&f);
    CHECK_STR(section_text(*arena, &f.c->sections.v[0]).text, "old", "kept");
    CHECK_STR(
        folder_diags(&f),
        "knowledge/nl/x.md:2:11: error: `NL` is no condition; write `country=NL` or "
        "`contract=a,b`\n"
        "knowledge/nl/x.md:2:11: warning: kept the last good version of this article\n",
        "and said so");
    folder_delete(&f, "knowledge/nl/x.md");
    folder_load(&f);
    CHECK_INT(f.c->articles.n, 0, "deleted is gone");
    folder_put(&f, "knowledge/nl/x.md", "# caf\xe9\n");
    folder_load(&f);
    CHECK_STR(folder_diags(&f),
              "knowledge/nl/x.md:1:6: error: this is not UTF-8; save the file as UTF-8\n"
              "knowledge/nl/x.md:1:6: warning: this article is left out until that is "
              "right\n",
              "and stays gone");
    done(&f);
}

static void two_folders_with_one_cache_do_not_mix(void **arena)
{
    struct folder f = folder_new(*arena), g = folder_new(*arena);
    with_cache(&f);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1"));
    folder_load(&f);
    g.source.cache = f.source.cache;
    folder_put(&g, "intents/a.md", "# a.a\n- onwer: x\n");
    folder_load(&g);
    CHECK_INT(g.c->cards.n, 0, "not the other's card");
    folder_done(&g);
    done(&f);
}

static void nothing_is_stored_when_not_asked(void **arena)
{
    struct folder f = folder_new(*arena);
    with_cache(&f);
    f.source.keep_good = false;
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1"));
    folder_load(&f);
    folder_put(&f, "intents/a.md", "# a.a\n- onwer: x\n");
    folder_load(&f);
    CHECK_INT(f.c->cards.n, 0, "nothing kept");
    done(&f);
}

static void the_same_content_has_the_same_hash(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "intents/a.md", CARD("a.a", "x", "1"));
    folder_put(&f, "knowledge/nl/x.md", "# X\n");
    folder_load(&f);
    uint64_t first = f.c->hash;
    folder_load(&f);
    CHECK(f.c->hash == first, "again");
    folder_put(&f, "knowledge/nl/x.md", "# Y\n");
    folder_load(&f);
    CHECK(f.c->hash != first, "an article changed");
    folder_done(&f);
}

static void an_article_without_a_text_is_told(void **arena)
{
    struct folder f = folder_new(*arena);
    folder_put(&f, "knowledge/nl/a.md", "");
    folder_load(&f);
    CHECK_INT(f.c->articles.n, 1, "it is there");
    CHECK_INT(f.c->sections.n, 0, "with nothing in it");
    CHECK(str_has(folder_diags(&f), STR("this article has no text")), "told");
    folder_done(&f);
}

UNIT_MAIN(UNIT(an_article_without_a_text_is_told), UNIT(a_missing_folder_is_a_failure),
          UNIT(no_folder_is_no_content), UNIT(files_that_are_no_content_are_left_out),
          UNIT(conflict_copies_are_told_and_not_read),
          UNIT(windows_files_read_like_others), UNIT(special_files_mark_their_cards),
          UNIT(a_broken_card_leaves_the_others_alone),
          UNIT(the_last_good_card_is_kept_until_it_is_right_or_deleted),
          UNIT(a_mistake_that_only_shows_in_the_whole_keeps_the_last_good_too),
          UNIT(an_unreadable_file_keeps_all_its_cards),
          UNIT(a_mistake_in_the_heading_itself_keeps_the_card),
          UNIT(the_last_good_article_is_kept),
          UNIT(two_folders_with_one_cache_do_not_mix),
          UNIT(nothing_is_stored_when_not_asked),
          UNIT(the_same_content_has_the_same_hash))
