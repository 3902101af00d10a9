#include "dialogue/desk_talk.h"
#include "dialogue/turning.h"

bool sensitive_message(struct turning *t)
{
    int line_no = 0, card = nlu_sensitive(t->brain->nlu, t->folded, &line_no);
    if (card < 0)
        return false;
    const struct card *c = turning_card(t, card);
    trace(t, "sensitive topic: %.*s, line %d of its file", STR_ARG(c->id), line_no);
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
    struct reply *r = reply_say(t, SAY_SENSITIVE_ASK);
    reply_offer(t, r, OFFER_SENSITIVE, c->id, say(SAY_SENSITIVE_YES, t->lang));
    reply_offer(t, r, OFFER_NO_HANDOFF, STR_NONE, say(SAY_SENSITIVE_NO, t->lang));
    t->s->waiting = WAITING_SENSITIVE;
    return true;
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
