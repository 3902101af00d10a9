/* Advice about a card's examples: their number, their variety, and where they lead. */
#include "base/str.h"
#include "nlu/lint_inside.h"

enum { FEW = 8, TWIN_WORDS = 3, TWINS_MIN = 4, CLOSE_MIN = 4 };

/* Of the other card, to say that it is nearer; few examples never make it that sure. */
static const double sure = 0.9, sure_small = 0.7;
/* The other card's example must be like it, and much more so than any of its own card's:
 * being sure of the wrong card is common between neighbours and no mistake by itself. */
static const float related = 0.75F, ahead = 0.3F;
static const double close_part = .3; /* of a card's examples that go to one neighbour */

/* The words of a phrase without the one at `skip`. */
static str without(struct arena *a, str folded, const struct words *w, size_t skip)
{
    str out = STR("");
    for (size_t i = 0; i < w->list.n; i++)
        if (i != skip)
            out = arena_fmt(a, "%.*s %.*s", STR_ARG(out),
                            STR_ARG(str_sub(folded, w->list.v[i].from, w->list.v[i].to)));
    return out;
}

/* Phrases that are another one of the card but for a word; *one and *other get the last
 * such pair. */
static size_t count_twins(const struct phrases *say, const struct phrase **one,
                          const struct phrase **other)
{
    struct arena *a = arena_new();
    struct map first = map_new(a);
    bool *twin = arena_alloc(a, say->list.n * sizeof *twin);
    size_t twins = 0;
    for (size_t i = 0; i < say->list.n; i++) {
        str folded = say->list.v[i].folded;
        struct words w = words_of(a, folded);
        for (size_t k = 0; w.list.n >= TWIN_WORDS && k <= w.list.n; k++) {
            str key = without(a, folded, &w, k);
            size_t at = (size_t)*map_put(&first, key, (int64_t)i);
            if (at == i)
                continue;
            *one = &say->list.v[i];
            *other = &say->list.v[at];
            twin[i] = twin[at] = true;
        }
    }
    for (size_t i = 0; i < say->list.n; i++)
        twins += twin[i];
    arena_free(a);
    return twins;
}

void lint_variety(const struct schooling *s, size_t label)
{
    const struct card *c = schooling_card(s, label);
    const struct phrases *say = &c->say[s->lang];
    const struct phrase *one = NULL, *other = NULL;
    if (say->list.n < FEW)
        diag_warning(s->diags, c->file, say->list.v[0].line, 3,
                     "`%.*s`: only %zu example%s in %s; %d or more, in different words, "
                     "make the desk sure",
                     STR_ARG(c->id), say->list.n, say->list.n == 1 ? "" : "s",
                     lint_language(s->lang), FEW);
    size_t twins = count_twins(say, &one, &other);
    if (one && other && twins >= TWINS_MIN && 3 * twins > 2 * say->list.n)
        diag_warning(s->diags, c->file, one->line, 3,
                     "`%.*s`: %zu of %zu examples in %s are one sentence with a word "
                     "changed, like \"%.*s\" and \"%.*s\" (line %d); a story, a single "
                     "word and a complaint teach more",
                     STR_ARG(c->id), twins, say->list.n, lint_language(s->lang),
                     STR_ARG(one->text), STR_ARG(other->text), other->line);
}

/* A pattern of the card itself decides for it, whatever the examples say. */
static bool is_decided(const struct schooling *s, size_t label, const struct phrase *p)
{
    int other, line;
    return nlu_pattern(s->nlu, s->lang, p->folded, NULL, &other, &line) ==
        s->nlu->school[s->lang].card[label];
}

void lint_nearer(const struct schooling *s, size_t label)
{
    const struct card *c = schooling_card(s, label);
    size_t from = s->first[label], to = from + c->say[s->lang].list.n;
    double bar = s->lesson.n < CALIBRATE_SMALL ? sure_small : sure;
    for (size_t i = from; i < to; i++) {
        const struct verdict *v = &s->verdict[i];
        if (v->label < 0 || v->label == (int64_t)label || v->confidence < bar)
            continue;
        const struct card *rival = schooling_card(s, (size_t)v->label);
        float own, best;
        size_t first = s->first[v->label];
        likeness_nearest(s->likeness, i, from, to, &own);
        int64_t near = likeness_nearest(s->likeness, i, first,
                                        first + rival->say[s->lang].list.n, &best);
        if (near < 0 || best < related || is_decided(s, label, s->phrase[i]) ||
            str_eq(s->phrase[i]->folded, s->phrase[near]->folded) ||
            /* told already */ best < own + ahead ||
            nlu_vetoed(s->nlu, s->nlu->school[s->lang].card[v->label], s->lang,
                       s->phrase[i]->folded))
            continue;
        diag_warning(s->diags, c->file, s->phrase[i]->line, 3,
                     "\"%.*s\" is nearer to `%.*s`, which says \"%.*s\" (%.*s:%d): move "
                     "it there, or give this card more examples in these words and "
                     "`%.*s` a line under `## Not %s`",
                     STR_ARG(s->phrase[i]->text), STR_ARG(rival->id),
                     STR_ARG(s->phrase[near]->text), STR_ARG(rival->file),
                     s->phrase[near]->line, STR_ARG(rival->id), lang_code(s->lang));
    }
}

static bool has_border(const struct card *c, const struct card *other, enum lang l)
{
    if (c->nots[l].list.n > 0)
        return true;
    for (size_t i = 0; i < c->tests.n; i++)
        if (str_eq(c->tests.v[i].target, other->id))
            return true;
    return false;
}

/* Tells of a pair once, at the card more of whose examples stray. */
void lint_close(const struct schooling *s, size_t label)
{
    const struct card *c = schooling_card(s, label);
    size_t from = s->first[label], to = from + c->say[s->lang].list.n;
    for (size_t k = 0; k < s->lesson.classes; k++) {
        const struct card *other = schooling_card(s, k);
        size_t stray = 0, back = 0;
        const struct phrase *one = NULL;
        if (k == label || other->none || other->sensitive)
            continue;
        for (size_t i = from; i < to; i++)
            if (s->verdict[i].label == (int64_t)k) {
                stray++;
                one = s->phrase[i];
            }
        for (size_t i = s->first[k]; i < s->first[k + 1]; i++)
            back += s->verdict[i].label == (int64_t)label;
        if (stray < CLOSE_MIN || (double)stray < close_part * (double)(to - from) ||
            stray < back || (stray == back && k < label) ||
            has_border(c, other, s->lang) || has_border(other, c, s->lang))
            continue;
        diag_warning(s->diags, c->file, one->line, 3,
                     "`%.*s` and `%.*s` are close: %zu of %zu examples in %s, like "
                     "\"%.*s\", could as well be the other's, and neither card has "
                     "anything under `## Not %s`; write there what is the other's",
                     STR_ARG(c->id), STR_ARG(other->id), stray, to - from,
                     lint_language(s->lang), STR_ARG(one->text), lang_code(s->lang));
    }
}
