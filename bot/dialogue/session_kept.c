#include "dialogue/session_kept.h"

/* Whether a part is there at all cannot be guessed: no branch asks. */
static struct span span_of(str part, str written)
{
    uintptr_t at = (uintptr_t)part.p - (uintptr_t)written.p;
    return (struct span){(uint16_t)(at * (part.n > 0)), (uint16_t)part.n};
}

static str part_of(struct span s, str written)
{
    return (str){s.n ? written.p + s.at : NULL, s.n};
}

/* The single texts of a session, in an order of their own. */
static void texts_of(struct session *s, str *texts[KEPT_TEXTS])
{
    str *const all[KEPT_TEXTS] = {
        &s->topic,          &s->question,      &s->tried,         &s->asked,
        &s->not_it,         &s->runners_up[0], &s->runners_up[1], &s->sensitive_card,
        &s->pending_lookup, &s->adding,        &s->human,         &s->human_name};
    memcpy(texts, all, sizeof all);
}

/* What goes with a person at the desk is written only while there is one. */
static void forget_human(struct session *s)
{
    if (s->human.n > 0)
        return;
    s->human_name = STR_NONE;
    s->human_closed = s->human_told = false;
    s->human_ms = 0;
}

static void keep_given(struct session_kept *k, const struct session *s, str written)
{
    bool more = true;
    for (size_t i = 0; i < GIVEN_MAX; i++) {
        const struct given *g = &s->given[i];
        more = more && g->turn > 0; /* it is written up to the first that is none */
        k->given[i] = (struct kept_given){0};
        if (more)
            k->given[i] = (struct kept_given){.turn = g->turn,
                                              .what = span_of(g->what, written),
                                              .version = span_of(g->version, written),
                                              .lang = g->lang};
    }
}

void session_keep(struct session_kept *k, struct session *s, str written)
{
    _Static_assert(SESSION_MAX <= UINT16_MAX, "a place in it is a uint16_t");
    k->text_n = s->form.card.n + s->parked.card.n > 0 ? 0 : written.n;
    if (k->text_n == 0)
        return;
    forget_human(s);
    k->turns = s->turns;
    k->said_turn = s->said_turn;
    k->topic_turn = s->topic_turn;
    k->topic_at_ms = s->topic_at_ms;
    k->human_ms = s->human_ms;
    k->lang = s->lang;
    k->waiting = s->waiting;
    k->declined = s->declined;
    k->files = s->files;
    k->lang_chosen = s->lang_chosen;
    k->misread = s->misread;
    k->private_topic = s->private_topic;
    k->human_closed = s->human_closed;
    k->human_told = s->human_told;
    k->absence = s->absence;
    str *texts[KEPT_TEXTS];
    texts_of(s, texts);
    for (size_t i = 0; i < KEPT_TEXTS; i++)
        k->texts[i] = span_of(*texts[i], written);
    keep_given(k, s, written);
    k->n_offers = (uint8_t)s->n_offers;
    for (size_t i = 0; i < s->n_offers; i++) {
        const struct offer *o = &s->offers[i];
        k->types[i] = (uint8_t)o->type;
        k->offers[i] = (struct kept_offer){.id = span_of(o->id, written),
                                           .label = span_of(o->label, written),
                                           .target = span_of(o->target, written)};
    }
}

struct session *session_again(struct arena *a, const struct session_kept *k, str written)
{
    struct session *s = session_new(a);
    written = arena_str(a, written);
    s->turns = k->turns;
    s->said_turn = k->said_turn;
    s->topic_turn = k->topic_turn;
    s->topic_at_ms = k->topic_at_ms;
    s->human_ms = k->human_ms;
    s->lang = k->lang;
    s->waiting = k->waiting;
    s->declined = k->declined;
    s->files = k->files;
    s->lang_chosen = k->lang_chosen;
    s->misread = k->misread;
    s->private_topic = k->private_topic;
    s->human_closed = k->human_closed;
    s->human_told = k->human_told;
    s->absence = k->absence;
    str *texts[KEPT_TEXTS];
    texts_of(s, texts);
    for (size_t i = 0; i < KEPT_TEXTS; i++)
        *texts[i] = part_of(k->texts[i], written);
    for (size_t i = 0; i < GIVEN_MAX; i++)
        s->given[i] = (struct given){.turn = k->given[i].turn,
                                     .what = part_of(k->given[i].what, written),
                                     .version = part_of(k->given[i].version, written),
                                     .lang = k->given[i].lang};
    s->n_offers = k->n_offers;
    for (size_t i = 0; i < s->n_offers; i++)
        s->offers[i] = (struct offer){.type = (enum offer_type)k->types[i],
                                      .id = part_of(k->offers[i].id, written),
                                      .label = part_of(k->offers[i].label, written),
                                      .target = part_of(k->offers[i].target, written)};
    return s;
}
