/* Advice about patterns: those that another card's pattern takes every question from, and
 * those that decide for another card's example. */
#include "base/str.h"
#include "nlu/lint_inside.h"
#include "nlu/template_sample.h"

enum { REGEX_TAKEN = 3 };

/* The card that has a say in every text of the pattern, and is not its own; -1. */
static int rival_of(struct nlu *n, struct arena *a, int own, enum lang l, str text,
                    str *sample)
{
    struct diags silent = diags_new(a);
    struct place at = {.file = STR("")};
    struct sequence tree = {0};
    int rival = -1;
    if (template_parse(a, text, &at, &silent, &tree) != RC_OK)
        return -1;
    for (uint32_t which = 0; which < SAMPLES; which++) {
        int line, other;
        *sample = template_sample(a, &tree, which);
        int card = nlu_pattern(n, l, *sample, NULL, &other, &line);
        rival = card != own ? card : other;
        if (rival < 0)
            return -1;
    }
    return rival;
}

static void lint_shadow(struct nlu *n, int own, enum lang l, const struct phrase *p,
                        struct diags *d)
{
    struct arena *a = arena_new();
    const struct card *c = &n->catalogue->cards.v[own];
    str sample;
    int rival = p->text.p[0] == '/' ? -1 : rival_of(n, a, own, l, p->text, &sample);
    if (rival >= 0) {
        const struct card *other = &n->catalogue->cards.v[rival];
        diag_warning(d, c->file, p->line, 3,
                     "the pattern `%.*s` never decides: whatever fits it, like \"%.*s\", "
                     "fits a pattern of `%.*s` (%.*s:%d) as well",
                     STR_ARG(p->text), STR_ARG(sample), STR_ARG(other->id),
                     STR_ARG(other->file), other->line);
    }
    arena_free(a);
}

/* The pattern of another card that decides for a phrase: its card, -1 for none. */
static int taken_by(struct nlu *n, int own, enum lang l, const struct phrase *p,
                    int *line)
{
    int tie, card = nlu_pattern(n, l, p->folded, NULL, &tie, line);
    return card == own || tie >= 0 ? -1 : card;
}

static bool is_regex(const struct card *c, enum lang l, int line)
{
    for (size_t i = 0; i < c->patterns[l].list.n; i++)
        if (c->patterns[l].list.v[i].line == line)
            return c->patterns[l].list.v[i].text.p[0] == '/';
    return false;
}

/* Examples of the card from `from` on that this same pattern takes. */
static size_t count_taken(struct nlu *n, int own, enum lang l, size_t from, int by,
                          int by_line)
{
    const struct phrases *say = &n->catalogue->cards.v[own].say[l];
    size_t count = 0;
    for (size_t i = from; i < say->list.n; i++) {
        int line, card = taken_by(n, own, l, &say->list.v[i], &line);
        count += card == by && line == by_line;
    }
    return count;
}

/* The example itself is an exact phrase and safe; questions nearly like it are not. A
 * regex is written with such exceptions in mind, so a few of them are not told. */
static void lint_taken(struct nlu *n, int own, enum lang l, size_t at, struct diags *d)
{
    const struct card *c = &n->catalogue->cards.v[own];
    const struct phrase *p = &c->say[l].list.v[at];
    int line, by = taken_by(n, own, l, p, &line);
    if (by < 0)
        return;
    const struct card *other = &n->catalogue->cards.v[by];
    if (is_regex(other, l, line) && count_taken(n, own, l, at, by, line) != REGEX_TAKEN)
        return;
    diag_warning(d, other->file, line, 3,
                 "this pattern of `%.*s` also fits \"%.*s\", an example of `%.*s` "
                 "(%.*s:%d): questions nearly like that get this card's answer",
                 STR_ARG(other->id), STR_ARG(p->text), STR_ARG(c->id), STR_ARG(c->file),
                 p->line);
}

void lint_patterns(struct nlu *n, struct diags *d)
{
    for (size_t k = 0; k < n->catalogue->cards.n; k++) {
        const struct card *c = &n->catalogue->cards.v[k];
        for (int l = 0; !c->sensitive && l < LANG_COUNT; l++) {
            for (size_t i = 0; i < c->patterns[l].list.n; i++)
                lint_shadow(n, (int)k, (enum lang)l, &c->patterns[l].list.v[i], d);
            for (size_t i = 0; !c->none && i < c->say[l].list.n; i++)
                lint_taken(n, (int)k, (enum lang)l, i, d);
        }
    }
}
