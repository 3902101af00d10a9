#include "nlu/hunch.h"

#include <math.h>
#include <stdlib.h>

#include "nlu/plain.h"
#include "nlu/rng.h"

enum {
    FEATURES_MAX = 512,
    WORDS_MAX = 96,      /* of one message; the rest of a long story is not read */
    PAIRED_CLASSES = 14, /* pairs of classes beyond that say nothing any more */
    CLASSES_READ = 64,
    EPOCHS = 12,
    WEIGHT_TOLD = 4,     /* of a phrase of a sensitive card: there are few of them */
    WEIGHT_ORDINARY = 3, /* of a near miss */
};
static const float rate = 0.15F, decay = 1e-5F;

struct hunch {
    float weight[1 << HUNCH_BITS];
};

struct features {
    uint32_t v[FEATURES_MAX];
    uint32_t n;
};

static void put(struct features *f, uint64_t hash)
{
    if (f->n < FEATURES_MAX)
        f->v[f->n++] = (uint32_t)((hash * 0x9e3779b97f4a7c15u) >> (64 - HUNCH_BITS));
}

static uint64_t hash_word(str w)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < w.n; i++)
        h = (h ^ (unsigned char)w.p[i]) * 1099511628211u;
    return h;
}

static void put_words(struct features *f, str plain)
{
    uint64_t before = 1;
    size_t n = 0;
    for (size_t from = 0; from < plain.n && n < WORDS_MAX; n++) {
        const char *blank = memchr(plain.p + from, ' ', plain.n - from);
        size_t to = blank ? (size_t)(blank - plain.p) : plain.n;
        uint64_t h = hash_word((str){plain.p + from, to - from});
        put(f, h);
        put(f, before * 31 + h + 7);
        before = h;
        from = to + 1;
    }
    put(f, before * 31 + 9);
    put(f, 1000003u + MIN(n / 4, 6)); /* people tell at length, and ask in few words */
}

static void put_classes(struct features *f, const struct sign_hits *hits)
{
    uint32_t seen[CLASSES_READ];
    size_t n = 0;
    for (size_t w = 0; w < LEN(hits->present); w++)
        for (uint64_t bits = hits->present[w]; bits && n < CLASSES_READ; bits &= bits - 1)
            seen[n++] = (uint32_t)(w * 64 + (size_t)__builtin_ctzll(bits));
    for (size_t i = 0; i < n; i++) {
        put(f, 0x5000000000u + seen[i]);
        for (size_t k = i + 1; k < n && n < PAIRED_CLASSES; k++)
            put(f, 0x7000000000u + ((uint64_t)seen[i] << 16 | seen[k]));
    }
}

static void read_features(str plain, const struct sign_hits *hits, struct features *f)
{
    f->n = 0;
    put_words(f, plain);
    put_classes(f, hits);
}

static double judge(const struct hunch *h, const uint32_t *v, uint32_t n)
{
    float z = 0;
    for (uint32_t i = 0; i < n; i++)
        z += h->weight[v[i]];
    return 1 / (1 + exp(-(double)z));
}

double hunch_score(const struct hunch *h, str plain, const struct sign_hits *hits)
{
    if (!h)
        return 0;
    struct features f;
    read_features(plain, hits, &f);
    return judge(h, f.v, f.n);
}

/* --- learning --- */

struct lesson_line {
    uint32_t from, n; /* in ids */
    float weight;
    bool told;
};

struct lessons {
    struct arena *arena;
    const struct signs *signs;
    VEC(struct lesson_line) lines;
    VEC(uint32_t) ids;
    size_t told;
};

static void learn_line(struct lessons *l, str folded, bool told, float weight)
{
    struct sign_hits hits;
    struct features f;
    str plain = plain_of(l->arena, folded);
    signs_look(l->signs, plain, &hits);
    read_features(plain, &hits, &f);
    *arena_push(l->arena, &l->lines) = (struct lesson_line){
        .from = (uint32_t)l->ids.n, .n = f.n, .weight = weight, .told = told};
    for (uint32_t i = 0; i < f.n; i++)
        *arena_push(l->arena, &l->ids) = f.v[i];
    l->told += told;
}

static void learn_all(struct lessons *l, const struct catalogue *c)
{
    for (size_t k = 0; k < c->cards.n; k++) {
        const struct card *card = &c->cards.v[k];
        for (int lang = 0; lang < LANG_COUNT; lang++)
            for (size_t i = 0; i < card->say[lang].list.n; i++)
                learn_line(l, card->say[lang].list.v[i].folded, card->sensitive,
                           card->sensitive ? WEIGHT_TOLD : 1);
    }
    for (size_t i = 0; i < c->ordinary.n; i++)
        learn_line(l, c->ordinary.v[i], false, WEIGHT_ORDINARY);
}

/* Gradient descent with a rate of its own for each weight (AdaGrad, Duchi et al. 2011).
 */
static void descend(struct hunch *h, float *gradients, const struct lessons *l,
                    const struct lesson_line *line)
{
    const uint32_t *v = l->ids.v + line->from;
    float g = ((float)judge(h, v, line->n) - (line->told ? 1.0F : 0.0F)) * line->weight;
    if (fabsf(g) < 1e-4F)
        return;
    for (uint32_t i = 0; i < line->n; i++) {
        float *w = &h->weight[v[i]], now = g + decay * *w;
        gradients[v[i]] += now * now;
        *w -= rate * now / sqrtf(1e-2F + gradients[v[i]]);
    }
}

struct hunch *hunch_new(struct arena *a, const struct catalogue *c, const struct signs *s)
{
    struct lessons l = {.arena = arena_new(), .signs = s};
    learn_all(&l, c);
    struct hunch *h = NULL;
    if (l.told > 0 && l.told < l.lines.n) {
        h = arena_alloc(a, sizeof *h);
        float *gradients = must_alloc(sizeof h->weight);
        uint32_t *order = must_alloc(l.lines.n * sizeof *order);
        for (uint32_t i = 0; i < l.lines.n; i++)
            order[i] = i;
        struct rng r = rng_seeded(1);
        for (int e = 0; e < EPOCHS; e++) {
            rng_shuffle(&r, order, l.lines.n);
            for (size_t i = 0; i < l.lines.n; i++)
                descend(h, gradients, &l, &l.lines.v[order[i]]);
        }
        free(gradients);
        free(order);
    }
    arena_free(l.arena);
    return h;
}
