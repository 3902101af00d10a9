/*
 * language - which language a question is in, from its small words and its letters.
 *
 * Naive Bayes over character 1-3-grams, trained from the cards' own phrases and from a
 * small general vocabulary (language_seed.c) so that it also works with few cards; plus
 * twice the difference in function words (text/lang.h). Small enough to be trained
 * at every load.
 */
#ifndef NLU_LANGUAGE_H
#define NLU_LANGUAGE_H

#include "content/catalogue.h"
#include "text/word.h"

enum {
    LANGUAGE_WORDS_MAX = 200 /* of one question: a long story has shown it by then */
};

struct language;

/* catalogue may have no cards at all. */
struct language *language_new(struct arena *a, const struct catalogue *c);
/* The likelier language and how sure that is, 0..1; LANG_NONE and 0 without letters.
 * Keeps what common words said, so one owner only. */
enum lang language_of(struct language *x, const struct words *words, double *sure);
/* The same, and which of the words are small words of either (lang_hint). */
struct small_words {
    size_t n;    /* of those read */
    size_t read; /* words: the first LANGUAGE_WORDS_MAX, and what has digits among them */
    uint64_t first; /* a bit for each of the first 64 words */
};
enum lang language_and_small(struct language *x, const struct words *words, double *sure,
                             struct small_words *small);

/* General sentences, folded, one per line. */
extern const char *const language_seed[LANG_COUNT];

#endif
