#include "nlu/heldout.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/thread.h"

enum { PARTS = 3, KEEP_VERDICTS = 8 };

/* What is left out together; each part writes to its own examples' verdicts. */
struct part {
    const struct lesson *lesson;
    const struct corpus *corpus;
    const struct confidence *confidence;
    struct verdict *verdict;
    size_t number;
    pthread_t thread;
    bool started;
};

static void judge_held(const struct part *p, const bool *held)
{
    struct model_plan plan = classifier_plan(p->lesson);
    struct judge j = judge_new(p->lesson->synonyms);
    struct dataset d;
    dataset_init(&d, p->corpus, held);
    str block = model_train(&d, &plan);
    dataset_done(&d);
    struct model m;
    if (model_open(block, &m) != RC_OK)
        abort(); /* our own block, just made */
    for (size_t i = 0; i < p->lesson->n; i++) {
        struct judgement g;
        if (!held[i])
            continue;
        judge_grams(&j, &m, p->corpus->grams[2 * i], p->corpus->n_grams[2 * i]);
        judge_best(&j, &g);
        if (g.n > 0)
            p->verdict[i] =
                (struct verdict){g.label[0], confidence_of(p->confidence, &g.signs)};
    }
    free(m.vocabulary.known);
    free((char *)(uintptr_t)block.p);
    judge_free(&j);
}

static void *judge_part(void *ctx)
{
    const struct part *p = ctx;
    size_t n = p->lesson->n, n_held = 0;
    bool *held = must_alloc(n * sizeof *held);
    for (size_t i = 0; i < n; i++)
        n_held += held[i] = i % PARTS == p->number;
    if (n_held > 0 && n_held < n)
        judge_held(p, held);
    free(held);
    return NULL;
}

/* The parts have nothing to do with each other: a thread each, as far as there are any.
 */
static void judge_all(const struct lesson *lesson, const struct corpus *corpus,
                      const struct confidence *c, struct verdict *v)
{
    struct part parts[PARTS];
    for (size_t i = 0; i < lesson->n; i++)
        v[i] = (struct verdict){-1, 0};
    for (size_t k = 0; k < PARTS; k++) {
        struct part *p = &parts[k];
        *p = (struct part){lesson, corpus, c, v, .number = k};
        p->started = k > 0 && thread_start(&p->thread, judge_part, p) == RC_OK;
    }
    for (size_t k = 0; k < PARTS; k++)
        if (!parts[k].started)
            judge_part(&parts[k]);
    for (size_t k = 0; k < PARTS; k++)
        if (parts[k].started)
            pthread_join(parts[k].thread, NULL);
}

void heldout_judge(const struct lesson *lesson, const struct corpus *corpus,
                   const struct classifier *c, struct cache *cache, struct verdict *v)
{
    struct arena *a = arena_new();
    str kind = STR("heldout"), found;
    str key = arena_fmt(a, "%d-%.*s", HELDOUT_VERSION, STR_ARG(c->key));
    str block = {(const char *)v, lesson->n * sizeof *v};
    if (cache_get(cache, a, kind, key, &found) == RC_OK && found.n == block.n) {
        memcpy(v, found.p, found.n);
    } else {
        judge_all(lesson, corpus, &c->model.head.confidence, v);
        cache_put(cache, kind, key, block);
        cache_trim(cache, kind, KEEP_VERDICTS);
    }
    arena_free(a);
}
