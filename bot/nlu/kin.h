/*
 * kin - which of the phrases that were learnt are most like a message, told or not?
 *
 * The cosine of their words, beginnings, neighbours and next but one (the core of
 * hunch_feature.h), rare ones counting more. What the machine of hunch.h weighs one by
 * one, kin takes together: a message close to a phrase that somebody told is probably
 * told, one close to an ordinary question is not. An inverted index, made when content is
 * loaded; features in more than KIN_COMMON phrases are left out of it.
 *
 * What is told and what is ordinary stand apart in it. Few phrases are told, and to an
 * ordinary message none of them is near: so they are looked at first, and where even all
 * of their likeness is too little for whoever asks, the others are not read at all.
 */
#ifndef NLU_KIN_H
#define NLU_KIN_H

#include "nlu/hunch_train.h"

enum {
    KIN_BEST = 3, /* of each kind are looked at */
    KIN_COMMON = 200,
    KIN_ALL = -1
};

#define KIN_FARTHEST (-1.0)

/* Scratch of one owner. */
struct kin;
/* In a; the texts are borrowed. */
struct kin *kin_new(struct arena *a, const struct hunch_lessons *l);

struct kin_found {
    double nearer;      /* to the told ones rather than to the others, -1..1 */
    str told, ordinary; /* the nearest of each; STR_NONE: none is like it */
};
/* core of n features. What is less near than `least` (KIN_FARTHEST: nothing is) may be
 * told as anything less near, and without its texts. Phrases of the quarter `without`
 * (hunch_fold) are not looked at; KIN_ALL: all are. */
void kin_find(struct kin *k, const uint32_t *core, uint32_t n, int without, double least,
              struct kin_found *out);

#endif
