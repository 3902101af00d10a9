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

/* Small sets are held out part by part. Larger ones have enough to tell from two of the
 * three parts, very large ones from a single one of five. */
enum { CALIBRATE_SMALL = 600, CALIBRATE_LARGE = 4000 /* phrases */ };

/* Fills *out for models that are trained from all of c by the plan. */
void calibrate(const struct corpus *c, const struct model_plan *plan, struct judge *j,
               struct confidence *out);

#endif
