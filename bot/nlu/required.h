/*
 * required - words of which one must stand in every text that a pattern matches.
 *
 * Patterns are never tried one by one: an index of these words (literal_index.h) picks
 * the few that can match. A choice of alternatives is as good as its shortest member and
 * worse the more there are; `worth` is the one measure for templates and regexes.
 */
#ifndef NLU_REQUIRED_H
#define NLU_REQUIRED_H

#include "base/arena.h"

enum {
    REQUIRED_MIN = 3,   /* bytes; shorter ones stand in nearly every text */
    REQUIRED_MAX = 512, /* alternatives; more are as good as none */
    REQUIRED_SETS = 3   /* of one way: more find little more */
};

/* In front of a word that stands only where a word of the text begins: it is looked for
 * at few places, and there two bytes tell enough ("\\b(us|uk)\\b"). No text has it. */
#define REQUIRED_BEGINS '\b'

/* One way to match: a word of each set stands in the text, the rarest set first. */
struct required_way {
    struct strs set[REQUIRED_SETS];
    size_t n;
};
/* The ways of a pattern, one for each alternative at its top; n 0: none known. */
struct required {
    struct required_way *v;
    size_t n;
};

/* A pattern of one way; n 0 when that knows nothing. */
struct required required_one(struct arena *a, const struct required_way *way);

/* 0 for "none known"; the higher the rarer. */
size_t required_worth(struct strs alternatives);
/* The set joins the way, if it is worth more than the least of a full one. */
void required_add(struct required_way *way, struct strs set);
struct strs required_best(const struct required_way *way); /* n 0: none known */
/* All of x and y, as one choice; none when either has none. */
struct strs required_either(struct arena *a, struct strs x, struct strs y);

/*
 * Reads a PCRE2 regex (caseless) as far as it understands it; whatever it does not
 * know counts as "could be anything", so the result is always safe. Words are lower
 * case, in a. *literal gets the bytes every match has at least.
 */
struct required required_of_regex(struct arena *a, str regex, size_t *literal);

#endif
