#include "shelf.h"

/* A card with an answer, an example and an article behind it. */
static void add_card(struct catalogue *c, const char *name, const char *answer,
                     const char *example)
{
    struct card *card = arena_push(c->arena, &c->cards);
    *card = (struct card){.id = str_c(name)};
    card->name[LANG_EN] = str_c(name);
    *arena_push(c->arena, &card->answers) =
        (struct answer){.lang = LANG_EN, .text = str_c(answer)};
    *arena_push(c->arena, &card->say[LANG_EN].list) =
        (struct phrase){.text = str_c(example), .folded = str_c(example)};
}

static struct catalogue *bikes(struct arena *a)
{
    static const char *const others[] = {
        "Holiday",   "Overtime", "Pension", "Training", "Probation", "Expenses",
        "Insurance", "Sickness", "Payslip", "Rota",     "Parking",   "Visitors"};
    struct catalogue *c = shelf_new(a);
    shelf_article(c, LANG_EN, "bike.md", "Lease bicycle");
    shelf_section(c, "", "You lease a bicycle through us.");
    shelf_section(c, "Conditions", "A permanent contract and 36 months.");
    shelf_section(c, "Theft or damage",
                  "Report it to the police. The excess is 50 euro.");
    shelf_section(c, "Who may ride it", "Your partner and your children may use it.");
    for (size_t i = 0; i < LEN(others); i++) {
        shelf_article(c, LANG_EN, "other.md", others[i]);
        shelf_section(c, "How it works", "Ask the service desk.");
        shelf_section(c, "Conditions", "See the portal.");
    }
    add_card(c, "Lease bicycle", "You lease a bicycle of up to 3,000 euro for 36 months.",
             "may i lease a speed pedelec");
    for (size_t i = 0; i < LEN(others); i++)
        add_card(c, others[i], "See the portal.", "how does it work");
    return c;
}

static struct cover ask(struct search *s, struct arena *a, const char *text)
{
    struct cover out;
    struct search_query q = shelf_query(a, LANG_EN, text);
    search_cover(s, &q, 0, 0, &out);
    return out;
}

static const struct cover_word *word_of(const struct cover *c, const char *word)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->v[i].word, str_c(word)))
            return &c->v[i];
    fail_msg("no word %s", word);
    return NULL;
}

static void a_word_is_looked_for_in_answer_examples_and_article(void **arena)
{
    struct search *s = shelf_search(bikes(*arena));
    struct cover c =
        ask(s, *arena, "lease a pedelec with damage and a pension on trolls");
    CHECK(word_of(&c, "lease")->said, "the answer has it");
    CHECK(word_of(&c, "pedelec")->asked && !word_of(&c, "pedelec")->said, "an example");
    CHECK(word_of(&c, "damage")->article, "a section");
    const struct cover_word *w = word_of(&c, "pension");
    CHECK(w->named && w->known && !w->said && !w->asked && !w->article && !w->topic,
          "another topic's name");
    CHECK(!word_of(&c, "trolls")->known, "a word of nobody's");
    search_free(s);
}

static void the_section_that_adds_most_is_found(void **arena)
{
    static const struct {
        const char *question, *section;
        bool headed;
    } cases[] = {
        {"who pays for damage to my lease bicycle", "Theft or damage", true},
        {"may my partner ride the lease bicycle", "Who may ride it", true},
        {"what is the excess for a lease bicycle", "Theft or damage", false},
        {"a lease bicycle for 36 months", "", false},
        {"a bicycle from us", "", false},
    };
    struct catalogue *cat = bikes(*arena);
    struct search *s = shelf_search(cat);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct cover c = ask(s, *arena, cases[i].question);
        str found = c.section < 0 ? STR("") : cat->sections.v[c.section].heading;
        CHECK_STR(found, cases[i].section, cases[i].question);
        if (c.section >= 0)
            CHECK_INT(c.headed, cases[i].headed, cases[i].question);
        CHECK(c.section < 0 || c.gain > 1, "and adds something");
    }
    search_free(s);
}

static void wording_is_held_against_the_examples_of_the_card(void **arena)
{
    struct search *s = shelf_search(bikes(*arena));
    struct cover c = ask(s, *arena, "may i lease a speed pedelec");
    CHECK(c.near > .99, "an example");
    struct cover far = ask(s, *arena, "who pays when somebody steals the bicycle");
    CHECK(far.near < .5, "in other words");
    c = ask(s, *arena, "how does it work");
    CHECK(c.near < .5, "another card's example");
    search_free(s);
}

static void what_the_found_section_has_is_marked(void **arena)
{
    struct search *s = shelf_search(bikes(*arena));
    struct cover c =
        ask(s, *arena, "who pays for damage to my lease bicycle and pension");
    CHECK(word_of(&c, "damage")->added, "the heading has it");
    CHECK(!word_of(&c, "pension")->added, "another topic");
    search_free(s);
}

static void figures_and_common_words_weigh_nothing(void **arena)
{
    struct search *s = shelf_search(bikes(*arena));
    struct cover c = ask(s, *arena, "36 portal monday pension");
    CHECK(word_of(&c, "36")->weight <= 0, "a number");
    CHECK(word_of(&c, "monday")->weight <= 0, "a day");
    CHECK(word_of(&c, "portal")->weight < .2, "what every card says");
    CHECK(word_of(&c, "pension")->weight > 1.5, "what one says");
    search_free(s);
}

static void a_card_without_an_article_is_all_there_is(void **arena)
{
    struct search *s = shelf_search(bikes(*arena));
    struct cover c;
    struct search_query q = shelf_query(*arena, LANG_EN, "damage to a bicycle");
    search_cover(s, &q, 0, -1, &c);
    CHECK_INT(c.section, -1, "no section");
    CHECK(!word_of(&c, "damage")->article, "not read");
    search_free(s);
}

UNIT_MAIN(UNIT(a_word_is_looked_for_in_answer_examples_and_article),
          UNIT(the_section_that_adds_most_is_found),
          UNIT(wording_is_held_against_the_examples_of_the_card),
          UNIT(what_the_found_section_has_is_marked),
          UNIT(figures_and_common_words_weigh_nothing),
          UNIT(a_card_without_an_article_is_all_there_is))
