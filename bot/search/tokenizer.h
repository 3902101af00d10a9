/*
 * tokenizer - raw text to the words of text/word.h, and the FTS5 tokenizer "balie".
 *
 * Texts are tokenized as HR wrote them, so that FTS5's offsets point into the original. A
 * run of ASCII is folded by hand; any other run goes through normalise(), so both ways
 * agree with words_of(normalise(text)) (tested).
 *
 * In documents the FTS5 tokenizer emits each word's term, then the parts of a compound at
 * the same position (FTS5_TOKEN_COLOCATED); in queries the term only: a question for
 * ouderschapsverlof is not one for every kind of verlof.
 */
#ifndef SEARCH_TOKENIZER_H
#define SEARCH_TOKENIZER_H

#include <sqlite3.h>

#include "search/vocabulary.h"

struct cutter {
    struct arena *arena; /* for runs that are not ASCII; the caller resets it */
    str text;
    size_t pos;
    size_t from, to; /* of the word last returned, in text */
    str folded;      /* what is left of a folded run */
    size_t folded_pos;
    char scratch[VOCABULARY_WORD_MAX];
};

struct cutter cutter_new(struct arena *a, str text);
/* False at the end. word points into the cutter or its arena. */
bool cutter_next(struct cutter *c, str *word);

struct tokenizer {
    struct vocabulary *vocabulary[LANG_COUNT];
    struct arena *scratch;
};

/* Registers "balie" (argument: language code) with the connection. t outlives it. */
void tokenizer_register(sqlite3 *db, struct tokenizer *t);

#endif
