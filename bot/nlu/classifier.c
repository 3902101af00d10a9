#include "nlu/classifier.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "base/thread.h"

enum { KEEP_MODELS = 8 };

/* Nets, their units and passes by the size of the set: a small one needs more passes and
 * gains half a point from two nets' mean; a large one gains nothing measurable by more.
 */
struct model_plan classifier_plan(const struct lesson *lesson)
{
    float n = 2 * (float)lesson->n; /* with the copies */
    bool large = lesson->n > CALIBRATE_LARGE;
    float steps = large ? 200000.0F : 40000.0F;
    return (struct model_plan){.classes = lesson->classes,
                               .none = lesson->none,
                               .nets = large ? 1 : 2,
                               .hidden = large ? 128 : 64,
                               .epochs = fmaxf(8, fminf(24, steps / n))};
}

str classifier_train(const struct lesson *lesson)
{
    struct judge j = judge_new(lesson->synonyms);
    struct corpus corpus;
    corpus_init(&corpus, lesson->examples, lesson->n, lesson->lang, j.extractor);
    struct model_plan plan = classifier_plan(lesson);
    struct dataset all;
    dataset_init(&all, &corpus, NULL);
    str block = model_train(&all, &plan);
    dataset_done(&all);
    struct confidence confidence;
    calibrate(&corpus, &plan, &j, &confidence);
    model_set_confidence(block, &confidence);
    corpus_done(&corpus);
    judge_free(&j);
    return block;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

/* Everything that changes the model changes the key. */
static str key_of(struct arena *a, const struct lesson *lesson)
{
    uint64_t h = mix(MODEL_VERSION, (uint64_t)lesson->lang);
    h = mix(h, lesson->classes);
    h = mix(h, (uint64_t)(int64_t)lesson->none);
    h = mix(h, lesson->synonyms_hash);
    for (size_t i = 0; i < lesson->n; i++) {
        h = mix(h, str_hash(lesson->examples[i].folded));
        h = mix(h, lesson->examples[i].label);
    }
    return arena_fmt(a, "%016llx-%zu", (unsigned long long)h, lesson->n);
}

/* A copy of the cached block that lives on its own, or STR_NONE. */
static str from_cache(struct cache *cache, struct arena *a, str key, struct model *m)
{
    str found;
    if (cache_get(cache, a, STR("model"), key, &found) != RC_OK)
        return STR_NONE;
    char *p = must_copy(found.p, found.n);
    str block = {p, found.n};
    if (model_open(block, m) == RC_OK)
        return block;
    free(p);
    return STR_NONE;
}

struct learning {
    struct lesson lesson;
    struct classifier *c; /* key and owners; the block, once it is there */
    pthread_t thread;
    bool has_thread;
};

static void *learn(void *arg)
{
    struct learning *l = arg;
    l->c->block = classifier_train(&l->lesson);
    l->c->trained = true;
    return NULL;
}

struct learning *classifier_start(const struct lesson *lesson,
                                  struct classifier *previous, struct cache *cache)
{
    struct arena *scratch = arena_new();
    struct learning *l = must_alloc(sizeof *l);
    l->lesson = *lesson;
    str key = key_of(scratch, lesson);
    if (previous && str_eq(previous->key, key)) {
        atomic_fetch_add(&previous->owners, 1);
        l->c = previous;
    } else {
        l->c = must_alloc(sizeof *l->c);
        l->c->key = (str){must_text(key), key.n};
        atomic_init(&l->c->owners, 1);
        l->c->block = from_cache(cache, scratch, key, &l->c->model);
        /* without a thread to be had, classifier_end learns */
        l->has_thread = !l->c->block.p && thread_start(&l->thread, learn, l) == RC_OK;
    }
    arena_free(scratch);
    return l;
}

struct classifier *classifier_end(struct learning *l, struct cache *cache)
{
    struct classifier *c = l->c;
    if (l->has_thread)
        pthread_join(l->thread, NULL);
    else if (!c->block.p)
        learn(l);
    if (c->trained && !c->model.words) {
        if (model_open(c->block, &c->model) != RC_OK)
            abort(); /* our own block, just made */
        if (c->block.n <= CACHE_BLOB_MAX)
            cache_put(cache, STR("model"), c->key, c->block);
        cache_trim(cache, STR("model"), KEEP_MODELS);
    }
    free(l);
    return c;
}

struct classifier *classifier_new(const struct lesson *lesson,
                                  struct classifier *previous, struct cache *cache)
{
    return classifier_end(classifier_start(lesson, previous, cache), cache);
}

void classifier_free(struct classifier *c)
{
    if (!c || atomic_fetch_sub(&c->owners, 1) > 1)
        return;
    free((char *)(uintptr_t)c->key.p);
    free(c->model.vocabulary.known);
    free((char *)(uintptr_t)c->block.p);
    free(c);
}

size_t classifier_bytes(const struct classifier *c)
{
    return c ? sizeof *c + c->block.n + FEATURE_SPACE / 32 * sizeof(struct known) : 0;
}
