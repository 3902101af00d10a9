#include "dialogue/turning.h"

#include "text/normalise.h"

/* The section an article offer meant ("nl/leave/balance.md#Heading"), -1 when it is gone.
 */
static int offered_section(const struct turning *t, str target)
{
    const struct catalogue *c = t->brain->catalogue;
    str rest = target, path = str_cut(&rest, '#');
    const int64_t *at = map_find(&c->article_by_path, path);
    if (!at)
        return -1;
    int section = article_section(c, (int)*at, rest);
    const struct article *a =
        &c->articles.v[section >= 0 ? c->sections.v[section].article : (int)*at];
    if (!article_is_valid(a, t->e->today) ||
        audience_fit(&a->audience, turning_traits(t)) != FIT_YES)
        return -1;
    if (section < 0 && a->n_sections > 0)
        return (int)a->first_section;
    return section;
}

static void take_card(struct turning *t, str id)
{
    int card = turning_card_index(t, id);
    if (card < 0 || !t->allowed[card]) {
        reply_handoff_offers(t, reply_say(t, SAY_NOT_OFFERED));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    }
    trace(t, "chosen: %.*s", STR_ARG(id));
    card_run(t, card, 1);
}

static void take_article(struct turning *t, const struct offer *o)
{
    int section = offered_section(t, o->target);
    if (section < 0) {
        reply_handoff_offers(t, reply_say(t, SAY_NOT_OFFERED));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    }
    trace(t, "chosen: %.*s", STR_ARG(o->target));
    t->o->score = 1;
    if (normalise(t->a, o->label, &t->folded))
        t->folded = STR_NONE;
    article_say(t, section);
}

static void take_no(struct turning *t)
{
    bool sensitive = t->s->waiting == WAITING_SENSITIVE;
    reply_say(t, sensitive ? SAY_SENSITIVE_LEFT : SAY_HANDOFF_LEFT);
    t->s->waiting = WAITING_NOTHING;
    t->s->question = t->s->tried = STR_NONE;
    t->o->kind = sensitive ? OUTCOME_SENSITIVE : OUTCOME_ANSWER;
    t->o->private_turn = t->s->private_topic;
}

static void take_language(struct turning *t, str id)
{
    int card = turning_card_index(t, id);
    t->lang = t->lang == LANG_NL ? LANG_EN : LANG_NL;
    t->o->lang = t->lang;
    if (card >= 0)
        card_say(t, card, NULL, 0);
    else
        reply_say(t, SAY_NOT_OFFERED);
}

/* What sends something can be chosen once: a second click must not send it again. */
static void use_up(struct session *s, const struct offer *taken)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_offers; i++)
        if (!taken->id.n || !str_eq(s->offers[i].id, taken->id))
            s->offers[n++] = s->offers[i];
    s->n_offers = n;
}

void choice_take(struct turning *t, const struct offer *o)
{
    if (o->type == OFFER_HANDOFF || o->type == OFFER_SENSITIVE ||
        o->type == OFFER_CONFIRM)
        use_up(t->s, o);
    switch (o->type) {
    case OFFER_CARD:
        take_card(t, o->target);
        return;
    case OFFER_ARTICLE:
        take_article(t, o);
        return;
    case OFFER_HANDOFF:
        handoff_open(t);
        return;
    case OFFER_NO_HANDOFF:
        take_no(t);
        return;
    case OFFER_NONE_OF_THESE:
        t->s->tried = say(SAY_TRIED_NONE_OF, t->lang);
        t->o->unanswered = t->s->question.n > 0;
        reply_handoff_offers(t, reply_say(t, SAY_HANDOFF_ASK));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    case OFFER_VALUE:
    case OFFER_CONFIRM:
    case OFFER_CHANGE:
    case OFFER_STOP:
        form_take(t, o);
        return;
    case OFFER_SENSITIVE:
        sensitive_open(t);
        return;
    case OFFER_LANGUAGE:
        take_language(t, o->target);
        return;
    }
}

/* Only the choices of the newest reply can be typed: "2" must not reach back. */
const struct offer *choice_typed(const struct turning *t)
{
    const struct session *s = t->s;
    if (s->n_offers == 0)
        return NULL;
    str last = s->offers[s->n_offers - 1].id, rest = last, turn_of = str_cut(&rest, '.');
    str prefix = str_sub(last, 0, turn_of.n + 1);
    int64_t nth = 0, wanted;
    if (str_int(t->folded, &wanted))
        wanted = -1;
    for (size_t i = 0; i < s->n_offers; i++) {
        if (!str_starts(s->offers[i].id, prefix))
            continue;
        str label;
        nth++;
        if (nth == wanted ||
            (normalise(t->a, s->offers[i].label, &label) == RC_OK &&
             str_eq(label, t->folded)))
            return &s->offers[i];
    }
    return NULL;
}
