/*
 * synonym - the words HR declared alike (words.md), for patterns and for the classifier.
 *
 * "loon = salaris" works both ways, "papadag => ouderschapsverlof" one way: who writes
 * papadag means ouderschapsverlof. Terms may be several words.
 */
#ifndef NLU_SYNONYM_H
#define NLU_SYNONYM_H

#include "content/catalogue.h"
#include "text/word.h"

enum { SYNONYM_WORDS_MAX = 4 }; /* words in a term that counts */

struct synonyms;

/* In a; c->synonyms may be empty. */
struct synonyms *synonyms_new(struct arena *a, const struct catalogue *c);
/* What a text may say for this term (plain form), the term itself first; n 0: only
 * itself. Borrowed. */
struct strs synonyms_for(const struct synonyms *s, enum lang l, str plain);
/* Most words any term has; 0 when there are no terms. */
size_t synonyms_longest(const struct synonyms *s, enum lang l);
/* Most words a term that begins with this stem has; 0: none begins so. */
size_t synonyms_longest_from(const struct synonyms *s, enum lang l, str stem);
/* The second stems of the terms that begin with this one, as bits: stem x is among them
 * only where bit synonyms_bit(x) is set. */
uint64_t synonyms_seconds(const struct synonyms *s, enum lang l, str stem);
uint32_t synonyms_bit(str stem); /* 0..63 */
/* The term that a run of stems, blanks between, is; -1. */
int32_t synonyms_term(const struct synonyms *s, enum lang l, str stems);
/* The concepts (numbers from 0) that it stands for; n of them. */
const uint32_t *synonyms_of_term(const struct synonyms *s, enum lang l, int32_t term,
                                 size_t *n);

#endif
