/*
 * Everything that may come in between, at every question of every form, in both
 * languages: made from the cards, so that a new form or question is tested by being
 * there. An interruption leaves no trace: the ticket is the one of a talk without it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "small.h"

enum { STEPS_MAX = 60, HOURS_20 = 20 * 3600 * 1000 };

struct talk {
    const struct brain *brain;
    const struct card *card;
    enum lang lang;
    struct arena *arena;
    struct session *session;
    struct event event;
    struct outcome outcome;
    str ticket; /* summary of the last one; empty: none was opened */
    const char *doing;
    int position;
};

static _Noreturn void wrong(const struct talk *t, const char *why)
{
    for (size_t i = 0; i < t->outcome.replies.n; i++)
        fprintf(stderr, "  said: %.*s\n", STR_ARG(t->outcome.replies.v[i].text));
    for (size_t i = 0; i < t->outcome.trace.n; i++)
        fprintf(stderr, "  why: %.*s\n", STR_ARG(t->outcome.trace.v[i]));
    fail_msg("%.*s (%s), after %d answers, %s: %s", STR_ARG(t->card->id),
             lang_code(t->lang), t->position, t->doing, why);
    abort();
}

static void step(struct talk *t)
{
    t->event.turn++;
    t->event.at_ms += 1000;
    turn(t->brain, t->session, &t->event, t->arena, &t->outcome);
    for (size_t i = 0; i < t->outcome.effects.n; i++) {
        const struct effect *x = &t->outcome.effects.v[i];
        if (x->type == EFFECT_TICKET)
            t->ticket = x->summary;
        if (x->type != EFFECT_LOOKUP)
            continue;
        struct event e = t->event;
        e.type = EVENT_LOOKUP;
        e.name = x->name;
        e.failed = true;
        turn(t->brain, t->session, &e, t->arena, &t->outcome);
        break;
    }
    t->session =
        session_read(t->arena, session_write(t->arena, t->session, SESSION_WHOLE));
}

static void say_it(struct talk *t, str text)
{
    t->event.type = EVENT_MESSAGE;
    t->event.text = text;
    step(t);
}

static void say_in(struct talk *t, const char *nl, const char *en)
{
    say_it(t, str_c(t->lang == LANG_NL ? nl : en));
}

static bool was_said(const struct talk *t, const char *nl, const char *en)
{
    str words = str_c(t->lang == LANG_NL ? nl : en);
    for (size_t i = 0; i < t->outcome.replies.n; i++)
        if (str_has(t->outcome.replies.v[i].text, words))
            return true;
    return false;
}

static void start(struct talk *t, const struct card *c)
{
    say_it(t, c->say[t->lang].list.v[0].text);
    if (!str_eq(t->session->form.card, c->id))
        wrong(t, "the form does not start");
}

/* An answer to the question that is open. */
static void answer(struct talk *t, const struct card *c)
{
    int i = t->session->form.slot, dates = 0;
    const struct slot *s = &c->slots.v[i];
    for (int k = 0; k < i; k++)
        dates += c->slots.v[k].type == SLOT_DATE;
    switch (s->type) {
    case SLOT_DATE:
        if (s->past)
            say_in(t, "16 november", "16 November");
        else if (dates == 0)
            say_in(t, "7 december", "7 December");
        else
            say_in(t, "9 december", "9 December");
        return;
    case SLOT_PERIOD:
        say_in(t, "7 tot en met 9 december", "7 to 9 December");
        return;
    case SLOT_DURATION:
        say_in(t, "4 uur", "4 hours");
        return;
    case SLOT_AMOUNT:
        say_it(t, STR("32"));
        return;
    case SLOT_CHOICE:
        say_it(t, s->options[0].label[t->lang]);
        return;
    case SLOT_YESNO:
        say_in(t, "ja", "yes");
        return;
    case SLOT_TEXT:
        say_in(t, "Jan neemt het over", "Jan takes over");
        return;
    case SLOT_PERSON:
        say_it(t,
               person_get(&anna, s->name).n ? person_get(&anna, s->name)
                                            : STR("06-11223344"));
        return;
    }
}

static bool at_recap(const struct talk *t, const struct card *c)
{
    return t->session->form.slot >= (int)c->slots.n;
}

/* Answers what is asked, from here to the ticket. */
static void finish(struct talk *t, const struct card *c)
{
    for (int n = 0; !at_recap(t, c); n++) {
        if (n > STEPS_MAX || !str_eq(t->session->form.card, c->id))
            wrong(t, "the form does not go on to its end");
        answer(t, c);
    }
    t->ticket = STR_NONE;
    say_in(t, "ja, klopt", "yes, that's right");
    if (t->ticket.n == 0)
        wrong(t, "nothing was sent");
}

static bool choose(struct talk *t, size_t nth)
{
    const struct reply *r = &t->outcome.replies.v[t->outcome.replies.n - 1];
    if (nth >= r->n_choices)
        return false;
    t->event.type = EVENT_CHOOSE;
    t->event.choice = r->choices[nth].id;
    step(t);
    return true;
}

static const struct card *another_form(const struct talk *t)
{
    for (size_t i = 0; i < t->brain->catalogue->cards.n; i++) {
        const struct card *c = &t->brain->catalogue->cards.v[i];
        if (c->slots.n > 0 && c != t->card)
            return c;
    }
    wrong(t, "there is one form only");
}

static void still_asks(struct talk *t, int slot)
{
    if (!str_eq(t->session->form.card, t->card->id))
        wrong(t, "the form is lost");
    if (t->session->form.slot != slot)
        wrong(t, "another question is open now");
    const struct reply *r = &t->outcome.replies.v[t->outcome.replies.n - 1];
    str prompt = slot < (int)t->card->slots.n ? t->card->slots.v[slot].prompt[t->lang]
        : t->lang == LANG_NL                  ? STR("Dit heb ik genoteerd")
                                              : STR("This is what I have");
    if (!str_starts(r->text, prompt))
        wrong(t, "the question is not repeated");
}

/* --- the interruptions; false: it ends the form --- */

static bool nothing(struct talk *t, int slot)
{
    (void)t, (void)slot;
    return true;
}

static bool stop(struct talk *t, const char *nl, const char *en)
{
    say_in(t, nl, en);
    if (!was_said(t, "Er is niets verstuurd", "Nothing was sent"))
        wrong(t, "it does not say that nothing was sent");
    if (t->session->form.card.n > 0 || t->ticket.n > 0)
        wrong(t, "the form goes on");
    say_in(t, "wat is mijn opzegtermijn", "what is my notice period");
    if (t->outcome.kind != OUTCOME_ANSWER)
        wrong(t, "the next question is not answered");
    return false;
}

static bool stopped(struct talk *t, int slot)
{
    (void)slot;
    return stop(t, "stop", "stop");
}

static bool cancelled(struct talk *t, int slot)
{
    (void)slot;
    return stop(t, "Nee, laat maar zitten!", "Oh never mind, please");
}

static bool back(struct talk *t, int slot)
{
    say_in(t, "terug", "go back");
    still_asks(t, MAX(slot - 1, 0));
    return true;
}

static bool back_to_the_start(struct talk *t, int slot)
{
    for (int i = slot; i > 0; i--)
        back(t, i);
    still_asks(t, 0);
    return true;
}

static bool started_over(struct talk *t, int slot)
{
    (void)slot;
    say_in(t, "opnieuw beginnen", "start over");
    still_asks(t, 0);
    return true;
}

static bool each_answer_changed(struct talk *t, int slot)
{
    for (size_t nth = 0; t->session->form.n_values > 0; nth++) {
        say_in(t, "iets wijzigen", "change something");
        if (!choose(t, nth)) {
            if (at_recap(t,
                         t->card)) /* "what?" - "yes": the recap once more, no sending */
                say_in(t, "ja", "yes");
            if (t->ticket.n > 0)
                wrong(t, "sent without a look at it");
            break;
        }
        if (t->outcome.kind != OUTCOME_FORM || at_recap(t, t->card))
            wrong(t, "the answer is not asked again");
        answer(t, t->card);
    }
    while (t->session->form.slot < slot)
        answer(t, t->card);
    return true;
}

static bool side_question(struct talk *t, int slot)
{
    say_in(t, "wat is mijn opzegtermijn", "what is my notice period");
    if (!was_said(t, "1 maand", "1 month"))
        wrong(t, "the side question is not answered");
    still_asks(t, slot);
    return true;
}

static bool look_up(struct talk *t, int slot)
{
    say_in(t, "wat is mijn verlofsaldo", "what is my leave balance");
    if (!was_said(t, "HR-systeem", "HR system"))
        wrong(t, "the failed look-up is not told");
    say_in(t, "nee dank je", "no thank you");
    still_asks(t, slot);
    return true;
}

static bool silence(struct talk *t, int slot)
{
    t->event.at_ms += HOURS_20;
    say_in(t, "goedemorgen, daar ben ik weer", "good morning, here I am again");
    still_asks(t, slot);
    return true;
}

static bool silence_then_the_answer(struct talk *t, int slot)
{
    (void)slot;
    t->event.at_ms += HOURS_20;
    return true;
}

static bool other_form_left(struct talk *t, int slot)
{
    start(t, another_form(t));
    say_in(t, "stop", "stop");
    still_asks(t, slot);
    return true;
}

static bool other_form_sent(struct talk *t, int slot)
{
    const struct card *other = another_form(t);
    start(t, other);
    finish(t, other);
    still_asks(t, slot);
    return true;
}

static bool to_and_fro(struct talk *t, int slot)
{
    start(t, another_form(t));
    start(t, t->card);
    still_asks(t, slot);
    return true;
}

static bool an_emoji(struct talk *t, int slot)
{
    say_it(t, STR("\xf0\x9f\x8e\x89"));
    still_asks(t, slot);
    return true;
}

static bool told_to_go_on(struct talk *t, int slot)
{
    say_in(t, "ok, ga maar door", "ok, let's continue");
    still_asks(t, slot);
    return true;
}

static bool thanks(struct talk *t, int slot)
{
    bool recap = at_recap(t, t->card);
    say_in(t, "bedankt", "thank you");
    if (recap && !was_said(t, "om het te versturen", "to send it"))
        wrong(t, "it does not say that nothing was sent yet");
    still_asks(t, slot);
    return true;
}

/* The type of the question that is open; free text takes what is said. */
static bool is_asked_for(const struct talk *t, enum slot_type type)
{
    return !at_recap(t, t->card) && t->card->slots.v[t->session->form.slot].type == type;
}

static bool a_question_nobody_answers(struct talk *t, int slot)
{
    if (is_asked_for(t, SLOT_TEXT) || is_asked_for(t, SLOT_PERSON))
        return true;
    say_in(t, "regent het buiten?", "is it raining outside?");
    if (!was_said(t, "geen goed antwoord", "a good answer"))
        wrong(t, "it does not say that there is no answer");
    still_asks(t, slot);
    return true;
}

static bool a_day_of_no_calendar(struct talk *t, int slot)
{
    bool days = is_asked_for(t, SLOT_DATE) || is_asked_for(t, SLOT_PERIOD);
    if (!days)
        return true;
    say_in(t, "31 februari", "31 February");
    if (!was_said(t, "niet op de kalender", "no such day"))
        wrong(t, "it does not say that there is no such day");
    still_asks(t, slot);
    return true;
}

static bool a_person_asked_for(struct talk *t, int slot)
{
    t->event.type = EVENT_HANDOFF;
    step(t);
    say_in(t, "nee dank je", "no thank you");
    still_asks(t, slot);
    return true;
}

static bool a_thumb(struct talk *t, int slot)
{
    t->event.type = EVENT_FEEDBACK;
    t->event.helpful = true;
    t->event.judged = 1;
    t->event.text = STR_NONE;
    step(t);
    if (!str_eq(t->session->form.card, t->card->id) || t->session->form.slot != slot)
        wrong(t, "the form is lost");
    return true;
}

static const struct interruption {
    const char *name;
    bool (*happens)(struct talk *t, int slot);
} interruptions[] = {
    {"nothing", nothing},
    {"stop", stopped},
    {"never mind", cancelled},
    {"back", back},
    {"back to the first question", back_to_the_start},
    {"starting over", started_over},
    {"changing each answer", each_answer_changed},
    {"a side question", side_question},
    {"a look-up", look_up},
    {"silence and a greeting", silence},
    {"silence and the answer", silence_then_the_answer},
    {"another form, left", other_form_left},
    {"another form, sent", other_form_sent},
    {"another form and straight back", to_and_fro},
    {"an emoji", an_emoji},
    {"go on", told_to_go_on},
    {"thanks", thanks},
    {"a question nobody answers", a_question_nobody_answers},
    {"a day of no calendar", a_day_of_no_calendar},
    {"asking for a person", a_person_asked_for},
    {"a thumb", a_thumb},
};

/* The ticket of the form when this happens after n answers; n past the last one: nothing
 * is left to interrupt, *over is set. */
static str ticket_with(struct talk *t, const struct interruption *x, int n, bool *over)
{
    arena_reset(t->arena);
    t->session = session_read(t->arena, STR_NONE);
    t->event = small_event();
    t->event.lang = t->lang;
    t->ticket = STR_NONE;
    t->doing = x->name;
    t->position = 0;
    start(t, t->card);
    while (t->position < n && !at_recap(t, t->card)) {
        answer(t, t->card);
        t->position++;
    }
    *over = t->position < n;
    if (*over || !x->happens(t, t->session->form.slot))
        return STR_NONE;
    finish(t, t->card);
    return t->ticket;
}

static int interrupt_everywhere(struct talk *t, struct arena *a)
{
    bool over;
    int talks = 0;
    str plain = arena_str(a, ticket_with(t, &interruptions[0], 0, &over));
    for (size_t i = 0; i < LEN(interruptions); i++)
        for (int n = 0;; n++) {
            str got = ticket_with(t, &interruptions[i], n, &over);
            if (over)
                break;
            talks++;
            if (got.n > 0 && !str_eq(got, plain)) {
                fprintf(stderr, "%.*s\n", STR_ARG(got));
                wrong(t, "the ticket is another one");
            }
        }
    return talks;
}

static void no_interruption_changes_what_is_sent(void **arena)
{
    struct brain brain;
    small_build(&brain, *arena);
    int talks = 0;
    for (size_t i = 0; i < brain.catalogue->cards.n; i++)
        for (int l = 0; l < LANG_COUNT; l++) {
            struct talk t = {.brain = &brain,
                             .card = &brain.catalogue->cards.v[i],
                             .lang = (enum lang)l,
                             .arena = arena_new()};
            if (t.card->slots.n > 0)
                talks += interrupt_everywhere(&t, *arena);
            arena_free(t.arena);
        }
    print_message("%d conversations with an interruption\n", talks);
    CHECK(talks > 400, "they are made at every question");
    small_free(&brain);
}

UNIT_MAIN(UNIT(no_interruption_changes_what_is_sent))
