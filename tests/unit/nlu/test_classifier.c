#include "nlu/classifier.h"

#include <stdlib.h>

#include "cards.h"
#include "nlu/rng.h"

static const char *const phrases[][6] = {
    {"how many days off do i have", "my leave balance", "days left this year",
     "how much vacation is left", "remaining holidays", "check my leave"},
    {"i am sick today", "call in sick", "report me ill", "i have the flu",
     "not coming because i am ill", "sick leave from today"},
    {"where is my payslip", "download salary slip", "payslip of march",
     "i cannot find my pay slip", "send me the payslip", "salary statement"},
    {"tell me a joke", "what is the weather", "play some music", "who won the game",
     "order a pizza", "book a flight to rome"},
};
enum { NONE = 3 };

static struct lesson lesson_of(struct arena *a)
{
    VEC(struct example) v = {0};
    for (uint32_t k = 0; k < LEN(phrases); k++)
        for (size_t i = 0; i < LEN(phrases[k]); i++)
            *arena_push(a, &v) = (struct example){str_c(phrases[k][i]), k};
    return (struct lesson){.lang = LANG_EN,
                           .examples = v.v,
                           .n = v.n,
                           .classes = LEN(phrases),
                           .none = NONE};
}

static void the_same_phrases_make_the_same_model(void **arena)
{
    struct lesson l = lesson_of(*arena);
    str a = classifier_train(&l), b = classifier_train(&l);
    CHECK(str_eq(a, b), "byte for byte");
    free((char *)(uintptr_t)a.p);
    free((char *)(uintptr_t)b.p);
}

/* Each on a thread of its own. */
static void lessons_learnt_side_by_side_are_learnt_as_well(void **arena)
{
    struct lesson l = lesson_of(*arena), fewer = l;
    fewer.n--;
    struct learning *one = classifier_start(&l, NULL, NULL),
                    *two = classifier_start(&fewer, NULL, NULL),
                    *same = classifier_start(&l, NULL, NULL);
    struct classifier *c[] = {classifier_end(two, NULL), classifier_end(same, NULL),
                              classifier_end(one, NULL)};
    str alone = classifier_train(&l), less = classifier_train(&fewer);
    CHECK(str_eq(c[0]->block, less), "byte for byte");
    CHECK(str_eq(c[1]->block, alone) && str_eq(c[2]->block, alone), "whoever is first");
    for (size_t i = 0; i < LEN(c); i++)
        classifier_free(c[i]);
    free((char *)(uintptr_t)alone.p);
    free((char *)(uintptr_t)less.p);
}

/* A question through the classifier, a label left out (-1: none is). */
static void ask(struct judge *j, const struct classifier *c, const char *text, int out,
                struct judgement *g)
{
    judge_text(j, &c->model, NULL, LANG_EN, str_c(text), NULL);
    if (out >= 0)
        judge_leave_out(j, (uint32_t)out);
    judge_best(j, g);
}

static void none_is_learned_and_never_best(void **arena)
{
    struct lesson l = lesson_of(*arena);
    struct classifier *c = classifier_new(&l, NULL, NULL);
    struct judge j = judge_new(NULL);
    struct judgement sick, joke;
    ask(&j, c, "i feel sick", -1, &sick);
    ask(&j, c, "do you know a good joke", -1, &joke);
    CHECK_INT(sick.label[0], 1, "sick");
    for (size_t i = 0; i < joke.n; i++)
        CHECK(joke.label[i] != NONE, "none is no candidate");
    CHECK(joke.none > .5 && sick.none < .5, "but it has its share");
    const struct confidence *conf = &c->model.head.confidence;
    CHECK(confidence_of(conf, &joke.signs) < confidence_of(conf, &sick.signs),
          "and tells");
    ask(&j, c, "i feel sick", 1, &sick);
    CHECK(sick.n == 2 && sick.label[0] != 1 && sick.label[1] != 1, "left out");
    double all = sick.none + sick.share[0] + sick.share[1];
    CHECK(all > .9999 && all < 1.0001, "and the others share what there is");
    CHECK(!judge_counts(&j, 1, judge_counting(&j)), "what is out makes no difference");
    CHECK(judge_counts(&j, sick.label[1], judge_counting(&j)), "the second best does");
    judge_free(&j);
    classifier_free(c);
}

static void a_damaged_block_is_refused(void **arena)
{
    struct lesson l = lesson_of(*arena);
    str good = classifier_train(&l);
    char *bytes = (char *)(uintptr_t)good.p;
    struct model m;
    CHECK_RC(model_open(good, &m), RC_OK);
    free(m.vocabulary.known);
    for (size_t cut = 0; cut < good.n; cut += 997)
        CHECK_RC(model_open((str){good.p, cut}, &m), RC_INVALID);
    struct rng r = rng_seeded(8);
    for (int i = 0; i < 300; i++) {
        /* behind the head every byte is covered by the hash; in it, each field is bounded
         */
        size_t at = sizeof(struct model_head) + 32 +
            rng_below(&r, (uint32_t)(good.n - sizeof(struct model_head) - 32));
        bytes[at] = (char)(bytes[at] ^ 0x41);
        CHECK_RC(model_open(good, &m), RC_INVALID);
        bytes[at] = (char)(bytes[at] ^ 0x41);
    }
    for (size_t at = 0; at < offsetof(struct model_head, confidence); at++) {
        bytes[at] = (char)(bytes[at] ^ 0x55);
        if (model_open(good, &m) == RC_OK)
            free(m.vocabulary.known);
        bytes[at] = (char)(bytes[at] ^ 0x55);
    }
    free(bytes);
}

static void bars_rise_with_care(void **arena)
{
    struct lesson l = lesson_of(*arena);
    struct classifier *c = classifier_new(&l, NULL, NULL);
    const struct confidence *conf = &c->model.head.confidence;
    for (int b = 0; b < 3; b++) {
        CHECK(conf->choice[b] < conf->answer[b], "a choice begins below an answer");
        CHECK(b == 0 || conf->answer[b] <= conf->answer[b - 1], "eager answers sooner");
    }
    classifier_free(c);
}

static void the_same_lesson_is_learnt_once_for_all_brains(void **arena)
{
    struct lesson l = lesson_of(*arena);
    struct classifier *first = classifier_new(&l, NULL, NULL);
    struct classifier *next = classifier_new(&l, first, NULL);
    CHECK(next == first, "shared");
    classifier_free(first); /* the newer brain still has it */
    l.n--;
    struct classifier *other = classifier_new(&l, next, NULL);
    CHECK(other != next && other->trained, "another lesson");
    struct judge j = judge_new(NULL);
    struct judgement sick;
    ask(&j, next, "i feel sick", -1, &sick);
    CHECK_INT(sick.label[0], 1, "still there");
    judge_free(&j);
    classifier_free(next);
    classifier_free(other);
}

UNIT_MAIN(UNIT(the_same_phrases_make_the_same_model),
          UNIT(lessons_learnt_side_by_side_are_learnt_as_well),
          UNIT(none_is_learned_and_never_best), UNIT(a_damaged_block_is_refused),
          UNIT(bars_rise_with_care), UNIT(the_same_lesson_is_learnt_once_for_all_brains))
