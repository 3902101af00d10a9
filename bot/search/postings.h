/*
 * postings - counts the lists of an index out of its tokens: words, parts of compounds at
 * less weight, and the phrases that synonyms name.
 */
#ifndef SEARCH_POSTINGS_H
#define SEARCH_POSTINGS_H

#include "search/index.h"

/* tokens hold numbers of words; afterwards they hold terms, and list, docs, impacts,
 * n_postings, idf and salience are set. */
void postings_make(struct index *x);

#endif
