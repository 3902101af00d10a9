#include "shelf.h"

static const char notice[] =
    "Every contract can be ended. The law gives the terms. Ask your manager first.\n"
    "The term of notice depends on the years you worked here:\n"
    "Years\tMonths\n0 to 5\t1\n5 to 10\t2\n10 to 15\t3\n"
    "Send the letter to HR before the end of the month. "
    "A resignation by e-mail is valid too when HR confirms it.\n"
    "- hand in your laptop\n- hand in your pass\n"
    "Goodbye and thank you for the years.";

static struct search *make(struct arena *a, int *section)
{
    struct catalogue *c = shelf_new(a);
    shelf_article(c, LANG_EN, "notice.md", "Leaving");
    *section = shelf_section(c, "Notice", notice);
    shelf_article(c, LANG_EN, "other.md", "Pay");
    shelf_section(c, "", "Pay is on the 25th.");
    return shelf_search(c);
}

static void a_short_section_is_shown_whole(void **arena)
{
    int section;
    struct search *s = make(*arena, &section);
    struct search_query q = shelf_query(*arena, LANG_EN, "laptop");
    CHECK_STR(search_passage(s, *arena, &q, section, 2000).text, notice, "it fits");
    search_free(s);
}

static const struct {
    const char *question, *has, *lacks;
} cases[] = {
    {"is resignation by e-mail valid", "A resignation by e-mail is valid", "Goodbye"},
    {"notice after 10 years", "Years\tMonths\n0 to 5\t1\n5 to 10\t2\n10 to 15\t3",
     "Goodbye"},
    {"laptop and pass", "- hand in your laptop\n- hand in your pass", "contract"},
    {"manager", "Ask your manager first.", "laptop"},
};

static void the_sentences_that_answer_are_shown(void **arena)
{
    int section;
    struct search *s = make(*arena, &section);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct search_query q = shelf_query(*arena, LANG_EN, cases[i].question);
        str p = search_passage(s, *arena, &q, section, 180).text;
        CHECK(p.n <= 180, "the bound");
        if (!str_has(p, str_c(cases[i].has)) || str_has(p, str_c(cases[i].lacks)))
            fail_msg("%s: \"%.*s\"", cases[i].question, STR_ARG(p));
    }
    search_free(s);
}

static void the_bound_holds_at_any_size(void **arena)
{
    int section;
    struct search *s = make(*arena, &section);
    struct search_query q = shelf_query(*arena, LANG_EN, "months after 15 years");
    for (size_t max = 0; max < sizeof notice + 10; max++) {
        str p = search_passage(s, *arena, &q, section, max).text;
        CHECK(p.n <= max, "never more");
        CHECK(str_is_utf8(p), "never half a character");
    }
    str p = search_passage(s, *arena, &q, section, 32).text;
    CHECK_STR(p, "Years\tMonths\n0 to 5\t1\n10 to 15\t3", "a table's head and best row");
    search_free(s);
}

static void explain_says_how_each_word_was_read(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    shelf_synonym(c, LANG_NL, "loon = salaris");
    struct search *s = shelf_search(c);
    struct search_query q = shelf_query(*arena, LANG_NL, "is mijn loon kwantum");
    struct search_term t[4];
    CHECK_INT(search_explain(s, *arena, &q, t, 4), 2, "two words");
    CHECK_STR(t[0].word, "loon", "the first");
    CHECK_STR(t[0].read_as, "salaris (0.90)", "by its synonym");
    CHECK(t[0].found && !t[1].found, "the second is unknown");
    CHECK_STR(t[1].read_as, "", "and read as nothing");
    CHECK_INT(search_explain(s, *arena, &q, t, 1), 1, "no more than asked for");
    search_free(s);
}

UNIT_MAIN(UNIT(a_short_section_is_shown_whole), UNIT(the_sentences_that_answer_are_shown),
          UNIT(the_bound_holds_at_any_size), UNIT(explain_says_how_each_word_was_read))
