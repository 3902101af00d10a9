#include "nlu/nlu_inside.h"

#include <stdlib.h>

#include "base/str.h"
#include "text/normalise.h"

struct examples {
    VEC(struct example) list;
};

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

enum { NOTS = 1, SIGNS = 2, LISTS_MAX };

/* The lists of a card's lines that are patterns. */
static size_t lists_of(const struct card *card, int l, const struct phrases **out)
{
    out[0] = &card->patterns[l];
    out[NOTS] = &card->nots[l];
    out[SIGNS] = &card->signs[l];
    return card->sensitive ? LISTS_MAX : SIGNS;
}

static uint64_t hash_lines(uint64_t h, const struct phrases *p)
{
    h = mix(h, p->list.n);
    for (size_t i = 0; i < p->list.n; i++)
        h = mix(mix(h, str_hash(p->list.v[i].text)), (uint64_t)p->list.v[i].line);
    return h;
}

/* Everything that changes a pattern, or what is said about it. */
static uint64_t hash_patterns(const struct catalogue *c, uint64_t synonyms)
{
    uint64_t h = mix(synonyms, c->cards.n);
    for (size_t k = 0; k < c->cards.n; k++) {
        const struct card *card = &c->cards.v[k];
        h = mix(mix(h, str_hash(card->file)), card->sensitive);
        for (int l = 0; l < LANG_COUNT; l++) {
            const struct phrases *lists[LISTS_MAX];
            size_t n_lists = lists_of(card, l, lists);
            for (size_t i = 0; i < n_lists; i++)
                h = hash_lines(h, lists[i]);
        }
    }
    return h;
}

static void add_patterns(struct nlu *n, struct diags *d, int index)
{
    const struct card *card = &n->catalogue->cards.v[index];
    for (int l = 0; l < LANG_COUNT; l++) {
        const struct phrases *lists[LISTS_MAX];
        size_t n_lists = lists_of(card, l, lists);
        for (size_t k = 0; k < n_lists; k++)
            for (size_t i = 0; i < lists[k]->list.n; i++) {
                const struct phrase *phrase = &lists[k]->list.v[i];
                struct pattern what = {.card = index,
                                       .lang = (enum lang)l,
                                       .line = phrase->line,
                                       .veto = k == NOTS,
                                       .sign = k == SIGNS,
                                       .search = card->sensitive};
                pattern_add(n->patterns, &what, phrase->text, card->file, d);
            }
    }
}

static void make_patterns(struct nlu *n, const struct nlu *previous, uint64_t synonyms,
                          struct diags *d)
{
    n->patterns_key = hash_patterns(n->catalogue, synonyms);
    n->patterns_say = diags_new(n->arena);
    bool same = previous && previous->patterns_key == n->patterns_key;
    if (same) {
        n->patterns = pattern_set_share(previous->patterns);
        diags_add(&n->patterns_say, &previous->patterns_say);
    } else {
        n->patterns = pattern_set_new(n->synonyms);
        for (size_t k = 0; k < n->catalogue->cards.n; k++)
            add_patterns(n, &n->patterns_say, (int)k);
        pattern_ready(n->patterns, &n->patterns_say);
    }
    diags_add(d, &n->patterns_say);
}

/* What HR calls the card is one more example of it, for the classifier only. */
static void add_name(struct arena *a, const struct card *card, enum lang l,
                     uint32_t label, struct examples *to)
{
    str folded;
    if (card->none || card->name[l].n == 0 || str_eq(card->name[l], card->id) ||
        normalise(a, card->name[l], &folded) != RC_OK || folded.n == 0)
        return;
    *arena_push(a, &to->list) = (struct example){folded, label};
}

/* All phrases of one language; labels in the order of the cards. */
void nlu_lesson(struct nlu *n, enum lang l, struct lesson *lesson)
{
    const struct catalogue *c = n->catalogue;
    struct school *s = &n->school[l];
    struct examples examples = {0};
    s->card = arena_alloc(n->arena, c->cards.n * sizeof *s->card);
    s->label = arena_alloc(n->arena, c->cards.n * sizeof *s->label);
    s->allowed = arena_alloc(n->arena, c->cards.n * sizeof *s->allowed);
    s->closed = arena_alloc(n->arena, c->cards.n * sizeof *s->closed);
    *lesson = (struct lesson){.lang = l, .none = -1, .synonyms = n->synonyms};
    for (size_t k = 0; k < c->cards.n; k++) {
        const struct card *card = &c->cards.v[k];
        s->label[k] = -1;
        if (card->say[l].list.n == 0 || card->sensitive ||
            lesson->classes >= MODEL_CLASSES_MAX)
            continue;
        uint32_t label = lesson->classes++;
        s->label[k] = (int)label;
        s->card[label] = (int)k;
        if (card->none)
            lesson->none = (int32_t)label;
        for (size_t i = 0; i < card->say[l].list.n; i++)
            *arena_push(n->arena, &examples.list) =
                (struct example){card->say[l].list.v[i].folded, label};
        add_name(n->arena, card, l, label, &examples);
    }
    lesson->examples = examples.list.v;
    lesson->n = examples.list.n;
}

static uint64_t hash_synonyms(const struct catalogue *c, enum lang l)
{
    uint64_t h = 0;
    for (size_t i = 0; i < c->synonyms.n; i++) {
        const struct synonym *s = &c->synonyms.v[i];
        if (s->lang != LANG_NONE && s->lang != l)
            continue;
        for (size_t k = 0; k < s->terms.n; k++)
            h = (h ^ str_hash(s->terms.v[k])) * 0x9e3779b97f4a7c15u + k + s->two_way;
    }
    return h;
}

/* NULL for a language in which there is nothing to tell apart. */
static void start_schools(struct nlu *n, const struct nlu *previous, struct cache *cache,
                          struct learning *out[LANG_COUNT])
{
    for (int l = 0; l < LANG_COUNT; l++) {
        struct lesson lesson;
        nlu_lesson(n, (enum lang)l, &lesson);
        lesson.synonyms_hash = hash_synonyms(n->catalogue, (enum lang)l);
        out[l] = NULL;
        if (lesson.classes > (lesson.none >= 0))
            out[l] = classifier_start(
                &lesson, previous ? previous->school[l].classifier : NULL, cache);
    }
}

void nlu_build(const struct catalogue *c, const struct nlu *previous, struct cache *cache,
               struct diags *d, struct nlu **out)
{
    struct nlu *n = must_alloc(sizeof *n);
    n->catalogue = c;
    n->arena = arena_new();
    n->seen_arena = arena_new();
    n->synonyms = synonyms_new(n->arena, c);
    n->padding = padding_new(n->arena);
    n->exact = exact_new(n->arena, n->padding, c, d);
    n->language = language_new(n->arena, c);
    n->signs = signs_new(n->arena, c, d);
    n->judge = judge_new(n->synonyms);
    uint64_t synonyms = hash_synonyms(c, LANG_NL) ^ hash_synonyms(c, LANG_EN);
    make_patterns(n, previous, synonyms, d);
    struct learning *learning[LANG_COUNT];
    start_schools(n, previous, cache, learning);
    nlu_learn_hunch(n, cache, synonyms); /* meanwhile */
    for (int l = 0; l < LANG_COUNT; l++) {
        if (!learning[l])
            continue;
        n->school[l].classifier = classifier_end(learning[l], cache);
        n->school[l].spelt = spelt_new(&n->school[l].classifier->model);
    }
    *out = n;
}

void nlu_free(struct nlu *n)
{
    if (!n)
        return;
    for (int l = 0; l < LANG_COUNT; l++) {
        spelt_free(n->school[l].spelt);
        classifier_free(n->school[l].classifier);
    }
    judge_free(&n->judge);
    pattern_set_free(n->patterns);
    free((char *)(uintptr_t)n->hunch_block.p);
    arena_free(n->seen_arena);
    arena_free(n->arena);
    free(n);
}

size_t nlu_bytes(const struct nlu *n)
{
    size_t sum =
        sizeof *n + arena_used(n->arena) + pattern_bytes(n->patterns) + n->hunch_block.n;
    for (int l = 0; l < LANG_COUNT; l++)
        sum +=
            classifier_bytes(n->school[l].classifier) + spelt_bytes(n->school[l].spelt);
    return sum;
}
