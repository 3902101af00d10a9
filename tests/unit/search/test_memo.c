#include "shelf.h"

static struct search_result ask(struct search *s, struct arena *a, const char *text)
{
    struct search_query q = shelf_query(a, LANG_NL, text);
    struct search_result r;
    search_find(s, &q, &r);
    return r;
}

static void check_same(const struct search_result *a, const struct search_result *b,
                       const char *what)
{
    CHECK_INT(a->n, b->n, what);
    CHECK(a->band == b->band, what);
    for (size_t i = 0; i < a->n; i++) {
        CHECK_INT(a->v[i].section, b->v[i].section, what);
        CHECK(a->v[i].score == b->v[i].score, what);
    }
}

static void a_question_gives_the_same_answer_however_often_it_is_asked(void **arena)
{
    static const char *const questions[] = {
        "hoeveel vakantiedagen heb ik",
        "hoe kan ik opzeggen",
        "mijn zorgverlofregeling opnemen",
        "vakantei opneemn",
        "de het een",
        "vakantie dagen meenemen",
        "arbeidsongeschiktheidsverzekeringen", /* too long to keep */
    };
    for (size_t i = 0; i < LEN(questions); i++) {
        struct search *s = shelf_search(shelf_dutch(*arena));
        struct search_result first = ask(s, *arena, questions[i]);
        struct search_result again = ask(s, *arena, questions[i]);
        check_same(&first, &again, questions[i]);
        for (size_t k = 0; k < LEN(questions); k++)
            ask(s, *arena, questions[k]);
        again = ask(s, *arena, questions[i]);
        check_same(&first, &again, questions[i]);
        search_free(s);
    }
}

static void a_word_may_lose_its_place_to_another(void **arena)
{
    struct search *s = shelf_search(shelf_dutch(*arena));
    struct search_result first = ask(s, *arena, "vakantei opnemen");
    for (int i = 0; i < 3 * MEMO_PLACES; i++)
        ask(s, *arena,
            arena_fmt(*arena, "woordx%c%c%c", 'a' + i % 26, 'a' + i / 26 % 26,
                      'a' + i / 676)
                .p);
    struct search_result again = ask(s, *arena, "vakantei opnemen");
    check_same(&first, &again, "read anew");
    search_free(s);
}

static void a_place_says_whose_it_is(void **arena)
{
    struct memo m = memo_new(*arena);
    struct memo_word *w = memo_place(&m, STR("verlof"));
    CHECK(!memo_holds(w, STR("verlof")), "empty");
    memcpy(w->text, "verlof", 6);
    w->n_text = 6;
    CHECK(memo_holds(w, STR("verlof")), "its own");
    CHECK(!memo_holds(w, STR("verlov")), "another one");
    CHECK(!memo_holds(w, STR("verlo")), "a beginning");
    CHECK(!memo_place(&m, STR("arbeidsongeschiktheidsverzekering")), "too long");
}

UNIT_MAIN(UNIT(a_question_gives_the_same_answer_however_often_it_is_asked),
          UNIT(a_word_may_lose_its_place_to_another), UNIT(a_place_says_whose_it_is))
