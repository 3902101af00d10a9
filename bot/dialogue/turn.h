/*
 * turn - the heart of balie: (content, session, event) -> (replies, effects).
 *
 * Pure: no network, no disk, no clock, no randomness of its own. Changes *s and fills
 * *out (zeroed by turn); everything is allocated from a or borrowed from b. Never fails:
 * what it cannot understand it says so, and offers a person.
 *
 * Order of trust, printed by --why: sensitive topic, running form, exact phrase, pattern,
 * examples, knowledge, a choice of at most three, hand-off.
 */
#ifndef DIALOGUE_TURN_H
#define DIALOGUE_TURN_H

#include "dialogue/brain.h"
#include "dialogue/outcome.h"
#include "dialogue/session.h"

void turn(const struct brain *b, struct session *s, const struct event *e,
          struct arena *a, struct outcome *out);

#endif
