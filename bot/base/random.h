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
/* Fetched from the kernel some hundred bytes at a time, each used once; {0} is empty. */
struct random_pool {
    unsigned char bytes[512];
    size_t left;
};
str random_pool_key(struct random_pool *p, struct arena *a, size_t n);
/* n characters, 5 bits each. */
str random_key(struct arena *a, size_t n);
bool random_is_key(str s); /* non-empty and of our alphabet only */

#endif
