/*
 * plain - the form templates and exact phrases compare: the words of the folded text,
 * one blank between them. Punctuation, apostrophes and emoji are gone, so that "I'm
 * sick!" is the phrase "im sick".
 */
#ifndef NLU_PLAIN_H
#define NLU_PLAIN_H

#include "text/word.h"

/* In a, with a NUL behind it; empty when the text has no letter or digit. */
str plain_of(struct arena *a, str folded);
/* The same of the words it was cut to; at[i] gets where word i begins in it, at[n] where
 * one behind the last would: there is room for n + 1. */
str plain_of_words(struct arena *a, const struct words *w, size_t *at);

#endif
