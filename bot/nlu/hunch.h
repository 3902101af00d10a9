/*
 * hunch - the second net under the signs: does this read like someone telling of such a
 * thing, though no sign fits?
 *
 * A logistic regression over words, pairs of neighbours, and the word classes of signs.md
 * alone and in pairs. It learns from the phrases of the sensitive cards (Say) against
 * those of all other cards and the Ordinary lists of signs.md. Fixed order, no random
 * numbers but a seeded shuffle: the same content gives the same answer. One model for all
 * languages, for people mix them.
 */
#ifndef NLU_HUNCH_H
#define NLU_HUNCH_H

#include "nlu/signs.h"

enum { HUNCH_BITS = 17 }; /* log2 of the number of weights */

struct hunch;

/* NULL when the sensitive cards have no phrases, or no others have. In a. */
struct hunch *hunch_new(struct arena *a, const struct catalogue *c,
                        const struct signs *s);
/* 0..1; not calibrated: compare with bars only. */
double hunch_score(const struct hunch *h, str plain, const struct sign_hits *hits);

#endif
