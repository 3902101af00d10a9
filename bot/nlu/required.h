/*
 * required - words of which one must stand in every text that a pattern matches.
 *
 * Patterns are never tried one by one: an index of these words (literal_index.h) picks
 * the few that can match. A choice of alternatives is as good as its shortest member and
 * worse the more there are; `better` is the one measure for templates and regexes.
 */
#ifndef NLU_REQUIRED_H
#define NLU_REQUIRED_H

#include "base/arena.h"

enum {
    REQUIRED_MIN = 3,  /* bytes; shorter ones stand in nearly every text */
    REQUIRED_MAX = 512 /* alternatives; more are as good as none */
};

/* 0 for "none known"; the higher the rarer. */
size_t required_worth(struct strs alternatives);
/* x or y, whichever is worth more. */
struct strs required_better(struct strs x, struct strs y);
/* All of x and y, as one choice; none when either has none. */
struct strs required_either(struct arena *a, struct strs x, struct strs y);

/*
 * Reads a PCRE2 regex (caseless) as far as it understands it; whatever it does not
 * know counts as "could be anything", so the result is always safe. Words are lower
 * case, in a. *literal gets the bytes every match has at least.
 */
struct strs required_of_regex(struct arena *a, str regex, size_t *literal);

#endif
