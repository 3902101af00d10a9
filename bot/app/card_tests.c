#include "app/card_tests.h"

#include "base/str.h"

struct run {
    const struct brain *brain;
    const struct person *who;
    date_t today;
    enum severity severity;
    struct diags *diags;
    struct arena *arena; /* of one test */
};

static str offered(struct arena *a, const struct session *s)
{
    str all = STR_NONE;
    for (size_t i = 0; i < s->n_offers; i++) {
        const struct offer *o = &s->offers[i];
        if (o->type == OFFER_CARD || o->type == OFFER_ARTICLE)
            all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "",
                            STR_ARG(o->target));
    }
    return all;
}

static str what_happened(struct run *r, const struct outcome *o, const struct session *s)
{
    if (o->intent.n)
        return o->intent;
    if (o->kind == OUTCOME_CHOICE)
        return arena_fmt(r->arena, "a choice (%.*s)", STR_ARG(offered(r->arena, s)));
    if (o->kind == OUTCOME_ANSWER && o->n_articles > 0) {
        const struct catalogue *c = r->brain->catalogue;
        return arena_fmt(r->arena, "article %.*s",
                         STR_ARG(c->articles.v[o->articles[0].article].path));
    }
    return STR("none");
}

static bool is_article(const struct run *r, const struct outcome *o, str target)
{
    if (o->kind != OUTCOME_ANSWER || o->intent.n || o->n_articles == 0)
        return false;
    const struct article *a = &r->brain->catalogue->articles.v[o->articles[0].article];
    return str_eq(a->key, target) || str_eq(a->path, target);
}

static bool values_fit(const struct card_test *test, const struct session *s, str *bad)
{
    for (size_t i = 0; i < test->slots.n; i++) {
        bool found = false;
        for (size_t k = 0; k < s->form.n_values; k++)
            found = found ||
                (str_eq(s->form.values[k].slot, test->slots.v[i].key) &&
                 str_eq(s->form.values[k].value, test->slots.v[i].value));
        *bad = test->slots.v[i].key;
        if (!found)
            return false;
    }
    return true;
}

/* The card that the desk asks about first; STR_NONE. */
static str asked_first(const struct outcome *o, const struct session *s)
{
    if (o->kind != OUTCOME_CHOICE)
        return STR_NONE;
    bool card = s->n_offers > 0 && s->offers[0].type == OFFER_CARD;
    return o->asked.n ? o->asked : card ? s->offers[0].target : STR_NONE;
}

static bool passes(struct run *r, const struct card *c, const struct card_test *test,
                   const struct outcome *o, const struct session *s)
{
    str wanted = test->target.n ? test->target : c->id;
    switch (test->expect) {
    case EXPECT_CARD: /* a test is about whom the question is for */
        return str_eq(o->intent, wanted) || str_eq(asked_first(o, s), wanted);
    case EXPECT_NONE:
        return o->kind == OUTCOME_HANDOFF && o->intent.n == 0;
    case EXPECT_CHOICE:
        return o->kind == OUTCOME_CHOICE;
    case EXPECT_ARTICLE:
        return is_article(r, o, test->target);
    }
    return false;
}

static bool run_one(struct run *r, const struct card *c, const struct card_test *test,
                    bool *asked)
{
    struct session *s = session_read(r->arena, STR_NONE);
    struct event e = {.type = EVENT_MESSAGE,
                      .today = r->today,
                      .turn = 1,
                      .person = r->who,
                      .key = STR("TEST"),
                      .receipt = STR("B-TEST"),
                      .boldness = BOLD_BALANCED,
                      .lang = test->lang,
                      .lang_fixed = true,
                      .explain = test->expect == EXPECT_ARTICLE,
                      .text = test->text};
    struct outcome o;
    turn(r->brain, s, &e, r->arena, &o);
    str bad = STR_NONE;
    bool ok = passes(r, c, test, &o, s);
    *asked = ok && test->expect == EXPECT_CARD && o.kind == OUTCOME_CHOICE;
    if (ok && values_fit(test, s, &bad))
        return true;
    if (ok)
        diag_add(r->diags, r->severity, c->file, test->line, 1,
                 "test fails: \"%.*s\" does not fill %.*s as written",
                 STR_ARG(test->text), STR_ARG(bad));
    else
        diag_add(r->diags, r->severity, c->file, test->line, 1,
                 "test of %.*s fails: \"%.*s\" gives %.*s", STR_ARG(c->id),
                 STR_ARG(test->text), STR_ARG(what_happened(r, &o, s)));
    return false;
}

/* Whether the test says that its own card answers. */
static bool is_own(const struct card *c, const struct card_test *test)
{
    return test->expect == EXPECT_CARD &&
        (test->target.n == 0 || str_eq(test->target, c->id));
}

static void run_card(struct run *r, const struct card *c, struct card_test_counts *n)
{
    size_t own = 0, lost = 0;
    for (size_t k = 0; k < c->tests.n; k++) {
        bool asked, ok = run_one(r, c, &c->tests.v[k], &asked);
        own += is_own(c, &c->tests.v[k]);
        lost += is_own(c, &c->tests.v[k]) && !ok;
        n->ran++;
        n->failed += !ok;
        n->asked += asked;
        arena_reset(r->arena);
    }
    if (own > 1 && lost == own)
        diag_warning(r->diags, c->file, c->line, 1,
                     "`%.*s` wins none of its own %zu tests: are its examples another "
                     "card's?",
                     STR_ARG(c->id), own);
}

void card_tests(const struct brain *b, const struct person *who, date_t today,
                enum severity severity, struct diags *d, struct card_test_counts *n)
{
    struct run r = {.brain = b,
                    .who = who,
                    .today = today,
                    .severity = severity,
                    .diags = d,
                    .arena = arena_new()};
    for (size_t i = 0; i < b->catalogue->cards.n; i++)
        run_card(&r, &b->catalogue->cards.v[i], n);
    arena_free(r.arena);
}
