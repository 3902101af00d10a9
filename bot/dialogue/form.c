#include "dialogue/desk_talk.h"
#include "dialogue/slot_value.h"

#include "text/when.h"

enum { TRIES_MAX = 3, COMMAND_MAX = 20 };

enum command { COMMAND_NONE, COMMAND_STOP, COMMAND_BACK, COMMAND_CHANGE, COMMAND_SKIP };

static enum command command_of(str folded)
{
    static const struct {
        const char *text;
        enum command is;
    } words[] = {
        {"stop", COMMAND_STOP},
        {"stoppen", COMMAND_STOP},
        {"annuleren", COMMAND_STOP},
        {"annuleer", COMMAND_STOP},
        {"afbreken", COMMAND_STOP},
        {"laat maar", COMMAND_STOP},
        {"laat maar zitten", COMMAND_STOP},
        {"toch niet", COMMAND_STOP},
        {"ik wil stoppen", COMMAND_STOP},
        {"stop maar", COMMAND_STOP},
        {"cancel", COMMAND_STOP},
        {"quit", COMMAND_STOP},
        {"never mind", COMMAND_STOP},
        {"nevermind", COMMAND_STOP},
        {"forget it", COMMAND_STOP},
        {"abort", COMMAND_STOP},
        {"terug", COMMAND_BACK},
        {"vorige", COMMAND_BACK},
        {"ga terug", COMMAND_BACK},
        {"vorige vraag", COMMAND_BACK},
        {"back", COMMAND_BACK},
        {"go back", COMMAND_BACK},
        {"previous", COMMAND_BACK},
        {"wijzigen", COMMAND_CHANGE},
        {"wijzig", COMMAND_CHANGE},
        {"iets wijzigen", COMMAND_CHANGE},
        {"aanpassen", COMMAND_CHANGE},
        {"veranderen", COMMAND_CHANGE},
        {"change", COMMAND_CHANGE},
        {"edit", COMMAND_CHANGE},
        {"change something", COMMAND_CHANGE},
        {"overslaan", COMMAND_SKIP},
        {"sla over", COMMAND_SKIP},
        {"geen", COMMAND_SKIP},
        {"niets", COMMAND_SKIP},
        {"skip", COMMAND_SKIP},
        {"none", COMMAND_SKIP},
        {"nothing", COMMAND_SKIP},
    };
    while (folded.n > 0 && strchr("!. ", folded.p[folded.n - 1]))
        folded.n--;
    for (size_t i = 0; i < LEN(words) && folded.n <= COMMAND_MAX; i++)
        if (str_eq(folded, str_c(words[i].text)))
            return words[i].is;
    return COMMAND_NONE;
}

static const struct card *running(const struct turning *t)
{
    int i = turning_card_index(t, t->s->form.card);
    return i < 0 ? NULL : turning_card(t, i);
}

static struct value *value_for(struct form *f, str slot)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (str_eq(f->values[i].slot, slot))
            return &f->values[i];
    return NULL;
}

static void set_value(struct form *f, struct value v)
{
    struct value *old = value_for(f, v.slot);
    if (old)
        *old = v;
    else if (f->n_values < VALUES_MAX)
        f->values[f->n_values++] = v;
}

static void clear_value(struct form *f, str slot)
{
    struct value *v = value_for(f, slot);
    if (v)
        *v = f->values[--f->n_values];
}

/* A date slot may not lie before the date slot in front of it. */
static date_t not_before(const struct turning *t, const struct card *c, int slot)
{
    date_t d = DATE_NONE;
    for (int i = 0; i < slot; i++) {
        const struct value *v = c->slots.v[i].type == SLOT_DATE
            ? value_for(&t->s->form, c->slots.v[i].name)
            : NULL;
        if (v && v->value.n && date_parse(v->value, &d))
            d = DATE_NONE;
    }
    return d;
}

static void next_slot(struct turning *t, const struct card *c)
{
    struct form *f = &t->s->form;
    f->slot = 0;
    f->tries = 0;
    while (f->slot < (int)c->slots.n && value_for(f, c->slots.v[f->slot].name))
        f->slot++;
}

static void offer_values(struct turning *t, struct reply *r, const struct slot *s)
{
    for (size_t i = 0; i < s->n_options; i++) {
        str label = s->options[i].label[t->lang];
        if (label.n == 0)
            label = s->options[i].label[LANG_NL].n ? s->options[i].label[LANG_NL]
                                                   : s->options[i].label[LANG_EN];
        reply_offer(t, r, OFFER_VALUE, label, label);
    }
    if (s->type == SLOT_YESNO) {
        reply_offer(t, r, OFFER_VALUE, say(SAY_YES, t->lang), say(SAY_YES, t->lang));
        reply_offer(t, r, OFFER_VALUE, say(SAY_NO, t->lang), say(SAY_NO, t->lang));
    }
}

static str recap_lines(struct turning *t, const struct card *c, enum fill_form form)
{
    struct buf b = buf_new(t->a, REPLY_MAX);
    buf_put(&b, form == FILL_HTML ? STR("<ul>") : STR(""));
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        const struct value *v = value_for(&t->s->form, s->name);
        if (!v || v->shown.n == 0)
            continue;
        str prompt = s->prompt[t->lang].n ? s->prompt[t->lang] : s->name;
        if (form == FILL_HTML) {
            buf_put(&b, STR("<li>"));
            buf_html(&b, prompt);
            buf_put(&b, STR(" <strong>"));
            buf_html(&b, v->shown);
            buf_put(&b, STR("</strong></li>"));
        } else {
            buf_fmt(&b, "- %.*s %.*s\n", STR_ARG(prompt), STR_ARG(v->shown));
        }
    }
    buf_put(&b, form == FILL_HTML ? STR("</ul>") : STR(""));
    return buf_str(&b);
}

static void recap(struct turning *t, const struct card *c)
{
    str intro = say(SAY_FORM_RECAP, t->lang);
    str text = arena_fmt(t->a, "%.*s\n\n%.*s", STR_ARG(intro),
                         STR_ARG(recap_lines(t, c, FILL_MARKDOWN)));
    str html = arena_fmt(t->a, "<p>%.*s</p>%.*s", STR_ARG(intro),
                         STR_ARG(recap_lines(t, c, FILL_HTML)));
    struct reply *r = reply_markdown(t, text, html);
    reply_offer(t, r, OFFER_CONFIRM, STR_NONE, say(SAY_FORM_RIGHT, t->lang));
    reply_offer(t, r, OFFER_CHANGE, STR_NONE, say(SAY_FORM_CHANGE, t->lang));
    reply_offer(t, r, OFFER_STOP, STR_NONE, say(SAY_FORM_STOP, t->lang));
}

void form_ask(struct turning *t)
{
    const struct card *c = running(t);
    t->o->kind = OUTCOME_FORM;
    t->o->intent = c->id;
    t->s->form.asked_ms = t->e->at_ms;
    if (t->s->form.slot >= (int)c->slots.n) {
        recap(t, c);
        return;
    }
    const struct slot *s = &c->slots.v[t->s->form.slot];
    str prompt = s->prompt[t->lang].n ? s->prompt[t->lang] : s->name;
    str skip = s->required ? STR_NONE : say(SAY_FORM_CAN_SKIP, t->lang);
    struct value v[] = {{.slot = STR("x"), .shown = prompt}};
    struct buf h = buf_new(t->a, REPLY_MAX);
    buf_put(&h, STR("<p>"));
    buf_html(&h, v[0].shown);
    if (skip.n) {
        buf_put(&h, STR("<br><em>"));
        buf_html(&h,
                 t->lang == LANG_EN ? STR("(Optional: type skip.)")
                                    : STR("(Niet verplicht: typ overslaan.)"));
        buf_put(&h, STR("</em>"));
    }
    buf_put(&h, STR("</p>"));
    str text =
        arena_fmt(t->a, "%.*s%s%.*s", STR_ARG(prompt), skip.n ? " " : "", STR_ARG(skip));
    offer_values(t, reply_markdown(t, text, buf_str(&h)), s);
}

/* "vrij van 3 t/m 7 augustus": what the first message already tells. A period fills the
 * first two date slots. */
static void prefill(struct turning *t, const struct card *c)
{
    bool second = false;
    date_t until = DATE_NONE;
    if (t->e->type != EVENT_MESSAGE)
        return;
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        if (s->type == SLOT_TEXT || s->type == SLOT_PERSON || s->type == SLOT_YESNO ||
            s->type == SLOT_AMOUNT)
            continue;
        if (s->type == SLOT_DATE && second) {
            if (until != DATE_NONE)
                set_value(&t->s->form,
                          (struct value){s->name, date_iso(t->a, until),
                                         when_show(t->a, until, t->lang)});
            until = DATE_NONE;
            continue;
        }
        struct slot_reading r = slot_read(t, s, t->e->text, t->folded, DATE_NONE);
        if (!r.read || r.other.slot.n > 0)
            continue;
        set_value(&t->s->form, r.value);
        trace(t, "form: %.*s = %.*s, from the message", STR_ARG(s->name),
              STR_ARG(r.value.value));
        if (s->type == SLOT_DATE) {
            second = true;
            until = r.to > r.from ? r.to : DATE_NONE;
        }
    }
}

void form_start(struct turning *t, int card)
{
    const struct card *c = turning_card(t, card);
    if (t->s->form.card.n > 0 && !str_eq(t->s->form.card, c->id))
        t->s->parked = t->s->form;
    if (!str_eq(t->s->form.card, c->id))
        t->s->form = (struct form){.card = c->id};
    t->s->waiting = WAITING_NOTHING;
    t->s->topic = c->id;
    t->s->declined = 0;
    prefill(t, c);
    next_slot(t, c);
    form_ask(t);
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
    struct value v = {.slot = STR("name"), .shown = card_label(t, c)};
    reply_filled(t, SAY_FORM_RESUMED, &v, 1);
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
    clear_value(f, c->slots.v[f->slot].name);
    f->tries = 0;
    form_ask(t);
}

static void ask_what_to_change(struct turning *t, const struct card *c)
{
    struct reply *r = reply_say(t, SAY_FORM_WHAT_CHANGE);
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        str label = s->prompt[t->lang].n ? s->prompt[t->lang] : s->name;
        reply_offer(t, r, OFFER_CHANGE, s->name, label);
    }
    t->o->kind = OUTCOME_FORM;
    t->o->intent = c->id;
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
    const struct action *a = first_action(c, ACTION_TICKET);
    str queue = a ? a->arg : STR_NONE;
    if (a || first_action(c, ACTION_HANDOFF)) {
        str receipt =
            handoff_ticket(t, queue, card_label(t, c), recap_lines(t, c, FILL_MARKDOWN));
        struct value v = {.slot = STR("receipt"), .shown = receipt};
        reply_filled(t, SAY_FORM_SENT, &v, 1);
        desk_promise(t, route_queue(t, queue, STR_NONE, false));
    }
    int card = turning_card_index(t, c->id);
    if (card_answer(c, t->lang, turning_traits(t)))
        card_say(t, card, NULL, 0);
    t->o->kind = OUTCOME_FORM;
    t->o->intent = c->id;
    leave(t);
}

static void take_reading(struct turning *t, const struct card *c, struct slot_reading r)
{
    if (r.other.slot.n > 0) {
        struct reply *ask = reply_say(t, SAY_WHICH_DATE);
        reply_offer(t, ask, OFFER_VALUE, r.value.value, r.value.shown);
        reply_offer(t, ask, OFFER_VALUE, r.other.value, r.other.shown);
        t->o->kind = OUTCOME_FORM;
        return;
    }
    bool health = false;
    if (is_absence_card(c) && c->slots.v[t->s->form.slot].type == SLOT_TEXT) {
        r.value.value = screen_health(t->a, r.value.value, &health);
        r.value.shown = r.value.value;
    }
    if (health)
        reply_say(t, SAY_NO_DIAGNOSIS);
    set_value(&t->s->form, r.value);
    next_slot(t, c);
    form_ask(t);
}

static void complain(struct turning *t, enum say why)
{
    reply_say(t, why);
    if (++t->s->form.tries >= TRIES_MAX) {
        struct reply *r = reply_say(t, SAY_FORM_BACK_TO);
        reply_offer(t, r, OFFER_STOP, STR_NONE, say(SAY_FORM_STOP, t->lang));
        reply_offer(t, r, OFFER_HANDOFF, STR_NONE, say(SAY_HANDOFF_YES, t->lang));
    }
    form_ask(t);
}

/* Something else asked in the middle of a form: answered, and the form goes on. */
static bool side_question(struct turning *t, const struct card *c)
{
    struct understood u = understand(t);
    if (u.card < 0 || !u.sure || u.other >= 0 || turning_card(t, u.card) == c)
        return false;
    trace(t, "a side question; the form waits");
    const struct card *other = turning_card(t, u.card);
    card_run(t, u.card, u.score);
    if (other->slots.n > 0 || t->s->waiting != WAITING_NOTHING ||
        t->s->pending_lookup.n > 0)
        return true;
    enum outcome_kind kind = t->o->kind;
    str intent = t->o->intent;
    reply_say(t, SAY_FORM_BACK_TO);
    form_ask(t);
    t->o->kind = kind;
    t->o->intent = intent;
    return true;
}

static bool take_command(struct turning *t, const struct card *c, enum command what)
{
    struct form *f = &t->s->form;
    bool at_recap = f->slot >= (int)c->slots.n;
    switch (what) {
    case COMMAND_STOP:
        stop(t);
        return true;
    case COMMAND_BACK:
        back(t, c);
        return true;
    case COMMAND_CHANGE:
        ask_what_to_change(t, c);
        return true;
    case COMMAND_SKIP:
        if (at_recap || c->slots.v[f->slot].required)
            return false;
        set_value(f, (struct value){.slot = c->slots.v[f->slot].name});
        next_slot(t, c);
        form_ask(t);
        return true;
    case COMMAND_NONE:
        break;
    }
    if (!at_recap)
        return false;
    int answer = yes_no(t->folded, t->lang);
    if (answer > 0)
        finish(t, c);
    else if (answer < 0)
        ask_what_to_change(t, c);
    return answer != 0;
}

static void take_value(struct turning *t, const struct card *c)
{
    struct form *f = &t->s->form;
    if (f->slot >= (int)c->slots.n) {
        if (!side_question(t, c))
            form_ask(t);
        return;
    }
    const struct slot *s = &c->slots.v[f->slot];
    bool is_free = s->type == SLOT_TEXT || s->type == SLOT_PERSON;
    struct slot_reading r =
        slot_read(t, s, t->e->text, t->folded, not_before(t, c, f->slot));
    if (!is_free && r.read) {
        take_reading(t, c, r);
        return;
    }
    if (side_question(t, c))
        return;
    if (r.read)
        take_reading(t, c, r);
    else
        complain(t, r.why);
}

bool form_message(struct turning *t)
{
    if (t->s->form.card.n == 0)
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
    if (!take_command(t, c, command_of(t->folded)))
        take_value(t, c);
    return true;
}

void form_take(struct turning *t, const struct offer *o)
{
    const struct card *c = running(t);
    if (!c) {
        reply_say(t, SAY_NOT_OFFERED);
        return;
    }
    if (o->type == OFFER_STOP) {
        stop(t);
    } else if (o->type == OFFER_CONFIRM) {
        finish(t, c);
    } else if (o->type == OFFER_CHANGE && o->target.n == 0) {
        ask_what_to_change(t, c);
    } else if (o->type == OFFER_CHANGE) {
        for (size_t i = 0; i < c->slots.n; i++) {
            if (!str_eq(c->slots.v[i].name, o->target))
                continue;
            clear_value(&t->s->form, o->target);
            t->s->form.slot = (int)i;
        }
        form_ask(t);
    } else if (t->s->form.slot < (int)c->slots.n) {
        const struct slot *s = &c->slots.v[t->s->form.slot];
        str folded = o->target;
        struct slot_reading r = {.read = true, .value = {s->name, o->target, o->label}};
        if (s->type == SLOT_CHOICE)
            r = slot_read(t, s, o->label, folded, DATE_NONE);
        if (!r.read)
            r = (struct slot_reading){.read = true,
                                      .value = {s->name, o->target, o->label}};
        take_reading(t, c, r);
    }
}
