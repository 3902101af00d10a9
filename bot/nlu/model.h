/*
 * model - the three scorers as one block of bytes: trained into it, kept in the cache as
 * it is, scored straight from it.
 *
 * Weights are bytes with a scale per row, those of the net's second layer with a scale
 * per class: a quarter of the memory, and no figure of the benchmark moves. The three are
 * mixed by mixture.h.
 */
#ifndef NLU_MODEL_H
#define NLU_MODEL_H

#include "nlu/bayes.h"
#include "nlu/confidence.h"
#include "nlu/kernel.h"

enum {
    MODEL_VERSION = 13, /* raise it when anything about training or layout changes */
    MODEL_CLASSES_MAX = 2048,
    MODEL_SUM_MAX = KERNEL_SUM_ROWS,
};

struct model_head {
    uint32_t magic, version, lanes, classes, width, hidden, rows, word_rows, bayes_n,
        bayes_common;
    int32_t none; /* label of the class "none", -1 */
    float idf_unknown;
    struct confidence confidence;
    uint64_t size;  /* of the whole block */
    uint64_t check; /* hash of what follows the head */
};

struct model {
    struct model_head head;
    struct vocabulary vocabulary;
    /* A row's bytes and all figures of its feature stand together: a question reads
     * hundreds of rows all over the block, and it is the cache lines that cost. A word's
     * has the net's bytes, a run of characters' the net's and the machine's. */
    const unsigned char *words, *chars;
    struct bayes bayes;
    const float *svm_bias, *net_in_bias, *net_out_scale, *net_out_bias;
    const int8_t *net_out;    /* as kernel_layer wants it */
    float net_most, svm_most; /* of the scales of a row of characters */
};

/* How a model is trained. */
struct model_plan {
    uint32_t classes;
    int32_t none;
    uint32_t nets;   /* trained one by one, their logits averaged */
    uint32_t hidden; /* units of each */
    float epochs;
};

/* A block of its own (free it), confidence not filled. */
str model_train(const struct dataset *d, const struct model_plan *plan);
/* Reads a block, which must stay; the caller frees vocabulary.known. RC_INVALID when
 * it is damaged or of another version. */
MUST_USE enum rc model_open(str block, struct model *out);
/* Puts the confidence into a block in place. */
void model_set_confidence(str block, const struct confidence *c);

/* The scores of one question, width each: margin of the support vector machine, and share
 * of the mixture, not yet adding up to 1. The others are scratch on the way: what the
 * question's features come to, their rows and the weight of each. */
struct scores {
    float *margin, *share;
    float *bayes, *net, *hidden;
    uint8_t *on; /* the hidden units */
    const int8_t **row;
    float *net_weight, *svm_weight;
};
struct scores scores_new(struct arena *a);
void model_score(const struct model *m, const struct vector *x, struct scores *s);
/* These rows of words, which lie all over the block, are wanted soon; those that are not
 * VOCABULARY_NONE. */
void model_expect_words(const struct model *m, const uint32_t *rows, size_t n);
/* These rows of characters, which lie all over the block, are wanted soon. */
void model_expect_chars(const struct model *m, const uint32_t *rows, uint32_t n);
/* The sum of at most MODEL_SUM_MAX rows of characters, each weighing 1: first the net's,
 * hidden of it, then the machine's, width of it; as whole numbers, which x->sums are. */
void model_sum_chars(const struct model *m, const uint32_t *rows, uint32_t n,
                     int16_t *sum);

#endif
