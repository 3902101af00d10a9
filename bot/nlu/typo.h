/*
 * typo - one random slip of the fingers, so that training has seen some.
 *
 * In one word of four letters or more, an ASCII letter is left out, put in, replaced, or
 * swapped with its neighbour. The generator decides, so the same phrase and seed give
 * the same slip.
 */
#ifndef NLU_TYPO_H
#define NLU_TYPO_H

#include "base/arena.h"
#include "nlu/rng.h"

/* The changed text in a; folded itself when no word is long enough. */
str typo(struct arena *a, struct rng *r, str folded);

#endif
