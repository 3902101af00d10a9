#include "dialogue/form.h"

str form_label(const struct turning *t, const struct slot *s)
{
    str p = s->prompt[t->lang].n ? s->prompt[t->lang] : s->name;
    for (size_t i = 0; i + 1 < p.n; i++)
        if (p.p[i] == '?' && p.p[i + 1] == ' ')
            return str_sub(p, 0, i + 1);
    return p;
}

str form_lines(struct turning *t, const struct card *c, enum fill_form form)
{
    struct buf b = buf_new(t->a, REPLY_MAX);
    buf_put(&b, form == FILL_HTML ? STR("<ul>") : STR(""));
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        const struct value *v = form_value(&t->s->form, s->name);
        if (!v || v->shown.n == 0 || !form_applies(&t->s->form, c, (int)i))
            continue;
        str label = form_label(t, s), shown = slot_shown(t, s, v);
        if (form == FILL_HTML) {
            buf_put(&b, STR("<li>"));
            buf_html(&b, label);
            buf_put(&b, STR(" <strong>"));
            buf_html(&b, shown);
            buf_put(&b, STR("</strong></li>"));
        } else {
            buf_fmt(&b, "- %.*s %.*s\n", STR_ARG(label), STR_ARG(shown));
        }
    }
    buf_put(&b, form == FILL_HTML ? STR("</ul>") : STR(""));
    return buf_str(&b);
}

str form_target(struct turning *t, const struct card *c, const struct slot *s, str value)
{
    return arena_fmt(t->a, "%.*s %.*s %.*s", STR_ARG(c->id), STR_ARG(s->name),
                     STR_ARG(value));
}

static void offer_value(struct turning *t, struct reply *r, const struct card *c,
                        const struct slot *s, str value, str label)
{
    reply_offer(t, r, OFFER_VALUE, form_target(t, c, s, value), label);
}

static void offer_values(struct turning *t, struct reply *r, const struct card *c)
{
    const struct slot *s = &c->slots.v[t->s->form.slot];
    for (size_t i = 0; i < s->n_options; i++) {
        str label = s->options[i].label[t->lang];
        offer_value(t, r, c, s, s->options[i].label[LANG_NL], label);
    }
    if (s->type == SLOT_YESNO) {
        offer_value(t, r, c, s, say(SAY_YES, t->lang), say(SAY_YES, t->lang));
        offer_value(t, r, c, s, say(SAY_NO, t->lang), say(SAY_NO, t->lang));
    }
    date_t first = form_not_before(t, c, t->s->form.slot);
    if (s->type == SLOT_DATE && first != DATE_NONE)
        offer_value(t, r, c, s, date_iso(t->a, first), say(SAY_SAME_DAY, t->lang));
    if (!s->required)
        reply_offer(t, r, OFFER_SKIP, form_target(t, c, s, STR_NONE),
                    say(SAY_FORM_SKIP, t->lang));
}

static void recap(struct turning *t, const struct card *c)
{
    str intro = say(SAY_FORM_RECAP, t->lang);
    t->s->form.tries = 0; /* it is seen whole: a yes is a yes to it */
    str text = arena_fmt(t->a, "%.*s\n\n%.*s", STR_ARG(intro),
                         STR_ARG(form_lines(t, c, FILL_MARKDOWN)));
    str html = arena_fmt(t->a, "<p>%.*s</p>%.*s", STR_ARG(intro),
                         STR_ARG(form_lines(t, c, FILL_HTML)));
    struct reply *r = reply_markdown(t, text, html);
    r->typed = true;
    reply_offer(t, r, OFFER_CONFIRM, c->id, say(SAY_FORM_RIGHT, t->lang));
    reply_offer(t, r, OFFER_CHANGE, c->id, say(SAY_FORM_CHANGE, t->lang));
    reply_offer(t, r, OFFER_STOP, c->id, say(SAY_FORM_STOP, t->lang));
}

void form_ask(struct turning *t)
{
    const struct card *c = turning_card(t, turning_card_index(t, t->s->form.card));
    t->o->kind = OUTCOME_FORM;
    t->o->intent = c->id;
    t->s->form.asked_ms = t->e->at_ms;
    if (t->s->form.slot >= (int)c->slots.n) {
        recap(t, c);
        return;
    }
    const struct slot *s = &c->slots.v[t->s->form.slot];
    str prompt = s->prompt[t->lang].n ? s->prompt[t->lang] : s->name;
    struct buf h = buf_new(t->a, REPLY_MAX);
    buf_put(&h, STR("<p>"));
    buf_html(&h, prompt);
    buf_put(&h, STR("</p>"));
    offer_values(t, reply_markdown(t, prompt, buf_str(&h)), c);
}

void form_ask_change(struct turning *t, const struct card *c)
{
    struct reply *r = reply_say(t, SAY_FORM_WHAT_CHANGE);
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        if (form_value(&t->s->form, s->name))
            reply_offer(t, r, OFFER_CHANGE, form_target(t, c, s, STR_NONE),
                        form_label(t, s));
    }
    t->o->kind = OUTCOME_FORM;
    t->o->intent = c->id;
}
