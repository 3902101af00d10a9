/* What a card refers to: articles, look-ups, contacts, other cards. */
#include "base/str.h"
#include "content/card.h"
#include "content/known.h"
#include "content/link.h"
#include "content/source.h"

/* --- slots --- */

static bool is_listed(const struct known_names *k, str name)
{
    for (size_t i = 0; i < k->n; i++)
        if (str_eq(str_c(k->v[i].name), name))
            return true;
    return false;
}

static bool is_form_slot(const struct card *c, str name)
{
    for (size_t i = 0; i < c->slots.n; i++)
        if (str_eq(c->slots.v[i].name, name))
            return true;
    return false;
}

static bool is_contact(const struct catalogue *c, str name)
{
    if (!str_starts(name, STR("contact.")))
        return false;
    str key = str_sub(name, 8, name.n);
    for (size_t i = 0; i < c->contacts.n; i++)
        if (str_eq(c->contacts.v[i].key, key))
            return true;
    return false;
}

/* All that may stand in a text of this card. */
static str near_slot(struct link *l, const struct card *c, str name)
{
    VEC(str) all = {0};
    const struct known_names *tables[] = {&known_person, &known_slots};
    for (size_t i = 0; i < c->slots.n; i++)
        *arena_push(l->arena, &all) = c->slots.v[i].name;
    for (size_t t = 0; t < LEN(tables); t++)
        for (size_t i = 0; i < tables[t]->n; i++)
            *arena_push(l->arena, &all) = str_c(tables[t]->v[i].name);
    for (size_t i = 0; i < l->c->contacts.n; i++)
        *arena_push(l->arena, &all) =
            arena_fmt(l->arena, "contact.%.*s", STR_ARG(l->c->contacts.v[i].key));
    return known_near(l->arena, (struct strs){all.v, all.n}, name);
}

/* The number of the look-up a slot comes from; -1 for other slots. */
static int lookup_of(str name)
{
    for (size_t i = 0; i < known_slots.n; i++)
        if (str_eq(str_c(known_slots.v[i].name), name))
            return known_slots.v[i].value;
    return -1;
}

static bool looks_up(const struct card *c, int lookup)
{
    for (size_t i = 0; i < c->actions.n; i++)
        if (c->actions.v[i].type == ACTION_LOOKUP &&
            str_eq(c->actions.v[i].arg, str_c(known_name(&known_lookups, lookup))))
            return true;
    return false;
}

static void tell_unknown(struct link *l, const struct card *c, const struct mention *m)
{
    str hint = near_slot(l, c, m->text);
    diag_error(l->diags, c->file, m->line, m->column, "unknown slot `{%.*s}`%.*s",
               STR_ARG(m->text), STR_ARG(hint));
}

static bool check_slot(struct link *l, const struct card *c, const struct mention *m)
{
    int lookup = lookup_of(m->text);
    if (is_form_slot(c, m->text) || is_listed(&known_person, m->text) ||
        is_contact(l->c, m->text) || (lookup >= 0 && looks_up(c, lookup)))
        return true;
    if (lookup >= 0) {
        diag_error(l->diags, c->file, m->line, m->column,
                   "`{%.*s}` needs `- look up: %s` under `## Do`", STR_ARG(m->text),
                   known_name(&known_lookups, lookup));
        return false;
    }
    tell_unknown(l, c, m);
    return false;
}

void link_broken_card(struct link *l, const struct card_draft *d)
{
    for (size_t i = 0; i < d->slots.list.n; i++) {
        const struct mention *m = &d->slots.list.v[i];
        if (str_find_char(m->text, '.') >= 0 && lookup_of(m->text) < 0 &&
            !is_listed(&known_person, m->text) && !is_contact(l->c, m->text))
            tell_unknown(l, &d->card, m);
    }
}

/* --- sources --- */

static int article_of(const struct link *l, enum lang lang, str key)
{
    str full = arena_fmt(l->arena, "%s/%.*s", lang_code(lang), STR_ARG(key));
    const int64_t *at = map_find(&l->by_key, full);
    return at ? (int)*at : -1;
}

static void warn_source(struct link *l, const struct card_draft *d, const char *what,
                        str name, str hint)
{
    diag_warning(l->diags, d->card.file, d->source_line, d->source_column,
                 "%s `%.*s`%.*s", what, STR_ARG(name), STR_ARG(hint));
}

/* One reference for all languages: its heading is in one of them only. */
static void resolve_sources(struct link *l, struct card_draft *d)
{
    bool any_article = false, any_section = false;
    str path = STR(""), heading = STR("");
    for (int k = 0; k < LANG_COUNT; k++) {
        struct source_ref *s = &d->card.source[k];
        if (s->path.n == 0)
            continue;
        path = s->path;
        heading = s->heading;
        s->article = article_of(l, (enum lang)k, s->path);
        if (s->article >= 0 && s->heading.n > 0)
            s->section = link_section(l, s->article, s->heading);
        any_article = any_article || s->article >= 0;
        any_section = any_section || s->section >= 0;
        if (d->source_shared)
            continue;
        if (s->article < 0)
            warn_source(l, d, k == LANG_NL ? "no Dutch article" : "no English article",
                        s->path, link_near_article(l, s->path));
        else if (s->heading.n > 0 && s->section < 0)
            warn_source(l, d, "the article has no heading", s->heading, STR(""));
    }
    if (!d->source_shared || path.n == 0)
        return;
    if (!any_article)
        warn_source(l, d, "no article", path, link_near_article(l, path));
    else if (heading.n > 0 && !any_section)
        warn_source(l, d, "the article has no heading", heading, STR(""));
}

/* --- answers --- */

static bool answers_in(const struct card *c, enum lang lang)
{
    for (size_t i = 0; i < c->answers.n; i++)
        if (c->answers.v[i].lang == lang)
            return true;
    return c->source[lang].article >= 0;
}

static bool ends_somewhere(const struct card *c)
{
    for (int k = 0; k < LANG_COUNT; k++)
        if (answers_in(c, (enum lang)k))
            return true;
    for (size_t i = 0; i < c->actions.n; i++)
        if (c->actions.v[i].type != ACTION_LOOKUP)
            return true;
    return c->none;
}

bool link_card(struct link *l, struct card_draft *d)
{
    bool ok = true;
    for (size_t i = 0; i < d->slots.list.n; i++)
        ok = check_slot(l, &d->card, &d->slots.list.v[i]) && ok;
    resolve_sources(l, d);
    if (!ends_somewhere(&d->card)) {
        diag_error(l->diags, d->card.file, d->card.line, 1,
                   "`%.*s` has nothing to answer with: it needs `## Answer nl` or "
                   "a source that exists",
                   STR_ARG(d->card.id));
        return false;
    }
    return ok;
}

/* --- warnings --- */

static void warn(struct link *l, const struct card *c, const char *text)
{
    diag_warning(l->diags, c->file, c->line, 1, "`%.*s`: %s", STR_ARG(c->id), text);
}

/* Nobody types it: a sensitive card that a hunch about the others leads to. */
static bool by_hunch_only(const struct card *c)
{
    size_t n = 0;
    for (int k = 0; k < LANG_COUNT; k++)
        n += c->say[k].list.n + c->patterns[k].list.n + c->signs[k].list.n;
    return c->sensitive && n == 0;
}

static void check_languages(struct link *l, const struct card *c)
{
    static const char *const no_phrase[LANG_COUNT] = {
        "no phrase in Dutch (`## Say nl`)", "no phrase in English (`## Say en`)"};
    static const char *const no_answer[LANG_COUNT] = {
        "no answer in Dutch (`## Answer nl`)", "no answer in English (`## Answer en`)"};
    for (int k = 0; k < LANG_COUNT; k++) {
        if (c->say[k].list.n + c->patterns[k].list.n == 0 && !by_hunch_only(c))
            warn(l, c, no_phrase[k]);
        if (c->signs[k].list.n > 0 && !c->sensitive)
            diag_warning(l->diags, c->file, c->signs[k].list.v[0].line, 1,
                         "signs count in sensitive.md only; here it is `## Patterns %s`",
                         lang_code((enum lang)k));
        if (!c->none && ends_somewhere(c) && !answers_in(c, (enum lang)k) &&
            (c->answers.n > 0 || answers_in(c, (enum lang)(LANG_COUNT - 1 - k))))
            warn(l, c, no_answer[k]);
        for (size_t i = 0; i < c->slots.n; i++)
            if (c->slots.v[i].prompt[k].n == 0)
                diag_warning(l->diags, c->file, c->slots.v[i].line, 1,
                             "the slot `%.*s` lacks its question in %s",
                             STR_ARG(c->slots.v[i].name),
                             k == LANG_NL ? "Dutch" : "English");
    }
}

static void check_age(struct link *l, const struct card *c)
{
    date_t today = l->source->today;
    if (c->owner.n == 0 && !c->none)
        warn(l, c, "no owner");
    if (today == DATE_NONE)
        return;
    if (c->valid_to != DATE_NONE && c->valid_to < today)
        diag_warning(l->diags, c->file, c->line, 1,
                     "`%.*s` expired on %s: nobody sees it any more", STR_ARG(c->id),
                     date_iso(l->arena, c->valid_to).p);
    else if (c->review_by != DATE_NONE && c->review_by < today)
        diag_warning(l->diags, c->file, c->line, 1,
                     "`%.*s` should have been reviewed by %s", STR_ARG(c->id),
                     date_iso(l->arena, c->review_by).p);
}

static void check_test(struct link *l, const struct card *c, const struct card_test *t)
{
    bool found = t->target.n == 0;
    str hint = STR("");
    if (!found && t->expect == EXPECT_CARD) {
        found = map_find(&l->ids, t->target) != NULL;
        VEC(str) ids = {0};
        for (size_t i = 0; !found && i < l->c->cards.n; i++)
            *arena_push(l->arena, &ids) = l->c->cards.v[i].id;
        hint = known_near(l->arena, (struct strs){ids.v, ids.n}, t->target);
    } else if (!found) {
        for (int k = 0; k < LANG_COUNT && !found; k++)
            found = article_of(l, (enum lang)k, t->target) >= 0;
        if (!found)
            hint = link_near_article(l, t->target);
    }
    if (!found)
        diag_warning(l->diags, c->file, t->line, 1,
                     "this test expects the %s `%.*s`, which does not exist%.*s",
                     t->expect == EXPECT_CARD ? "card" : "article", STR_ARG(t->target),
                     STR_ARG(hint));
}

static void check_queue(struct link *l, const struct card *c)
{
    str q = c->queue;
    bool known = q.n == 0 || is_listed(&known_queues, q);
    for (size_t i = 0; i < l->c->routes.n && !known; i++)
        known = str_eq(l->c->routes.v[i].queue, q);
    if (known)
        return;
    str hint = known_hint(l->arena, &known_queues, q);
    diag_warning(l->diags, c->file, c->line, 1,
                 "`%.*s`: the queue `%.*s` is in no row of routing.csv%.*s",
                 STR_ARG(c->id), STR_ARG(q), STR_ARG(hint));
}

/* A link in an answer leads to an article as seen from its language's folder; from the
 * intents folder (`../knowledge/nl/...`) is understood, too. */
static void check_answer_link(struct link *l, const struct card *c,
                              const struct mention *m)
{
    str url = m->text, path, fragment;
    while (str_starts(url, STR("../")))
        url = str_sub(url, 3, url.n);
    if (str_starts(url, STR("knowledge/")))
        url = str_sub(url, 10, url.n);
    int article;
    if (!link_target(l, str_c(lang_code(m->lang)), url, &path, &fragment, &article))
        return;
    str first = path;
    if (article < 0)
        link_target(l, STR(""), url, &path, &fragment, &article);
    if (article < 0)
        diag_warning(l->diags, c->file, m->line, m->column,
                     "dead link: there is no article `%.*s`%s", STR_ARG(first),
                     link_near_article(l, str_sub(url, 0, url.n - MIN(url.n, 3))).p);
    else if (fragment.n > 0 && link_section(l, article, fragment) < 0)
        diag_warning(l->diags, c->file, m->line, m->column,
                     "dead link: `%.*s` has no heading `%.*s`", STR_ARG(path),
                     STR_ARG(fragment));
}

void link_check_card(struct link *l, const struct card_draft *d)
{
    const struct card *c = &d->card;
    check_languages(l, c);
    check_age(l, c);
    check_queue(l, c);
    for (size_t i = 0; i < d->links.list.n; i++)
        check_answer_link(l, c, &d->links.list.v[i]);
    for (size_t i = 0; i < c->tests.n; i++)
        check_test(l, c, &c->tests.v[i]);
}

struct seen {
    const struct card *card;
    int line;
};

static void check_twice(struct link *l, struct map *map, const struct card *c,
                        const struct phrases *p, const char *what)
{
    for (size_t i = 0; i < p->list.n; i++) {
        const struct phrase *one = &p->list.v[i];
        struct seen *s = arena_alloc(l->arena, sizeof *s);
        *s = (struct seen){c, one->line};
        int64_t *at = map_put(map, one->folded, (int64_t)(intptr_t)s);
        const struct seen *first = (const struct seen *)(intptr_t)*at;
        if (first == s || first->card->sensitive != c->sensitive)
            continue; /* a sensitive topic comes first, whatever the other says */
        if (first->card == c)
            diag_warning(l->diags, c->file, one->line, 3,
                         "the %s `%.*s` also stands in line %d", what, STR_ARG(one->text),
                         first->line);
        else
            diag_warning(l->diags, c->file, one->line, 3,
                         "the %s `%.*s` also stands in `%.*s` (%.*s:%d)", what,
                         STR_ARG(one->text), STR_ARG(first->card->id),
                         STR_ARG(first->card->file), first->line);
    }
}

void link_check_phrases(struct link *l, const struct card_draft *v, size_t n)
{
    for (int k = 0; k < LANG_COUNT; k++) {
        struct map say = map_new(l->arena), patterns = map_new(l->arena);
        for (size_t i = 0; i < n; i++) {
            if (v[i].dropped || v[i].old)
                continue;
            check_twice(l, &say, &v[i].card, &v[i].card.say[k], "phrase");
            check_twice(l, &patterns, &v[i].card, &v[i].card.patterns[k], "pattern");
            check_twice(l, &patterns, &v[i].card, &v[i].card.signs[k], "sign");
        }
    }
}
