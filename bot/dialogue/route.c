#include "base/buf.h"
#include "dialogue/turning.h"

enum { REASON_MAX = 1024 };

/* An empty field fits everything. */
static bool fits(str rule, str value)
{
    return rule.n == 0 || str_eq_ascii(rule, value);
}

str card_topic(const struct card *c)
{
    str rest = c->id;
    return c->topic.n ? c->topic : str_cut(&rest, '.');
}

/* "pay/payday": one that lies in no folder has no topic. */
str article_topic(const struct article *a)
{
    str rest = a->key, folder = str_cut(&rest, '/');
    return rest.p ? folder : STR_NONE;
}

str route_topic(const struct turning *t)
{
    const struct catalogue *c = t->brain->catalogue;
    int card = turning_card_index(t, t->s->topic);
    if (card >= 0)
        return card_topic(&c->cards.v[card]);
    const int64_t *at = map_find(&c->article_by_path, t->s->topic);
    if (!at)
        return STR_NONE;
    return article_topic(&c->articles.v[*at]);
}

/* "topic pay, language nl": what the line asks for, and found. */
static str reason(struct turning *t, const struct route *r)
{
    const struct {
        const char *what;
        str is;
    } asked[] = {{"unit", r->unit},
                 {"topic", r->topic},
                 {"role", r->role},
                 {"language", str_c(lang_code(r->lang))},
                 {"sensitivity", r->sensitive ? STR("sensitive") : STR("")}};
    struct buf b = buf_new(t->a, REASON_MAX);
    for (size_t i = 0; i < LEN(asked); i++)
        if (asked[i].is.n > 0)
            buf_fmt(&b, "%s%s %.*s", b.n ? ", " : "", asked[i].what,
                    STR_ARG(asked[i].is));
    return b.n ? buf_str(&b) : STR("all questions");
}

/* The first fitting line counts, as in any list of rules people read from the top. */
str route_queue(struct turning *t, str asked_queue, str topic, bool closed)
{
    const struct catalogue *c = t->brain->catalogue;
    t->partner = STR_NONE;
    if (asked_queue.n) {
        trace(t, "routing: the card itself names the queue %.*s", STR_ARG(asked_queue));
        return asked_queue;
    }
    for (size_t i = 0; i < c->routes.n; i++) {
        const struct route *r = &c->routes.v[i];
        bool is_meant = r->sensitive == closed &&
            (r->lang == LANG_NONE || r->lang == t->lang) && fits(r->topic, topic) &&
            fits(r->unit, person_get(t->e->person, STR("unit"))) &&
            fits(r->role, person_get(t->e->person, STR("role")));
        if (!is_meant)
            continue;
        if (!closed)
            t->partner = r->partner;
        trace(t, "routing.csv line %d (%.*s): queue %.*s%s%.*s", r->line,
              STR_ARG(reason(t, r)), STR_ARG(r->queue), t->partner.n ? ", partner " : "",
              STR_ARG(t->partner));
        return r->queue;
    }
    str queue = closed ? STR("Confidential") : STR("HR");
    trace(t, "routing.csv: no line fits, so queue %.*s", STR_ARG(queue));
    return queue;
}
