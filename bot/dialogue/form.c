#include "dialogue/form.h"
#include "dialogue/desk_talk.h"

#include "text/normalise.h"
#include "text/when.h"

enum { TRIES_MAX = 3 };

/* A form left alone this long is not taken up in the middle of a sentence. */
static const int64_t silence_ms = 4 * 3600 * 1000;

static const struct card *running(const struct turning *t)
{
    int i = turning_card_index(t, t->s->form.card);
    return i < 0 ? NULL : turning_card(t, i);
}

static void ask_next(struct turning *t, const struct card *c)
{
    t->s->form.slot = form_open_slot(&t->s->form, c);
    t->s->form.tries = 0;
    form_ask(t);
}

static void say_name(struct turning *t, enum say what, const struct card *c)
{
    struct value v = {.slot = STR("name"), .shown = card_label(t, c)};
    reply_filled(t, what, &v, 1);
}

/* The first day of a mail may be one that has gone by: "as I wrote on 3 November". */
static void fill_by_sentence(struct turning *t, const struct card *c, str told)
{
    str rest = told, sentence, folded;
    while (form_open_slot(&t->s->form, c) < (int)c->slots.n &&
           long_sentence(&rest, &sentence))
        if (normalise(t->a, sentence, &folded) == RC_OK)
            form_fill(t, c, sentence, folded);
}

void form_start(struct turning *t, int card)
{
    const struct card *c = turning_card(t, card);
    struct session *s = t->s;
    s->waiting = WAITING_NOTHING;
    topic_set(t, c->id);
    s->declined = 0;
    if (str_eq(s->parked.card, c->id)) { /* back to the one that was left */
        struct form other = s->form;
        s->form = s->parked;
        s->parked = other;
        say_name(t, SAY_FORM_RESUMED, c);
    } else if (!str_eq(s->form.card, c->id)) {
        if (s->form.card.n > 0)
            s->parked = s->form;
        s->form = (struct form){.card = c->id};
    }
    bool health = false;
    if (is_absence_card(c))
        screen_health(t->a, t->told, &health);
    if (health)
        reply_say(t, SAY_NO_DIAGNOSIS);
    str told = long_core(t, t->told), folded;
    if (normalise(t->a, told, &folded))
        folded = STR_NONE;
    form_fill(t, c, told, folded);
    if (long_is(t->told))
        fill_by_sentence(t, c, told);
    size_t from, to;
    if (form_has_date(c) && when_missing(folded, t->lang, &from, &to))
        reply_say(t, SAY_BAD_DAY);
    ask_next(t, c);
}

/* Ends the running form; a parked one comes back. */
static void leave(struct turning *t)
{
    t->s->form = t->s->parked;
    t->s->parked = (struct form){0};
    const struct card *c = t->s->form.card.n ? running(t) : NULL;
    if (!c) {
        t->s->form = (struct form){0};
        return;
    }
    say_name(t, SAY_FORM_RESUMED, c);
    form_ask(t);
}

static void stop(struct turning *t)
{
    reply_say(t, SAY_FORM_STOPPED);
    t->o->kind = OUTCOME_FORM;
    leave(t);
}

static void back(struct turning *t, const struct card *c)
{
    struct form *f = &t->s->form;
    if (f->slot > 0)
        f->slot--;
    while (f->slot > 0 && !form_applies(f, c, f->slot))
        f->slot--;
    form_clear(f, c->slots.v[f->slot].name);
    f->tries = 0;
    form_ask(t);
}

static void restart(struct turning *t, const struct card *c)
{
    t->s->form = (struct form){.card = c->id};
    form_fill(t, c, STR_NONE, STR_NONE);
    ask_next(t, c);
}

static void change(struct turning *t, const struct card *c)
{
    if (t->s->form.n_values == 0) {
        form_ask(t);
        return;
    }
    form_ask_change(t, c);
    t->s->form.tries++; /* a yes to this sends nothing: take_at_recap */
}

static const struct action *first_action(const struct card *c, enum action_type type)
{
    for (size_t i = 0; i < c->actions.n; i++)
        if (c->actions.v[i].type == type)
            return &c->actions.v[i];
    return NULL;
}

static void finish(struct turning *t, const struct card *c)
{
    form_recheck(t, c); /* days may have gone by, HR may have added a question */
    if (form_open_slot(&t->s->form, c) < (int)c->slots.n) {
        ask_next(t, c);
        return;
    }
    for (size_t i = 0; i < c->slots.n; i++) { /* in the language spoken now */
        struct value *v = form_value(&t->s->form, c->slots.v[i].name);
        if (v)
            v->shown = slot_shown(t, &c->slots.v[i], v);
    }
    const struct action *a = first_action(c, ACTION_TICKET);
    if (a || first_action(c, ACTION_HANDOFF)) {
        str queue = route_queue(t, a ? a->arg : STR_NONE, card_topic(c), false);
        str receipt =
            handoff_ticket(t, queue, card_label(t, c), form_lines(t, c, FILL_MARKDOWN));
        struct value v = {.slot = STR("receipt"), .shown = receipt};
        reply_filled(t, SAY_FORM_SENT, &v, 1);
        desk_promise(t, queue);
    }
    int card = turning_card_index(t, c->id);
    if (card_answer(c, t->lang, turning_traits(t)))
        card_say(t, card, NULL, 0);
    t->o->kind = OUTCOME_FORM;
    t->o->intent = c->id;
    leave(t);
}

static void ask_which_date(struct turning *t, const struct card *c,
                           const struct slot_reading *r)
{
    const struct slot *s = &c->slots.v[t->s->form.slot];
    struct value v[] = {{.slot = STR("one"), .shown = r->value.shown},
                        {.slot = STR("other"), .shown = r->other.shown}};
    struct reply *ask = reply_filled(t, SAY_WHICH_DATE, v, LEN(v));
    for (int i = 0; i < 2; i++) {
        const struct value *day = i ? &r->other : &r->value;
        reply_offer(t, ask, OFFER_VALUE, form_target(t, c, s, day->value), day->shown);
    }
    t->o->kind = OUTCOME_FORM;
}

/* Medical words are dropped; is anything left of it? */
static bool screen_value(struct turning *t, struct value *v)
{
    bool health = false;
    str kept = screen_health(t->a, v->value, &health);
    if (!health)
        return true;
    reply_say(t, SAY_NO_DIAGNOSIS);
    v->value = v->shown = kept;
    for (size_t i = 0; i < kept.n; i++)
        if ((kept.p[i] | 0x20) >= 'a' && (kept.p[i] | 0x20) <= 'z')
            return true;
    return false;
}

static void take_reading(struct turning *t, const struct card *c, struct slot_reading r)
{
    const struct slot *s = &c->slots.v[t->s->form.slot];
    if (r.other.slot.n > 0) {
        ask_which_date(t, c, &r);
        return;
    }
    bool is_free = s->type == SLOT_TEXT || s->type == SLOT_PERSON;
    if (is_free && is_absence_card(c) && !screen_value(t, &r.value)) {
        form_ask(t);
        return;
    }
    form_set(&t->s->form, r.value);
    if (!is_free && t->e->type == EVENT_MESSAGE)
        form_fill(t, c, t->e->text, t->folded); /* "van 3 t/m 7, alleen de ochtenden" */
    ask_next(t, c);
}

/* "12 december" to "which kind of leave?": an answer to a question still to come. */
static bool answers_another(struct turning *t, const struct card *c)
{
    size_t before = t->s->form.n_values;
    form_fill(t, c, t->e->text, t->folded);
    if (t->s->form.n_values == before)
        return false;
    ask_next(t, c);
    return true;
}

static void say_range(struct turning *t, const struct slot *s)
{
    struct value v[] = {{.slot = STR("least"),
                         .shown = arena_fmt(t->a, "%lld", (long long)s->least / 100)},
                        {.slot = STR("most"),
                         .shown = arena_fmt(t->a, "%lld", (long long)s->most / 100)}};
    reply_filled(t, SAY_BAD_RANGE, v, LEN(v));
}

static void complain(struct turning *t, enum say why)
{
    const struct card *c = running(t);
    bool health = false;
    if (c && is_absence_card(c)) /* what somebody has is no answer here, and not kept */
        (void)screen_health(t->a, t->e->text, &health);
    bool asks = !health && why != SAY_BAD_DAY && form_is_question(t->folded);
    if (asks) { /* for who types "mens" now */
        t->s->question = question_kept(t);
        t->o->unanswered = true;
    }
    if (c && !health && !asks && why == SAY_BAD_RANGE)
        say_range(t, &c->slots.v[t->s->form.slot]);
    else
        reply_say(t, health ? SAY_NO_DIAGNOSIS : asks ? SAY_FORM_NO_ANSWER : why);
    if (++t->s->form.tries >= TRIES_MAX) {
        struct reply *r = reply_say(t, SAY_FORM_STUCK);
        reply_offer(t, r, OFFER_STOP, t->s->form.card, say(SAY_FORM_STOP, t->lang));
        reply_offer(t, r, OFFER_HANDOFF, STR_NONE, say(SAY_HANDOFF_YES, t->lang));
    }
    form_ask(t);
}

void form_go_on(struct turning *t)
{
    const struct card *c = t->s->form.card.n ? running(t) : NULL;
    if (!c)
        return;
    enum outcome_kind kind = t->o->kind;
    str intent = t->o->intent;
    say_name(t, SAY_FORM_BACK_TO, c);
    form_ask(t);
    t->o->kind = kind;
    t->o->intent = intent;
}

static void skip(struct turning *t, const struct card *c)
{
    const struct slot *s = &c->slots.v[t->s->form.slot];
    form_set(&t->s->form, (struct value){.slot = s->name});
    ask_next(t, c);
}

/* Not a value, but a way of leaving the question open. */
static bool take_skip(struct turning *t, const struct card *c, enum form_command what)
{
    if (form_at_recap(t, c))
        return false;
    const struct slot *s = &c->slots.v[t->s->form.slot];
    bool no = s->type != SLOT_YESNO && !s->required && yes_no(t->folded, t->lang) < 0;
    if (!s->required && (what == FORM_SKIP || what == FORM_UNKNOWN || no)) {
        skip(t, c);
        return true;
    }
    bool refused = s->required && (s->type == SLOT_TEXT || s->type == SLOT_PERSON) &&
        yes_no(t->folded, t->lang) < 0;
    if (what != FORM_SKIP && !refused)
        return false;
    reply_say(t, SAY_FORM_NEEDED);
    form_ask(t);
    return true;
}

static bool take_command(struct turning *t, const struct card *c, enum form_command what)
{
    switch (what) {
    case FORM_STOP:
        stop(t);
        return true;
    case FORM_BACK:
        back(t, c);
        return true;
    case FORM_CHANGE:
        change(t, c);
        return true;
    case FORM_RESTART:
        restart(t, c);
        return true;
    case FORM_RESUME:
        form_ask(t);
        return true;
    case FORM_SKIP:
    case FORM_UNKNOWN:
    case FORM_NO_COMMAND:
        break;
    }
    return take_skip(t, c, what);
}

static void take_at_recap(struct turning *t, const struct card *c)
{
    int answer = yes_no(t->folded, t->lang);
    if (answer > 0 && t->s->form.tries > 0) { /* "what would you like to change?": yes */
        form_ask(t);
    } else if (answer > 0) {
        finish(t, c);
    } else if (answer < 0) {
        change(t, c);
    } else if (!form_mend(t, c) && !form_side_question(t, c)) {
        if (form_is_question(t->folded)) {
            complain(t, SAY_FORM_NO_ANSWER);
            return;
        }
        reply_say(t, SAY_FORM_RECAP_HINT);
        form_ask(t);
    }
}

/* "ja" to a question with one button for an answer. */
static bool take_only_offer(struct turning *t)
{
    const struct session *s = t->s;
    const struct offer *only = NULL;
    if (s->n_offers == 0 || yes_no(t->folded, t->lang) <= 0)
        return false;
    str last = s->offers[s->n_offers - 1].id, turn_of = str_cut(&last, '.');
    for (size_t i = 0; i < s->n_offers; i++) {
        str id = s->offers[i].id;
        if (!str_eq(str_cut(&id, '.'), turn_of) || s->offers[i].type != OFFER_VALUE)
            continue;
        if (only)
            return false;
        only = &s->offers[i];
    }
    if (!only)
        return false;
    struct offer taken = *only;
    form_take(t, &taken);
    return true;
}

static void take_value(struct turning *t, const struct card *c)
{
    struct form *f = &t->s->form;
    const struct slot *s = &c->slots.v[f->slot];
    bool is_free = s->type == SLOT_TEXT || s->type == SLOT_PERSON;
    struct slot_reading r =
        slot_read(t, s, t->e->text, t->folded, form_not_before(t, c, f->slot));
    /* "hoeveel dagen heb ik op 1 januari?" holds a day and is no answer */
    bool asks = !is_free && r.read && !r.whole && form_is_question(t->folded);
    if (form_mend(t, c) || (asks && form_side_question(t, c)))
        return;
    if (!is_free && r.read) {
        take_reading(t, c, r);
        return;
    }
    if (form_side_question(t, c) || take_only_offer(t))
        return;
    if (r.read)
        take_reading(t, c, r);
    else if (r.why == SAY_BAD_DAY || r.why == SAY_BAD_RANGE || r.why == SAY_BAD_FUTURE ||
             r.why == SAY_BAD_PAST || r.why == SAY_BAD_ORDER || !answers_another(t, c))
        complain(t, r.why);
}

/* Taken up again after a long silence: words that are no answer by themselves are not
 * taken for one. */
static bool take_after_silence(struct turning *t, const struct card *c)
{
    int64_t since = t->s->form.asked_ms;
    if (since == 0 || t->e->at_ms - since < silence_ms)
        return false;
    trace(t, "the form was left alone for %lld minutes",
          (long long)((t->e->at_ms - since) / 60000));
    if (!form_at_recap(t, c)) {
        const struct slot *s = &c->slots.v[t->s->form.slot];
        bool is_free = s->type == SLOT_TEXT || s->type == SLOT_PERSON;
        if (!is_free &&
            slot_read(t, s, t->e->text, t->folded, form_not_before(t, c, t->s->form.slot))
                .read)
            return false;
    } else if (yes_no(t->folded, t->lang) != 0) {
        return false;
    }
    if (form_side_question(t, c))
        return true;
    form_recheck(t, c);
    t->s->form.slot = form_open_slot(&t->s->form, c);
    say_name(t, SAY_FORM_STILL, c);
    form_ask(t);
    return true;
}

/* Left for days: the store has forgotten it as well. */
static bool is_forgotten(struct turning *t)
{
    int64_t asked = t->s->form.asked_ms;
    if (asked == 0 || asked >= t->e->forms_since_ms)
        return false;
    trace(t, "the form was left too long ago");
    t->s->form = t->s->parked = (struct form){0};
    return true;
}

bool form_message(struct turning *t)
{
    if (t->s->form.card.n == 0 || is_forgotten(t))
        return false;
    const struct card *c = running(t);
    if (!c || c->slots.n == 0 || !t->allowed[turning_card_index(t, c->id)]) {
        t->s->form = (struct form){0};
        reply_handoff_offers(t, reply_say(t, SAY_FORM_GONE));
        t->o->kind = OUTCOME_HANDOFF;
        return true;
    }
    t->s->form.slot = MIN(t->s->form.slot, (int)c->slots.n);
    trace(t, "form %.*s, slot %d of %zu", STR_ARG(c->id), t->s->form.slot + 1,
          c->slots.n);
    t->o->intent = c->id;
    t->o->kind = OUTCOME_FORM;
    if (take_command(t, c, form_command(t)) || take_after_silence(t, c))
        return true;
    if (form_at_recap(t, c))
        take_at_recap(t, c);
    else
        take_value(t, c);
    return true;
}

bool form_takes_numbers(const struct turning *t)
{
    const struct card *c = t->s->form.card.n ? running(t) : NULL;
    if (!c || form_at_recap(t, c))
        return false;
    enum slot_type type = c->slots.v[t->s->form.slot].type;
    return type != SLOT_CHOICE && type != SLOT_YESNO;
}

/* --- buttons --- */

static int slot_index(const struct card *c, str name)
{
    for (size_t i = 0; i < c->slots.n; i++)
        if (str_eq(c->slots.v[i].name, name))
            return (int)i;
    return -1;
}

/* A button answers its own question, also when another one is open by now. */
static void take_offered(struct turning *t, const struct card *c, int slot, str value,
                         str label)
{
    const struct slot *s = &c->slots.v[slot];
    struct slot_reading r = {.read = true, .value = {s->name, value, label}};
    date_t day;
    if (s->type == SLOT_CHOICE)
        r = slot_read(t, s, value, value, DATE_NONE);
    else if (s->type == SLOT_DATE && date_parse(value, &day) == RC_OK)
        r.value.shown = when_show(t->a, day, t->lang);
    form_set(&t->s->form, r.read ? r.value : (struct value){s->name, value, label});
    form_recheck(t, c);
    ask_next(t, c);
}

void form_take(struct turning *t, const struct offer *o)
{
    const struct card *c = t->s->form.card.n ? running(t) : NULL;
    str value = o->target, card = str_cut(&value, ' '), name = str_cut(&value, ' ');
    int slot = c ? slot_index(c, name) : -1;
    bool here = c && str_eq(card, c->id) && (name.n == 0 || slot >= 0);
    if (!here) { /* of a form that is over, or of the one that waits */
        reply_say(t, SAY_NOT_OFFERED);
        form_go_on(t);
        return;
    }
    t->o->intent = c->id;
    t->o->kind = OUTCOME_FORM;
    if (o->type == OFFER_STOP) {
        stop(t);
    } else if (o->type == OFFER_CONFIRM) {
        if (form_at_recap(t, c))
            finish(t, c);
        else
            form_ask(t);
    } else if (o->type == OFFER_CHANGE && slot < 0) {
        change(t, c);
    } else if (o->type == OFFER_CHANGE) {
        form_clear(&t->s->form, name);
        t->s->form.slot = slot;
        t->s->form.tries = 0;
        form_ask(t);
    } else if (o->type == OFFER_SKIP) {
        t->s->form.slot = slot;
        skip(t, c);
    } else {
        take_offered(t, c, slot, value, o->label);
    }
}
