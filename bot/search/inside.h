/*
 * inside - what struct search is made of. Only search.c makes and frees one.
 */
#ifndef SEARCH_INSIDE_H
#define SEARCH_INSIDE_H

#include "search/bar.h"
#include "search/cover.h"
#include "search/lookup.h"
#include "search/sight.h"

struct search {
    const struct catalogue *catalogue;
    struct search_options options;
    struct index *index[LANG_COUNT]; /* NULL: no sections in that language */
    struct bar bar[LANG_COUNT];
    struct sights sights[LANG_COUNT];
    struct cards_words cards[LANG_COUNT];
    struct lookup *lookup; /* NULL until search_prepare_lookup */
    struct ranking ranking;
    struct arena *scratch; /* of one question */
    struct texts *texts;   /* of the section looked at last */
    struct arena *words;   /* of query */
    struct query *query;   /* the question that was read last */
    size_t bytes;
};

/* The index that answers a question: its language's; the better one when the language is
 * not known. NULL when there is none. */
struct index *search_index(struct search *s, const struct search_query *q);

/* Reads a question into s->query; s->scratch is empty afterwards. A turn asks the same
 * one for articles, for what a card covers and for what to show, so the one read last is
 * not read again. */
void search_read(struct search *s, struct index *x, str folded);

#endif
