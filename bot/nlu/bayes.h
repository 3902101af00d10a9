/*
 * bayes - multinomial naive Bayes on stems and pairs, their TF-IDF values as counts,
 * smoothing 0.05, all classes equally likely beforehand.
 *
 * Kept as differences to "never seen with this class", which is zero for most: a row
 * holds only the classes its feature was seen with.
 */
#ifndef NLU_BAYES_H
#define NLU_BAYES_H

#include "nlu/dataset.h"

struct bayes {
    uint32_t n;            /* entries */
    const uint32_t *start; /* word_rows + 1 of them: each row's first entry */
    const uint16_t *label; /* of each entry */
    const float *gain;     /* of each entry: log (count + smoothing) / smoothing */
    const float *total;    /* of each class: log of its smoothed total */
};

/* Allocated in a. */
void bayes_train(struct arena *a, const struct dataset *d, uint32_t classes,
                 struct bayes *out);
/* Log likelihoods, up to a constant, into classes floats. */
void bayes_score(const struct bayes *b, const struct vector *x, uint32_t classes,
                 float *score);

#endif
