/*
 * lexeme - what a word comes to for the classifier, kept for the words people use: its
 * stem, that stem's hash, and the terms of words.md that it begins.
 *
 * People use the same few thousand words. One look at a place that is found by the word's
 * first bytes answers what would else be a stemmer's and two tables' work, and all of it
 * is of one width: no step depends on how long the word is.
 */
#ifndef NLU_LEXEME_H
#define NLU_LEXEME_H

#include <string.h>

#include "nlu/synonym.h"

enum {
    LEXEME_BYTES = 24, /* of a word that is kept */
    LEXEME_EIGHTS = LEXEME_BYTES / 8,
    LEXEME_STEM_MAX = 48, /* bytes of a stem that count */
};

/* A word of at most LEXEME_BYTES with zeroes behind it, which no word has; of a longer
 * one all is zero. */
struct word_key {
    uint64_t eight[LEXEME_EIGHTS];
};

/* The first LEXEME_KEPT bytes are kept, where the stem ends within them. */
struct lexeme {
    struct word_key key;
    uint64_t seconds; /* the stems that go on a term which begins so: synonyms_bit each */
    uint32_t hash;    /* FNV-1a of the stem */
    int32_t term;     /* for synonyms_of_term: the stem alone is one; -1 */
    uint8_t longest;  /* words of the longest term that begins so, 0: none does */
    uint8_t bit;      /* the stem's own, for seconds */
    uint8_t n_stem;
    char stem[LEXEME_STEM_MAX];
};
enum { LEXEME_KEPT = 64 };

/* LEXEME_BYTES are read at p. */
static inline struct word_key word_key_of(const char *p, size_t n)
{
    /* the first n bytes' mask is a window on these */
    static const unsigned char ones[2 * LEXEME_BYTES] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    };
    struct word_key key, mask;
    memcpy(&key, p, sizeof key);
    memcpy(&mask, ones + LEXEME_BYTES - (n > LEXEME_BYTES ? 0 : n), sizeof mask);
    for (int i = 0; i < LEXEME_EIGHTS; i++)
        key.eight[i] &= mask.eight[i];
    return key;
}

static inline bool word_key_same(const struct word_key *a, const struct word_key *b)
{
    return ((a->eight[0] ^ b->eight[0]) | (a->eight[1] ^ b->eight[1]) |
            (a->eight[2] ^ b->eight[2])) == 0;
}

/* For tables of at most 2^24 places. */
static inline uint32_t word_key_spread(const struct word_key *k)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t all = k->eight[0] + k->eight[1] * odd + k->eight[2] * 0xc2b2ae3d27d4eb4fu;
    return (uint32_t)((all ^ all >> 32) * odd >> 40);
}

/* Of one owner. synonyms may be NULL and must stay. */
struct lexemes;
struct lexemes *lexemes_new(const struct synonyms *s);
void lexemes_free(struct lexemes *x); /* accepts NULL */
/* The word of this key is wanted soon. */
void lexeme_expect(const struct lexemes *x, enum lang l, const struct word_key *key);
/* The word's, into *out; key is its own. */
void lexeme_read(struct lexemes *x, enum lang l, str word, const struct word_key *key,
                 struct lexeme *out);

/* FNV-1a goes on with n bytes. */
static inline uint32_t lexeme_hash(uint32_t h, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}
/* The same with a lexeme's stem: eight bytes at a time, of which those that are there
 * count, for how long a stem is cannot be foreseen. */
static inline uint32_t lexeme_hash_stem(uint32_t h, const struct lexeme *w)
{
    enum { STEP = 8 };
    _Static_assert(LEXEME_STEM_MAX % STEP == 0, "whole steps");
    for (size_t from = 0; from < w->n_stem; from += STEP)
        for (size_t i = from; i < from + STEP; i++) {
            uint32_t next = (h ^ (unsigned char)w->stem[i]) * 16777619u;
            h = i < w->n_stem ? next : h;
        }
    return h;
}
#define LEXEME_HASH 2166136261u /* of nothing */

#endif
