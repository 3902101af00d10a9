/*
 * feed - the telling words of a section, as feedback learns from them (refine.h).
 *
 * The best sections of many questions are the same few; what was read of one is kept. One
 * place per number; a newer section takes the place of an older one, so it never grows.
 */
#ifndef SEARCH_FEED_H
#define SEARCH_FEED_H

#include "search/vocabulary.h"

enum {
    FEED_READ = 200, /* words of a section that are read */
    FEED_PLACES = 1024,
};

/* The idf above which a word tells something. */
#define FEED_TELLING 1.0f

struct feed_word {
    term_t term;
    float telling; /* its idf, above FEED_TELLING */
};

struct feed {
    uint32_t owner; /* 1 + the doc; 0: nobody's place */
    uint32_t read;  /* words, telling or not */
    uint32_t n, n_all;
    /* n different ones in the order of the text, and behind them, up to n_all, each once
     * more for every further time it occurs: who adds them up needs no loop in a loop */
    struct feed_word v[FEED_READ];
};

struct feeds {
    struct feed *places;
    uint32_t n;
};

struct index;

struct feeds feeds_new(struct arena *a, uint32_t n_docs);
/* Lets what was read of a doc come from memory, as much as most docs have. */
void feed_fetch(const struct index *x, uint32_t doc);
/* Borrowed until the next call. */
const struct feed *feed_of(const struct index *x, uint32_t doc);

#endif
