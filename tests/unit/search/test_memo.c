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
        "vakantie 2031 verlof 85015",
        "vkntiedgn", /* only looks like one */
        "d'r 's avonds auto's opnemen",
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

/* With other signs behind it. */
static struct memo_text text_of(const char *word, char behind)
{
    char room[2 * MEMO_TEXT_MAX];
    size_t n = strlen(word);
    memset(room, behind, sizeof room);
    memcpy(room, word, n);
    return memo_text((str){room, n});
}

static void a_place_says_whose_it_is(void **arena)
{
    struct memo m = memo_new(*arena);
    struct memo_text verlof = text_of("verlof", 'x'), other = text_of("verlov", 0);
    struct memo_word *w = memo_place(&m, &verlof);
    CHECK(!memo_holds(w, &verlof), "empty");
    w->text = verlof;
    CHECK(memo_holds(w, &verlof), "its own");
    CHECK(!memo_holds(w, &other), "another one");
    other = text_of("verlo", 'f');
    CHECK(!memo_holds(w, &other), "a beginning");
    other = text_of("verlof", 'y');
    CHECK(memo_holds(w, &other), "whatever stands behind it");
    CHECK(memo_place(&m, &other) == w, "in its place");
}

static void a_word_is_as_long_as_it_is(void **arena)
{
    (void)arena;
    char word[MEMO_TEXT_MAX + 1] = {0};
    for (size_t n = 1; n <= MEMO_TEXT_MAX; n++) {
        word[n - 1] = (char)(n % 2 ? 'a' + n : 0xc0 + n);
        struct memo_text a = text_of(word, 'q'), b = text_of(word, 0);
        CHECK(memcmp(&a, &b, sizeof a) == 0, "what stands behind is not looked at");
        CHECK(memcmp(&a, word, n) == 0, "its bytes");
    }
}

UNIT_MAIN(UNIT(a_question_gives_the_same_answer_however_often_it_is_asked),
          UNIT(a_word_may_lose_its_place_to_another), UNIT(a_place_says_whose_it_is),
          UNIT(a_word_is_as_long_as_it_is))
