/*
 * hunch_train - learns the hunch (hunch.h) from phrases.
 *
 * A linear support vector machine: L2-regularised, squared hinge loss, by dual coordinate
 * descent (Hsieh and others, ICML 2008). Features are scaled by how rare they are, as the
 * square root of log(1 + phrases / phrases with it). The bar from which a hunch counts is
 * found by holding out a quarter of the phrases at a time: so high that of the ordinary
 * lines of told*.md, had it not learnt them, one in HUNCH_ALARMS would ring. Fixed order,
 * no random numbers but a seeded shuffle: the same phrases give the same hunch.
 */
#ifndef NLU_HUNCH_TRAIN_H
#define NLU_HUNCH_TRAIN_H

#include "nlu/hunch.h"

struct kin;

enum {
    HUNCH_ALARMS = 18,
    HUNCH_JUDGES_MIN = 50 /* with fewer ordinary lines the bar is the machine's own: 0 */
};

struct hunch_lesson {
    uint32_t from, n, core; /* in ids */
    float weight;
    str text; /* borrowed, for --why */
    bool told;
    bool judges; /* a line of told*.md: the bar is found by them */
};

struct hunch_lessons {
    struct arena *arena;
    VEC(struct hunch_lesson) list;
    VEC(uint32_t) ids;
    size_t told;
};

/* Features of no word teach nothing and are left out. */
void hunch_learn(struct hunch_lessons *l, const struct hunch_features *f,
                 struct hunch_lesson how);
/* Which quarter a phrase belongs to, by its number. */
int hunch_fold(uint32_t i);
/* The block (hunch_open), the caller's to free. There must be told and other phrases; kin
 * is made of the same ones. */
str hunch_train(const struct hunch_lessons *l, struct kin *kin);

#endif
