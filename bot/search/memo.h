/*
 * memo - what the words of earlier questions were read as.
 *
 * A word's stem, related forms, repaired spelling and compound parts do not depend on the
 * question, and questions share most of their words. One place per hash; a newer word
 * takes the place of an older one, so it never grows. Words that do not fit are read anew
 * each time, and so are numbers that nobody wrote about: of those there is no end, and
 * reading one takes little.
 */
#ifndef SEARCH_MEMO_H
#define SEARCH_MEMO_H

#include "search/vocabulary.h"

enum {
    MEMO_PLACES = 4096,
    MEMO_TEXT_MAX = 24, /* bytes of a word that is kept */
    MEMO_ALTERNATIVES_MAX = 6,
};

/* A term and how much it counts against the word itself. */
struct alternative {
    term_t term;
    float weight;
    float idf; /* the term's, capped for synonyms of a common word */
};

/* What a word is, whatever stands beside it. */
struct word_kind {
    term_t term;    /* of its stem, or of the repaired word; TERM_NONE: unknown */
    term_t family;  /* first related term; TERM_NONE: none */
    uint32_t begin; /* beginning_of it */
    uint32_t joins; /* letters with which a word may go on behind it (beginning.c) */
    uint8_t starts; /* words of the longest synonym that begins with it */
    bool stop, repaired;
    bool particle; /* can stand apart from its verb */
    bool single;   /* a related form is a synonym by itself */
    bool loose;    /* a synonym of several words has a related form as its first */
};

/* A word of up to MEMO_TEXT_MAX bytes, zeros behind it: compared and hashed without a
 * loop. */
struct memo_text {
    uint64_t part[MEMO_TEXT_MAX / 8];
};

struct memo_word {
    struct memo_text text; /* zeros: nobody's place */
    struct word_kind is;
    bool whole; /* the alternatives are there */
    uint8_t n;
    struct alternative v[MEMO_ALTERNATIVES_MAX];
};

struct memo {
    struct memo_word *places;
};

struct memo memo_new(struct arena *a);
/* The word, of 1 to MEMO_TEXT_MAX bytes. Whatever stands behind it, MEMO_TEXT_MAX bytes
 * from its beginning on can be read. */
struct memo_text memo_text(str word);
/* The place for a word. It holds the word, or another one. */
struct memo_word *memo_place(const struct memo *m, const struct memo_text *word);
static inline bool memo_holds(const struct memo_word *w, const struct memo_text *word)
{
    uint64_t differ = 0;
    for (size_t i = 0; i < LEN(word->part); i++)
        differ |= w->text.part[i] ^ word->part[i];
    return differ == 0;
}

#endif
