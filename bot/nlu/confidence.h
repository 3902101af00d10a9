/*
 * confidence - from the scores of one question to the probability that the best card is
 * the right one.
 *
 * A logistic regression on a few signs (how far ahead the best is of the rest and of
 * "none"; how much of the question was known), fitted to the program's own out-of-fold
 * answers (calibrate.h) in two steps: first its direction, with questions that no card
 * answers weighing as much as the others, for telling those apart is the harder half;
 * then its slope and height, with as many of them as people really ask. Few answers are
 * held to a prior, so that five cards with five phrases get sensible figures too.
 */
#ifndef NLU_CONFIDENCE_H
#define NLU_CONFIDENCE_H

#include "base/base.h"

enum sign {
    SIGN_ONE,    /* the constant */
    SIGN_SHARE,  /* log of the best's share */
    SIGN_ODDS,   /* log odds of the best against all others */
    SIGN_NONE,   /* log of best over "none"; 0 when there is no such class */
    SIGN_MARGIN, /* of the support vector machine */
    SIGN_STEMS,  /* known share of the stems */
    SIGN_CHARS,  /* known share of the characters */
    SIGN_COUNT
};

struct confidence {
    float weight[SIGN_COUNT];
    float choice[3], answer[3]; /* bars by boldness (nlu.h) */
};

struct signs {
    float v[SIGN_COUNT];
};

/* Where nothing can be fitted, and where a fit begins. */
struct confidence confidence_prior(bool has_none);

double confidence_of(const struct confidence *c, const struct signs *s);
/* An answer to a phrase that was held out. */
struct seen {
    struct signs signs;
    bool right;     /* the best card was the right one */
    float weight;   /* for the slope: as people ask */
    float emphasis; /* for the direction */
};
/* Fits c->weight to n answers. */
void confidence_fit(struct confidence *c, const struct seen *v, size_t n);

#endif
