/*
 * newest - the newest turn of each conversation, as far as the conversation's row does
 * not know it yet: numbers to numbers on the heap.
 *
 * The writer keeps one of what it must still write into rows, the loop one of what was
 * acknowledged, so that a reader sees the truth at once. Ids are positive.
 */
#ifndef STORE_NEWEST_H
#define STORE_NEWEST_H

#include "base/base.h"

struct newest_entry {
    int64_t conversation, turn; /* conversation 0: free */
};

struct newest {
    struct newest_entry *slots;
    size_t n, cap; /* cap is 0 or a power of two */
};

void newest_done(struct newest *m);
/* Keeps the larger of turn and what is there. */
void newest_put(struct newest *m, int64_t conversation, int64_t turn);
int64_t newest_find(const struct newest *m, int64_t conversation); /* 0: not there */
/* Forgets the entries whose turn is at most `upto`. */
void newest_drop(struct newest *m, int64_t upto);
/* Moves all entries, by conversation, to a heap array of *n, and leaves m empty. */
struct newest_entry *newest_take(struct newest *m, size_t *n);

#endif
