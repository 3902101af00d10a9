/*
 * postings - reads the positions back out of FTS5 into the index's arrays, and makes the
 * postings of phrases, which FTS5 has only as queries, from the tokens.
 */
#ifndef SEARCH_POSTINGS_H
#define SEARCH_POSTINGS_H

#include "search/index.h"

/* Sets list, docs, impacts, n_postings and salience of an index whose tokens are known.
 */
void postings_read(struct index *x, struct fts *f);

#endif
