/*
 * word - cuts folded text into words, and a word to its stem.
 *
 * A word is a run of letters and digits; apostrophes inside it are dropped ("auto's" ->
 * autos, "'s" -> s, "don't" -> dont) and a "." or "," between digits stays. Everything
 * else separates. Stems are Snowball's (libstemmer); a stem is never empty.
 */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "base/arena.h"
#include "text/lang.h"

struct word {
    str text;        /* folded, without apostrophes */
    size_t from, to; /* bytes in the folded text it was cut from */
};

struct words {
    VEC(struct word) list;
};

/* Cuts the whole folded text; words are allocated in a. */
struct words words_of(struct arena *a, str folded);
/* The next word at or behind *pos (no allocation: text points into folded unless the
 * word holds apostrophes, then into scratch, which has room for 64 bytes; longer words
 * are cut there). False at the end. */
bool word_next(str folded, size_t *pos, char scratch[64], struct word *out);
/* Where the first of n phrases (of three bytes at least) stands in folded text, from the
 * beginning of a word on, in one pass; -1: none does. *which, unless NULL: which one it
 * is. */
ptrdiff_t word_phrase(str folded, const str *phrases, size_t n, size_t *which);

/* Not shareable between threads (libstemmer): one per owner. */
struct stemmer;
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *s); /* accepts NULL */
/* Borrowed until the next call; the word itself for LANG_NONE and for words with digits.
 */
str stem(struct stemmer *s, enum lang l, str word);

#endif
