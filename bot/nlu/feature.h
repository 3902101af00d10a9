/*
 * feature - a question as countable things: stems, pairs of stems, and every run of 2 to
 * 5 bytes across its words. Each is hashed (FNV-1a) into a block of 2^16 numbers.
 *
 *   BLOCK_STEM  Snowball stems, and the concept of each synonym (synonym.h)
 *   BLOCK_PAIR  neighbours in "< stem stem ... >", the ends marked
 *   BLOCK_CHAR  2-5-grams of " word word word "
 */
#ifndef NLU_FEATURE_H
#define NLU_FEATURE_H

#include "nlu/lexeme.h"

enum block { BLOCK_STEM, BLOCK_PAIR, BLOCK_CHAR, BLOCK_COUNT };

enum {
    FEATURE_BITS = 16,
    FEATURE_SPACE = BLOCK_COUNT << FEATURE_BITS,
    FEATURE_WORDS_MAX = 96, /* of one question; the rest of a long story is not read */
    FEATURE_CHARS_MAX = 768,
    FEATURE_DIGITS_MIN = 5,
    FEATURE_MAX = 4096 /* different features of one question */
};

struct gram {
    uint32_t id; /* block << FEATURE_BITS | hash */
    uint32_t count;
};

/* A question's text: each word between two blanks, where they begin, and how long they
 * are. SPELLING_SLACK bytes behind the text may be read. */
enum { SPELLING_SLACK = 32 };
struct spelling {
    str text;
    const struct cut_word {
        struct word_key key;
        uint16_t at, n;
    } * words;
    size_t n_words;
};

/* Scratch of one owner; holds a stemmer. */
struct extractor;
struct extractor *extractor_new(const struct synonyms *s); /* s may be NULL */
void extractor_free(struct extractor *x);                  /* accepts NULL */
/* The different grams of folded, block by block; borrowed until the next call. */
const struct gram *features_of(struct extractor *x, enum lang l, str folded, size_t *n);
/* Those of the words only, and the text whose characters are to be counted: of a message,
 * in which a number of FEATURE_DIGITS_MIN digits or more is that of a ticket, a telephone
 * or an invoice, another one each time, which tells nothing: it is passed over. words are
 * folded's, if it is cut already, or NULL. All borrowed until the next call. */
const struct gram *features_of_words(struct extractor *x, enum lang l, str folded,
                                     const struct words *words, size_t *n,
                                     struct spelling *spelling);

#endif
