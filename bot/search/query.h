/*
 * query - what a question asks for: concepts, each a word of it with its alternatives.
 *
 * An alternative is a term and how much it counts against the word itself: the stem (1),
 * related forms, synonyms, repaired spellings, compound parts. Synonyms of several words
 * and words written apart belong to every word they replace.
 */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "search/index.h"

enum {
    QUERY_WORDS_MAX = 96,    /* of a question; the rest is not read */
    QUERY_CONCEPTS_MAX = 32, /* distinct words with a topic */
    QUERY_ALTERNATIVES_MAX = 40,
};

struct concept {
    str word;   /* folded, as in the question */
    term_t own; /* its stem, or what it was repaired to; TERM_NONE: unknown */
    struct alternative v[QUERY_ALTERNATIVES_MAX];
    size_t n;
    double weight; /* salience */
    double idf;    /* of its best alternative, for pairs, passages and --why */
    double rarity; /* of the word itself, the highest when no text has it */
    bool found;    /* an alternative occurs in the texts */
};

struct query {
    struct concept v[QUERY_CONCEPTS_MAX];
    size_t n;
    str text;              /* the question */
    const struct index *x; /* by which it was read; NULL: and loosened since */
};

/* folded is the question; words live in a. */
void query_build(struct query *q, struct index *x, struct arena *a, str folded);
/* Gives words that were not found the words that look like them; false when there are
 * none. */
bool query_loosen(struct query *q, struct index *x);

/* concept.c: terms that no text has are left out; of two weights the higher stays. */
void concept_add(struct concept *c, const struct index *x, term_t t, double weight);
/* A term and those that share its root. */
void concept_add_family(struct concept *c, const struct index *x, term_t t,
                        double weight);
/* What is connected to a synonym; share is the weight of one in full. */
void concept_add_synonyms(struct concept *c, const struct index *x,
                          const struct sequence *from, double share);
/* Sets idf, rarity, found and weight, and caps the alternatives' idf. */
void concept_weigh(struct concept *c, const struct index *x);

#endif
