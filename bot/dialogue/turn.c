#include "dialogue/turn.h"

#include <stdarg.h>
#include <stdio.h>

#include "dialogue/desk_talk.h"
#include "dialogue/turning.h"
#include "text/normalise.h"
#include "text/word.h"

const char *outcome_name(enum outcome_kind k)
{
    static const char *const names[] = {"answer",  "choice",    "form",
                                        "handoff", "sensitive", "nothing"};
    return names[k];
}

str person_get(const struct person *p, str key)
{
    if (!p)
        return STR_NONE;
    for (size_t i = 0; i < p->traits.n; i++)
        if (str_eq(p->traits.v[i].key, key))
            return p->traits.v[i].value;
    return STR_NONE;
}

const struct traits *turning_traits(const struct turning *t)
{
    static const struct traits nobody = {0};
    return t->e->person ? &t->e->person->traits : &nobody;
}

int turning_card_index(const struct turning *t, str id)
{
    const int64_t *at = id.n ? map_find(&t->brain->catalogue->card_by_id, id) : NULL;
    return at ? (int)*at : -1;
}

void trace(struct turning *t, const char *fmt, ...)
{
    if (!t->e->explain)
        return;
    char line[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    *arena_push(t->a, &t->o->trace) = arena_str(t->a, str_c(line));
}

bool is_small_talk(const struct card *c)
{
    return str_starts(c->id, STR("talk.")) && c->actions.n == 0;
}

void turning_allow(struct turning *t)
{
    const struct catalogue *c = t->brain->catalogue;
    t->allowed = arena_room(t->a, c->cards.n * sizeof *t->allowed);
    if (c->cards.n)
        memcpy(t->allowed, c->open_cards, c->cards.n * sizeof *t->allowed);
    for (size_t k = 0; k < c->bound_cards.n; k++) {
        size_t i = c->bound_cards.v[k];
        const struct card *card = &c->cards.v[i];
        t->allowed[i] = card_is_valid(card, t->e->today) &&
            audience_fit(&card->audience, turning_traits(t)) == FIT_YES;
    }
}

enum { LONG_BYTES = 24 };

/* "in English please", "kan het in het Nederlands?" */
static bool language_asked(struct turning *t)
{
    static const struct {
        const char *text;
        enum lang lang;
    } asks[] = {
        {"english", LANG_EN},
        {"in english", LANG_EN},
        {"english please", LANG_EN},
        {"in english please", LANG_EN},
        {"can you speak english", LANG_EN},
        {"do you speak english", LANG_EN},
        {"engels", LANG_EN},
        {"in het engels", LANG_EN},
        {"in het engels graag", LANG_EN},
        {"kan het in het engels", LANG_EN},
        {"nederlands", LANG_NL},
        {"in het nederlands", LANG_NL},
        {"in het nederlands graag", LANG_NL},
        {"kan het in het nederlands", LANG_NL},
        {"dutch", LANG_NL},
        {"in dutch", LANG_NL},
        {"dutch please", LANG_NL},
        {"in dutch please", LANG_NL},
        {"spreek je nederlands", LANG_NL},
        {"switch to english", LANG_EN},
        {"switch to dutch", LANG_NL},
    };
    static const char *const fronts[] = {"and ", "en ", "ok ", "ok, ", "oke ", "oke, "};
    str said = t->folded;
    while (said.n > 0 && strchr("?!. ", said.p[said.n - 1]))
        said.n--;
    for (size_t i = 0; i < LEN(fronts); i++)
        if (str_starts(said, str_c(fronts[i])))
            said = str_sub(said, strlen(fronts[i]), said.n);
    for (size_t i = 0; i < LEN(asks) && said.n <= LONG_BYTES; i++) {
        if (!str_is(said, asks[i].text))
            continue;
        trace(t, "the person asks for %s", lang_code(asks[i].lang));
        t->lang = t->s->lang = t->o->lang = asks[i].lang;
        t->s->lang_chosen = true;
        reply_say(t, SAY_LANGUAGE_SET);
        form_go_on(t);
        return true;
    }
    return false;
}

static bool has_letter_or_digit(str folded)
{
    for (size_t i = 0; i < folded.n; i++) {
        unsigned char c = (unsigned char)folded.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xc3 && c <= 0xdf))
            return true;
    }
    return false;
}

static void take_message(struct turning *t)
{
    t->o->said = t->e->text;
    if (!has_letter_or_digit(t->folded)) {
        trace(t, "no words in it");
        if (t->s->form.card.n > 0)
            form_go_on(t);
        else if (!feedback_emoji(t))
            reply_say(t, SAY_EMPTY);
        return;
    }
    /* the adviser of a sensitive ticket is who such words are meant for */
    bool confided = t->s->human_closed && t->s->human.n > 0;
    if (!t->e->intents_only && !t->e->knowledge_only && !confided && sensitive_message(t))
        return;
    if (desk_message(t))
        return;
    const struct offer *typed = choice_typed(t);
    if (typed) {
        trace(t, "typed choice: %.*s", STR_ARG(typed->label));
        struct offer taken = *typed;
        choice_take(t, &taken);
        return;
    }
    if (language_asked(t) || choice_message(t) || handoff_message(t) || form_message(t) ||
        feedback_message(t) || yes_no_to_nothing(t))
        return;
    t->s->waiting = WAITING_NOTHING;
    policy_message(t);
}

static void take_choice(struct turning *t)
{
    const struct offer *o = session_find_offer(t->s, t->e->choice);
    if (!o) {
        trace(t, "not offered in this conversation");
        reply_say(t, SAY_NOT_OFFERED);
        return;
    }
    struct offer taken = *o;
    t->o->said = taken.label;
    choice_take(t, &taken);
}

/* Health words leave transcript and ticket whenever a sickness card is candidate or runs.
 */
static void screen(struct turning *t)
{
    bool absence = false;
    int running = turning_card_index(t, t->s->form.card);
    if (running >= 0)
        absence = is_absence_card(turning_card(t, running));
    for (size_t i = 0; i < t->o->n_candidates; i++)
        absence = absence || is_absence_card(turning_card(t, t->o->candidates[i].card));
    str about[] = {t->o->intent, t->o->judged.what};
    for (size_t i = 0; i < LEN(about); i++) {
        int decided = turning_card_index(t, about[i]);
        absence = absence || (decided >= 0 && is_absence_card(turning_card(t, decided)));
    }
    if (!absence)
        return;
    bool found;
    t->o->said = screen_health(t->a, t->o->said, &found);
    if (found) {
        t->s->question = screen_health(t->a, t->s->question, &found);
        t->s->asked = screen_health(t->a, t->s->asked, &found);
    }
}

void turn(const struct brain *b, struct session *s, const struct event *e,
          struct arena *a, struct outcome *out)
{
    *out = (struct outcome){.kind = OUTCOME_ANSWER, .lang = LANG_NONE};
    struct turning t = {.brain = b, .s = s, .e = e, .a = a, .o = out};
    bool words = e->type == EVENT_MESSAGE || e->type == EVENT_FEEDBACK;
    if (words && normalise(a, e->text, &t.folded))
        t.folded = STR_NONE; /* not text: answered as an empty message */
    if (e->type == EVENT_MESSAGE)
        t.told = e->text;
    bool was_private = s->private_topic;
    turning_allow(&t);
    spoken_find(&t);
    switch (e->type) {
    case EVENT_MESSAGE:
        take_message(&t);
        break;
    case EVENT_CHOOSE:
        take_choice(&t);
        break;
    case EVENT_FEEDBACK:
        feedback_take(&t);
        break;
    case EVENT_HANDOFF:
        handoff_ask(&t);
        break;
    case EVENT_PRESENT:
        out->kind = OUTCOME_NOTHING;
        break;
    case EVENT_LOOKUP:
        lookup_done(&t);
        break;
    case EVENT_TICKET:
        ticket_done(&t);
        break;
    case EVENT_AGENT:
    case EVENT_STATUS:
    case EVENT_PROMISE:
    case EVENT_TICKETS:
    case EVENT_NOT_TOLD:
        desk_event(&t);
        break;
    case EVENT_FILE:
        file_take(&t);
        break;
    }
    if (e->type <= EVENT_HANDOFF)
        s->said_turn = e->turn;
    screen(&t);
    file_note_topic(&t);
    if (e->type >= EVENT_AGENT && e->type != EVENT_TICKETS && e->type != EVENT_FILE) {
        out->private_turn = e->closed; /* it is about a ticket, not about the topic */
        return;
    }
    out->private_turn = out->private_turn || s->private_topic ||
        (was_private && out->kind == OUTCOME_SENSITIVE);
}
