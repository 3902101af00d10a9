/*
 * synonym - HR's vocabulary (intents/words.md) as sequences of terms, for one language.
 *
 * A synonym is one word or several. Several are kept three ways: as a sequence to look
 * for in the question, as a phrase term with postings of its own ("annual leav"), and as
 * loose words, which count for less.
 */
#ifndef SEARCH_SYNONYM_H
#define SEARCH_SYNONYM_H

#include "search/vocabulary.h"

enum { SYNONYM_WORDS_MAX = 6, SYNONYM_PAIRS = 1 << 14 };

struct sequence {
    str key;                         /* stems with one blank between */
    term_t words[SYNONYM_WORDS_MAX]; /* all of them, stop words too */
    term_t whole;                    /* the word's or the phrase's term */
    uint8_t n_words;
    uint32_t topical;    /* bit i: words[i] is no stop word */
    uint32_t first_edge; /* 1 + its first edge, 0: none */
    uint32_t next_loose; /* 1 + next one whose first word with a topic is related */
};

struct synonym_edge {
    uint32_t to, next; /* next: 1 + number, 0: last */
};

struct synonyms {
    struct arena *arena;
    struct map by_key;
    VEC(struct sequence) sequences;
    VEC(struct synonym_edge) edges;
    uint8_t *starts; /* per term: longest sequence that begins with it; 0 none */
    size_t n_starts;
    uint64_t
        *begin_with;  /* SYNONYM_PAIRS bits: pairs of terms that sequences begin with */
    uint32_t *single; /* per term: 1 + the sequence that is it alone, 0: none */
    uint32_t *loose;  /* per term, the first of a family: 1 + first sequence, 0: none */
};

/* Adds the words to v (before it is frozen). Warnings for synonyms of no or too many
 * words. */
void synonym_compile(struct synonyms *s, struct vocabulary *v, const struct catalogue *c,
                     struct diags *d);
/* Once the vocabulary is frozen, for recognising synonyms in any order. */
void synonym_freeze(struct synonyms *s, const struct vocabulary *v);
/* NULL when the words of the key are no synonym's. */
const struct sequence *synonym_find(const struct synonyms *s, str key);
/* False when no synonym begins with these two, which need not be known: nearly always. */
bool synonym_may_begin(const struct synonyms *s, term_t first, term_t second);
/* The same as synonym_find for one word. */
const struct sequence *synonym_single(const struct synonyms *s, term_t t);

#endif
