/*
 * calibrate - how far a model trained on these phrases can be believed, told from the
 * phrases alone.
 *
 * Parts of the phrases are held out in turn, a model is trained from the rest and judges
 * them; from these answers follow the confidence's weights and the bars of the three
 * bands.
 */
#ifndef NLU_CALIBRATE_H
#define NLU_CALIBRATE_H

#include "nlu/dataset.h"
#include "nlu/judge.h"

enum {
    CALIBRATE_FOLDS = 3,
    CALIBRATE_FOLDS_MAX_PHRASES = 4000, /* above: one part of five is held out, once */
};

/* Fills *out for models that are trained from all of c by the plan. */
void calibrate(const struct corpus *c, const struct model_plan *plan, struct judge *j,
               struct confidence *out);

#endif
