#include "nlu/kin.h"

#include <math.h>
#include <stdlib.h>

#include "cards.h"
#include "nlu/plain.h"
#include "nlu/rng.h"

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
    struct hunch_features features;
    str f = folded(a, text);
    struct words w = words_of(a, f);
    hunch_features(f, &w, &none, &known, &features);
    return features;
}

static void learn(struct hunch_lessons *l, const char *text, bool tells, bool judges)
{
    struct hunch_features f = features_of(l->arena, text, (struct hunch_evidence){0});
    hunch_learn(l, &f,
                (struct hunch_lesson){
                    .told = tells, .weight = 1, .judges = judges, .text = str_c(text)});
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

/* What was learnt, with its kin. */
struct learnt {
    str block;
    struct hunch hunch;
    struct kin *kin;
};

static struct learnt train(const struct hunch_lessons *l)
{
    struct learnt x = {.kin = kin_new(l->arena, l)};
    x.block = hunch_train(l, x.kin);
    CHECK_RC(hunch_open(x.block, &x.hunch), RC_OK);
    return x;
}

static void forget(struct learnt *x)
{
    free((char *)(uintptr_t)x->block.p);
}

static double score(struct arena *a, const struct learnt *x, const char *text)
{
    struct hunch_features f = features_of(a, text, (struct hunch_evidence){0});
    struct kin_found kin;
    kin_find(x->kin, f.v, f.core, KIN_ALL, KIN_FARTHEST, &kin);
    return hunch_score(&x->hunch, hunch_margin(&x->hunch, &f), kin.nearer);
}

static void a_hunch_tells_telling_from_asking(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct learnt x = train(&l), again = train(&l);
    static const struct {
        const char *text;
        bool tells;
    } fresh[] = {{"ik ben bang en ik huil elke avond", true},
                 {"hij schreeuwt elke avond tegen me", true},
                 {"waar vind ik verlof", false},
                 {"wanneer komt mijn formulier", false}};
    for (size_t i = 0; i < LEN(fresh); i++)
        CHECK((score(*arena, &x, fresh[i].text) >= 0.5) == fresh[i].tells, fresh[i].text);
    CHECK(score(*arena, &x, "?!") < 0.01, "nothing said is nothing told");
    CHECK(str_eq(x.block, again.block), "the same phrases give the same hunch");
    forget(&x);
    forget(&again);
}

/* One of 400 ordinary lines that read like telling. */
static const char *like_telling(struct arena *a, int i)
{
    static const char *const what[] = {"bang",     "boos", "moe",   "blij",  "bezig",
                                       "hongerig", "nat",  "vroeg", "klaar", "alleen"};
    static const char *const who[] = {"hij",   "zij",    "jan", "piet", "karel",
                                      "marie", "fatima", "ali", "kees", "truus"};
    static const char *const where[] = {"in de kantine", "op de fiets", "bij de film",
                                        "tijdens voetbal"};
    return arena_fmt(a, "ik ben %s en %s schreeuwt %s", what[i % 10], who[i / 10 % 10],
                     where[i / 100 % 4])
        .p;
}

/* Ordinary lines that read like telling push the bar up until they would not ring. */
static void ordinary_lines_set_the_bar(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct learnt before = train(&l);
    for (int i = 0; i < 200; i++)
        learn(&l, like_telling(*arena, i * 7 % 400), false, true);
    struct learnt after = train(&l);
    CHECK(before.hunch.head.judges == 0 && before.hunch.head.bar == 0,
          "nobody to judge by");
    CHECK_INT(after.hunch.head.judges, 200, "they judge");
    size_t alarms = 0;
    for (int i = 200; i < 300; i++)
        alarms += score(*arena, &after, like_telling(*arena, i * 7 % 400)) >= 0.5;
    CHECK(alarms <= 4, "few of their kind ring");
    forget(&before);
    forget(&after);
}

/* --- kin --- */

static struct kin_found kin_of(struct arena *a, struct kin *k, const char *text,
                               int without)
{
    struct hunch_features f = features_of(a, text, (struct hunch_evidence){0});
    struct kin_found found;
    kin_find(k, f.v, f.core, without, KIN_FARTHEST, &found);
    return found;
}

static void kin_is_the_phrase_that_shares_the_rare_words(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct kin *k = kin_new(*arena, &l);
    static const struct {
        const char *text, *told, *ordinary;
    } rows[] = {
        {"hij slaat me", "hij slaat me elke avond", "hoe meld ik me ziek"},
        {"waar staat de loonstrook", "", "waar staat mijn loonstrook"},
        {"schreeuwt de baas", "mijn baas schreeuwt tegen me", ""},
        {"zonnebloem", "", ""},
        {"", "", ""},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct kin_found f = kin_of(*arena, k, rows[i].text, KIN_ALL);
        CHECK_STR(f.told, rows[i].told, rows[i].text);
        CHECK_STR(f.ordinary, rows[i].ordinary, rows[i].text);
        CHECK((f.nearer > 0) == (rows[i].told[0] != '\0'), "nearer to");
    }
    double once = kin_of(*arena, k, "hij slaat me", KIN_ALL).nearer;
    CHECK(once == kin_of(*arena, k, "hij slaat me", KIN_ALL).nearer,
          "nothing is left of the message before");
}

/* What every phrase has tells nothing, and is looked for nowhere. */
static void words_of_all_phrases_are_no_kinship(void **arena)
{
    struct hunch_lessons l = {.arena = *arena};
    learn(&l, "ik wil vandaag graag vrij", true, false);
    learn(&l, "ik wil vandaag graag weg", true, false);
    learn(&l, "ik wil vandaag graag thuis", false, false);
    learn(&l, "ik wil vandaag graag werken", false, false);
    struct kin *k = kin_new(*arena, &l);
    CHECK(kin_of(*arena, k, "ik wil vandaag graag naar huis", KIN_ALL).nearer == 0,
          "nothing but what all have");
    CHECK_STR(kin_of(*arena, k, "vrij", KIN_ALL).told, "ik wil vandaag graag vrij",
              "one");
    CHECK_STR(kin_of(*arena, k, "weg", KIN_ALL).told, "ik wil vandaag graag weg", "two");
    CHECK_STR(kin_of(*arena, k, "werken", KIN_ALL).ordinary,
              "ik wil vandaag graag werken",
              "nothing was written where it does not belong");
}

static void what_is_held_out_is_no_kin(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct kin *k = kin_new(*arena, &l);
    for (uint32_t i = 0; i < LEN(told); i++) {
        CHECK_STR(kin_of(*arena, k, told[i], KIN_ALL).told, told[i], "itself");
        struct kin_found f = kin_of(*arena, k, told[i], hunch_fold(i));
        CHECK(!str_eq(f.told, str_c(told[i])), told[i]);
    }
}

/* Whoever asks for what is nearer than so much gets the same answer, yes or no, whatever
 * is left unread; and the very number where it is yes. */
static void what_is_far_off_may_be_left_unread(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct kin *k = kin_new(*arena, &l);
    for (size_t i = 0; i < LEN(told) + LEN(asked); i++) {
        const char *text = i < LEN(told) ? told[i] : asked[i - LEN(told)];
        struct hunch_features f = features_of(*arena, text, (struct hunch_evidence){0});
        double exact = kin_of(*arena, k, text, KIN_ALL).nearer;
        for (double least = -1; least <= 1; least += 0.05) {
            struct kin_found found;
            kin_find(k, f.v, f.core, KIN_ALL, least, &found);
            CHECK((found.nearer >= least) == (exact >= least), text);
            CHECK(found.nearer == exact || exact < least, text);
        }
    }
}

static const char *random_text(struct arena *a, struct rng *r)
{
    str text = STR("");
    for (uint32_t n = 2 + rng_below(r, 7); n > 0; n--) { /* some words are rare */
        uint32_t word = rng_below(r, 1 + rng_below(r, 60));
        text = arena_fmt(a, "%.*s w%uxyz", STR_ARG(text), word);
    }
    return text.p;
}

/* The same where many phrases share the common words, which are left out. */
static void what_many_share_may_be_left_unread(void **arena)
{
    struct hunch_lessons l = {.arena = *arena};
    struct rng r = rng_seeded(5);
    for (int i = 0; i < 900; i++)
        learn(&l, random_text(*arena, &r), i % 9 != 0, false);
    struct kin *k = kin_new(*arena, &l);
    size_t near = 0, far = 0;
    for (int i = 0; i < 300; i++) {
        const char *text = random_text(*arena, &r);
        struct hunch_features f = features_of(*arena, text, (struct hunch_evidence){0});
        struct kin_found exact = kin_of(*arena, k, text, KIN_ALL), found;
        for (int step = 1; step < 25; step++) {
            double least = step * 0.02;
            kin_find(k, f.v, f.core, KIN_ALL, least, &found);
            bool is_near = exact.nearer >= least;
            CHECK((found.nearer >= least) == is_near, text);
            CHECK(!is_near ||
                      (found.nearer == exact.nearer && found.told.p == exact.told.p),
                  text);
            near += is_near;
            far += !is_near;
        }
    }
    CHECK(near > 100 && far > 100, "of both");
}

static void a_score_and_how_near_its_kin_must_be_agree(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct learnt x = train(&l);
    for (double margin = -2; margin <= 2; margin += 0.5)
        for (double score = 0.1; score < 1; score += 0.2) {
            double nearer = hunch_nearer(&x.hunch, margin, score);
            CHECK(fabs(hunch_score(&x.hunch, margin, nearer) - score) < 1e-9,
                  "both ways");
        }
    forget(&x);
}

/* --- the block --- */

static void a_damaged_block_is_not_opened(void **arena)
{
    struct hunch_lessons l = lessons(*arena);
    struct learnt x = train(&l);
    str block = x.block;
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
    forget(&x);
}

static void a_long_story_is_read_to_a_limit(void **arena)
{
    struct hunch_features f, g;
    static const struct sign_hits none;
    struct hunch_evidence known = {0};
    char story[2000];
    for (size_t i = 0; i + 1 < sizeof story; i++)
        story[i] = i % 5 == 4 ? ' ' : (char)('a' + i % 23);
    story[sizeof story - 1] = '\0';
    str all = {story, sizeof story - 1};
    struct words w = words_of(*arena, all);
    hunch_features(all, &w, &none, &known, &f);
    w.list.n = HUNCH_WORDS_MAX;
    hunch_features(all, &w, &none, &known, &g);
    CHECK(f.n == g.n && memcmp(f.v, g.v, f.n * sizeof *f.v) == 0,
          "what comes after the limit is not read");
    hunch_core(plain_of(*arena, all), &g);
    CHECK(f.core == g.n && memcmp(f.v, g.v, g.n * sizeof *g.v) == 0,
          "the core of a plain form is that of its words");
    CHECK(f.n <= HUNCH_FEATURES_MAX, "room");
}

UNIT_MAIN(UNIT(a_hunch_tells_telling_from_asking), UNIT(ordinary_lines_set_the_bar),
          UNIT(kin_is_the_phrase_that_shares_the_rare_words),
          UNIT(words_of_all_phrases_are_no_kinship), UNIT(what_is_held_out_is_no_kin),
          UNIT(what_is_far_off_may_be_left_unread),
          UNIT(what_many_share_may_be_left_unread),
          UNIT(a_score_and_how_near_its_kin_must_be_agree),
          UNIT(a_damaged_block_is_not_opened), UNIT(a_long_story_is_read_to_a_limit))
