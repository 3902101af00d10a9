#include "dialogue/turning.h"

/* What is not told to who is not known: the general answer is given, and that logging in
 * would add to it. */

void login_adds(struct turning *t, const struct card *c)
{
    bool more = false;
    if (t->e->person)
        return;
    for (size_t i = 0; i < c->answers.n; i++)
        more =
            more || (c->answers.v[i].lang == t->lang && c->answers.v[i].audience.n > 0);
    if (!more)
        return;
    trace(t, "the card has answers for some people only");
    reply_say(t, SAY_LOGIN_ADDS);
    t->o->needs_person = true;
}

void login_for_own(struct turning *t, int card)
{
    const struct card *c = turning_card(t, card);
    int section = card_section(t, c);
    trace(t, "nobody is logged in: the general text");
    if (section >= 0)
        article_say(t, section);
    t->o->intent = c->id;
    t->o->kind = OUTCOME_ANSWER;
    reply_say(t, SAY_LOGIN);
    t->o->needs_person = true;
}

void login_for_form(struct turning *t, int card)
{
    const struct card *c = turning_card(t, card);
    int section = card_section(t, c);
    trace(t, "nobody is logged in: a request needs a name");
    if (section >= 0)
        article_say(t, section);
    t->o->intent = c->id;
    t->o->kind = OUTCOME_ANSWER;
    if (t->s->question.n == 0)
        t->s->question = question_kept(t);
    reply_handoff_offers(t, reply_say(t, SAY_LOGIN_FORM));
    t->o->needs_person = true;
}

bool login_would_answer(struct turning *t)
{
    const struct catalogue *all = t->brain->catalogue;
    bool *hidden = arena_alloc(t->a, all->cards.n * sizeof *hidden);
    size_t n = 0;
    if (t->e->person)
        return false;
    for (size_t i = 0; i < all->cards.n; i++) {
        const struct card *c = &all->cards.v[i];
        hidden[i] = !c->sensitive && !c->none && !t->allowed[i] &&
            card_is_valid(c, t->e->today) && c->audience.n > 0;
        n += hidden[i];
    }
    int other, line;
    if (n == 0)
        return false;
    if (nlu_exact(t->brain->nlu, t->lang, t->folded, hidden, &other) >= 0 ||
        nlu_pattern(t->brain->nlu, t->lang, t->folded, hidden, &other, &line) >= 0)
        return true;
    struct nlu_result r;
    nlu_rank(t->brain->nlu, t->lang, t->folded, hidden, t->e->boldness, &r);
    return r.n > 0 && r.band == BAND_ANSWER;
}
