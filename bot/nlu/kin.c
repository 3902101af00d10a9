#include "nlu/kin.h"

#include <math.h>
#include <stdlib.h>

enum { FEATURES = 1 << HUNCH_BITS };

/* Two lists of phrases, each numbered by itself in the order of the lessons. */
enum kind { TOLD, ORDINARY, KINDS };

/* One feature: all that is known of it in sixteen bytes, for a message has thirty of them
 * and each is a cache miss. Its phrases stand in `where` from start on, first those that
 * are told; of one in more than KIN_COMMON none do. */
struct row {
    float rarity; /* squared: what a shared one adds */
    float most; /* it adds to the likeness of anything told, times the message's length */
    uint32_t start;
    uint8_t n[KINDS];
    uint8_t times; /* that one phrase that is told has it, at most */
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
    struct row *rows; /* FEATURES */
    uint32_t *where;  /* numbers of phrases */
    struct phrase_kin *phrases[KINDS];
    struct phrase_of *of[KINDS]; /* the same ones */
    uint32_t *touched;           /* scratch: those that share something */
};

static float length_of(const struct kin *k, const uint32_t *core, uint32_t n)
{
    float sum = 1e-6F;
    for (uint32_t i = 0; i < n; i++)
        sum += k->rows[core[i]].rarity;
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

/* Returns how many places the phrases of all rows take. What all lessons have adds
 * nothing, so that a phrase would seem untouched by it, and be taken twice. */
static uint32_t make_rows(struct kin *k, uint32_t (*in)[KINDS],
                          const struct hunch_lessons *l)
{
    uint32_t places = 0;
    for (uint32_t f = 0; f < FEATURES; f++) {
        uint32_t n = in[f][TOLD] + in[f][ORDINARY];
        struct row *r = &k->rows[f];
        *r = (struct row){.rarity = rarity_in(l->list.n, n), .start = places};
        if (n > KIN_COMMON || r->rarity <= 0)
            continue;
        r->n[TOLD] = in[f][TOLD] & UINT8_MAX;
        r->n[ORDINARY] = in[f][ORDINARY] & UINT8_MAX;
        places += n;
    }
    return places;
}

/* Puts a phrase down at its features; in: what is still to come of each. */
static void put_phrase(struct kin *k, uint32_t (*in)[KINDS], enum kind kind,
                       uint32_t number, const uint32_t *core, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++) {
        const struct row *r = &k->rows[core[j]];
        uint32_t end = r->start + r->n[TOLD] + (kind == ORDINARY ? r->n[ORDINARY] : 0);
        if (r->n[kind] > 0)
            k->where[end - in[core[j]][kind]--] = number;
    }
}

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
        put_phrase(k, in, kind, n[kind], core, x->core);
        n[kind]++;
    }
}

/* A phrase that has a feature twice stands there twice, one behind the other. */
static void find_most(struct kin *k)
{
    for (uint32_t f = 0; f < FEATURES; f++) {
        struct row *r = &k->rows[f];
        const uint32_t *where = k->where + r->start;
        uint8_t times = 0;
        for (uint32_t i = 0; i < r->n[TOLD]; i++) {
            times = i > 0 && where[i] == where[i - 1] ? (uint8_t)(times + 1) : 1;
            r->times = MAX(r->times, times);
            r->most =
                fmaxf(r->most, r->rarity * times / k->phrases[TOLD][where[i]].length);
        }
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
    k->where = arena_alloc(a, (make_rows(k, in, l) + 1) * sizeof *k->where);
    put_phrases(k, in, l);
    find_most(k);
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

/* Adds up what each phrase of a kind shares with the message, by features that no more
 * than `longest` of them have; returns how many share something. */
static size_t share(struct kin *k, enum kind kind, const uint32_t *core, uint32_t n,
                    uint32_t longest)
{
    struct phrase_kin *phrases = k->phrases[kind];
    size_t touched = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct row *r = &k->rows[core[i]];
        const uint32_t *where = k->where + r->start + (kind == ORDINARY ? r->n[TOLD] : 0);
        const uint32_t *end = where + (r->n[kind] <= longest ? r->n[kind] : 0);
        float adds = r->rarity;
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

/* What those left out can add at most: to the likeness (times the message's length), and
 * to what is shared. */
struct left_out {
    float likeness, shared;
};

/* Can one of those that share something be as like the message as `bar` of its length,
 * with what was left out? The mean of the best is no more than the best, and most
 * messages end here. Clears what they share. */
static bool can_reach(struct kin *k, size_t touched, float bar, struct left_out out)
{
    const float rounding = 0.9999F;
    struct phrase_kin *phrases = k->phrases[TOLD];
    bool can = false;
    for (size_t i = 0; i < touched; i++) {
        struct phrase_kin *p = &phrases[k->touched[i]];
        float more = out.likeness * p->length;
        more = more < out.shared ? more : out.shared;
        can |= p->shared + more >= bar * rounding * p->length;
        p->shared = 0;
    }
    return can;
}

/* Can anything told be as like the message as `bar` of its length? Most of the phrases it
 * shares something with share the few features that many have. As long as these add too
 * little together they are left out: a phrase must have some of the rarer ones, and only
 * the phrases of those are read. */
static bool can_be_near(struct kin *k, const uint32_t *core, uint32_t n, float bar)
{
    const float leave_out = 0.5F; /* of the bar */
    enum { STEP = 8, STEPS = UINT8_MAX / STEP + 1 };
    struct left_out by_size[STEPS] = {0}, out = {0};
    for (uint32_t i = 0; i < n; i++) {
        const struct row *r = &k->rows[core[i]];
        struct left_out *of = &by_size[r->n[TOLD] / STEP];
        of->likeness += r->most;
        of->shared += r->rarity * r->times;
    }
    size_t step = STEPS;
    while (step > 0 && out.likeness + by_size[step - 1].likeness < bar * leave_out) {
        step--;
        out.likeness += by_size[step].likeness;
        out.shared += by_size[step].shared;
    }
    size_t touched = step > 0 ? share(k, TOLD, core, n, (uint32_t)step * STEP - 1) : 0;
    return can_reach(k, touched, bar, out);
}

/* The best of one kind. */
static void find_best(struct kin *k, enum kind kind, const uint32_t *core, uint32_t n,
                      float length, int without, struct best *best)
{
    size_t touched = share(k, kind, core, n, UINT8_MAX);
    struct phrase_kin *phrases = k->phrases[kind];
    for (size_t i = 0; i < touched; i++) {
        uint32_t at = k->touched[i];
        if (without == KIN_ALL || k->of[kind][at].fold != without)
            take(best, phrases[at].shared / (length * phrases[at].length), at);
        phrases[at].shared = 0;
    }
}

void kin_find(struct kin *k, const uint32_t *core, uint32_t n, int without, double least,
              struct kin_found *out)
{
    struct best best[KINDS] = {0};
    *out = (struct kin_found){.nearer = KIN_FARTHEST};
    float length = length_of(k, core, n);
    if (least > 0 && !can_be_near(k, core, n, (float)least * length))
        return;
    find_best(k, TOLD, core, n, length, without, &best[TOLD]);
    double told = mean(&best[TOLD]);
    if (told >= least) /* the others only take away from it */
        find_best(k, ORDINARY, core, n, length, without, &best[ORDINARY]);
    out->nearer = told - mean(&best[ORDINARY]);
    if (best[TOLD].v[0] > 0)
        out->told = k->of[TOLD][best[TOLD].first].text;
    if (best[ORDINARY].v[0] > 0)
        out->ordinary = k->of[ORDINARY][best[ORDINARY].first].text;
}
