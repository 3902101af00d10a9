/*
 * buf - a string under construction, in an arena, with a stated maximum.
 *
 * Appending past the maximum appends nothing and is remembered: many appends, one check
 * at the end (buf_failed). The JSON writers put valid JSON text; the caller puts the
 * punctuation between members.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"
#include "base/str.h"

enum { BUF_BEHIND = 16 }; /* bytes behind the room that may be written as well */

struct buf {
    struct arena *arena;
    char *p;
    size_t n, cap, max; /* BUF_BEHIND more than cap are there */
    bool failed;
};

struct buf buf_new(struct arena *a, size_t max);
/* The same with room for `about` bytes from the start. */
struct buf buf_sized(struct arena *a, size_t max, size_t about);
void buf_put(struct buf *b, str s);
void buf_put_two(struct buf *b, str x, str y);
/* buf_room, where there is none yet. */
char *buf_more_room(struct buf *b, size_t n);
/* Room for at most n bytes, to be written by hand, and a NUL behind; NULL past the
 * maximum. buf_wrote: up to here. */
static inline char *buf_room(struct buf *b, size_t n)
{
    bool fits = !b->failed && n < b->cap - b->n && n <= b->max - b->n;
    return fits ? b->p + b->n : buf_more_room(b, n);
}
static inline void buf_wrote(struct buf *b, const char *to)
{
    b->n = (size_t)(to - b->p);
}
static inline void buf_char(struct buf *b, char c)
{
    char *to = buf_room(b, 1);
    if (to)
        b->p[b->n++] = c;
}
/* A text that stands in the program: its length is known to the compiler. */
#define buf_put_literal(b, literal) buf_put_known((b), "" literal, sizeof(literal) - 1)
static inline void buf_put_known(struct buf *b, const char *p, size_t n)
{
    char *to = buf_room(b, n);
    if (to) {
        memcpy(to, p, n);
        b->n += n;
    }
}
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* s as a JSON string with its quotes (RFC 8259); also safe inside an HTML script. */
void buf_json(struct buf *b, str s);
/* `"key":"value"`, with a comma in front unless the last byte is { or [. */
void buf_json_member(struct buf *b, const char *key, str value);
void buf_json_int(struct buf *b, const char *key, int64_t value);
/* s with & < > " ' escaped for HTML text and attributes. */
void buf_html(struct buf *b, str s);
bool buf_failed(const struct buf *b);
/* What was put; a NUL stands behind it. Valid until the next append. */
str buf_str(struct buf *b);

#endif
