/*
 * exact - the cards' example phrases by their very words (plain form, without padding).
 */
#ifndef NLU_EXACT_H
#define NLU_EXACT_H

#include "content/catalogue.h"
#include "nlu/pad.h"

struct exact;

/* Indexes the phrases of all cards in a; a phrase that two cards have is a
 * warning at both lines. */
struct exact *exact_new(struct arena *a, const struct padding *p,
                        const struct catalogue *c, struct diags *d);
/* The first allowed card that has the phrase, -1; *other the second, -1. allowed NULL:
 * all are. plain: without padding. */
int exact_find(const struct exact *x, enum lang l, str plain, const bool *allowed,
               int *other);

/* Is it a phrase of a card "none"? */
bool exact_is_background(const struct exact *x, enum lang l, str plain);

#endif
