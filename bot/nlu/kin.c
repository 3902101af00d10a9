#include "nlu/kin.h"

#include <math.h>
#include <stdlib.h>

enum { FEATURES = 1 << HUNCH_BITS };

struct phrase_kin {
    str text;
    float length; /* of its vector */
    bool told;
};

struct kin {
    const struct phrase_kin *phrases;
    size_t n;
    float *rarity;   /* of each feature: squared, what a shared one adds */
    uint32_t *start; /* FEATURES + 1, into where */
    uint32_t *where; /* numbers of phrases */
    float *shared;   /* scratch, by phrase; all 0 between two calls */
    uint32_t *touched;
};

/* Phrases each feature is in (counted as often as it stands there). */
static void count(struct kin *k, const struct hunch_lessons *l)
{
    for (size_t i = 0; i < l->list.n; i++)
        for (uint32_t j = 0; j < l->list.v[i].core; j++)
            k->start[l->ids.v[l->list.v[i].from + j] + 1]++;
    for (uint32_t f = 0; f < FEATURES; f++) {
        uint32_t n = k->start[f + 1];
        float rare = logf(((float)l->list.n + 1) / ((float)n + 1));
        k->rarity[f] = rare * rare;
        k->start[f + 1] = n > KIN_COMMON ? 0 : n;
    }
    for (uint32_t f = 0; f < FEATURES; f++)
        k->start[f + 1] += k->start[f];
}

static float length_of(const struct kin *k, const uint32_t *core, uint32_t n)
{
    float sum = 1e-6F;
    for (uint32_t i = 0; i < n; i++)
        sum += k->rarity[core[i]];
    return sqrtf(sum);
}

struct kin *kin_new(struct arena *a, const struct hunch_lessons *l)
{
    struct kin *k = arena_alloc(a, sizeof *k);
    struct phrase_kin *phrases = arena_alloc(a, (l->list.n + 1) * sizeof *phrases);
    *k = (struct kin){.phrases = phrases,
                      .n = l->list.n,
                      .rarity = arena_alloc(a, FEATURES * sizeof *k->rarity),
                      .start = arena_alloc(a, (FEATURES + 1) * sizeof *k->start),
                      .shared = arena_alloc(a, (l->list.n + 1) * sizeof *k->shared),
                      .touched = arena_alloc(a, (l->list.n + 1) * sizeof *k->touched)};
    memset(k->start, 0, (FEATURES + 1) * sizeof *k->start);
    memset(k->shared, 0, (l->list.n + 1) * sizeof *k->shared);
    count(k, l);
    k->where = arena_alloc(a, (k->start[FEATURES] + 1) * sizeof *k->where);
    uint32_t *next = must_alloc(FEATURES * sizeof *next);
    memcpy(next, k->start, FEATURES * sizeof *next);
    for (uint32_t i = 0; i < l->list.n; i++) {
        const struct hunch_lesson *x = &l->list.v[i];
        const uint32_t *core = l->ids.v + x->from;
        phrases[i] = (struct phrase_kin){
            .text = x->text, .told = x->told, .length = length_of(k, core, x->core)};
        for (uint32_t j = 0; j < x->core; j++)
            if (next[core[j]] < k->start[core[j] + 1])
                k->where[next[core[j]]++] = i;
    }
    free(next);
    return k;
}

/* The best of one kind, best first. */
struct best {
    float v[KIN_BEST];
    uint32_t first;
};

static void take(struct best *b, float likeness, uint32_t phrase)
{
    if (likeness <= b->v[KIN_BEST - 1])
        return;
    if (likeness > b->v[0])
        b->first = phrase;
    size_t at = KIN_BEST - 1;
    for (; at > 0 && b->v[at - 1] < likeness; at--)
        b->v[at] = b->v[at - 1];
    b->v[at] = likeness;
}

static double mean(const struct best *b)
{
    float sum = 0;
    for (size_t i = 0; i < KIN_BEST; i++)
        sum += b->v[i];
    return (double)sum / KIN_BEST;
}

/* What each phrase shares with the message; returns how many share something. */
static size_t share(struct kin *k, const uint32_t *core, uint32_t n)
{
    size_t touched = 0;
    for (uint32_t i = 0; i < n; i++) {
        float adds = k->rarity[core[i]];
        for (uint32_t at = k->start[core[i]]; at < k->start[core[i] + 1]; at++) {
            uint32_t phrase = k->where[at];
            if (k->shared[phrase] == 0)
                k->touched[touched++] = phrase;
            k->shared[phrase] += adds;
        }
    }
    return touched;
}

void kin_find(struct kin *k, const uint32_t *core, uint32_t n, int without,
              struct kin_found *out)
{
    struct best told = {0}, other = {0};
    float length = length_of(k, core, n);
    size_t touched = share(k, core, n);
    for (size_t i = 0; i < touched; i++) {
        uint32_t at = k->touched[i];
        const struct phrase_kin *p = &k->phrases[at];
        if (without == KIN_ALL || hunch_fold(at) != without)
            take(p->told ? &told : &other, k->shared[at] / (length * p->length), at);
        k->shared[at] = 0;
    }
    *out = (struct kin_found){.nearer = mean(&told) - mean(&other)};
    if (told.v[0] > 0)
        out->told = k->phrases[told.first].text;
    if (other.v[0] > 0)
        out->ordinary = k->phrases[other.first].text;
}
