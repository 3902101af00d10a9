/*
 * random - unguessable bytes from the kernel, and keys of our own alphabet.
 *
 * The alphabet is Crockford's base 32 without I, L, O and U: safe in URLs, in every
 * servicedesk's query language, and when read aloud.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/arena.h"

void random_bytes(void *to, size_t n);
/* n characters, 5 bits each. */
str random_key(struct arena *a, size_t n);
bool random_is_key(str s); /* non-empty and of our alphabet only */

#endif
