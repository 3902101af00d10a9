/*
 * heading - what a section's heading alone tells about the section.
 *
 * Lists of words in both languages; everything is compared in folded form, numbering and
 * punctuation at either end left out ("3.2 Bron:" is "bron").
 */
#ifndef CONTENT_HEADING_H
#define CONTENT_HEADING_H

#include "base/arena.h"

/* Below it stands where the text comes from (Bron, Sources, Legal basis): found by its
 * words, but never shown as an answer. */
bool heading_is_reference(struct arena *a, str heading);
/* Nobody would look for it: Algemeen, Regeling, Other, General. */
bool heading_says_nothing(struct arena *a, str heading);
/* The form that is compared. */
str heading_fold(struct arena *a, str heading);

#endif
