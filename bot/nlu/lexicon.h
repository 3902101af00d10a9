/*
 * lexicon - which classes of words occur in a message, and where.
 *
 * Entries are words or phrases in plain form (nlu/plain.h); a `*` at the end leaves the
 * ending of the last word open. One trie over bytes holds all of them, so that a message
 * is read once whatever the number of entries.
 */
#ifndef NLU_LEXICON_H
#define NLU_LEXICON_H

#include "base/arena.h"

enum {
    LEXICON_CLASSES_MAX = 1024,
    LEXICON_HITS_MAX = 512 /* of one message; what comes later is not seen */
};

struct lexicon_hit {
    uint16_t class;
    uint16_t from, to; /* first and last word, counted from 0 */
};

struct lexicon;
struct lexicon *lexicon_new(struct arena *a);
/* entry in plain form, without its `*`. */
void lexicon_add(struct lexicon *x, str entry, bool open_end, uint16_t class);
/* After the last entry; only then is there anything to find. */
void lexicon_close(struct lexicon *x);
/* Hits in the order of their first word. Returns their number, at most max. */
size_t lexicon_find(const struct lexicon *x, str plain, struct lexicon_hit *out,
                    size_t max);

#endif
