/*
 * reading - the words of a question while its concepts are made.
 */
#ifndef SEARCH_READING_H
#define SEARCH_READING_H

#include "search/query.h"

struct reading {
    str text;
    int concept; /* -1: a stop word */
    struct word_kind is;
};

struct reader {
    struct query *q;
    struct index *x;
    struct arena *arena;
    const struct search_options *o;
    struct concept own; /* of the word at work */
    struct reading words[QUERY_WORDS_MAX];
    size_t n;
    uint64_t families; /* bits: of words with a topic there may be those of i % 64 */
};

/* neighbour.c: what word i means together with the words beside it: synonyms of one or
 * several words, in order or nearly, and compounds that were written apart. */
void neighbour_read(struct reader *r, size_t i);

#endif
