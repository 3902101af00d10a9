/*
 * vocabulary - the features that training has seen, each with a row number and its
 * inverse document frequency; and a question as a weighted vector over those rows.
 *
 * Words: value = (1 + ln count) * idf, idf = ln((1 + N) / (1 + df)) + 1; stems are scaled
 * to length 1, pairs to 0.4 (bench.md's recipe has 0.7 and an idf for all: with few
 * phrases per card this is a point better, with many as good). Runs of characters count
 * as often as they occur, each occurrence 1 / sqrt(how many there are): what a word's
 * runs come to is then the same wherever it stands, and can be kept (spelt.h); no figure
 * of the benchmark moves. Unknown features are dropped; how much of the question they
 * were is told.
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
    /* Of characters, also sums of rows that are made already (spelt.h), each weighing
     * sum_weight: some rows of sums, sum_step apart, in the model's units. */
    const int16_t *sums;
    const uint32_t *summed;
    uint32_t n_summed;
    size_t sum_step;
    float sum_weight;
};

/* What one block of a question comes to: of the known ones the sum and the square of the
 * length, and the sum of all. */
struct block_sum {
    float square, known, all;
};

/* Fills known from ids; the caller frees it. */
void vocabulary_index(struct vocabulary *voc);
/* Of a function that looks up rows: where the processor counts bits in one instruction,
 * the loader picks that variant. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) &&   \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define VOCABULARY_COUNTS __attribute__((target_clones("popcnt", "default")))
#else
#define VOCABULARY_COUNTS
#endif
/* The row of a feature; false when it is unknown. */
static inline bool vocabulary_row(const struct vocabulary *voc, uint32_t id,
                                  uint32_t *row)
{
    struct known k = voc->known[id / 32];
    *row = k.first + (uint32_t)__builtin_popcount(k.bits & ((1u << id % 32) - 1));
    return k.bits >> id % 32 & 1;
}
/* room for FEATURE_MAX + 1 weights, the last of which is scratch; the result borrows it.
 */
struct vector vocabulary_vector(const struct vocabulary *voc, const struct gram *grams,
                                size_t n, struct weight *room);
/* The same of the grams of words only, whose rows are found already; what the characters
 * come to is known. */
struct vector vocabulary_words(const struct vocabulary *voc, const struct gram *grams,
                               const uint32_t *rows, size_t n,
                               const struct block_sum *chars, struct weight *room);
/* The row of each gram; VOCABULARY_NONE where it is unknown. */
#define VOCABULARY_NONE UINT32_MAX
void vocabulary_find(const struct vocabulary *voc, const struct gram *grams, size_t n,
                     uint32_t *rows);

#endif
