/*
 * lang - the languages balie speaks, and the small words of each.
 *
 * A language is a number below LANG_COUNT so that tables can be indexed by it. LANG_NONE
 * is "not known" and "any".
 */
#ifndef TEXT_LANG_H
#define TEXT_LANG_H

#include "base/base.h"

enum lang { LANG_NONE = -1, LANG_NL, LANG_EN, LANG_COUNT };

/* "nl", "en"; "" for LANG_NONE. */
const char *lang_code(enum lang l);
/* By code, any case, also "nl-NL"; LANG_NONE when unknown. */
enum lang lang_of(str code);
/* Words that carry no topic (folded form): the, een, van ... Not pronouns of question:
 * "hoeveel" and "wie" are stop words too, negations are not. */
bool lang_is_stop_word(enum lang l, str folded);
/* Without its apostrophe "I'll" is "ill", which has a topic. Whether the word stands for
 * a pronoun and a verb: it was written with an apostrophe, or its neighbours (which may
 * be empty) say so. "ill be back" does, "i am ill" does not. */
bool lang_is_contraction(enum lang l, str before, str word, bool apostrophe, str after);
/* Function words typical of this language and not of the other, for telling languages
 * apart: 2 strong, 1 weak, 0 none. */
int lang_hint(enum lang l, str folded);
void lang_hint_each(str folded, int hints[LANG_COUNT]); /* of all in one look */
bool lang_hints(str folded);                            /* of any of our languages */

#endif
