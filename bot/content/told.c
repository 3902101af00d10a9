/* told.md, and told-nl.md, told-nl-ordinary.md and the like: what people tell of each
 * sensitive topic, and what only looks like it. One list, whichever of the files a line
 * stands in. */
#include "base/str.h"
#include "content/lists.h"
#include "content/scan.h"
#include "content/source.h"
#include "text/normalise.h"

static bool is_ordinary(str heading)
{
    return str_eq_ascii(heading, STR("ordinary")) || str_eq_ascii(heading, STR("gewoon"));
}

/* A card's name has a dot in it; whether there is such a card is known only when all
 * files are read. */
static enum scan_form form_of(str heading)
{
    bool card = memchr(heading.p, '.', heading.n) != NULL;
    return card || is_ordinary(heading) ? SCAN_ITEMS : SCAN_UNKNOWN;
}

struct reading {
    struct catalogue *c;
    enum lang lang;
    str card; /* STR_NONE: ordinary */
};

/* What stands twice weighs double, and what stands in two lists teaches nothing. */
static bool is_new(struct reading *r, const struct place *at, str folded)
{
    struct catalogue *c = r->c;
    str key = arena_fmt(c->arena, "%s %.*s", lang_code(r->lang), STR_ARG(folded));
    const int64_t *before = map_find(&c->told_lines, key);
    if (!before) {
        map_put(&c->told_lines, key, (int64_t)c->told.n);
        return true;
    }
    const struct told_line *t = &c->told.v[*before];
    str where = str_eq(t->file, at->file)
        ? arena_fmt(c->arena, "line %d", t->line)
        : arena_fmt(c->arena, "%.*s:%d", STR_ARG(t->file), t->line);
    if (t->card.n == r->card.n && str_starts(t->card, r->card))
        place_warning(at, "this stands in %.*s already", STR_ARG(where));
    else if (t->card.n > 0 && r->card.n > 0)
        return true; /* one message can be about two topics */
    else
        place_error(at, "%.*s says the opposite: told, or ordinary?", STR_ARG(where));
    return false;
}

static void read_phrase(struct reading *r, const struct place *at, str text)
{
    str folded;
    if (normalise(r->c->arena, text, &folded) != RC_OK || folded.n == 0)
        place_error(at, "no word in this");
    else if (is_new(r, at, folded))
        *arena_push(r->c->arena, &r->c->told) = (struct told_line){.lang = r->lang,
                                                                   .card = r->card,
                                                                   .folded = folded,
                                                                   .file = at->file,
                                                                   .line = at->line,
                                                                   .column = at->column};
}

static void read_section(struct reading *r, struct place here,
                         const struct scan_section *s)
{
    here.line = s->line;
    here.column = s->column;
    if (s->heading.n > 0 && s->form != SCAN_ITEMS) {
        place_error(&here,
                    "unknown heading `%.*s`; known are Ordinary and the cards of "
                    "sensitive.md",
                    STR_ARG(s->heading));
        return;
    }
    r->card = is_ordinary(s->heading) ? STR_NONE : s->heading;
    for (size_t i = 0; i < s->items.n; i++) {
        here.line = s->items.v[i].line;
        here.column = s->items.v[i].column;
        if (s->heading.n == 0)
            place_error(&here, "a line stands under a card's name or `## Ordinary`");
        else
            read_phrase(r, &here, s->items.v[i].text);
    }
}

void told_read(const struct place *at, str text, struct catalogue *c)
{
    static const struct scan_rules rules = {.form = form_of};
    struct scan scan;
    scan_text(at->arena, at->file, text, 1, &rules, at->diags, &scan);
    struct reading r = {.c = c};
    if (!c->told_lines.arena)
        c->told_lines = map_new(c->arena);
    for (size_t i = 0; i < scan.cards.n; i++) {
        const struct scan_card *k = &scan.cards.v[i];
        struct place here = *at;
        here.line = k->line;
        here.column = k->column;
        r.lang = k->id.n == 2 ? lang_of(k->id) : LANG_NONE;
        if (r.lang == LANG_NONE) {
            place_error(&here, "unknown language `%.*s`; known are nl, en",
                        STR_ARG(k->id));
            continue;
        }
        for (size_t j = 0; j < k->sections.n; j++)
            read_section(&r, here, &k->sections.v[j]);
    }
}

/* Is this the first line with that card? One complaint for each is enough. */
static bool is_first(const struct catalogue *c, size_t i)
{
    return i == 0 || !str_eq(c->told.v[i - 1].card, c->told.v[i].card) ||
        c->told.v[i - 1].lang != c->told.v[i].lang;
}

void told_check(struct catalogue *c, struct diags *d)
{
    for (size_t i = 0; i < c->told.n; i++) {
        const struct told_line *t = &c->told.v[i];
        if (t->card.n == 0)
            continue;
        const struct card *card = catalogue_card(c, t->card);
        if ((!card || !card->sensitive) && is_first(c, i))
            diag_error(d, t->file, t->line, t->column,
                       "there is no card `%.*s` in sensitive.md", STR_ARG(t->card));
    }
}
