/*
 * hunch_feature - a message as countable things for the hunch (hunch.h): its words, their
 * beginnings, neighbours and next but one; the words of the last clause once more ("the
 * boss shouts for joy, where do I sign up": what is wanted stands there), whether it is a
 * question, and how long it is; the word classes of signs.md, and whether a pattern, a
 * sign or a `none` of HR's fits.
 *
 * Hashed into 2^HUNCH_BITS numbers, one for all languages, for people mix them. What
 * occurs twice stands there twice.
 */
#ifndef NLU_HUNCH_FEATURE_H
#define NLU_HUNCH_FEATURE_H

#include "nlu/signs.h"
#include "text/word.h"

enum {
    HUNCH_BITS = 19,
    HUNCH_FEATURES_MAX = 1024,
    HUNCH_WORDS_MAX = 96 /* of one message; the rest of a long story is not read */
};

/* What is known of it before: what HR wrote down for such messages. */
struct hunch_evidence {
    bool pattern, sign, calms;
};

struct hunch_features {
    uint32_t v[HUNCH_FEATURES_MAX];
    uint32_t n;    /* 0: no word in it */
    uint32_t core; /* the first of them: its words in their order, and nothing else */
};

/* The core alone, of a plain form (nlu/plain.h). */
void hunch_core(str plain, struct hunch_features *out);

/* words are those of folded. */
void hunch_features(str folded, const struct words *words, const struct sign_hits *hits,
                    const struct hunch_evidence *known, struct hunch_features *out);

#endif
