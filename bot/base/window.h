/*
 * window - 64 bytes of a text, with zeros behind its end, and which of them are what, as
 * the bits of one number.
 *
 * A loop that asks each byte of a message whether it is a letter is a mispredicted branch
 * at every word. Here sixteen bytes are asked at once (bytes.h), and the answers of 64
 * are one mask: words begin where `letters & ~(letters << 1)` has a bit, and a loop over
 * those bits (__builtin_ctzll) goes round once for each word. No NUL stands in a text
 * (str_is_utf8), so what lies behind the end is nothing of anything.
 */
#ifndef BASE_WINDOW_H
#define BASE_WINDOW_H

#include "base/bytes.h"

enum { WINDOW = 64, WINDOW_BEHIND = 8 };

struct window {
    char v[WINDOW + WINDOW_BEHIND]; /* and the bytes behind them, or zeros */
    size_t n;                       /* how many of the WINDOW are text */
};

/* From byte `from` on, which is in the text or at its end. */
static inline void window_at(struct window *w, str text, size_t from)
{
    size_t n = MIN(text.n - from, sizeof w->v);
    memset(w->v, 0, sizeof w->v);
    if (n > 0)
        memcpy(w->v, text.p + from, n);
    w->n = MIN(n, (size_t)WINDOW);
}

/* Bytes from `first` to `last`, once the bits of `fold` are set in them (0x20: capitals
 * become small letters). */
static inline uint64_t window_range(const struct window *w, unsigned char fold,
                                    unsigned char first, unsigned char last)
{
    const unsigned char width = (unsigned char)(last - first);
    uint64_t bits = 0;
    for (size_t i = 0; i < WINDOW; i += sizeof(bytes16)) {
        bytes16 v = (bytes16_at(w->v + i) | fold) - first;
        bits |= (uint64_t)found16_bits(v <= width) << i;
    }
    return bits;
}

static inline uint64_t window_byte(const struct window *w, char c)
{
    return window_range(w, 0, (unsigned char)c, (unsigned char)c);
}

/* Letters and digits of ASCII. */
static inline uint64_t window_plain(const struct window *w)
{
    return window_range(w, 0x20, 'a', 'z') | window_range(w, 0, '0', '9');
}

#endif
