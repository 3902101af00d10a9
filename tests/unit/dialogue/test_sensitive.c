#include "small.h"

/* Content with both nets: tests/dialogue/doubtful. */
struct talk {
    struct brain brain;
    struct session *session;
    struct arena *arena;
    struct event event;
    struct outcome outcome;
};

static void begin(struct talk *t, struct arena *a)
{
    struct content_source s = {.intents = STR("tests/dialogue/doubtful/intents"),
                               .knowledge = STR("tests/dialogue/doubtful/knowledge"),
                               .default_lang = LANG_NL,
                               .today = date_of(2026, 11, 18)};
    struct diags d = diags_new(a);
    *t = (struct talk){.arena = a, .event = small_event()};
    CHECK_RC(content_load(&s, &d, &t->brain.catalogue), RC_OK);
    CHECK_INT(t->brain.catalogue->diags.errors, 0, "no mistakes in it");
    nlu_build(t->brain.catalogue, NULL, NULL, &d, &t->brain.nlu);
    CHECK_INT(d.errors, 0, "nor in its signs");
    search_build(t->brain.catalogue, NULL, &d, &t->brain.search);
    t->session = session_read(a, STR_NONE);
    t->event.type = EVENT_MESSAGE;
    t->event.lang = LANG_NL;
}

/* As the engine does: the session goes through its text between turns. */
static const struct outcome *turn_of(struct talk *t)
{
    t->event.turn++;
    turn(&t->brain, t->session, &t->event, t->arena, &t->outcome);
    t->session =
        session_read(t->arena, session_write(t->arena, t->session, SESSION_WHOLE));
    return &t->outcome;
}

static const struct outcome *hears(struct talk *t, const char *text)
{
    t->event.type = EVENT_MESSAGE;
    t->event.text = str_c(text);
    return turn_of(t);
}

static const struct outcome *presses(struct talk *t, const char *label)
{
    const struct reply *r = &t->outcome.replies.v[t->outcome.replies.n - 1];
    for (size_t i = 0; i < r->n_choices; i++)
        if (str_eq(r->choices[i].label, str_c(label))) {
            t->event.type = EVENT_CHOOSE;
            t->event.choice = r->choices[i].id;
            return turn_of(t);
        }
    fail_msg("no button \"%s\"", label);
    return NULL;
}

static const char telling[] = "door wat hij zegt huil ik en durf ik niets meer";

static void a_sign_is_certain(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    const struct outcome *o = hears(&t, "mijn baas schreeuwt elke dag");
    CHECK_STR(o->intent, "sensitive.conflict", "the topic's own card");
    CHECK(o->private_turn, "private");
    small_free(&t.brain);
}

static void a_hunch_asks_and_keeps_nothing(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    const struct outcome *o = hears(&t, telling);
    CHECK_INT(o->kind, OUTCOME_SENSITIVE, "asked");
    CHECK_STR(o->intent, "sensitive.unsure", "no topic is claimed");
    CHECK(o->private_turn, "private all the same");
    CHECK(str_has(o->replies.v[0].text, STR("klinkt vertrouwelijk")), "HR's words");
    CHECK_INT(o->effects.n, 0, "nothing is sent");
    str stored = session_write(*arena, t.session, SESSION_STORED);
    CHECK(!str_has(stored, STR("sensitive")) && !str_has(stored, STR("anders")),
          stored.p);
    o = presses(&t, "Ja, laat iemand contact opnemen");
    CHECK_INT(o->effects.n, 1, "only on a yes");
    CHECK(o->effects.v[0].closed, "in a closed queue");
    CHECK(!str_has(o->effects.v[0].summary, STR("huil")), "without what was said");
    small_free(&t.brain);
}

static void a_hunch_is_over_with_the_next_ordinary_message(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    hears(&t, telling);
    const struct outcome *o = hears(&t, "en toen durf ik niets te zeggen en huil ik");
    CHECK_INT(o->kind, OUTCOME_SENSITIVE, "still telling");
    CHECK(o->private_turn, "nothing of it is kept");
    o = hears(&t, "waar staat de nieuwe printer");
    CHECK(o->kind != OUTCOME_SENSITIVE, "not understood, and not asked again");
    CHECK(!o->private_turn && !t.session->private_topic, "the topic has changed");
    hears(&t, "mijn baas schreeuwt elke dag");
    o = hears(&t, "gisteren bij de printer alweer");
    CHECK_INT(o->kind, OUTCOME_SENSITIVE, "behind a sign it stays private");
    small_free(&t.brain);
}

static void i_mean_something_else_ends_hunches_not_signs(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    hears(&t, telling);
    const struct outcome *o = presses(&t, "Ik bedoel iets anders");
    CHECK(o->private_turn, "that it was offered is nobody's business");
    CHECK(!t.session->private_topic, "the topic ends");
    o = hears(&t, telling);
    CHECK(o->kind != OUTCOME_SENSITIVE, "not asked twice");
    o = hears(&t, "mijn chef scheldt tegen me");
    CHECK_STR(o->intent, "sensitive.conflict", "a sign is still a sign");
    small_free(&t.brain);
}

static void what_another_card_knows_is_not_doubted(void **arena)
{
    struct talk t;
    begin(&t, *arena);
    static const char *const ordinary[] = {
        "ik ben bang dat mijn dagen vervallen", "hoeveel vakantiedagen heb ik nog",
        "mijn baas vraagt hoeveel verlof ik heb", "training: mijn baas schreeuwt"};
    for (size_t i = 0; i < LEN(ordinary); i++)
        CHECK(hears(&t, ordinary[i])->kind != OUTCOME_SENSITIVE, ordinary[i]);
    small_free(&t.brain);
}

UNIT_MAIN(UNIT(a_sign_is_certain), UNIT(a_hunch_asks_and_keeps_nothing),
          UNIT(a_hunch_is_over_with_the_next_ordinary_message),
          UNIT(i_mean_something_else_ends_hunches_not_signs),
          UNIT(what_another_card_knows_is_not_doubted))
