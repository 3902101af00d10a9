/*
 * foreign_words - small words of languages that balie does not speak.
 *
 * Words that Dutch and English do not have, folded. Sorted by byte: every word of every
 * message is looked for, and is held against those of its first letter only.
 */
#ifndef DIALOGUE_FOREIGN_WORDS_H
#define DIALOGUE_FOREIGN_WORDS_H

#include "base/base.h"

enum foreign { FOREIGN_GERMAN, FOREIGN_FRENCH, FOREIGN_COUNT };

struct foreign_words {
    const char *const *v;
    size_t n;
};

extern const struct foreign_words foreign_words[FOREIGN_COUNT];

bool foreign_has(enum foreign language, str word);

#endif
