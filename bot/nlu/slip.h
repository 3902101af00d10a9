/*
 * slip - what a hurried writer makes of a phrase: a typo, or a compound taken apart
 * ("vakantie dagen"). Words run together need no training: their characters are the same.
 * Training sees one of them for every phrase.
 */
#ifndef NLU_SLIP_H
#define NLU_SLIP_H

#include "nlu/rng.h"
#include "nlu/typo.h"

/* Words a compound may be made of: those of all phrases. */
struct slip_words;
struct slip_words *slip_words_new(struct arena *a);
void slip_words_add(struct slip_words *w, str folded);

/* The changed text, in a or folded itself; the same for the same generator and words. */
str slip(struct arena *a, const struct slip_words *w, struct rng *r, str folded);
/* folded with a blank in its first compound of two known words; false without one. */
bool slip_split(struct arena *a, const struct slip_words *w, str folded, str *out);

#endif
