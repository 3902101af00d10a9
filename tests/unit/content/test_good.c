#include "content/good.h"

#include "content.h"

static void what_is_kept_is_found_and_what_is_gone_is_not(void **arena)
{
    struct folder f = folder_new(*arena);
    CHECK_RC(cache_open(file_path(*arena, f.dir, STR("c.db")), &f.source.cache), RC_OK);
    str got;
    struct good *g = good_open(*arena, *arena, &f.source);
    CHECK(!good_find(g, GOOD_CARD, STR("a"), &got), "nothing yet");
    good_keep(g, GOOD_CARD, STR("a"), STR("x.md"), STR("one"));
    good_keep(g, GOOD_CARD, STR("b"), STR("x.md"), STR("two"));
    good_keep(g, GOOD_ARTICLE, STR("a"), STR(""), STR("three"));
    good_save(g);

    g = good_open(*arena, *arena, &f.source);
    CHECK(good_find(g, GOOD_CARD, STR("a"), &got), "found");
    CHECK_STR(got, "one", "its source");
    CHECK(good_find(g, GOOD_ARTICLE, STR("a"), &got), "kinds do not mix");
    CHECK_STR(got, "three", "its source");
    CHECK_INT(good_cards_of(g, STR("x.md")).n, 2, "cards of a file");
    good_keep(g, GOOD_CARD, STR("b"), STR("y.md"), STR("four"));
    good_save(g);

    g = good_open(*arena, *arena, &f.source);
    CHECK(!good_find(g, GOOD_CARD, STR("a"), &got), "not kept again, so gone");
    CHECK(good_find(g, GOOD_CARD, STR("b"), &got), "kept");
    CHECK_STR(got, "four", "the newest");
    CHECK_INT(good_cards_of(g, STR("y.md")).n, 1, "moved");
    cache_close(f.source.cache);
    folder_done(&f);
}

static void without_a_cache_nothing_is_kept(void **arena)
{
    struct content_source s = {.keep_good = true};
    struct good *g = good_open(*arena, *arena, &s);
    good_keep(g, GOOD_CARD, STR("a"), STR("x.md"), STR("one"));
    good_save(g);
    str got;
    CHECK(!good_find(g, GOOD_CARD, STR("a"), &got), "nothing");
}

UNIT_MAIN(UNIT(what_is_kept_is_found_and_what_is_gone_is_not),
          UNIT(without_a_cache_nothing_is_kept))
