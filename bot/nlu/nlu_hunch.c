/* What the hunch learns from, and where its model is kept. */
#include <stdlib.h>

#include "base/str.h"
#include "nlu/nlu_inside.h"
#include "nlu/plain.h"

enum { KEEP_HUNCHES = 4 };

/* There are few phrases that are told, and many questions that nobody would mistake. */
static const float weight_told = 4, weight_near = 6, weight_other = 1;

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
            if (!card->sensitive)
                continue;
            h = mix_phrases(mix_phrases(h, &card->patterns[l]), &card->nots[l]);
            h = mix_phrases(h, &card->signs[l]);
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

/* What is learnt, and in what detail: for its kin alone, the words are enough. */
struct school_of_hunch {
    struct nlu *nlu;
    struct hunch_lessons lessons;
    bool whole;
};

static void learn(struct school_of_hunch *s, str folded, struct hunch_lesson how)
{
    struct evidence e;
    if (s->whole)
        nlu_evidence(s->nlu, folded, &e);
    else
        hunch_core(plain_of(s->lessons.arena, folded), &e.features);
    how.text = folded;
    hunch_learn(&s->lessons, &e.features, how);
}

static void learn_all(struct school_of_hunch *s)
{
    const struct catalogue *c = s->nlu->catalogue;
    for (size_t k = 0; k < c->cards.n; k++) {
        const struct card *card = &c->cards.v[k];
        float weight = card->sensitive ? weight_told : weight_other;
        for (int lang = 0; lang < LANG_COUNT; lang++)
            for (size_t i = 0; i < card->say[lang].list.n; i++)
                learn(s, card->say[lang].list.v[i].folded,
                      (struct hunch_lesson){.told = card->sensitive, .weight = weight});
    }
    for (size_t i = 0; i < c->told.n; i++) {
        bool told = c->told.v[i].card.n > 0;
        learn(s, c->told.v[i].folded,
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
    char *p = must_copy(found.p, found.n);
    str block = {p, found.n};
    if (hunch_open(block, &unused) == RC_OK)
        return block;
    free(p);
    return STR_NONE;
}

void nlu_learn_hunch(struct nlu *n, struct cache *cache, uint64_t synonyms)
{
    struct school_of_hunch s = {.nlu = n, .lessons = {.arena = arena_new()}};
    struct hunch_lessons *l = &s.lessons;
    str key = key_of(l->arena, n->catalogue, synonyms);
    n->hunch_block = from_cache(cache, l->arena, key);
    s.whole = !n->hunch_block.p;
    learn_all(&s);
    if (l->told > 0 && l->told < l->list.n) {
        n->kin = kin_new(n->arena, l);
        if (s.whole) {
            n->hunch_block = hunch_train(l, n->kin);
            cache_put(cache, STR("hunch"), key, n->hunch_block);
            cache_trim(cache, STR("hunch"), KEEP_HUNCHES);
        }
        n->has_hunch = hunch_open(n->hunch_block, &n->hunch) == RC_OK;
    }
    arena_free(l->arena);
}

/* Between the two the score's own rounding lies. */
static const double rounding = 1e-6;

double nlu_hunch(const struct nlu *n, const struct hunch_features *f, double floor,
                 struct kin_found *kin)
{
    *kin = (struct kin_found){0};
    if (!n->has_hunch)
        return 0;
    double margin = hunch_margin(&n->hunch, f);
    if (hunch_is_open(&n->hunch, margin))
        kin_find(n->kin, f->v, f->core, KIN_ALL,
                 floor > 0 ? hunch_nearer(&n->hunch, margin, floor) - rounding
                           : KIN_FARTHEST,
                 kin);
    return hunch_score(&n->hunch, margin, kin->nearer);
}
