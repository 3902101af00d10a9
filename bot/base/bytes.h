/*
 * bytes - sixteen bytes of a text at once, for passes that nearly always find nothing.
 *
 * The compiler's own vectors: SSE2 on x86-64, NEON on ARM, plain words elsewhere.
 * Compare with a byte (`x == '<'`, `x < 0x20`), join with |, and ask whether any holds.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "base/base.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

/* Bit i: whether it holds of byte i. Places are then found by counting zeroes, where a
 * loop over the bytes would be guessed wrong at the end of every word. */
static inline unsigned found16_bits(found16 x)
{
#if defined(__SSE2__)
    __m128i v;
    memcpy(&v, &x, sizeof v);
    return (unsigned)_mm_movemask_epi8(v);
#else
    unsigned bits = 0;
    for (unsigned i = 0; i < sizeof x; i++)
        bits |= (x[i] != 0) << i;
    return bits;
#endif
}

/* Letters and digits of ASCII. */
static inline found16 plain16(bytes16 x)
{
    return (((x | 0x20) - 'a') < 26) | ((x - '0') < 10);
}

#endif
