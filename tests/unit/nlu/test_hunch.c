#include "nlu/hunch_train.h"

#include <stdlib.h>

#include "cards.h"
#include "nlu/plain.h"

static const char *const told[] = {
    "hij slaat me elke avond",      "ik ben bang voor hem",
    "mijn baas schreeuwt tegen me", "hij schreeuwt en ik huil",
    "ik durf niet meer naar huis",  "ik huil elke avond om hem",
};
static const char *const asked[] = {
    "hoeveel vakantiedagen heb ik", "waar staat mijn loonstrook",
    "hoe vraag ik verlof aan",      "wanneer komt mijn salaris",
    "hoe meld ik me ziek",          "waar vind ik het formulier",
};

static struct hunch_features features_of(struct arena *a, const char *text,
                                         struct hunch_evidence known)
{
    static const struct sign_hits none;
    struct hunch_features f;
    hunch_features(plain_of(a, folded(a, text)), &none, &known, &f);
    return f;
}

static void learn(struct hunch_lessons *l, const char *text, bool tells, bool judges)
{
    struct hunch_features f = features_of(l->arena, text, (struct hunch_evidence){0});
    hunch_learn(l, &f,
                (struct hunch_lesson){.told = tells, .weight = 1, .judges = judges});
}

static struct hunch_lessons lessons(struct arena *a)
{
    struct hunch_lessons l = {.arena = a};
    for (size_t i = 0; i < LEN(told); i++)
        learn(&l, told[i], true, false);
    for (size_t i = 0; i < LEN(asked); i++)
        learn(&l, asked[i], false, false);
    return l;
}

static double score(struct arena *a, const struct hunch *h, const char *text)
{
    struct hunch_features f = features_of(a, text, (struct hunch_evidence){0});
    return hunch_score(h, &f);
}

static void a_hunch_tells_telling_from_asking(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    str block = hunch_train(&l), again = hunch_train(&l);
    struct hunch h;
    CHECK_RC(hunch_open(block, &h), RC_OK);
    static const struct {
        const char *text;
        bool tells;
    } fresh[] = {{"ik ben bang en ik huil elke avond", true},
                 {"hij schreeuwt elke avond tegen me", true},
                 {"waar vind ik verlof", false},
                 {"wanneer komt mijn formulier", false}};
    for (size_t i = 0; i < LEN(fresh); i++)
        CHECK((score(*arena, &h, fresh[i].text) >= 0.5) == fresh[i].tells, fresh[i].text);
    CHECK(score(*arena, &h, "?!") == 0, "nothing said is nothing told");
    CHECK(str_eq(block, again), "the same phrases give the same hunch");
    free((char *)(uintptr_t)block.p);
    free((char *)(uintptr_t)again.p);
}

/* Ordinary lines that read like telling push the bar up until they would not ring. */
static void ordinary_lines_set_the_bar(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    str before = hunch_train(&l);
    for (int i = 0; i < 200; i++)
        learn(&l,
              arena_fmt(*arena, "ik ben bang en hij schreeuwt formulier n%d", i * 7919).p,
              false, true);
    str after = hunch_train(&l);
    struct hunch low, high;
    CHECK_RC(hunch_open(before, &low), RC_OK);
    CHECK_RC(hunch_open(after, &high), RC_OK);
    CHECK(low.head.bar == 0, "nobody to judge by");
    CHECK(high.head.bar != 0, "found by holding out");
    size_t alarms = 0;
    for (int i = 0; i < 100; i++)
        alarms += score(*arena, &high,
                        arena_fmt(*arena, "ik ben bang en hij schreeuwt formulier x%d",
                                  i * 104729)
                            .p) >= 0.5;
    CHECK(alarms <= 4, "few of their kind ring");
    free((char *)(uintptr_t)before.p);
    free((char *)(uintptr_t)after.p);
}

static void a_damaged_block_is_not_opened(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    str block = hunch_train(&l);
    struct hunch h;
    char *p = (char *)(uintptr_t)block.p;
    CHECK_RC(hunch_open((str){block.p, block.n - 1}, &h), RC_INVALID);
    CHECK_RC(hunch_open(STR_NONE, &h), RC_INVALID);
    for (size_t at = 0; at < block.n; at += at < 64 ? 1 : 9973) {
        p[at] ^= 4;
        CHECK_RC(hunch_open(block, &h), RC_INVALID);
        p[at] ^= 4;
    }
    CHECK_RC(hunch_open(block, &h), RC_OK);
    free(p);
}

static void a_long_story_is_read_to_a_limit(void **unused)
{
    (void)unused;
    struct hunch_features f, g;
    static const struct sign_hits none;
    struct hunch_evidence known = {0};
    char story[2000];
    for (size_t i = 0; i + 1 < sizeof story; i++)
        story[i] = i % 5 == 4 ? ' ' : (char)('a' + i % 23);
    story[sizeof story - 1] = '\0';
    str all = {story, sizeof story - 1};
    hunch_features(all, &none, &known, &f);
    hunch_features((str){story, 5 * HUNCH_WORDS_MAX}, &none, &known, &g);
    CHECK(f.n == g.n, "what comes after the limit is not read");
    CHECK(f.n <= HUNCH_FEATURES_MAX, "room");
}

UNIT_MAIN(UNIT(a_hunch_tells_telling_from_asking), UNIT(ordinary_lines_set_the_bar),
          UNIT(a_damaged_block_is_not_opened), UNIT(a_long_story_is_read_to_a_limit))
