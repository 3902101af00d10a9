/*
 * brain - one loaded content set: catalogue, matcher, index. Immutable, swapped whole.
 *
 * Built by the builder (bot/app), used by the loop. Sessions never point into a brain:
 * they keep card ids and article paths, which the next brain may no longer know.
 */
#ifndef DIALOGUE_BRAIN_H
#define DIALOGUE_BRAIN_H

#include "nlu/nlu.h"
#include "search/search.h"

struct brain {
    struct catalogue *catalogue;
    struct nlu *nlu;
    struct search *search;
};

#endif
