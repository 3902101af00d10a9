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

struct bayes_span {
    uint32_t from, to; /* a row's entries */
};
struct bayes_entry {
    uint32_t label;
    float gain; /* log (count + smoothing) / smoothing */
};

struct bayes {
    uint32_t n; /* entries */
    const struct bayes_entry *entries;
    const void *spans; /* of each word row, span_step bytes apart */
    size_t span_step;
    const float
        *total; /* of each class: log of its smoothed total; kernel_width of them */
};

static inline struct bayes_span bayes_span_of(const struct bayes *b, uint32_t row)
{
    struct bayes_span s;
    memcpy(&s, (const char *)b->spans + row * b->span_step, sizeof s);
    return s;
}

/* Allocated in a. */
void bayes_train(struct arena *a, const struct dataset *d, uint32_t classes,
                 struct bayes *out);
/* Log likelihoods, up to a constant, into kernel_width(classes) floats. */
void bayes_score(const struct bayes *b, const struct vector *x, uint32_t classes,
                 float *score);

#endif
