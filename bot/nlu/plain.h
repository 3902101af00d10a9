/*
 * plain - the form templates and exact phrases compare: the words of the folded text,
 * one blank between them. Punctuation, apostrophes and emoji are gone, so that "I'm
 * sick!" is the phrase "im sick".
 */
#ifndef NLU_PLAIN_H
#define NLU_PLAIN_H

#include "base/arena.h"

/* In a, with a NUL behind it; empty when the text has no letter or digit. */
str plain_of(struct arena *a, str folded);

#endif
