/*
 * card_tests - runs the `Tests` of the cards through the real dialogue, each in a fresh
 * conversation, as the first person of the people table (or nobody).
 *
 * At load a failing test is a warning, in `balie check` an error.
 */
#ifndef APP_CARD_TESTS_H
#define APP_CARD_TESTS_H

#include "app/people.h"
#include "dialogue/turn.h"

struct card_test_counts {
    size_t ran, failed;
    size_t asked; /* passed: the card is the first that the desk asks about */
};
/* Counts into *n. */
void card_tests(const struct brain *b, const struct person *who, date_t today,
                enum severity severity, struct diags *d, struct card_test_counts *n);

#endif
