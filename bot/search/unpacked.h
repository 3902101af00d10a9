/*
 * unpacked - the words of a section as numbers, ready to be looked at.
 *
 * Unpacking a stream (stream.h) costs a guess a word, of which a processor gets every
 * third wrong, and the best sections of many questions are the same few: so what was
 * unpacked is kept. One place per number; a newer section takes the place of an older
 * one, so it never grows. A long section is unpacked each time.
 *
 * Which words of a section a question has is answered without a branch on any of them:
 * first a byte per word, then a bit per word for one of the bytes.
 */
#ifndef SEARCH_UNPACKED_H
#define SEARCH_UNPACKED_H

#include "base/bytes.h"
#include "search/columns.h"
#include "search/vocabulary.h"

enum {
    UNPACKED_WORDS = 256, /* of a section that is kept */
    UNPACKED_PLACES = 1024,
    UNPACKED_MAX = 2000, /* words that are looked at, at most */
    MARKED_WINDOW = 64,  /* words that are compared at once */
};

struct unpacked {
    uint32_t owner; /* 1 + the doc; 0: nobody's place */
    uint32_t start[COLUMN_COUNT + 1];
    uint32_t word[UNPACKED_WORDS];
};

struct unpacked_texts {
    struct unpacked *places;
    uint32_t n;
    uint32_t *words; /* UNPACKED_MAX of them, of a section that is not kept */
};

struct index;

struct unpacked_texts unpacked_new(struct arena *a, uint32_t n_docs);

/* Borrowed until the next call. */
struct unpacked_words {
    const uint32_t *v;
    size_t n;
};
/* Of the columns from..to of a doc, the first max, which is at most UNPACKED_MAX. */
struct unpacked_words unpacked_words(const struct index *x, uint32_t doc,
                                     enum column from, enum column to, size_t max);

/* Lets the words of a doc come from memory, as many as most docs have. */
void unpacked_fetch(const struct index *x, uint32_t doc);

/* What the words stand for: a byte of each, 0 for most; behind them zeros, so that
 * windows can be compared. */
struct marked_words {
    uint8_t of[UNPACKED_MAX + MARKED_WINDOW];
    size_t n;
};
/* Each word's byte is that of its term. */
void marked_read(struct marked_words *m, const struct index *x,
                 struct unpacked_words words, const uint8_t *of_term);
/* Bit i: the byte of word at + i is this one. */
static inline uint64_t marked_bits(const struct marked_words *m, size_t at, uint8_t byte)
{
    uint64_t bits = 0;
    for (int i = 0; i < MARKED_WINDOW; i += 16) {
        bytes16 sixteen = bytes16_at((const char *)m->of + at + i);
        bits |= (uint64_t)found16_bits(sixteen == byte) << i;
    }
    return bits;
}

#endif
