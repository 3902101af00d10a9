/*
 * net - a small neural net on stems, pairs and characters: one hidden layer of rectified
 * units, a softmax over the classes.
 *
 * Adagrad, one phrase at a time, half of the inputs and half of the hidden units (in
 * groups of a register's lanes) left out at random in training. Its own generator: the
 * same data and seed give the same net.
 */
#ifndef NLU_NET_H
#define NLU_NET_H

#include "nlu/dataset.h"
#include "nlu/kernel.h"

enum { NET_HIDDEN_MAX = 4096 };

struct net {
    uint32_t hidden; /* a multiple of KERNEL_LANES, at most NET_HIDDEN_MAX */
    float *in;       /* rows * hidden */
    float *in_bias;  /* hidden */
    float *out;      /* hidden * width */
    float *out_bias; /* width */
};

struct net_plan {
    uint32_t hidden;
    float epochs;
    uint64_t seed;
};

void net_train(const struct dataset *d, uint32_t classes, const struct net_plan *plan,
               struct net *out);
void net_free(struct net *n);

#endif
