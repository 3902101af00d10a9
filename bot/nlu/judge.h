/*
 * judge - one question before one model: the best classes, and the signs from which its
 * confidence follows.
 */
#ifndef NLU_JUDGE_H
#define NLU_JUDGE_H

#include "nlu/spelt.h"

enum { JUDGE_BEST = KERNEL_BEST };

/* Scratch of one owner. */
struct judge {
    struct arena *arena;
    struct extractor *extractor;
    struct weight *room;
    /* the question scored last */
    const struct model *model;
    struct scores scores; /* share of what is out and of "none": 0 */
    float none;           /* the share of "none" */
    float known_stems, known_chars;
    uint32_t best[JUDGE_BEST]; /* found by judge_counting or judge_best */
    size_t n_best;
    bool has_best;
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

/*
 * A question is scored, classes may then be taken out, and what is left is judged.
 *
 * judge_text and judge_grams score; spelt is what is kept of the model's words, or NULL;
 * words are folded's, if it is cut already, or NULL.
 * judge_leave_out takes a class out, as if it were not there; "none" stays. judge_best
 * judges. Before it, judge_counts tells whether it makes a difference that a class is
 * there: it is one of the best, or has a fiftieth of the best one's share.
 */
void judge_text(struct judge *j, const struct model *m, struct spelt *spelt, enum lang l,
                str folded, const struct words *words);
void judge_grams(struct judge *j, const struct model *m, const struct gram *grams,
                 size_t n);
void judge_leave_out(struct judge *j, uint32_t label);
float judge_counting(struct judge *j);
static inline bool judge_counts(const struct judge *j, uint32_t label, float counting)
{
    float share = j->scores.share[label];
    return share > 0 && share >= counting;
}
void judge_best(struct judge *j, struct judgement *result);

#endif
