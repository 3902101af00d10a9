/* routing.csv: the first line that fits decides, and --why says which and why. */
#include "dialogue/turning.h"
#include "unit.h"

static const struct route routes[] = {
    {.queue = STR_INIT("Closed-EN"), .lang = LANG_EN, .sensitive = true, .line = 2},
    {.queue = STR_INIT("Closed"), .lang = LANG_NONE, .sensitive = true, .line = 3},
    {.topic = STR_INIT("pay"),
     .queue = STR_INIT("Payroll-EN"),
     .lang = LANG_EN,
     .line = 4},
    {.topic = STR_INIT("pay"),
     .queue = STR_INIT("Payroll"),
     .lang = LANG_NONE,
     .line = 5},
    {.unit = STR_INIT("Sales"),
     .role = STR_INIT("manager"),
     .queue = STR_INIT("HR"),
     .partner = STR_INIT("p004"),
     .lang = LANG_NONE,
     .line = 6},
    {.queue = STR_INIT("HR-EN"), .lang = LANG_EN, .line = 7},
};

static const struct trait of_sales[] = {{STR_INIT("unit"), STR_INIT("sales")},
                                        {STR_INIT("role"), STR_INIT("manager")}};
static const struct trait of_it[] = {{STR_INIT("unit"), STR_INIT("IT")},
                                     {STR_INIT("role"), STR_INIT("employee")}};
static const struct person manager = {
    STR_INIT("p1"), STR_INIT("Anna"), {of_sales, LEN(of_sales)}};
static const struct person employee = {
    STR_INIT("p2"), STR_INIT("Bob"), {of_it, LEN(of_it)}};

static const struct {
    const char *why;
    const struct person *who;
    enum lang lang;
    const char *asked, *topic;
    bool closed;
    const char *queue, *partner, *told;
} cases[] = {
    {"by topic and language", &employee, LANG_EN, "", "pay", false, "Payroll-EN", "",
     "routing.csv line 4 (topic pay, language en): queue Payroll-EN"},
    {"the same in the other language", &employee, LANG_NL, "", "Pay", false, "Payroll",
     "", "routing.csv line 5 (topic pay): queue Payroll"},
    {"by unit and role, to a partner", &manager, LANG_EN, "", "", false, "HR", "p004",
     "routing.csv line 6 (unit Sales, role manager): queue HR, partner p004"},
    {"by language alone", &employee, LANG_EN, "", "leave", false, "HR-EN", "",
     "routing.csv line 7 (language en): queue HR-EN"},
    {"somebody nobody knows", NULL, LANG_EN, "", "", false, "HR-EN", "",
     "routing.csv line 7 (language en): queue HR-EN"},
    {"no line fits", &employee, LANG_NL, "", "leave", false, "HR", "",
     "routing.csv: no line fits, so queue HR"},
    {"sensitive, by language", &manager, LANG_EN, "", "", true, "Closed-EN", "",
     "routing.csv line 2 (language en, sensitivity sensitive): queue Closed-EN"},
    {"sensitive, of a topic with a line of its own", &manager, LANG_NL, "", "pay", true,
     "Closed", "", "routing.csv line 3 (sensitivity sensitive): queue Closed"},
    {"the card names it", &manager, LANG_EN, "Absence", "pay", false, "Absence", "",
     "routing: the card itself names the queue Absence"},
};

static void the_first_line_that_fits_decides(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct catalogue c = {.arena = *arena};
        for (size_t k = 0; k < LEN(routes); k++)
            *arena_push(*arena, &c.routes) = routes[k];
        struct brain b = {.catalogue = &c};
        struct event e = {.person = cases[i].who, .explain = true};
        struct outcome o = {0};
        struct turning t = {
            .brain = &b, .e = &e, .a = *arena, .o = &o, .lang = cases[i].lang};
        str queue = route_queue(&t, str_c(cases[i].asked), str_c(cases[i].topic),
                                cases[i].closed);
        CHECK_STR(queue, cases[i].queue, cases[i].why);
        CHECK_STR(t.partner, cases[i].partner, cases[i].why);
        CHECK_INT(o.trace.n, 1, cases[i].why);
        CHECK_STR(o.trace.v[0], cases[i].told, cases[i].why);
    }
}

static void only_a_line_written_for_it_takes_a_sensitive_ticket(void **arena)
{
    struct catalogue c = {.arena = *arena};
    *arena_push(*arena, &c.routes) =
        (struct route){.queue = STR("HR"), .lang = LANG_NONE, .line = 2};
    struct brain b = {.catalogue = &c};
    struct event e = {.person = &manager};
    struct outcome o = {0};
    struct turning t = {.brain = &b, .e = &e, .a = *arena, .o = &o, .lang = LANG_NL};
    CHECK_STR(route_queue(&t, STR_NONE, STR_NONE, true), "Confidential",
              "never HR's own");
    CHECK_STR(route_queue(&t, STR_NONE, STR_NONE, false), "HR", "others");
}

static void an_articles_topic_is_its_folder(void **arena)
{
    (void)arena;
    CHECK_STR(article_topic(&(struct article){.key = STR("pay/payday")}), "pay",
              "folder");
    CHECK_STR(article_topic(&(struct article){.key = STR("pay/rates/2026")}), "pay",
              "the first one");
    CHECK_STR(article_topic(&(struct article){.key = STR("payday")}), "", "none");
}

UNIT_MAIN(UNIT(the_first_line_that_fits_decides),
          UNIT(only_a_line_written_for_it_takes_a_sensitive_ticket),
          UNIT(an_articles_topic_is_its_folder))
