#include "app/lint_people.h"

#include "base/file.h"
#include "base/str.h"
#include "content/known.h"

struct linting {
    const struct people *people;
    struct strs keys; /* every column that somebody has a value in */
    struct diags *diags;
    struct arena *arena;
};

static bool has(const struct strs *list, str s)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq_ascii(list->v[i], s))
            return true;
    return false;
}

static struct strs keys_of(struct arena *a, const struct people *p)
{
    VEC(str) keys = {0};
    for (size_t i = 0; i < p->list.n; i++)
        for (size_t k = 0; k < p->list.v[i].traits.n; k++) {
            str key = p->list.v[i].traits.v[k].key;
            struct strs so_far = {keys.v, keys.n};
            if (!has(&so_far, key))
                *arena_push(a, &keys) = key;
        }
    return (struct strs){keys.v, keys.n};
}

static bool anybody_has(const struct people *p, const struct condition *c)
{
    for (size_t i = 0; i < p->list.n; i++) {
        const struct traits *t = &p->list.v[i].traits;
        for (size_t k = 0; k < t->n; k++)
            if (str_eq_ascii(t->v[k].key, c->key) && has(&c->values, t->v[k].value))
                return true;
    }
    return false;
}

static void check_audience(struct linting *l, const struct audience *a, str file,
                           int line)
{
    for (size_t i = 0; i < a->n; i++) {
        const struct condition *c = &a->v[i];
        if (!has(&l->keys, c->key))
            diag_warning(l->diags, file, line, 1,
                         "the audience `%.*s` is no column of the table of people, so "
                         "nobody sees this%.*s",
                         STR_ARG(c->key), STR_ARG(known_near(l->arena, l->keys, c->key)));
        else if (!anybody_has(l->people, c))
            diag_warning(l->diags, file, line, 1,
                         "nobody in the table of people has `%.*s=%.*s%s`: is it spelt "
                         "right?",
                         STR_ARG(c->key), STR_ARG(c->values.v[0]),
                         c->values.n > 1 ? ",..." : "");
    }
}

static void check_audiences(struct linting *l, const struct catalogue *c, str knowledge)
{
    for (size_t i = 0; i < c->cards.n; i++) {
        const struct card *card = &c->cards.v[i];
        check_audience(l, &card->audience, card->file, card->line);
        for (size_t k = 0; k < card->answers.n; k++)
            check_audience(l, &card->answers.v[k].audience, card->file,
                           card->answers.v[k].line);
    }
    for (size_t i = 0; i < c->articles.n; i++)
        check_audience(l, &c->articles.v[i].audience,
                       file_path(l->arena, knowledge, c->articles.v[i].path), 1);
}

void lint_people(const struct catalogue *c, str knowledge, const struct people *people,
                 struct diags *d)
{
    struct linting l = {.people = people, .diags = d, .arena = d->arena};
    l.keys = keys_of(d->arena, people);
    check_audiences(&l, c, knowledge);
}
