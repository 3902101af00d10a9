#include "dialogue/desk_talk.h"
#include "dialogue/turning.h"

/* The card a mere hunch leads to: it asks, and names people for all topics. */
static const char unsure[] = "sensitive.unsure";

/* From where a hunch counts: alone, against a card that examples make likely, and against
 * one they are sure of. */
static const double hunch_alone = 0.5, hunch_likely = 0.7, hunch_sure = 0.8;
static const double likely = 0.6; /* a card's score */

/* Below it a message behind a mere hunch is about something else. */
static const double hunch_over = 0.2;

static void raise(struct turning *t, const struct card *c)
{
    t->o->kind = OUTCOME_SENSITIVE;
    t->o->intent = c->id;
    t->o->score = 1;
    t->o->private_turn = true;
    t->s->private_topic = true;
    t->s->sensitive_card = c->id;
    t->s->form = (struct form){0};
    t->s->question = t->s->tried = STR_NONE;
    const struct answer *ans = card_answer(c, t->lang, turning_traits(t));
    if (ans) {
        struct fill_values v = {
            .lang = t->lang, .person = t->e->person, .catalogue = t->brain->catalogue};
        reply_markdown(t, str_trim(fill(t->a, ans->markdown, FILL_MARKDOWN, &v, NULL)),
                       fill(t->a, ans->html, FILL_HTML, &v, NULL));
    }
}

struct reply *sensitive_ask(struct turning *t)
{
    struct reply *r = reply_say(t, SAY_SENSITIVE_ASK);
    reply_offer(t, r, OFFER_SENSITIVE, t->s->sensitive_card,
                say(SAY_SENSITIVE_YES, t->lang));
    reply_offer(t, r, OFFER_NO_HANDOFF, STR_NONE, say(SAY_SENSITIVE_NO, t->lang));
    t->s->waiting = WAITING_SENSITIVE;
    return r;
}

/* The least hunch that anything below asks about; --why shows all of them. */
static double hunch_least(const struct turning *t)
{
    if (t->e->explain)
        return 0;
    return t->s->private_topic ? MIN(hunch_over, hunch_alone) : hunch_alone;
}

bool sensitive_message(struct turning *t)
{
    struct alarm why;
    int card = nlu_sensitive(t->brain->nlu, t->folded, hunch_least(t), &why);
    t->hunch = why.hunch;
    if (why.hunch > 0)
        trace(t, "reads like a sensitive topic: %.3f", why.hunch);
    if (why.told.n > 0)
        trace(t, "most like what is told: %.*s", STR_ARG(why.told));
    if (why.ordinary.n > 0)
        trace(t, "most like what is ordinary: %.*s", STR_ARG(why.ordinary));
    if (why.calmed)
        trace(t, "no sensitive topic: %s takes line %d back",
              why.hunch > 0 ? "the rest of the message" : "signs.md", why.line);
    if (card < 0)
        return false;
    const struct card *c = turning_card(t, card);
    if (why.sign.n > 0)
        trace(t, "sensitive topic: %.*s, line %d of signs.md: %.*s", STR_ARG(c->id),
              why.line, STR_ARG(why.sign));
    else
        trace(t, "sensitive topic: %.*s, line %d of its file", STR_ARG(c->id), why.line);
    raise(t, c);
    sensitive_ask(t);
    return true;
}

bool sensitive_hunch(struct turning *t, const struct understood *u)
{
    /* A phrase or pattern of another card; a regex only tells what is talked about. */
    bool certain = u->sure && u->score >= 1 && !u->within;
    int card = turning_card_index(t, str_c(unsure));
    double bar = u->sure                     ? hunch_sure
        : u->card >= 0 && u->score >= likely ? hunch_likely
                                             : hunch_alone;
    if (t->hunch > 0.05)
        trace(t, "reads like a sensitive topic: %.2f; counts from %.2f", t->hunch, bar);
    if (certain || card < 0 || t->s->misread || t->hunch < bar)
        return false;
    raise(t, turning_card(t, card));
    struct reply *r = sensitive_ask(t);
    reply_offer(t, r, OFFER_MISREAD, STR_NONE, say(SAY_SENSITIVE_OTHER, t->lang));
    return true;
}

void sensitive_fade(struct turning *t)
{
    if (t->s->private_topic && !t->s->human_closed && t->hunch < hunch_over &&
        str_eq(t->s->sensitive_card, str_c(unsure)))
        sensitive_leave(t, "it was a hunch only, and this reads ordinary");
}

void sensitive_misread(struct turning *t)
{
    sensitive_leave(t, "it was misread");
    t->s->misread = true;
    reply_say(t, SAY_SENSITIVE_MISREAD);
    t->o->kind = OUTCOME_SENSITIVE;
    t->o->private_turn = true;
}

void sensitive_open(struct turning *t)
{
    int card = turning_card_index(t, t->s->sensitive_card);
    str asked = card >= 0 ? turning_card(t, card)->queue : STR_NONE;
    str queue = route_queue(t, asked, STR_NONE, true);
    struct effect *x = ticket_effect(
        t, queue,
        t->lang == LANG_EN ? STR("Please contact this employee")
                           : STR("Graag contact opnemen met deze medewerker"),
        STR_NONE, ticket_summary(t, STR_NONE, STR_NONE));
    x->closed = true;
    x->transcript = false;
    struct value v = {.slot = STR("receipt"), .shown = t->e->receipt};
    reply_filled(t, SAY_SENSITIVE_DONE, &v, 1);
    x->due_ms = desk_promise(t, queue);
    t->o->kind = OUTCOME_SENSITIVE;
    t->o->private_turn = true;
    t->s->waiting = WAITING_NOTHING;
}

void sensitive_leave(struct turning *t, const char *why)
{
    if (!t->s->private_topic)
        return;
    trace(t, "the sensitive topic ends: %s", why);
    t->s->private_topic = false;
    t->s->sensitive_card = STR_NONE;
    if (t->s->waiting == WAITING_SENSITIVE)
        t->s->waiting = WAITING_NOTHING;
    /* what was offered in private is forgotten, and so can never be stored */
    t->s->n_offers = 0;
}
