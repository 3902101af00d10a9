/*
 * point - the words with which a message points back to what was spoken of before.
 *
 * Openers ("en voor", "what about"), words that stand for the topic ("dat", "daarvoor",
 * "it"), question words alone ("tot wanneer?"), and what points further back than the
 * newest answer ("dat eerste"). Of the folded text alone; what they point at is
 * context.c's.
 */
#ifndef DIALOGUE_POINT_H
#define DIALOGUE_POINT_H

#include "text/word.h"

/* Bytes of the words in front that say "about the same"; 0: there are none. */
size_t point_opener(str folded);
/* What follows the opener is a case of the topic, "and for part-timers?", rather than
 * another topic, "and parking?". */
bool point_conditions(str folded);
/* Does the word stand for the topic? */
bool point_is(enum lang l, str w);
/* Dutch "het" in text, by what stands behind it: it stands for something. */
bool point_alone(enum lang l, str text, size_t behind);
/* Does one of the words stand for the topic? */
bool point_points(const struct words *words, enum lang l);
/* Question words alone, which ask about what was just said. */
bool point_is_bare(str folded, enum lang l);
/* Where words that point past the newest answer end, near the front; 0: there are none.
 */
size_t point_further(str folded);

/* It asks to do something, or how: only such a follow-up opens a form. */
bool point_asks_to_do(str folded);

#endif
