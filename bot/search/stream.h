/*
 * stream - the words of an index's columns, one number behind the other.
 *
 * Numbers are written seven bits to a byte, the lowest first, the top bit set on all but
 * the last: words are numbered as they appear, so that the common ones have small numbers
 * and take one byte. A quarter of what whole numbers take, and as quickly read.
 */
#ifndef SEARCH_STREAM_H
#define SEARCH_STREAM_H

#include "base/base.h"

enum { STREAM_WORD_MAX = 5 }; /* bytes */

/* A part of it that is being read. */
struct stream {
    const uint8_t *at, *end;
};

static inline bool stream_next(struct stream *s, uint32_t *word)
{
    if (s->at >= s->end)
        return false;
    uint32_t w = *s->at++;
    if (w >= 0x80) { /* half of them are not, and of these few go on */
        uint32_t next = *s->at++;
        w = (w & 0x7f) | (next & 0x7f) << 7;
        for (int shift = 14; next >= 0x80; shift += 7) {
            next = *s->at++;
            w |= (next & 0x7f) << shift;
        }
    }
    *word = w;
    return true;
}

static inline size_t stream_put(uint8_t out[STREAM_WORD_MAX], uint32_t word)
{
    size_t n = 0;
    for (; word >= 0x80; word >>= 7)
        out[n++] = (uint8_t)(word | 0x80);
    out[n++] = (uint8_t)word;
    return n;
}

/* How many words are left. */
static inline uint32_t stream_count(struct stream s)
{
    uint32_t n = 0;
    for (; s.at < s.end; s.at++)
        n += *s.at < 0x80;
    return n;
}

#endif
