#include "dialogue/fill.h"
#include "dialogue/turning.h"

/* What is true for everybody stands first in an answer, what was looked up below it. */
static bool has_general(const struct turning *t, const struct card *c)
{
    const struct answer *ans = card_answer(c, t->lang, turning_traits(t));
    return ans && !fill_begins_with_row(ans->markdown);
}

static bool is_absent(const struct turning *t, str lookup)
{
    for (size_t i = 0; i < t->e->lookups_absent.n; i++)
        if (str_eq(t->e->lookups_absent.v[i], lookup))
            return true;
    return false;
}

/* The HR system does not have it, or nobody is logged in: what holds for everybody. */
static void general_say(struct turning *t, int card)
{
    const struct card *c = turning_card(t, card);
    int section = card_section(t, c);
    if (has_general(t, c)) {
        card_say(t, card, NULL, 0);
    } else if (section >= 0) {
        article_say(t, section);
        t->o->intent = c->id;
    } else {
        t->s->question = question_kept(t);
        reply_handoff_offers(t, reply_say(t, SAY_LOOKUP_EMPTY));
        t->o->kind = OUTCOME_HANDOFF;
    }
}

void lookup_start(struct turning *t, int card, str lookup)
{
    const struct card *c = turning_card(t, card);
    if (is_absent(t, lookup)) {
        trace(t, "the HR system does not have %.*s: the general text", STR_ARG(lookup));
        general_say(t, card);
        return;
    }
    if (!t->e->person && !has_general(t, c)) {
        login_for_own(t, card);
        return;
    }
    if (!t->e->person) {
        trace(t, "nobody is logged in: the general text");
        general_say(t, card);
        if (!t->o->needs_person) /* its audiences said so already */
            reply_say(t, SAY_LOGIN_ADDS);
        t->o->needs_person = true;
        return;
    }
    *arena_push(t->a, &t->o->effects) = (struct effect){.type = EFFECT_LOOKUP,
                                                        .name = lookup,
                                                        .key = t->e->key,
                                                        .question = question_kept(t)};
    t->s->pending_lookup = c->id;
    topic_set(t, c->id);
    if (t->e->lookups_late) {
        reply_say(t, SAY_LOOKUP_WAIT);
        form_go_on(t);
    }
}

/* No rows, and no failure: for some look-ups that is an answer. */
static bool nothing_is_fine(struct turning *t, int card)
{
    bool general = has_general(t, turning_card(t, card)),
         requests = str_eq(t->e->name, STR("open_requests"));
    if (!requests && !(general && str_eq(t->e->name, STR("pay_dates"))))
        return false;
    if (general)
        card_say(t, card, NULL, 0);
    if (requests)
        reply_say(t, SAY_REQUESTS_NONE);
    t->o->kind = OUTCOME_ANSWER;
    return true;
}

static void without_rows_say(struct turning *t, int card)
{
    trace(t, "look-up %.*s: %s", STR_ARG(t->e->name),
          t->e->failed ? "failed" : "no rows");
    if (!t->e->failed && nothing_is_fine(t, card))
        return;
    if (has_general(t, turning_card(t, card)))
        card_say(t, card, NULL, 0);
    if (t->e->asked.n > 0)
        t->s->question = t->e->asked;
    t->s->tried = say(SAY_TRIED_LOOKUP, t->lang);
    struct reply *r = reply_say(t, t->e->failed ? SAY_LOOKUP_FAILED : SAY_LOOKUP_EMPTY);
    reply_handoff_offers(t, r);
    t->o->kind = OUTCOME_HANDOFF;
}

static void lookup_say(struct turning *t, int card)
{
    t->o->intent = turning_card(t, card)->id;
    t->o->score = 1;
    if (t->e->failed || t->e->n_rows == 0) {
        without_rows_say(t, card);
        return;
    }
    trace(t, "look-up %.*s: %zu rows", STR_ARG(t->e->name), t->e->n_rows);
    card_say(t, card, t->e->rows, t->e->n_rows);
    if (t->e->card.n == 0)
        form_go_on(t); /* it was a side question; what comes late finds the form asking */
}

/* What comes late is told and changes nothing else: a form that runs meanwhile, a
 * question that waits for yes or no, and a private topic stay as they are. */
static void late_lookup_say(struct turning *t, int card)
{
    struct session before = *t->s;
    if (before.question.n == 0 && before.waiting == WAITING_NOTHING &&
        before.form.card.n == 0) {
        lookup_say(t, card);
        return;
    }
    lookup_say(t, card);
    t->s->form = before.form;
    t->s->waiting = before.waiting;
    if (before.question.n > 0) {
        t->s->question = before.question;
        t->s->tried = before.tried;
    }
    t->s->topic = before.topic;
}

void lookup_done(struct turning *t)
{
    bool late = t->e->card.n > 0;
    int card = turning_card_index(t, late ? t->e->card : t->s->pending_lookup);
    if (!late || str_eq(t->e->card, t->s->pending_lookup))
        t->s->pending_lookup = STR_NONE;
    if (card < 0 && !late)
        return;
    if (card < 0 || !t->allowed[card]) { /* HR took the card away meanwhile */
        t->s->question = t->e->asked;
        reply_handoff_offers(t, reply_say(t, SAY_LOOKUP_FAILED));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    }
    if (late)
        late_lookup_say(t, card);
    else
        lookup_say(t, card);
}
