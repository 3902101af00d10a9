/* What the hunch learns from, and where its model is kept. */
#include <stdlib.h>

#include "base/str.h"
#include "nlu/hunch_train.h"
#include "nlu/nlu_inside.h"
#include "nlu/plain.h"

enum { KEEP_HUNCHES = 4 };

/* There are few phrases that are told, and many questions that nobody would mistake. */
static const float weight_told = 4, weight_near = 3, weight_other = 1;

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

static uint64_t mix_phrases(uint64_t h, const struct phrases *p)
{
    h = mix(h, p->list.n);
    for (size_t i = 0; i < p->list.n; i++)
        h = mix(h, str_hash(p->list.v[i].text));
    return h;
}

/* Everything that changes the model changes the key. */
static str key_of(struct arena *a, const struct catalogue *c, uint64_t synonyms)
{
    uint64_t h = mix(HUNCH_VERSION, synonyms);
    for (size_t k = 0; k < c->cards.n; k++) {
        const struct card *card = &c->cards.v[k];
        h = mix(h, card->sensitive);
        for (int l = 0; l < LANG_COUNT; l++) {
            h = mix_phrases(h, &card->say[l]);
            if (card->sensitive)
                h = mix_phrases(mix_phrases(h, &card->patterns[l]), &card->nots[l]);
        }
    }
    for (size_t i = 0; i < c->told.n; i++)
        h = mix(mix(h, str_hash(c->told.v[i].folded)), c->told.v[i].card.n > 0);
    for (size_t i = 0; i < c->sign_words.n; i++)
        h = mix(mix(h, str_hash(c->sign_words.v[i].name)),
                str_hash(c->sign_words.v[i].value));
    for (size_t i = 0; i < c->signs.n; i++)
        h = mix(mix(h, str_hash(c->signs.v[i].name)), str_hash(c->signs.v[i].value));
    return arena_fmt(a, "%016llx-%zu", (unsigned long long)h, c->told.n);
}

static void learn(struct nlu *n, struct hunch_lessons *l, str folded,
                  struct hunch_lesson how)
{
    struct evidence e;
    nlu_evidence(n, folded, &e);
    hunch_learn(l, &e.features, how);
}

static void learn_all(struct nlu *n, struct hunch_lessons *l)
{
    const struct catalogue *c = n->catalogue;
    for (size_t k = 0; k < c->cards.n; k++) {
        const struct card *card = &c->cards.v[k];
        for (int lang = 0; lang < LANG_COUNT; lang++)
            for (size_t i = 0; i < card->say[lang].list.n; i++)
                learn(n, l, card->say[lang].list.v[i].folded,
                      (struct hunch_lesson){.told = card->sensitive,
                                            .weight = card->sensitive ? weight_told
                                                                      : weight_other});
    }
    for (size_t i = 0; i < c->told.n; i++) {
        bool told = c->told.v[i].card.n > 0;
        learn(n, l, c->told.v[i].folded,
              (struct hunch_lesson){.told = told,
                                    .weight = told ? weight_told : weight_near,
                                    .judges = true});
    }
}

/* A copy of the cached block that lives on its own, or STR_NONE. */
static str from_cache(struct cache *cache, struct arena *a, str key)
{
    str found;
    struct hunch unused;
    if (cache_get(cache, a, STR("hunch"), key, &found) != RC_OK)
        return STR_NONE;
    char *p = must_alloc(found.n);
    memcpy(p, found.p, found.n);
    str block = {p, found.n};
    if (hunch_open(block, &unused) == RC_OK)
        return block;
    free(p);
    return STR_NONE;
}

void nlu_learn_hunch(struct nlu *n, struct cache *cache, uint64_t synonyms)
{
    struct hunch_lessons l = {.arena = arena_new()};
    str key = key_of(l.arena, n->catalogue, synonyms);
    n->hunch_block = from_cache(cache, l.arena, key);
    if (!n->hunch_block.p) {
        learn_all(n, &l);
        if (l.told > 0 && l.told < l.list.n) {
            n->hunch_block = hunch_train(&l);
            cache_put(cache, STR("hunch"), key, n->hunch_block);
            cache_trim(cache, STR("hunch"), KEEP_HUNCHES);
        }
    }
    n->has_hunch = n->hunch_block.p && hunch_open(n->hunch_block, &n->hunch) == RC_OK;
    arena_free(l.arena);
}
