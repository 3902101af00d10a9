/*
 * postings - the lists of an index: which docs have a term, and how much of it.
 *
 * One pass over the docs notes what each has, one after the other; when it is known how
 * many docs each term has, the notes go to its list, which so comes out sorted by doc
 * without sorting. After an edit only the docs that are new are read, and the others'
 * postings are copied under their new numbers (postings_carry.c); the lists are the same.
 */
#ifndef SEARCH_POSTINGS_H
#define SEARCH_POSTINGS_H

#include "search/carry.h"
#include "search/tally.h"

/* Sets list, docs, impacts, n_postings, idf, salience, term_of and n_counted. c: what
 * came over from the index before; NULL: nothing. */
void postings_make(struct index *x, const struct carried *c);

/* A term of a doc, until its place in the list is known. */
struct note {
    term_t term;
    uint16_t impact;
} __attribute__((packed));

/* What has been noted of some docs, one behind the other. */
struct notes {
    struct note *v; /* free() */
    size_t n, cap;
    uint32_t *of_doc; /* how many each doc has; of all docs of the index */
};

/* Between the files. The counts go to x->list and x->salience. */
void postings_note(struct index *x, struct tally *t, uint32_t doc, struct notes *notes);
/* From counts to places and shares: starts, idf, salience, room for the postings. */
void postings_place(struct index *x);
/* False when it would not be less work, or the outcome another one: nothing is set then.
 */
bool postings_carry(struct index *x, const struct carried *c);

#endif
