#include "nlu/kin.h"

#include <math.h>
#include <stdlib.h>

enum { FEATURES = 1 << HUNCH_BITS };

/* Two lists of phrases, each numbered by itself in the order of the lessons. */
enum kind { TOLD, ORDINARY, KINDS };

/* One feature: all that is known of it in eight bytes, for a message has thirty of them
 * and each is a cache miss. Its phrases stand in `where` from start on, first those that
 * are told. One in more than KIN_COMMON has none; start is its place in `common`. */
struct row {
    uint32_t start;
    uint8_t n[KINDS];
    bool is_common;
};
_Static_assert(KIN_COMMON <= UINT8_MAX, "a row counts phrases in a byte");

/* Looked at for every phrase that shares something: what it shares lies beside what it is
 * divided by. */
struct phrase_kin {
    float length; /* of its vector */
    float shared; /* scratch; 0 between two calls */
};

/* Of the few that are told of, or while it is learnt. */
struct phrase_of {
    str text;
    int fold; /* hunch_fold */
};

struct kin {
    struct row *rows;           /* FEATURES */
    uint32_t *where;            /* numbers of phrases */
    float rare[KIN_COMMON + 1]; /* the rarity of a feature in so many phrases: squared,
                                   what a shared one adds */
    float *common;              /* of those in more */
    struct phrase_kin *phrases[KINDS];
    struct phrase_of *of[KINDS]; /* the same ones */
    uint32_t *touched;           /* scratch: those that share something */
};

static inline float rarity(const struct kin *k, const struct row *r)
{
    return r->is_common ? k->common[r->start] : k->rare[r->n[TOLD] + r->n[ORDINARY]];
}

static float length_of(const struct kin *k, const uint32_t *core, uint32_t n)
{
    float sum = 1e-6F;
    for (uint32_t i = 0; i < n; i++)
        sum += rarity(k, &k->rows[core[i]]);
    return sqrtf(sum);
}

/* --- made when content is loaded --- */

static float rarity_in(size_t all, uint32_t n)
{
    float rare = logf(((float)all + 1) / ((float)n + 1));
    return rare * rare;
}

/* Phrases each feature is in, by kind (counted as often as it stands there). */
static void count(uint32_t (*in)[KINDS], const struct hunch_lessons *l)
{
    for (size_t i = 0; i < l->list.n; i++) {
        const struct hunch_lesson *x = &l->list.v[i];
        for (uint32_t j = 0; j < x->core; j++)
            in[l->ids.v[x->from + j]][x->told ? TOLD : ORDINARY]++;
    }
}

/* Returns how many places the phrases of all rows take. */
static uint32_t make_rows(struct kin *k, struct arena *a, uint32_t (*in)[KINDS],
                          const struct hunch_lessons *l)
{
    uint32_t places = 0, commons = 0;
    for (uint32_t f = 0; f < FEATURES; f++)
        commons += in[f][TOLD] + in[f][ORDINARY] > KIN_COMMON;
    k->common = arena_alloc(a, (commons + 1) * sizeof *k->common);
    for (uint32_t n = 0; n < LEN(k->rare); n++)
        k->rare[n] = rarity_in(l->list.n, n);
    commons = 0;
    for (uint32_t f = 0; f < FEATURES; f++) {
        uint32_t n = in[f][TOLD] + in[f][ORDINARY];
        struct row *r = &k->rows[f];
        if (n > KIN_COMMON) {
            *r = (struct row){.start = commons, .is_common = true};
            k->common[commons++] = rarity_in(l->list.n, n);
            continue;
        }
        *r = (struct row){.start = places,
                          .n = {[TOLD] = in[f][TOLD] & UINT8_MAX,
                                [ORDINARY] = in[f][ORDINARY] & UINT8_MAX}};
        places += n;
    }
    return places;
}

/* Puts the phrases down at their features; in: what is still to come of each. */
static void put_phrases(struct kin *k, uint32_t (*in)[KINDS],
                        const struct hunch_lessons *l)
{
    uint32_t n[KINDS] = {0};
    for (size_t i = 0; i < l->list.n; i++) {
        const struct hunch_lesson *x = &l->list.v[i];
        const uint32_t *core = l->ids.v + x->from;
        enum kind kind = x->told ? TOLD : ORDINARY;
        k->phrases[kind][n[kind]].length = length_of(k, core, x->core);
        k->of[kind][n[kind]] =
            (struct phrase_of){.text = x->text, .fold = hunch_fold((uint32_t)i)};
        for (uint32_t j = 0; j < x->core; j++) {
            const struct row *r = &k->rows[core[j]];
            uint32_t end =
                r->start + r->n[TOLD] + (kind == ORDINARY ? r->n[ORDINARY] : 0);
            if (!r->is_common)
                k->where[end - in[core[j]][kind]--] = n[kind];
        }
        n[kind]++;
    }
}

struct kin *kin_new(struct arena *a, const struct hunch_lessons *l)
{
    struct kin *k = arena_alloc(a, sizeof *k);
    size_t n[KINDS] = {[TOLD] = l->told, [ORDINARY] = l->list.n - l->told};
    k->rows = arena_alloc(a, FEATURES * sizeof *k->rows);
    for (int kind = 0; kind < KINDS; kind++) {
        k->phrases[kind] = arena_alloc(a, (n[kind] + 1) * sizeof *k->phrases[kind]);
        k->of[kind] = arena_alloc(a, (n[kind] + 1) * sizeof *k->of[kind]);
    }
    k->touched = arena_alloc(a, (MAX(n[TOLD], n[ORDINARY]) + 1) * sizeof *k->touched);
    uint32_t(*in)[KINDS] = must_alloc(FEATURES * sizeof *in);
    count(in, l);
    k->where = arena_alloc(a, (make_rows(k, a, in, l) + 1) * sizeof *k->where);
    put_phrases(k, in, l);
    free(in);
    return k;
}

/* --- a message --- */

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

/* Adds up what each phrase of a kind shares with the message; returns how many share
 * something. */
static size_t share(struct kin *k, enum kind kind, const uint32_t *core, uint32_t n)
{
    struct phrase_kin *phrases = k->phrases[kind];
    size_t touched = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct row *r = &k->rows[core[i]];
        const uint32_t *where = k->where + r->start + (kind == ORDINARY ? r->n[TOLD] : 0);
        const uint32_t *end = where + r->n[kind];
        float adds = rarity(k, r);
        for (; where < end; where++) {
            struct phrase_kin *p = &phrases[*where];
            uint32_t bits; /* whole numbers are compared in one step */
            memcpy(&bits, &p->shared, sizeof bits);
            k->touched[touched] = *where;
            touched += bits == 0;
            p->shared += adds;
        }
    }
    return touched;
}

/* Is one of those that share something as like the message as `least`? The mean of the
 * best is no more than the best, and most messages end here. */
static bool is_any_near(const struct kin *k, enum kind kind, size_t touched, float length,
                        double least)
{
    const struct phrase_kin *phrases = k->phrases[kind];
    const float rounding = 0.9999F, bar = (float)least * length * rounding;
    for (size_t i = 0; i < touched; i++) {
        const struct phrase_kin *p = &phrases[k->touched[i]];
        if (p->shared >= bar * p->length)
            return true;
    }
    return false;
}

/* False: the best are less like the message than `least`, and are not told. */
static bool find_kind(struct kin *k, enum kind kind, const uint32_t *core, uint32_t n,
                      int without, double least, struct best *best)
{
    float length = length_of(k, core, n);
    size_t touched = share(k, kind, core, n);
    struct phrase_kin *phrases = k->phrases[kind];
    bool near = least <= 0 || is_any_near(k, kind, touched, length, least);
    for (size_t i = 0; i < touched && near; i++) {
        uint32_t at = k->touched[i];
        if (without == KIN_ALL || k->of[kind][at].fold != without)
            take(best, phrases[at].shared / (length * phrases[at].length), at);
    }
    for (size_t i = 0; i < touched; i++)
        phrases[k->touched[i]].shared = 0;
    return near;
}

void kin_find(struct kin *k, const uint32_t *core, uint32_t n, int without, double least,
              struct kin_found *out)
{
    struct best best[KINDS] = {0};
    *out = (struct kin_found){.nearer = KIN_FARTHEST};
    if (!find_kind(k, TOLD, core, n, without, least, &best[TOLD]))
        return;
    double told = mean(&best[TOLD]);
    if (told >= least) /* the others only take away from it */
        (void)find_kind(k, ORDINARY, core, n, without, KIN_FARTHEST, &best[ORDINARY]);
    out->nearer = told - mean(&best[ORDINARY]);
    if (best[TOLD].v[0] > 0)
        out->told = k->of[TOLD][best[TOLD].first].text;
    if (best[ORDINARY].v[0] > 0)
        out->ordinary = k->of[ORDINARY][best[ORDINARY].first].text;
}
