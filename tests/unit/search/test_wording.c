#include "search/wording.h"

#include "unit.h"

/* Words are told by a number each; 0 ends a line, and the whole. */
static struct wording lines_of(struct arena *a, const uint32_t *words)
{
    struct wording_draft d = {0};
    for (size_t i = 0; words[i] || (i > 0 && words[i - 1]); i++)
        if (words[i])
            wording_word_add(&d, a, &words[i], 1);
        else
            wording_line_end(&d, a);
    return wording_keep(&d, a);
}

static struct wording_question *question_of(struct arena *a, const uint32_t *words)
{
    struct wording_question *q = arena_alloc(a, sizeof *q);
    memset(q, 0, sizeof *q);
    for (size_t i = 0; words[i]; i++) {
        wording_ask(q);
        wording_form_add(q, words[i]);
    }
    wording_ready(q);
    return q;
}

static void the_nearest_line_decides(void **arena)
{
    static const uint32_t lines[] = {1, 2, 3, 4, 0, 5, 6, 0, 0};
    static const struct {
        uint32_t words[6];
        double near;
        const char *what;
    } cases[] = {
        {{1, 2, 3, 4}, 1, "the line itself"},
        {{4, 3, 2, 1}, 1, "in another order"},
        {{1, 2, 7, 8}, .5, "half of both"},
        {{5}, 2 / 3., "all of the question, half of the line"},
        {{1, 5}, .5, "a word of each: the shorter line"},
        {{7, 8}, 0, "nothing of it"},
        {{0}, 0, "no words"},
    };
    struct wording w = lines_of(*arena, lines);
    CHECK_INT(w.n, 2, "two lines");
    for (size_t i = 0; i < LEN(cases); i++) {
        double near = wording_near(&w, question_of(*arena, cases[i].words));
        CHECK(near > cases[i].near - 1e-9 && near < cases[i].near + 1e-9, cases[i].what);
    }
}

static void a_word_is_found_by_any_of_its_forms(void **arena)
{
    struct wording_draft d = {0};
    wording_word_add(&d, *arena, (uint32_t[]){10, 11, 12},
                     3); /* leasefiets, lease, fiets */
    wording_line_end(&d, *arena);
    wording_line_end(&d, *arena); /* an empty line is none */
    struct wording w = wording_keep(&d, *arena);
    CHECK_INT(w.n, 1, "one line");
    CHECK(wording_near(&w, question_of(*arena, (uint32_t[]){12, 0})) > .99,
          "a part of it");

    struct wording_question *q = arena_alloc(*arena, sizeof *q);
    memset(q, 0, sizeof *q);
    wording_ask(q);
    wording_form_add(q, 77);
    wording_form_add(q, 10); /* a synonym */
    wording_ready(q);
    CHECK(wording_near(&w, q) > .99, "one of the question's forms");
}

static void a_long_question_is_read_as_far_as_there_is_room(void **arena)
{
    struct wording_question *q = arena_alloc(*arena, sizeof *q);
    memset(q, 0, sizeof *q);
    uint32_t n = 0;
    while (wording_ask(q) && n < 2000)
        for (uint32_t k = 0; k <= WORDING_FORMS_MAX; k++)
            wording_form_add(q, ++n);
    CHECK_INT(q->n, WORDING_WORDS_MAX, "words");
    CHECK_INT(q->n_forms, LEN(q->form), "forms");
    wording_ready(q);
    struct wording w = lines_of(*arena, (uint32_t[]){1, 0, 0});
    CHECK(wording_near(&w, q) > 0, "and found");
    CHECK(wording_near(&(struct wording){.n = 0}, q) <= 0, "no lines");
}

UNIT_MAIN(UNIT(the_nearest_line_decides), UNIT(a_word_is_found_by_any_of_its_forms),
          UNIT(a_long_question_is_read_as_far_as_there_is_room))
