#include "dialogue/turning.h"

/* An empty field or a star fits everything. */
static bool fits(str rule, str value)
{
    return rule.n == 0 || str_eq(rule, STR("*")) || str_eq_ascii(rule, value);
}

str card_topic(const struct card *c)
{
    str rest = c->id;
    return c->topic.n ? c->topic : str_cut(&rest, '.');
}

/* The first fitting line counts, as in any list of rules people read from the top. */
str route_queue(struct turning *t, str asked_queue, str topic, bool closed)
{
    const struct catalogue *c = t->brain->catalogue;
    str sensitivity = closed ? STR("sensitive") : STR("normal");
    t->partner = STR_NONE;
    if (asked_queue.n)
        return asked_queue;
    for (size_t i = 0; i < c->routes.n; i++) {
        const struct route *r = &c->routes.v[i];
        bool meant = !closed || str_eq_ascii(r->sensitivity, sensitivity);
        if (r->queue.n == 0 || !meant)
            continue; /* only a rule written for it may take a sensitive ticket */
        if (fits(r->unit, person_get(t->e->person, STR("unit"))) &&
            fits(r->topic, topic) &&
            fits(r->role, person_get(t->e->person, STR("role"))) &&
            fits(r->sensitivity, sensitivity)) {
            if (!closed)
                t->partner = r->partner;
            trace(t, "routing.csv line %d: queue %.*s%s%.*s", r->line, STR_ARG(r->queue),
                  t->partner.n ? ", partner " : "", STR_ARG(t->partner));
            return r->queue;
        }
    }
    trace(t, "routing: no line fits");
    return closed ? STR("Confidential") : STR("HR");
}
