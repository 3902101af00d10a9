/*
 * bayes - multinomial naive Bayes on stems and pairs, their TF-IDF values as counts,
 * smoothing 0.05, all classes equally likely beforehand.
 *
 * Kept as differences to "never seen with this class", which is zero for most: a row
 * holds only the classes its feature was seen with. The few features that were seen with
 * many classes, and stand in every question, are rows of bytes, one of each class, which
 * are added up many at a time.
 */
#ifndef NLU_BAYES_H
#define NLU_BAYES_H

#include "nlu/dataset.h"

enum { BAYES_COMMON = 24 }; /* so many classes make a feature common */
#define BAYES_IS_COMMON UINT32_MAX

struct bayes_span {
    uint32_t from, to; /* a row's entries; or its common row, and BAYES_IS_COMMON */
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
    uint32_t n_common;
    const int8_t *common; /* kernel_width of the classes each */
    const float *common_scale;
    const float
        *total; /* of each class: log of its smoothed total; kernel_width of them */
};

static inline struct bayes_span bayes_span_of(const struct bayes *b, uint32_t row)
{
    struct bayes_span s;
    memcpy(&s, (const char *)b->spans + row * b->span_step, sizeof s);
    return s;
}

/* A row of this span, of classes as wide as width, is wanted soon. */
static inline void bayes_expect(const struct bayes *b, struct bayes_span s,
                                uint32_t width)
{
    enum { LINE = 64 };
    bool common = s.to == BAYES_IS_COMMON;
    const char *p = common ? (const char *)b->common + (size_t)s.from * width
                           : (const char *)(b->entries + s.from);
    size_t n = common ? width : (s.to - s.from) * sizeof(struct bayes_entry);
    for (size_t at = 0; at < n; at += LINE)
        __builtin_prefetch(p + at);
}

/* Allocated in a. */
void bayes_train(struct arena *a, const struct dataset *d, uint32_t classes,
                 struct bayes *out);
/* Log likelihoods, up to a constant, into kernel_width(classes) floats. */
void bayes_score(const struct bayes *b, const struct vector *x, uint32_t classes,
                 float *score);

#endif
