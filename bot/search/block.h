/*
 * block - a section's plain text cut into what can be shown by itself: a sentence, a
 * whole list, a whole table.
 *
 * Works on lines as content/markdown.h writes them: a paragraph is one line; an item
 * starts with "- ", "* ", a bullet or a number; a table row holds a tab or " | ". A
 * sentence ends in . ! or ? with white space and no small letter behind it.
 */
#ifndef SEARCH_BLOCK_H
#define SEARCH_BLOCK_H

#include "base/arena.h"

enum block_kind { BLOCK_SENTENCE, BLOCK_LIST, BLOCK_TABLE };

struct block {
    str text; /* within the section's text, trimmed */
    enum block_kind kind;
    int paragraph; /* sentences of one paragraph have the same number */
};

struct blocks {
    VEC(struct block) list;
};

struct blocks blocks_of(struct arena *a, str text);

#endif
