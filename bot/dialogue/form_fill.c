#include "dialogue/form.h"
#include "text/when.h"

struct value *form_value(struct form *f, str slot)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (str_eq(f->values[i].slot, slot))
            return &f->values[i];
    return NULL;
}

void form_set(struct form *f, struct value v)
{
    struct value *old = form_value(f, v.slot);
    if (old)
        *old = v;
    else if (f->n_values < VALUES_MAX)
        f->values[f->n_values++] = v;
}

void form_clear(struct form *f, str slot)
{
    struct value *v = form_value(f, slot);
    if (v)
        *v = f->values[--f->n_values];
}

bool form_applies(struct form *f, const struct card *c, int slot)
{
    const struct slot *s = &c->slots.v[slot];
    if (s->if_slot.n == 0)
        return true;
    const struct value *v = form_value(f, s->if_slot);
    if (!v)
        return false;
    if (str_eq_ascii(v->value, s->if_value))
        return true;
    for (int l = 0; l < LANG_COUNT; l++) /* of a yesno, in the language of its answer */
        for (int yes = 0; yes < 2; yes++)
            if (str_eq(v->value, say(yes ? SAY_YES : SAY_NO, (enum lang)l)))
                return str_eq_ascii(say(yes ? SAY_YES : SAY_NO, LANG_NL), s->if_value);
    return false;
}

int form_open_slot(struct form *f, const struct card *c)
{
    int i = 0;
    while (i < (int)c->slots.n &&
           (form_value(f, c->slots.v[i].name) || !form_applies(f, c, i)))
        i++;
    return i;
}

bool form_at_recap(const struct turning *t, const struct card *c)
{
    return t->s->form.slot >= (int)c->slots.n;
}

bool form_has_date(const struct card *c)
{
    for (size_t i = 0; i < c->slots.n; i++)
        if (c->slots.v[i].type == SLOT_DATE || c->slots.v[i].type == SLOT_PERIOD)
            return true;
    return false;
}

date_t form_not_before(const struct turning *t, const struct card *c, int slot)
{
    date_t d = DATE_NONE;
    for (int i = 0; i < slot; i++) {
        const struct value *v = c->slots.v[i].type == SLOT_DATE
            ? form_value(&t->s->form, c->slots.v[i].name)
            : NULL;
        if (v && v->value.n && date_parse(v->value, &d))
            d = DATE_NONE;
    }
    return d;
}

/* The day of a period's end, for the date slot behind the one that took its start. */
static void fill_end(struct turning *t, const struct slot *s, date_t until)
{
    form_set(
        &t->s->form,
        (struct value){s->name, date_iso(t->a, until), when_show(t->a, until, t->lang)});
    trace(t, "form: %.*s = %.*s, the end of the period", STR_ARG(s->name),
          STR_ARG(date_iso(t->a, until)));
}

/* What is known of the person is not asked. */
static void fill_own(struct turning *t, const struct slot *s)
{
    str own = str_eq(s->name, STR("name")) && t->e->person
        ? t->e->person->name
        : person_get(t->e->person, s->name);
    if (own.n > 0)
        form_set(&t->s->form, (struct value){s->name, own, own});
}

void form_fill(struct turning *t, const struct card *c, str text, str folded)
{
    bool dated = false;
    date_t until = DATE_NONE;
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        bool is_open = !form_value(&t->s->form, s->name);
        if (s->type == SLOT_PERSON && is_open)
            fill_own(t, s);
        if (s->type == SLOT_TEXT || s->type == SLOT_PERSON || s->type == SLOT_YESNO ||
            s->type == SLOT_AMOUNT || folded.n == 0 ||
            !form_applies(&t->s->form, c, (int)i))
            continue;
        if (s->type == SLOT_DATE && dated) {
            if (until != DATE_NONE && is_open)
                fill_end(t, s, until);
            until = DATE_NONE;
            continue;
        }
        struct slot_reading r = {0};
        bool of_days = s->type == SLOT_DATE || s->type == SLOT_PERIOD;
        if (is_open || of_days)
            r = slot_read(t, s, text, folded, DATE_NONE);
        if (!r.read || r.loose || r.other.slot.n > 0)
            continue;
        if (of_days) { /* one mention of days is for one question, or a pair */
            dated = true;
            bool told = s->type == SLOT_DATE && (r.to > r.from || r.half);
            until = told ? r.to : DATE_NONE;
        }
        if (is_open) {
            form_set(&t->s->form, r.value);
            trace(t, "form: %.*s = %.*s, from the message", STR_ARG(s->name),
                  STR_ARG(r.value.value));
        }
    }
}

void form_recheck(struct turning *t, const struct card *c)
{
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        const struct value *v = form_value(&t->s->form, s->name);
        date_t day, first = form_not_before(t, c, (int)i);
        if (!v || s->type != SLOT_DATE || v->value.n == 0 || date_parse(v->value, &day))
            continue;
        bool early = first != DATE_NONE && day < first;
        if (!early && !(s->future && day < t->e->today))
            continue;
        trace(t, "form: %.*s no longer fits: asked again", STR_ARG(s->name));
        form_clear(&t->s->form, s->name);
    }
}
