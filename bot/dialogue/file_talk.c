#include "dialogue/turning.h"

/* Beginning from here a candidate counts as what the message may be about. */
static const double likely = 0.1;

/* A card runs or decided, or nothing was certain and an absence is likely: what follows
 * is about somebody being ill, until something else is decided. */
void file_note_topic(struct turning *t)
{
    struct session *s = t->s;
    const struct outcome *o = t->o;
    int running = turning_card_index(t, s->form.card);
    int decided = turning_card_index(t, o->intent);
    if (t->e->type != EVENT_MESSAGE && t->e->type != EVENT_CHOOSE)
        return;
    if (running >= 0) {
        s->absence = is_absence_card(turning_card(t, running));
    } else if (decided >= 0) {
        s->absence = is_absence_card(turning_card(t, decided));
    } else if (o->n_candidates > 0) {
        s->absence = screen_tells(t->folded) ||
            (o->candidates[0].score >= likely &&
             is_absence_card(turning_card(t, o->candidates[0].card)));
    }
}

static bool is_absence(const struct turning *t)
{
    int running = turning_card_index(t, t->s->form.card);
    return t->s->absence || (running >= 0 && is_absence_card(turning_card(t, running)));
}

static struct reply *say_file(struct turning *t, enum say what, str receipt)
{
    struct value v[] = {
        {.slot = STR("name"), .shown = t->e->name},
        {.slot = STR("receipt"), .shown = receipt},
        {.slot = STR("n"), .shown = arena_fmt(t->a, "%d", t->e->files_most)}};
    return reply_filled(t, what, v, LEN(v));
}

static void refuse(struct turning *t, enum say why)
{
    trace(t, "the file is not taken");
    say_file(t, why, STR_NONE);
}

static void take(struct turning *t, str receipt)
{
    struct effect *x = arena_push(t->a, &t->o->effects);
    *x = (struct effect){.type = EFFECT_FILE, .receipt = receipt};
    t->s->files += receipt.n == 0;
}

static const struct own_ticket *find_ticket(const struct event *e, str receipt)
{
    for (size_t i = 0; i < e->n_tickets; i++)
        if (str_eq(e->tickets[i].receipt, receipt))
            return &e->tickets[i];
    return NULL;
}

/* The ticket that it is about: whose human has the conversation, to which something is
 * being added, or else the newest open one of this conversation. */
static const struct own_ticket *meant_ticket(const struct turning *t)
{
    const struct session *s = t->s;
    if (s->human.n > 0)
        return find_ticket(t->e, s->human);
    if (s->waiting == WAITING_ADD)
        return find_ticket(t->e, s->adding);
    if (s->waiting != WAITING_NOTHING && s->waiting != WAITING_CHOICE)
        return NULL;
    for (size_t i = 0; i < t->e->n_tickets; i++)
        if (t->e->tickets[i].open && t->e->tickets[i].here)
            return &t->e->tickets[i];
    return NULL;
}

static void add(struct turning *t, const struct own_ticket *k)
{
    if (k->no_files) {
        refuse(t, SAY_FILE_ABSENCE);
        return;
    }
    take(t, k->receipt);
    say_file(t, SAY_FILE_ADDED, k->receipt);
    if (t->s->waiting == WAITING_ADD) {
        t->s->waiting = WAITING_NOTHING;
        t->s->adding = STR_NONE;
    }
}

void file_take(struct turning *t)
{
    struct session *s = t->s;
    t->o->kind = OUTCOME_NOTHING;
    if (s->private_topic || (s->human.n > 0 && s->human_closed)) {
        t->o->private_turn = true;
        refuse(t, SAY_FILE_PRIVATE);
        return;
    }
    if (t->e->files_most == 0) {
        refuse(t, SAY_FILE_CANNOT);
        return;
    }
    const struct own_ticket *k = s->form.card.n > 0 ? NULL : meant_ticket(t);
    if (is_absence(t) && (!k || s->human.n == 0)) {
        refuse(t, SAY_FILE_ABSENCE);
        return;
    }
    if (k) {
        add(t, k);
        return;
    }
    if (s->files >= t->e->files_most) {
        refuse(t, SAY_FILE_TOO_MANY);
        return;
    }
    take(t, STR_NONE);
    if (s->form.card.n > 0) {
        say_file(t, SAY_FILE_KEPT_FORM, STR_NONE);
        form_go_on(t);
        return;
    }
    say_file(t, SAY_FILE_KEPT, STR_NONE);
    handoff_ask(t);
}

void file_along(struct turning *t, struct effect *ticket)
{
    bool waits = t->s->files > 0;
    ticket->no_files = ticket->closed || is_absence(t);
    t->s->files = 0;
    if (!waits)
        return;
    if (!ticket->no_files) {
        ticket->files = true;
        reply_say(t, SAY_FILE_ALONG);
        return;
    }
    struct effect *x = arena_push(t->a, &t->o->effects);
    *x = (struct effect){.type = EFFECT_DROP_FILES};
    reply_say(t, SAY_FILE_ABSENCE_LEFT);
}

void file_drop(struct turning *t)
{
    if (t->s->files == 0)
        return;
    struct effect *x = arena_push(t->a, &t->o->effects);
    *x = (struct effect){.type = EFFECT_DROP_FILES};
    t->s->files = 0;
    reply_say(t, SAY_FILE_DROPPED);
}
