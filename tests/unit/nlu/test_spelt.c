#include "nlu/spelt.h"

#include <math.h>
#include <stdlib.h>

#include "cards.h"
#include "nlu/classifier.h"
#include "nlu/judge.h"
#include "nlu/rng.h"

static const char *const phrases[][4] = {
    {"how many days off do i have", "my leave balance", "days left this year",
     "check my leave"},
    {"i am sick today", "call in sick", "report me ill", "not coming because i am ill"},
    {"where is my payslip", "download salary slip", "payslip of march", "salary slip"},
};

static struct classifier *learn(struct arena *a, size_t first)
{
    VEC(struct example) v = {0};
    for (uint32_t k = 0; k < LEN(phrases); k++)
        for (size_t i = first; i < LEN(phrases[k]); i++)
            *arena_push(a, &v) = (struct example){str_c(phrases[k][i]), k};
    struct lesson l = {
        .lang = LANG_EN, .examples = v.v, .n = v.n, .classes = LEN(phrases), .none = -1};
    return classifier_new(&l, NULL, NULL);
}

struct both {
    struct classifier *c;
    struct spelt *spelt;
    struct judge judge;
};

static struct both both_new(struct arena *a, size_t first)
{
    struct both b = {.c = learn(a, first), .judge = judge_new(NULL)};
    b.spelt = spelt_new(&b.c->model);
    return b;
}

static void both_free(struct both *b)
{
    spelt_free(b->spelt);
    judge_free(&b->judge);
    classifier_free(b->c);
}

/* The net's units are rounded to a 127th of the largest: a little makes one step. */
static bool close(double x, double y)
{
    return fabs(x - y) < 2e-2;
}

/* With the sums that are kept and by each row: the same but for rounding. */
static void check(struct both *b, str text)
{
    struct judgement kept, anew;
    judge_text(&b->judge, &b->c->model, b->spelt, LANG_EN, text, NULL);
    judge_best(&b->judge, &kept);
    judge_text(&b->judge, &b->c->model, NULL, LANG_EN, text, NULL);
    judge_best(&b->judge, &anew);
    CHECK_INT(kept.n, anew.n, text.p);
    for (size_t i = 0; i < kept.n; i++)
        if (!close(kept.share[i], anew.share[i]))
            fail_msg("\"%.*s\": share %zu is %.5f, not %.5f", STR_ARG(text), i,
                     kept.share[i], anew.share[i]);
    for (size_t i = 0; i < SIGN_COUNT; i++)
        if (!close((double)kept.signs.v[i], (double)anew.signs.v[i]))
            fail_msg("\"%.*s\": sign %zu is %.5f, not %.5f", STR_ARG(text), i,
                     (double)kept.signs.v[i], (double)anew.signs.v[i]);
}

static void a_question_comes_to_the_same(void **arena)
{
    static const char *const texts[] = {
        "how many days off do i have",
        "how many days off do i have", /* seen twice: each piece is kept now */
        "how many days off do i have",
        "sick",
        "i i i am i a i",
        "days days days of days off days",
        "aaaa aaaaaaaa aaaaaaaaaaaaaaaa",
        "payslip 2026 of march 1234 and 1234",
        "arbeidsongeschiktheidsverzekering is longer than what is kept",
        "sick\u00e9 lea\u00f1ve \u4f11\u6687",
        "i'm ill, aren't i?",
        "x",
        "",
        "?!",
    };
    struct both b = both_new(*arena, 0);
    for (size_t i = 0; i < LEN(texts); i++)
        check(&b, str_c(texts[i]));
    both_free(&b);
}

static str random_text(struct arena *a, struct rng *r, size_t words)
{
    static const char *const known[] = {"sick", "days", "leave", "slip",
                                        "my",   "i",    "off"};
    str text = STR("");
    for (size_t i = 0; i < words; i++) {
        str word = str_c(known[rng_below(r, LEN(known))]);
        if (rng_below(r, 3) > 0)
            word = arena_fmt(a, "%c%ca%c%.*s", (int)('a' + rng_below(r, 26)),
                             (int)('a' + rng_below(r, 26)), (int)('a' + rng_below(r, 26)),
                             (int)rng_below(r, 5), "rest");
        text = arena_fmt(a, "%.*s%.*s ", STR_ARG(text), STR_ARG(word));
    }
    return text;
}

/* Some 80,000 different words in 4,096 sets of two: within one question as well many want
 * the same place. */
static void words_that_share_a_place_do_not_disturb_each_other(void **arena)
{
    struct both b = both_new(*arena, 0);
    struct rng r = rng_seeded(3);
    struct arena *scratch = arena_new();
    for (int i = 0; i < 1500; i++) {
        check(&b, random_text(scratch, &r, 1 + rng_below(&r, 110)));
        arena_reset(scratch);
    }
    arena_free(scratch);
    both_free(&b);
}

static void a_very_long_story_is_read_to_the_same_end(void **arena)
{
    struct both b = both_new(*arena, 0);
    char *text = arena_alloc(*arena, 5001);
    memset(text, 'x', 5000);
    check(&b, str_c(text));
    for (size_t i = 0; i < 5000; i += 2)
        text[i] = ' ';
    check(&b, str_c(text));
    both_free(&b);
}

/* A new content set has a new model, whose words come to something else. */
static void each_model_has_its_own(void **arena)
{
    struct both b = both_new(*arena, 0), other = both_new(*arena, 2);
    for (int i = 0; i < 3; i++) {
        check(&b, STR("how many sick days do i have left"));
        check(&other, STR("how many sick days do i have left"));
    }
    both_free(&b);
    both_free(&other);
}

/* To the bit: the first time nothing is kept of it, the second it is made, the third
 * read.
 */
static void no_answer_depends_on_what_was_asked_before(void **arena)
{
    static const char *const texts[] = {
        "how many sick days do i have left in 2026",
        "arbeidsongeschiktheidsverzekeringsmaatschappijen and i i i again and again",
        "my payslip"};
    struct both b = both_new(*arena, 0);
    struct rng r = rng_seeded(5);
    struct judgement first[LEN(texts)], again;
    for (int round = 0; round < 20; round++)
        for (size_t i = 0; i < LEN(texts); i++) {
            judge_text(&b.judge, &b.c->model, b.spelt, LANG_EN, str_c(texts[i]), NULL);
            judge_best(&b.judge, &again);
            if (round == 0)
                first[i] = again;
            CHECK(memcmp(again.share, first[i].share, sizeof again.share) == 0, texts[i]);
            judge_text(&b.judge, &b.c->model, b.spelt, LANG_EN,
                       random_text(*arena, &r, 90), NULL);
        }
    both_free(&b);
}

UNIT_MAIN(UNIT(a_question_comes_to_the_same),
          UNIT(words_that_share_a_place_do_not_disturb_each_other),
          UNIT(a_very_long_story_is_read_to_the_same_end), UNIT(each_model_has_its_own),
          UNIT(no_answer_depends_on_what_was_asked_before))
