/*
 * dataset - the phrases to train from as vectors, with the vocabulary they make.
 *
 * Features are counted once per phrase (and per copy with a slip) and kept; a vocabulary
 * and the vectors over it are then made for any part of them, so that what a fold holds
 * out leaves no trace in what it trains.
 */
#ifndef NLU_DATASET_H
#define NLU_DATASET_H

#include "nlu/vocabulary.h"

struct example {
    str folded;
    uint32_t label;
};

/* The features of all phrases: phrase i is at 2i, its copy with a slip at 2i + 1. */
struct corpus {
    struct arena *arena;
    const struct example *examples;
    size_t n;
    const struct gram **grams; /* 2n of them */
    uint32_t *n_grams;
};
void corpus_init(struct corpus *c, const struct example *v, size_t n, enum lang l,
                 struct extractor *x);
void corpus_done(struct corpus *c);

struct sample {
    struct vector x;
    uint32_t label;
};
struct dataset {
    struct arena *arena;
    struct vocabulary vocabulary;
    struct sample *v;
    size_t n;
};
/* Of the phrases whose held flag is not set (held NULL: of all), with their copies. */
void dataset_init(struct dataset *d, const struct corpus *c, const bool *held);
void dataset_done(struct dataset *d);

#endif
