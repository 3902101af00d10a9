/*
 * vocabulary - the features that training has seen, each with a row number and its
 * inverse document frequency; and a question as a weighted vector over those rows.
 *
 * value = (1 + ln count) * idf, idf = ln((1 + N) / (1 + df)) + 1 for words and 1 for
 * characters. Each block is scaled on its own: stems and characters to length 1, pairs to
 * 0.4 (bench.md's recipe has 0.7 and an idf for all: with few phrases per card this is a
 * point better, with many as good). Unknown features are dropped; how much of the
 * question they were is told.
 */
#ifndef NLU_VOCABULARY_H
#define NLU_VOCABULARY_H

#include "nlu/feature.h"

struct vocabulary {
    uint32_t rows;
    uint32_t word_rows;  /* rows below are stems and pairs, the others characters */
    const uint32_t *ids; /* of each row, ascending */
    const float *idf;    /* of each word row, idf_step floats apart */
    size_t idf_step;
    float idf_unknown;   /* of words */
    struct known *known; /* FEATURE_SPACE / 32 of them */
};

/* Which of 32 features are known, and the row of the first of them. Rows are numbered in
 * the order of the features, so this is all there is to know: one number each would take
 * sixteen times the room, and a question looks into hundreds of places. */
struct known {
    uint32_t bits, first;
};

struct weight {
    uint32_t row;
    float value;
};

/* Stems and pairs come first. */
struct vector {
    const struct weight *v;
    uint32_t n, n_words;
    float scale;                    /* 1 / length of the whole */
    float known_stems, known_chars; /* share by weight, 0..1; 1 for an empty block */
    /* Of characters, also sums of rows that are made already (spelt.h): v's rows count in
     * sums. None when n_summed is 0. */
    const float *sums;
    const struct weight *summed;
    uint32_t n_summed;
};

/* What one block of a question comes to: of the known ones the sum and the sum of the
 * squares, and the sum of all. */
struct block_sum {
    float square, known, all;
};

/* Fills known from ids; the caller frees it. */
void vocabulary_index(struct vocabulary *voc);
/* The row of a feature; false when it is unknown. */
static inline bool vocabulary_row(const struct vocabulary *voc, uint32_t id,
                                  uint32_t *row)
{
    struct known k = voc->known[id / 32];
    *row = k.first + (uint32_t)__builtin_popcount(k.bits & ((1u << id % 32) - 1));
    return k.bits >> id % 32 & 1;
}
/* room for FEATURE_MAX weights; the result borrows it. */
struct vector vocabulary_vector(const struct vocabulary *voc, const struct gram *grams,
                                size_t n, struct weight *room);
/* The same of the grams of words only; what the characters come to is known already. */
struct vector vocabulary_words(const struct vocabulary *voc, const struct gram *grams,
                               size_t n, const struct block_sum *chars,
                               struct weight *room);
/* What a gram weighs that occurs so many times. */
float vocabulary_frequency(uint32_t count);

#endif
