/*
 * heldout - what the desk would make of each example if that line were not there: parts
 * of the examples are left out in turn, and a model of the rest judges them.
 *
 * Takes as long as three trainings; for `balie check` only.
 */
#ifndef NLU_HELDOUT_H
#define NLU_HELDOUT_H

#include "nlu/classifier.h"

struct verdict {
    int64_t label;     /* the best class; -1: nothing was known of it */
    double confidence; /* that it is right, as the bands are applied to */
};

/* Judges every example of the lesson, as trusted as c says; v has room for lesson->n. */
void heldout_judge(const struct lesson *lesson, const struct corpus *corpus,
                   const struct confidence *c, struct judge *j, struct verdict *v);

#endif
