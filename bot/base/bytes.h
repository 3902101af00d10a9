/*
 * bytes - sixteen bytes of a text at once, for passes that nearly always find nothing.
 *
 * The compiler's own vectors: SSE2 on x86-64, NEON on ARM, plain words elsewhere.
 * Compare with a byte (`x == '<'`, `x < 0x20`), join with |, and ask whether any holds.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "base/base.h"

typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef signed char found16 __attribute__((vector_size(16))); /* of each: -1 or 0 */

static inline bytes16 bytes16_at(const char *p)
{
    bytes16 x;
    memcpy(&x, p, sizeof x);
    return x;
}

static inline bool found16_any(found16 x)
{
    uint64_t half[2];
    memcpy(half, &x, sizeof half);
    return (half[0] | half[1]) != 0;
}

#endif
