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

/* The first n bytes at p, n below 16, with zeroes behind: nothing beyond is touched. Its
 * pieces overlap, so there is no loop whose end would be guessed wrong. */
static inline bytes16 bytes16_upto(const char *p, size_t n)
{
    bytes16 x = {0};
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    typedef uint64_t words2 __attribute__((vector_size(16)));
    uint64_t low = 0, high = 0;
    uint32_t first = 0, last = 0;
    if (n >= 8) {
        size_t half = 4 * (16 - n); /* twice: for n 8 the whole of it goes */
        memcpy(&low, p, 8);
        memcpy(&high, p + n - 8, 8);
        high = high >> half >> half;
    } else if (n >= 4) {
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        low = first | (uint64_t)last << (8 * (n - 4));
    } else if (n > 0) {
        first = (unsigned char)p[0] | (uint32_t)(unsigned char)p[n / 2] << (8 * (n / 2));
        low = first | (uint32_t)(unsigned char)p[n - 1] << (8 * (n - 1));
    }
    words2 both = {low, high};
    memcpy(&x, &both, sizeof x);
#else
    for (size_t i = 0; i < n; i++)
        x[i] = (unsigned char)p[i];
#endif
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
        bits |= (unsigned)(x[i] != 0) << i;
    return bits;
#endif
}

/* Letters and digits of ASCII. */
static inline found16 plain16(bytes16 x)
{
    return (((x | 0x20) - 'a') < 26) | ((x - '0') < 10);
}

#endif
