/*
 * heldout - what the desk would make of each example if that line were not there: parts
 * of the examples are left out in turn, and a model of the rest judges them.
 *
 * Takes as long as three trainings, side by side in threads that end with it, so that the
 * cache keeps the verdicts beside the model and a second `balie check` of the same
 * examples trains nothing; for `balie check` only.
 */
#ifndef NLU_HELDOUT_H
#define NLU_HELDOUT_H

#include "nlu/classifier.h"

enum { HELDOUT_VERSION = 1 }; /* raise it when verdicts come about in another way */

struct verdict {
    int64_t label;     /* the best class; -1: nothing was known of it */
    double confidence; /* that it is right, as the bands are applied to */
};

/* Judges every example of the lesson that c learnt, as trusted as c says, or takes the
 * verdicts from the cache (may be NULL); v has room for lesson->n. */
void heldout_judge(const struct lesson *lesson, const struct corpus *corpus,
                   const struct classifier *c, struct cache *cache, struct verdict *v);

#endif
