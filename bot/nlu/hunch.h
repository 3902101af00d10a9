/*
 * hunch - the second net under the patterns and signs: does this read like someone
 * telling of such a thing, whatever its words?
 *
 * One linear judge over the features of hunch_feature.h, learnt by hunch_train.h from
 * what people tell against what they ask. A block of bytes, kept in the cache as it is.
 */
#ifndef NLU_HUNCH_H
#define NLU_HUNCH_H

#include "nlu/hunch_feature.h"

#define HUNCH_KIN 4.0F /* what the nearer kin weighs against a margin */

enum {
    HUNCH_VERSION = 9, /* raise it when anything about training or layout changes */
    HUNCH_POWER = 4096 /* a power of 1 */
};

/* One feature. */
struct hunch_cell {
    int16_t weight; /* times the feature's own scale */
    uint16_t power; /* that scale squared: rare features count more (hunch_train.h) */
};

struct hunch_head {
    uint32_t magic, version, bits;
    float scale; /* of the weights */
    float bias;
    float bar;       /* the margin from which it counts */
    uint32_t judges; /* ordinary lines the bar was found by; 0: there were too few */
    uint64_t check;
};

struct hunch {
    struct hunch_head head;
    const struct hunch_cell *cells; /* 2^HUNCH_BITS, in the block */
};

/* Reads a block, which must stay. RC_INVALID when it is damaged or of another version. */
MUST_USE enum rc hunch_open(str block, struct hunch *out);
/* A block of these weights and powers (2^HUNCH_BITS each); free it. */
str hunch_pack(const float *weights, const float *powers, float bias, float bar,
               uint32_t judges);
/* The machine's own margin; 0 where nothing is said. */
double hunch_margin(const struct hunch *h, const struct hunch_features *f);
/* Could it still count, or take nothing back, if its kin are all told? */
bool hunch_is_open(const struct hunch *h, double margin);
/* With what kin.h says: 0..1; from 0.5 on it counts. No probability: compare with bars
 * only. */
double hunch_score(const struct hunch *h, double margin, double nearer);
/* How much nearer its kin must be for a message of this margin to score so much. */
double hunch_nearer(const struct hunch *h, double margin, double score);

#endif
