#include "nlu/dataset.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "nlu/slip.h"

static void keep_grams(struct corpus *c, size_t at, const struct gram *g, size_t n)
{
    struct gram *copy = arena_alloc(c->arena, n * sizeof *copy);
    memcpy(copy, g, n * sizeof *copy);
    c->grams[at] = copy;
    c->n_grams[at] = (uint32_t)n;
}

void corpus_init(struct corpus *c, const struct example *v, size_t n, enum lang l,
                 struct extractor *x)
{
    *c = (struct corpus){.arena = arena_new(), .examples = v, .n = n};
    c->grams = arena_alloc(c->arena, 2 * n * sizeof *c->grams);
    c->n_grams = arena_alloc(c->arena, 2 * n * sizeof *c->n_grams);
    struct arena *scratch = arena_new();
    struct slip_words *words = slip_words_new(c->arena);
    for (size_t i = 0; i < n; i++)
        slip_words_add(words, v[i].folded);
    for (size_t i = 0; i < n; i++) {
        size_t found;
        const struct gram *g = features_of(x, l, v[i].folded, &found);
        keep_grams(c, 2 * i, g, found);
        struct rng r = rng_seeded(str_hash(v[i].folded));
        g = features_of(x, l, slip(scratch, words, &r, v[i].folded), &found);
        keep_grams(c, 2 * i + 1, g, found);
        arena_reset(scratch);
    }
    arena_free(scratch);
}

void corpus_done(struct corpus *c)
{
    arena_free(c->arena);
}

/* Rows for all features of the kept phrases, by ascending id. */
static void make_vocabulary(struct dataset *d, const struct corpus *c, const bool *held)
{
    uint32_t *df = must_alloc(FEATURE_SPACE * sizeof *df), n = 0, rows = 0;
    for (size_t i = 0; i < 2 * c->n; i++) {
        if (held && held[i / 2])
            continue;
        n++;
        for (uint32_t k = 0; k < c->n_grams[i]; k++)
            rows += df[c->grams[i][k].id]++ == 0;
    }
    uint32_t *ids = arena_alloc(d->arena, rows * sizeof *ids);
    float *idf = arena_alloc(d->arena, rows * sizeof *idf); /* of the words */
    struct vocabulary *voc = &d->vocabulary;
    for (uint32_t id = 0, r = 0; id < FEATURE_SPACE; id++) {
        if (id == (uint32_t)BLOCK_CHAR << FEATURE_BITS)
            voc->word_rows = r;
        if (df[id] == 0)
            continue;
        ids[r] = id;
        if (id >> FEATURE_BITS != BLOCK_CHAR)
            idf[r] = logf((1.0F + (float)n) / (1.0F + (float)df[id])) + 1.0F;
        r++;
    }
    voc->rows = rows;
    voc->ids = ids;
    voc->idf = idf;
    voc->idf_step = 1;
    voc->idf_unknown = logf(1.0F + (float)n) + 1.0F;
    vocabulary_index(voc);
    free(df);
}

void dataset_init(struct dataset *d, const struct corpus *c, const bool *held)
{
    *d = (struct dataset){.arena = arena_new()};
    make_vocabulary(d, c, held);
    d->v = arena_alloc(d->arena, 2 * c->n * sizeof *d->v);
    struct weight *room = must_alloc((FEATURE_MAX + 1) * sizeof *room);
    for (size_t i = 0; i < 2 * c->n; i++) {
        if (held && held[i / 2])
            continue;
        struct vector x =
            vocabulary_vector(&d->vocabulary, c->grams[i], c->n_grams[i], room);
        struct weight *copy = arena_alloc(d->arena, x.n * sizeof *copy);
        memcpy(copy, room, x.n * sizeof *copy);
        x.v = copy;
        d->v[d->n++] = (struct sample){.x = x, .label = c->examples[i / 2].label};
    }
    free(room);
}

void dataset_done(struct dataset *d)
{
    free(d->vocabulary.known);
    arena_free(d->arena);
}
