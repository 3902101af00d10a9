#include "app/lint_routes.h"

#include "base/file.h"
#include "base/str.h"
#include "content/known.h"
#include "dialogue/turning.h"

struct route_words {
    VEC(str) list;
};

struct linting {
    const struct catalogue *catalogue;
    const struct people *people; /* NULL: not known */
    struct route_words queues, topics;
    struct diags *diags;
    struct arena *arena;
    str file;
};

static bool has(const struct route_words *w, str s)
{
    for (size_t i = 0; i < w->list.n; i++)
        if (str_eq_ascii(w->list.v[i], s))
            return true;
    return false;
}

static void add(struct linting *l, struct route_words *w, str s)
{
    if (!has(w, s))
        *arena_push(l->arena, &w->list) = s;
}

static str near(struct linting *l, const struct route_words *w, str s)
{
    return known_near(l->arena, (struct strs){w->list.v, w->list.n}, s);
}

static void check_queue(struct linting *l, const struct route *r)
{
    if (has(&l->queues, r->queue))
        return;
    str hint = near(l, &l->queues, r->queue);
    diag_warning(l->diags, l->file, r->line, 1, "unknown queue `%.*s`%.*s",
                 STR_ARG(r->queue),
                 STR_ARG(hint.n ? hint
                                : STR("; one of your own is named in the settings, "
                                      "under `desk: queues`")));
}

static void check_topic(struct linting *l, const struct route *r)
{
    if (r->topic.n > 0 && !has(&l->topics, r->topic))
        diag_warning(l->diags, l->file, r->line, 1,
                     "no card and no article has the topic `%.*s`, so this line fits "
                     "nothing%.*s",
                     STR_ARG(r->topic), STR_ARG(near(l, &l->topics, r->topic)));
}

static bool is_trait(const struct people *p, str key, str value)
{
    for (size_t i = 0; i < p->list.n; i++)
        if (str_eq_ascii(person_get(&p->list.v[i], key), value))
            return true;
    return false;
}

static void check_people(struct linting *l, const struct route *r)
{
    if (r->unit.n > 0 && !is_trait(l->people, STR("unit"), r->unit))
        diag_warning(l->diags, l->file, r->line, 1,
                     "nobody in the table of people is in the unit `%.*s`",
                     STR_ARG(r->unit));
    if (r->role.n > 0 && !is_trait(l->people, STR("role"), r->role))
        diag_warning(l->diags, l->file, r->line, 1,
                     "nobody in the table of people has the role `%.*s`",
                     STR_ARG(r->role));
    if (r->partner.n > 0 && !people_find(l->people, r->partner))
        diag_warning(l->diags, l->file, r->line, 1,
                     "the partner `%.*s` is nobody's id in the table of people",
                     STR_ARG(r->partner));
}

static bool covers(str general, str special)
{
    return general.n == 0 || str_eq_ascii(general, special);
}

/* Everything that fits r fits an earlier line as well, and that one counts. */
static void check_reached(struct linting *l, const struct route *r)
{
    for (const struct route *first = l->catalogue->routes.v; first < r; first++)
        if (first->sensitive == r->sensitive && covers(first->unit, r->unit) &&
            covers(first->topic, r->topic) && covers(first->role, r->role) &&
            (first->lang == LANG_NONE || first->lang == r->lang)) {
            diag_warning(l->diags, l->file, r->line, 1,
                         "this line is never reached: line %d fits everything that it "
                         "fits, and the first line that fits counts",
                         first->line);
            return;
        }
}

void lint_routes(const struct catalogue *c, str intents, const struct people *people,
                 struct strs queues, struct diags *d)
{
    struct linting l = {.catalogue = c,
                        .people = people,
                        .diags = d,
                        .arena = d->arena,
                        .file = file_path(d->arena, intents, STR("routing.csv"))};
    for (size_t i = 0; i < known_queues.n; i++)
        add(&l, &l.queues, str_c(known_queues.v[i].name));
    for (size_t i = 0; i < queues.n; i++)
        add(&l, &l.queues, queues.v[i]);
    for (size_t i = 0; i < c->cards.n; i++)
        add(&l, &l.topics, card_topic(&c->cards.v[i]));
    for (size_t i = 0; i < c->articles.n; i++)
        add(&l, &l.topics, article_topic(&c->articles.v[i]));
    for (size_t i = 0; i < c->routes.n; i++) {
        check_queue(&l, &c->routes.v[i]);
        check_topic(&l, &c->routes.v[i]);
        check_reached(&l, &c->routes.v[i]);
        if (people)
            check_people(&l, &c->routes.v[i]);
    }
}
