/*
 * check_words - the words of unanswered questions that no article has, for `balie check`.
 *
 * Read from the state's list, also while a daemon runs. A word is told when at least five
 * questions had it: nobody is to be recognised by a word.
 */
#ifndef CLI_CHECK_WORDS_H
#define CLI_CHECK_WORDS_H

#include "app/builder.h"
#include "cli/cli.h"

enum { WORD_QUESTIONS_MIN = 5, WORDS_TOLD_MAX = 20 };

/* Does nothing when there is no state. */
void check_words(const struct options *o, const struct settings *s, struct built *b);

#endif
