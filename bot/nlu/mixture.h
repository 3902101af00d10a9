/*
 * mixture - what the three scorers say of one question, as one score of each class.
 *
 * Each scorer's logits become probabilities by a softmax; these, with a millionth added
 * so that none of the three can rule a class out alone, are multiplied to the parts 2/9
 * (the support vector machine), 1/9 (naive Bayes) and 6/9 (the net).
 *
 * A softmax divides by a sum that is the same for all classes, so the logarithm of the
 * product needs neither the divisions nor a logarithm each: with e = exp(logit - largest)
 * and s the sum of all e, a factor is e + s / 10^6 up to a constant of the question. The
 * three are raised to 2, 1 and 6 by multiplying, and one logarithm and one exponential a
 * class are left.
 */
#ifndef NLU_MIXTURE_H
#define NLU_MIXTURE_H

#include "nlu/kernel.h"

/* Three times n logits, width floats each: what stands behind n is written over, and of
 * bayes and net all. */
struct logits {
    float *margin, *bayes, *net; /* of margin eight times as much is the logit */
    uint32_t n, width;
};
/* Sets share to each class's product, up to a factor, and behind n to 0. By what the
 * processor has; each way gives the same to the bit. */
void mixture(const struct logits *l, float *share);
void mixture_by(enum kernel_way way, const struct logits *l, float *share);

#endif
