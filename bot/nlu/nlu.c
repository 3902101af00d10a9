#include "nlu/nlu_inside.h"

#include "base/str.h"
#include "nlu/pad.h"
#include "nlu/plain.h"

const struct subject *nlu_look(struct nlu *n, str folded)
{
    if (n->has_seen && str_eq(n->seen.folded, folded))
        return &n->seen;
    struct arena *a = n->seen_arena;
    arena_reset(a);
    n->seen.folded = arena_str(a, folded);
    n->words = words_of(a, n->seen.folded);
    size_t *at = arena_room(a, (n->words.list.n + 1) * sizeof *at);
    n->seen.plain = plain_of_words(a, &n->words, at);
    struct unpadded bare[LANG_COUNT];
    unpad_each(n->padding, &n->words, bare);
    for (int l = 0; l < LANG_COUNT; l++)
        n->seen.unpadded[l] = n->words.list.n == 0
            ? n->seen.plain
            : str_sub(n->seen.plain, at[bare[l].from], at[bare[l].to] - 1);
    pattern_look(n->patterns, &n->seen);
    n->spoken.known = false;
    n->has_seen = true;
    return &n->seen;
}

const struct words *nlu_cut(struct nlu *n, str folded)
{
    nlu_look(n, folded);
    return &n->words;
}

enum lang nlu_language(struct nlu *n, str folded, double *sure)
{
    const struct words *words = nlu_cut(n, folded);
    if (!n->spoken.known)
        n->spoken.lang =
            language_and_small(n->language, words, &n->spoken.sure, &n->spoken.small);
    n->spoken.known = true;
    *sure = n->spoken.sure;
    return n->spoken.lang;
}

size_t nlu_small_words(struct nlu *n, str folded, uint64_t *first)
{
    double sure;
    (void)nlu_language(n, folded, &sure);
    size_t small = n->spoken.small.n;
    *first = n->spoken.small.first;
    for (size_t i = n->spoken.small.read; i < n->words.list.n; i++)
        small += lang_hints(n->words.list.v[i].text);
    return small;
}

str nlu_unpad(struct nlu *n, enum lang l, str folded)
{
    return unpad(n->padding, l, folded);
}

static bool is_for(const struct pattern *p, enum lang l)
{
    return l == LANG_NONE || p->lang == l;
}

bool nlu_vetoed(struct nlu *n, int card, enum lang l, str folded)
{
    nlu_look(n, folded);
    size_t count, literal;
    const uint32_t *possible = pattern_possible(n->patterns, &count);
    for (size_t i = 0; i < count; i++) {
        const struct pattern *p = pattern_at(n->patterns, possible[i]);
        if (p->veto && p->card == card && is_for(p, l) &&
            pattern_matches(n->patterns, possible[i], &literal))
            return true;
    }
    return false;
}

/* Best and second card so far; the more specific pattern wins, then the earlier card. */
struct found {
    int card, other, line;
    size_t literal;
};

static void take(struct found *f, const struct pattern *p, size_t literal)
{
    if (p->card == f->card) {
        if (literal > f->literal) {
            f->literal = literal;
            f->line = p->line;
            f->other = -1;
        }
    } else if (f->card < 0 || literal > f->literal) {
        *f = (struct found){
            .card = p->card, .other = -1, .line = p->line, .literal = literal};
    } else if (literal == f->literal && f->other < 0) {
        f->other = p->card;
    }
}

/* With `signs` the sensitive cards, and what their signs find; without, the others. */
static struct found find(struct nlu *n, enum lang l, str folded, const bool *allowed,
                         struct found *signs)
{
    struct found f = {.card = -1, .other = -1};
    bool sensitive = signs != NULL;
    nlu_look(n, folded);
    size_t count, literal;
    const uint32_t *possible = pattern_possible(n->patterns, &count);
    for (size_t i = 0; i < count; i++) {
        const struct pattern *p = pattern_at(n->patterns, possible[i]);
        const struct card *card = &n->catalogue->cards.v[p->card];
        if (p->veto || card->sensitive != sensitive || card->none || !is_for(p, l) ||
            (allowed && !allowed[p->card]))
            continue;
        if (pattern_matches(n->patterns, possible[i], &literal) &&
            !nlu_vetoed(n, p->card, p->lang, folded))
            take(p->sign && signs ? signs : &f, p, literal);
    }
    return f;
}

void nlu_evidence(struct nlu *n, str folded, struct evidence *out)
{
    struct found signs = {.card = -1, .other = -1};
    struct found f = find(n, LANG_NONE, folded, NULL, &signs);
    str plain = nlu_look(n, folded)->plain;
    struct sign_hits hits;
    signs_look(n->signs, plain, &hits);
    out->sign = signs_find(n->signs, &hits);
    out->card = f.card;
    out->line = f.line;
    out->sign_card = signs.card;
    out->sign_line = signs.line;
    hunch_features(folded, &n->words, &hits,
                   &(struct hunch_evidence){.pattern = f.card >= 0 || signs.card >= 0,
                                            .sign = out->sign.card >= 0,
                                            .calms = out->sign.calms != NULL},
                   &out->features);
}

/* A hunch below it takes a sign back: all else in the message is ordinary. What HR wrote
 * down as a pattern is taken back only by what HR wrote down. One as high as `stands` is
 * not taken back by a `none` of signs.md either. A hunch that had too few ordinary lines
 * to be judged by takes nothing back. */
static const double calms_sign = 0.5, stands = 0.7;

static bool takes_back(const struct nlu *n, const struct alarm *a)
{
    return n->has_hunch && n->hunch.head.judges > 0 && a->hunch < calms_sign;
}

int nlu_sensitive(struct nlu *n, str folded, double floor, struct alarm *why)
{
    struct evidence e;
    nlu_evidence(n, folded, &e);
    struct kin_found kin;
    *why = (struct alarm){.line = e.line};
    why->hunch = nlu_hunch(n, &e.features, MIN(floor, calms_sign), &kin);
    why->told = kin.told;
    why->ordinary = kin.ordinary;
    int card = e.card;
    if (card < 0 && (e.sign_card >= 0 || e.sign.card >= 0)) {
        why->line = e.sign_card >= 0 ? e.sign_line : e.sign.sign->line;
        why->sign = e.sign_card >= 0 ? STR_NONE : e.sign.sign->value;
        why->calmed = takes_back(n, why);
        if (!why->calmed)
            card = e.sign_card >= 0 ? e.sign_card : e.sign.card;
    }
    if (e.sign.calms && why->hunch < stands) {
        why->calmed = card >= 0;
        why->line = e.sign.calms->line;
        why->hunch = 0;
        return -1;
    }
    return card;
}

int nlu_pattern(struct nlu *n, enum lang l, str folded, const bool *allowed, int *other,
                int *pattern_line)
{
    struct found f = find(n, l, folded, allowed, NULL);
    *other = f.other;
    *pattern_line = f.line;
    return f.card;
}

bool nlu_background(struct nlu *n, enum lang l, str folded)
{
    const struct subject *s = nlu_look(n, folded);
    for (int k = 0; k < LANG_COUNT; k++)
        if ((l == LANG_NONE || (int)l == k) &&
            exact_is_background(n->exact, (enum lang)k, s->unpadded[k]))
            return true;
    return false;
}

int nlu_exact(struct nlu *n, enum lang l, str folded, const bool *allowed, int *other)
{
    const struct subject *s = nlu_look(n, folded);
    *other = -1;
    for (int k = 0; k < LANG_COUNT; k++) {
        if (l != LANG_NONE && (int)l != k)
            continue;
        int card = exact_find(n->exact, (enum lang)k, s->unpadded[k], allowed, other);
        if (card >= 0)
            return card;
    }
    return -1;
}
