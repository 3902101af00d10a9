#include "nlu/heldout.h"

#include <stdlib.h>

#include "base/str.h"

enum { PARTS = 3, KEEP_VERDICTS = 8 };

static void judge_part(const struct lesson *lesson, const struct corpus *corpus,
                       const struct confidence *c, struct judge *j, const bool *held,
                       struct verdict *v)
{
    struct model_plan plan = classifier_plan(lesson);
    struct dataset d;
    dataset_init(&d, corpus, held);
    str block = model_train(&d, &plan);
    dataset_done(&d);
    struct model m;
    if (model_open(block, &m) != RC_OK)
        abort(); /* our own block, just made */
    for (size_t i = 0; i < lesson->n; i++) {
        struct judgement g;
        if (!held[i])
            continue;
        judge_grams(j, &m, corpus->grams[2 * i], corpus->n_grams[2 * i]);
        judge_best(j, &g);
        if (g.n > 0)
            v[i] = (struct verdict){g.label[0], confidence_of(c, &g.signs)};
    }
    free(m.vocabulary.known);
    free((char *)(uintptr_t)block.p);
}

static void judge_all(const struct lesson *lesson, const struct corpus *corpus,
                      const struct confidence *c, struct judge *j, struct verdict *v)
{
    bool *held = must_alloc(lesson->n * sizeof *held);
    for (size_t i = 0; i < lesson->n; i++)
        v[i] = (struct verdict){-1, 0};
    for (int part = 0; part < PARTS; part++) {
        size_t n_held = 0;
        for (size_t i = 0; i < lesson->n; i++)
            n_held += held[i] = i % PARTS == (size_t)part;
        if (n_held > 0 && n_held < lesson->n)
            judge_part(lesson, corpus, c, j, held, v);
    }
    free(held);
}

void heldout_judge(const struct lesson *lesson, const struct corpus *corpus,
                   const struct classifier *c, struct judge *j, struct cache *cache,
                   struct verdict *v)
{
    struct arena *a = arena_new();
    str kind = STR("heldout"), found;
    str key = arena_fmt(a, "%d-%.*s", HELDOUT_VERSION, STR_ARG(c->key));
    str block = {(const char *)v, lesson->n * sizeof *v};
    if (cache_get(cache, a, kind, key, &found) == RC_OK && found.n == block.n) {
        memcpy(v, found.p, found.n);
    } else {
        judge_all(lesson, corpus, &c->model.head.confidence, j, v);
        cache_put(cache, kind, key, block);
        cache_trim(cache, kind, KEEP_VERDICTS);
    }
    arena_free(a);
}
