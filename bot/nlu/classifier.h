/*
 * classifier - from example phrases to a calibrated guess, for one language.
 *
 * Trained when content is loaded, on the builder's thread; the model is a block of bytes
 * that the cache keeps under a hash of everything that made it, so that a restart or an
 * unrelated edit trains nothing. Immutable afterwards, and by far the largest thing of a
 * brain: while its lesson stays the same, the next brain uses the same one. It has as
 * many owners as brains, on any thread, and the last one to free it frees it.
 */
#ifndef NLU_CLASSIFIER_H
#define NLU_CLASSIFIER_H

#include <stdatomic.h>

#include "nlu/calibrate.h"
#include "store/cache.h"

/* What a classifier is made from. Labels count from 0 without a gap. */
struct lesson {
    enum lang lang;
    const struct example *examples;
    size_t n;
    uint32_t classes;
    int32_t none; /* label of "none", -1 when there is no such card */
    const struct synonyms *synonyms;
    uint64_t synonyms_hash;
};

struct classifier {
    struct model model;
    str block;
    bool trained; /* now, not taken from the cache */
    str key;      /* of everything that made it */
    atomic_uint owners;
};

/*
 * Shares `previous` (may be NULL) where it learnt the same lesson; else takes the model
 * from the cache (may be NULL) or trains it. lesson->n and classes > 0.
 *
 * Training takes seconds, and each language's lesson has nothing to do with the other's:
 * so what classifier_start finds neither shared nor in the cache is learnt on a thread of
 * its own, at the caller's priority, which ends with classifier_end. Every classifier
 * that was started is to be ended; what the lesson points to must stay until then, and
 * may be read, but not written to. The model is the same to the bit on whatever thread.
 */
struct learning;
struct learning *classifier_start(const struct lesson *lesson,
                                  struct classifier *previous, struct cache *cache);
struct classifier *classifier_end(struct learning *l, struct cache *cache);
/* The two, one behind the other. */
struct classifier *classifier_new(const struct lesson *lesson,
                                  struct classifier *previous, struct cache *cache);
void classifier_free(struct classifier *c); /* accepts NULL */
size_t classifier_bytes(const struct classifier *c);
/* How a model of this lesson is trained. */
struct model_plan classifier_plan(const struct lesson *lesson);
/* Trains and calibrates; the block is the caller's to free. */
str classifier_train(const struct lesson *lesson);

#endif
