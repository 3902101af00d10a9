/*
 * memo - what the words of earlier questions were read as.
 *
 * A word's stem, related forms, repaired spelling and compound parts do not depend on the
 * question, and questions share most of their words. One place per hash; a newer word
 * takes the place of an older one, so it never grows. Words that do not fit are read anew
 * each time.
 */
#ifndef SEARCH_MEMO_H
#define SEARCH_MEMO_H

#include "search/vocabulary.h"

enum {
    MEMO_PLACES = 2048,
    MEMO_TEXT_MAX = 23,
    MEMO_ALTERNATIVES_MAX = 6,
};

/* A term and how much it counts against the word itself. */
struct alternative {
    term_t term;
    float weight;
    float idf; /* the term's, capped for synonyms of a common word */
};

struct memo_word {
    char text[MEMO_TEXT_MAX];
    uint8_t n_text; /* 0: nobody's place */
    term_t term;    /* of its stem, or of the repaired word; TERM_NONE: unknown */
    term_t family;  /* first related term; TERM_NONE: none */
    bool stop, particle, repaired;
    bool whole; /* the alternatives are there */
    uint8_t n;
    struct alternative v[MEMO_ALTERNATIVES_MAX];
};

struct memo {
    struct memo_word *places;
};

struct memo memo_new(struct arena *a);
/* The place for a word; NULL when it is too long. It holds the word, or another one. */
struct memo_word *memo_place(const struct memo *m, str word);
bool memo_holds(const struct memo_word *w, str word);

#endif
