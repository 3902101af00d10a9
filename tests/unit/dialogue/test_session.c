#include "dialogue/session.h"

#include "unit.h"

static struct session *busy(struct arena *a)
{
    struct session *s = session_read(a, STR(""));
    s->lang = LANG_NL;
    s->lang_chosen = true;
    s->turns = 12;
    s->said_turn = 11;
    s->waiting = WAITING_HANDOFF;
    s->topic = STR("leave.balance");
    s->question = STR("hoeveel: 12:34 { \"x\" }\n");
    s->tried = STR("é");
    s->not_it = STR("leave.carry");
    s->given[0] = (struct given){11, STR("leave.balance"), STR("0a1b"), LANG_NL};
    s->given[1] = (struct given){9, STR("nl/leave/carry.md"), STR("77"), LANG_EN};
    s->runners_up[1] = STR("leave.request");
    s->declined = 2;
    session_offer(s, a, 12, OFFER_CARD, STR("leave.request"), STR("Verlof aanvragen"));
    session_offer(s, a, 12, OFFER_SENSITIVE, STR("sensitive.x"), STR("Ja"));
    s->form = (struct form){.card = STR("leave.request"), .slot = 1, .tries = 2};
    s->form.values[s->form.n_values++] =
        (struct value){STR("from"), STR("2026-12-07"), STR("7 december")};
    s->parked = (struct form){.card = STR("absence.report"), .asked_ms = 5};
    return s;
}

static void a_session_comes_back_as_it_was(void **arena)
{
    str text = session_write(*arena, busy(*arena), SESSION_WHOLE);
    struct session *s = session_read(*arena, text);
    CHECK_STR(session_write(*arena, s, SESSION_WHOLE), text.p, "there and back");
    CHECK_INT(s->lang, LANG_NL, "language");
    CHECK_STR(s->question, "hoeveel: 12:34 { \"x\" }\n", "any text");
    CHECK_INT(s->n_offers, 2, "offers");
    CHECK_STR(session_find_offer(s, STR("12.1"))->label, "Verlof aanvragen", "by its id");
    CHECK_INT(s->offers[1].type, OFFER_SENSITIVE, "its type");
    CHECK_INT(s->given[1].turn, 9, "an answer given");
    CHECK_STR(s->given[1].what, "nl/leave/carry.md", "which");
    CHECK_INT(s->given[1].lang, LANG_EN, "in which language");
    CHECK_INT(s->given[2].turn, 0, "no more of them");
    CHECK_STR(s->form.values[0].shown, "7 december", "a value");
    CHECK_STR(s->parked.card, "absence.report", "the parked form");
    CHECK_INT(s->parked.asked_ms, 5, "and its time");
}

static void what_is_private_is_not_stored(void **arena)
{
    struct session *s = busy(*arena);
    s->private_topic = true;
    s->sensitive_card = STR("sensitive.harassment");
    s->question = STR("hij zat aan me");
    str text = session_write(*arena, s, SESSION_STORED);
    CHECK(!str_has(text, STR("sensitive")) && !str_has(text, STR("hij zat")),
          "nothing of it");
    CHECK_INT(session_read(*arena, text)->turns, 12, "the rest is");
    CHECK(session_is_private(s), "the two forms differ");
}

static void damaged_text_is_an_empty_session(void **arena)
{
    str text = session_write(*arena, busy(*arena), SESSION_WHOLE);
    for (size_t cut = 1; cut < text.n; cut++) {
        struct session *s = session_read(*arena, str_sub(text, 0, cut));
        CHECK(s->n_offers <= OFFERS_MAX && s->form.n_values <= VALUES_MAX,
              "within bounds");
    }
    CHECK_INT(session_read(*arena, STR("{\"lang\":\"nl\"}"))->lang, LANG_NONE,
              "another form");
    CHECK_INT(session_read(*arena, STR("L99999999999999999999:nl"))->lang, LANG_NONE,
              "a length beyond the end");
}

static void the_oldest_offers_go_first(void **arena)
{
    struct session *s = session_read(*arena, STR(""));
    for (int64_t turn = 1; turn <= OFFERS_MAX + 3; turn++)
        session_offer(s, *arena, turn, OFFER_CARD, STR("x"), STR("X"));
    CHECK_INT(s->n_offers, OFFERS_MAX, "no more than that");
    CHECK(!session_find_offer(s, STR("3.1")) && session_find_offer(s, STR("4.1")),
          "oldest");
}

/* A person who declines over and over is offered the same two each time. */
static void a_label_is_written_once(void **arena)
{
    struct session *s = session_read(*arena, STR(""));
    static const char *const labels[] = {"Ja, geef door", "Nee", "Ja, geef door", "Nee",
                                         "Yes, pass it on"};
    for (size_t i = 0; i < LEN(labels); i++)
        session_offer(s, *arena, (int64_t)i + 1, i % 2 ? OFFER_NO_HANDOFF : OFFER_HANDOFF,
                      i == 3 ? STR("t") : STR(""), str_c(labels[i]));
    str text = session_write(*arena, s, SESSION_STORED);
    ptrdiff_t first = str_find(text, STR("Ja, geef door"));
    CHECK(first >= 0, "the label is there");
    CHECK(str_find(str_sub(text, (size_t)first + 1, text.n), STR("Ja, geef")) < 0,
          "once");
    s = session_read(*arena, text);
    CHECK_INT(s->n_offers, LEN(labels), "offers");
    for (size_t i = 0; i < LEN(labels); i++)
        CHECK_STR(s->offers[i].label, labels[i], "as it was offered");
    CHECK_STR(s->offers[3].target, "t", "and its target");
}

static void offers_written_before_are_read(void **arena)
{
    const struct session *s = session_read(
        *arena, STR("L2:nlO2:00i3:1.1l6:Verloft13:leave.requestO2:03i3:1.2l3:Nee"));
    CHECK_INT(s->n_offers, 2, "offers");
    CHECK_STR(s->offers[0].label, "Verlof", "label");
    CHECK_STR(s->offers[0].target, "leave.request", "target");
    CHECK_INT(s->offers[1].type, OFFER_NO_HANDOFF, "type");
}

UNIT_MAIN(UNIT(a_session_comes_back_as_it_was), UNIT(what_is_private_is_not_stored),
          UNIT(damaged_text_is_an_empty_session), UNIT(the_oldest_offers_go_first),
          UNIT(a_label_is_written_once), UNIT(offers_written_before_are_read))
