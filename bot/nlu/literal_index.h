/*
 * literal_index - which of many words stand in a text, in one pass over it.
 *
 * Each word carries a number; scanning sets the bits of the numbers whose word occurs as
 * a part of the text. Words are found by their first three or four bytes, so the cost is
 * that of hashing every position of the text, whatever the number of words.
 */
#ifndef NLU_LITERAL_INDEX_H
#define NLU_LITERAL_INDEX_H

#include "base/arena.h"

struct literal_index;

struct literal_index *literal_index_new(struct arena *a);
/* Words of at least REQUIRED_MIN bytes (required.h), REQUIRED_BEGINS among them; kept,
 * not copied. Before ready. */
void literal_index_add(struct literal_index *x, struct strs words, uint32_t number);
void literal_index_ready(struct literal_index *x);
/* Sets bits; there must be room for the highest number. */
void literal_index_scan(const struct literal_index *x, str text, uint64_t *bits);

#endif
