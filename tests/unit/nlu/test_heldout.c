#include "nlu/heldout.h"

#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

static const char *const phrases[][6] = {
    {"how many days off do i have", "days off left", "my days off", "days off this year",
     "days off in may", "i am sick today"},
    {"i am sick", "sick since today", "i feel sick today", "sick again today",
     "my child is sick", "sick today"},
};
enum { STRAY = 5 }; /* stands in the first card, and is one of the second's */

static struct lesson lesson_of(struct arena *a)
{
    VEC(struct example) v = {0};
    for (uint32_t k = 0; k < LEN(phrases); k++)
        for (size_t i = 0; i < LEN(phrases[k]); i++)
            *arena_push(a, &v) = (struct example){str_c(phrases[k][i]), k};
    return (struct lesson){
        .lang = LANG_EN, .examples = v.v, .n = v.n, .classes = LEN(phrases), .none = -1};
}

/* The verdicts on all examples of a lesson. */
static struct verdict *judged(struct arena *a, const struct lesson *l,
                              struct cache *cache)
{
    struct verdict *v = arena_alloc(a, l->n * sizeof *v);
    struct classifier *c = classifier_new(l, NULL, cache);
    struct judge j = judge_new(NULL);
    struct corpus corpus;
    corpus_init(&corpus, l->examples, l->n, l->lang, j.extractor);
    heldout_judge(l, &corpus, c, cache, v);
    corpus_done(&corpus);
    judge_free(&j);
    classifier_free(c);
    return v;
}

static struct cache *open_cache(struct arena *a, char *folder)
{
    struct cache *cache;
    CHECK(mkdtemp(folder), "a folder");
    CHECK_RC(cache_open(arena_fmt(a, "%s/content.db", folder), &cache), RC_OK);
    return cache;
}

static void clean(struct arena *a, const char *folder)
{
    const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < LEN(ends); i++)
        unlink(arena_fmt(a, "%s/content.db%s", folder, ends[i]).p);
    CHECK(rmdir(folder) == 0, "nothing else was made");
}

static void an_example_among_anothers_is_seen_to_stray(void **arena)
{
    struct lesson l = lesson_of(*arena);
    struct verdict *v = judged(*arena, &l, NULL);
    CHECK_INT(v[STRAY].label, 1, "what the others would make of it");
    CHECK_INT(v[0].label, 0, "at home");
    CHECK_INT(v[l.n - 1].label, 1, "at home, too");
}

static void what_was_judged_once_is_taken_from_the_cache(void **arena)
{
    char folder[] = "/tmp/balie-heldout-XXXXXX";
    struct cache *cache = open_cache(*arena, folder);
    struct lesson l = lesson_of(*arena);
    struct verdict *first = judged(*arena, &l, cache);
    struct verdict *again = judged(*arena, &l, cache);
    CHECK(memcmp(first, again, l.n * sizeof *first) == 0, "the same verdicts");

    struct classifier *c = classifier_new(&l, NULL, cache);
    str key = arena_fmt(*arena, "%d-%.*s", HELDOUT_VERSION, STR_ARG(c->key));
    classifier_free(c);
    struct verdict *other = arena_alloc(*arena, l.n * sizeof *other);
    for (size_t i = 0; i < l.n; i++)
        other[i] = (struct verdict){-1, .25};
    cache_put(cache, STR("heldout"), key, (str){(char *)other, l.n * sizeof *other});
    again = judged(*arena, &l, cache);
    CHECK(memcmp(other, again, l.n * sizeof *other) == 0, "nothing was trained for it");

    cache_put(cache, STR("heldout"), key, (str){(char *)other, sizeof *other});
    again = judged(*arena, &l, cache);
    CHECK(memcmp(first, again, l.n * sizeof *first) == 0, "a part of them is no help");

    l.n--; /* a phrase less is another lesson */
    again = judged(*arena, &l, cache);
    CHECK_INT(again[0].label, 0, "judged anew");
    cache_close(cache);
    clean(*arena, folder);
}

UNIT_MAIN(UNIT(an_example_among_anothers_is_seen_to_stray),
          UNIT(what_was_judged_once_is_taken_from_the_cache))
