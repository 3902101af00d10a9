/*
 * judge - one question before one model: the best classes, and the signs from which its
 * confidence follows.
 */
#ifndef NLU_JUDGE_H
#define NLU_JUDGE_H

#include "nlu/spelt.h"

enum { JUDGE_BEST = 3 };

/* Scratch of one owner. */
struct judge {
    struct arena *arena;
    struct extractor *extractor;
    struct weight *room;
    struct scores scores;
};
struct judge judge_new(const struct synonyms *s);
void judge_free(struct judge *j);

struct judgement {
    uint32_t label[JUDGE_BEST]; /* real classes, best first */
    double share[JUDGE_BEST];   /* of them, 0..1: renormalised, not yet calibrated */
    size_t n;
    double none;   /* share of the class "none" */
    double others; /* share of all but the best */
    struct signs signs;
};

/* Judges the grams; classes whose `out` is set are left out (out NULL: none is). */
void judge_grams(struct judge *j, const struct model *m, const struct gram *grams,
                 size_t n, const bool *out, struct judgement *result);
/* spelt: what is kept of the model's words, or NULL. */
void judge_text(struct judge *j, const struct model *m, struct spelt *spelt, enum lang l,
                str folded, const bool *out, struct judgement *result);

#endif
