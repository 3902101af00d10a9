#include "small.h"

static struct brain brain; /* learnt once for all talks */

struct talk {
    struct session *session;
    struct arena *arena;
    struct event event;
    struct outcome outcome;
};

static void begin(struct talk *t, struct arena *a)
{
    *t = (struct talk){.arena = a, .event = small_event()};
    t->session = session_read(a, STR_NONE);
    t->event.lang = LANG_NL;
    t->event.files_most = 2;
}

static const struct outcome *turn_of(struct talk *t)
{
    t->event.turn++;
    turn(&brain, t->session, &t->event, t->arena, &t->outcome);
    t->session =
        session_read(t->arena, session_write(t->arena, t->session, SESSION_STORED));
    return &t->outcome;
}

static const struct outcome *hears(struct talk *t, const char *text)
{
    t->event.type = EVENT_MESSAGE;
    t->event.text = str_c(text);
    return turn_of(t);
}

static const struct outcome *gets(struct talk *t, const char *name)
{
    t->event.type = EVENT_FILE;
    t->event.name = str_c(name);
    return turn_of(t);
}

static const struct effect *effect_of(const struct outcome *o, enum effect_type type)
{
    for (size_t i = 0; i < o->effects.n; i++)
        if (o->effects.v[i].type == type)
            return &o->effects.v[i];
    return NULL;
}

static bool says(const struct outcome *o, const char *words)
{
    for (size_t i = 0; i < o->replies.n; i++)
        if (str_has(o->replies.v[i].text, str_c(words)))
            return true;
    return false;
}

static void a_file_waits_for_the_hand_off_and_goes_with_it(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    const struct outcome *o = gets(&t, "a.pdf");
    const struct effect *x = effect_of(o, EFFECT_FILE);
    CHECK(x && x->receipt.n == 0, "it waits");
    CHECK(says(o, "**a.pdf**"), "named");
    CHECK_INT(t.session->files, 1, "remembered");
    hears(&t, "mijn contract klopt niet");
    o = hears(&t, "ja");
    x = effect_of(o, EFFECT_TICKET);
    CHECK(x && x->files && !x->no_files, "it goes along");
    CHECK(says(o, "Je bestand gaat mee"), "said");
    CHECK_INT(t.session->files, 0, "nothing waits any more");
}

static void no_hand_off_no_file(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    gets(&t, "a.pdf");
    const struct outcome *o = hears(&t, "nee");
    CHECK(effect_of(o, EFFECT_DROP_FILES) != NULL, "deleted");
    CHECK(says(o, "heb ik verwijderd"), "said");
    CHECK_INT(t.session->files, 0, "nothing waits");
}

static void so_many_and_no_more(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    gets(&t, "a.pdf");
    gets(&t, "b.pdf");
    const struct outcome *o = gets(&t, "c.pdf");
    CHECK(!effect_of(o, EFFECT_FILE), "the third is not taken");
    CHECK(says(o, "2 bestanden"), "said");
}

static void a_desk_without_files_gets_none(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    t.event.files_most = 0;
    const struct outcome *o = gets(&t, "a.pdf");
    CHECK(!effect_of(o, EFFECT_FILE) && says(o, "geen bestanden doorgeven"), "said");
}

static void with_an_open_ticket_it_goes_there(void **arena)
{
    static const struct own_ticket tickets[] = {
        {.receipt = STR_INIT("B-ELSE"), .open = true},
        {.receipt = STR_INIT("B-OVER"), .here = true},
        {.receipt = STR_INIT("B-OPEN"), .open = true, .here = true},
        {.receipt = STR_INIT("B-OLD"), .open = true, .here = true}};
    struct talk t;
    begin(&t, *arena);
    t.event.tickets = tickets;
    t.event.n_tickets = LEN(tickets);
    const struct effect *x = effect_of(gets(&t, "a.pdf"), EFFECT_FILE);
    CHECK(x != NULL, "taken");
    CHECK_STR(x->receipt, "B-OPEN", "the newest open one of this conversation");
    CHECK_INT(t.session->files, 0, "it does not wait");
}

static void the_ticket_of_a_sick_report_takes_none(void **arena)
{
    static const struct own_ticket ticket = {
        .receipt = STR_INIT("B-SICK"), .open = true, .here = true, .no_files = true};
    struct talk t;
    begin(&t, *arena);
    t.event.tickets = &ticket;
    t.event.n_tickets = 1;
    const struct outcome *o = gets(&t, "briefje.png");
    CHECK(!effect_of(o, EFFECT_FILE), "not taken");
    CHECK(says(o, "bedrijfsarts"), "and why");
}

static void a_sick_report_takes_none_while_it_runs(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    t.session->form.card = STR("absence.report"); /* also when its card is gone */
    t.session->absence = true;
    const struct outcome *o = gets(&t, "briefje.png");
    CHECK(!effect_of(o, EFFECT_FILE) && says(o, "bedrijfsarts"), "not taken");
    CHECK(t.session->absence, "it is stored with the conversation");
}

static void words_about_an_illness_are_enough(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    hears(&t, "xqz griep brzt flup"); /* no card knows it */
    const struct outcome *o = gets(&t, "briefje.png");
    CHECK(!effect_of(o, EFFECT_FILE) && says(o, "bedrijfsarts"), "not taken");
    hears(&t, "wat is mijn opzegtermijn"); /* something else is decided */
    CHECK(effect_of(gets(&t, "a.pdf"), EFFECT_FILE) != NULL, "taken again");
}

static void a_confidential_conversation_keeps_none(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    t.session->private_topic = true;
    const struct outcome *o = gets(&t, "bewijs.pdf");
    CHECK(!effect_of(o, EFFECT_FILE) && says(o, "bewaar ik niets"), "not taken");
    CHECK(o->private_turn, "nothing of the turn is kept");
}

static int learn(void **arena)
{
    *arena = arena_new();
    small_build(&brain, *arena);
    return 0;
}

static int forget(void **arena)
{
    small_free(&brain);
    arena_free(*arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT(a_file_waits_for_the_hand_off_and_goes_with_it),
        UNIT(no_hand_off_no_file),
        UNIT(so_many_and_no_more),
        UNIT(a_desk_without_files_gets_none),
        UNIT(with_an_open_ticket_it_goes_there),
        UNIT(the_ticket_of_a_sick_report_takes_none),
        UNIT(a_sick_report_takes_none_while_it_runs),
        UNIT(words_about_an_illness_are_enough),
        UNIT(a_confidential_conversation_keeps_none)};
    return cmocka_run_group_tests(tests, learn, forget);
}
