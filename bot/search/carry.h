/*
 * carry - what an index takes over from the one before it.
 *
 * After an edit nearly all articles are what they were. Their words are copied under
 * their new numbers, and from these maps of old numbers to new ones follow the postings
 * (postings_carry.c). Words are numbered in the order in which the texts have them first;
 * the index before knows which ones each doc was the first to have, so that only those
 * are looked at. The outcome is the same, number for number, as if all was read.
 *
 * The index before is only read: it may be answering questions on another thread.
 */
#ifndef SEARCH_CARRY_H
#define SEARCH_CARRY_H

#include "search/index.h"

#define CARRY_NONE UINT32_MAX

struct carried {
    const struct index *from;
    uint32_t *old_doc; /* of a doc: its number there; CARRY_NONE: it is new */
    uint32_t *new_doc; /* of a doc there: its number now; CARRY_NONE: it is gone */
    uint32_t *left;    /* how often a word there stands in the docs that stay */
    uint32_t *new_word;
    term_t *new_term;
    uint32_t past;   /* docs there that are behind us */
    size_t orphaned; /* words that only docs which are gone were the first to have */
};

/* NULL when the two have nothing in common. The docs of x are numbered. Lives in a. */
struct carried *carry_begin(struct arena *a, const struct index *x,
                            const struct index *from);
/* Adds the words of a doc that stays, as they come first, to the vocabulary. In the order
 * of the docs. */
void carry_words(struct carried *c, struct vocabulary *v, uint32_t doc);
/* Lets it know that the text of a new doc added a word. */
void carry_added(struct carried *c, struct vocabulary *v, uint32_t word);
/* Behind the last word, of synonyms too: completes new_term. */
void carry_terms(struct carried *c, const struct vocabulary *v);

#endif
