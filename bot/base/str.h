/*
 * str - looking at and cutting borrowed strings. Nothing here allocates.
 *
 * Comparison is by byte; functions with _ascii ignore the case of A-Z only and are for
 * keywords of file formats and protocols, never for what people wrote (text/normalise.h).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/base.h"

/* The smallest ones are read in every loop over words: inline. */
static inline bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n &&
        (prefix.n == 0 ||
         (s.p[0] == prefix.p[0] && memcmp(s.p, prefix.p, prefix.n) == 0));
}

static inline str str_sub(str s, size_t from, size_t to) /* clamped to s */
{
    to = MIN(to, s.n);
    from = MIN(from, to);
    return (str){from ? s.p + from : s.p, to - from}; /* p may be NULL when n is 0 */
}

/* The same word, which is not empty; for long lists of constants, most of which are told
 * apart by their first byte. */
static inline bool str_is(str s, const char *word)
{
    return s.n > 0 && s.p[0] == word[0] && strncmp(s.p, word, s.n) == 0 &&
        word[s.n] == '\0';
}

/* Which of n texts s is, or the first that it begins with; -1: none. For lists of
 * constants: what is of another length or begins otherwise is passed without a branch of
 * its own, so that a list of fifty costs hardly a wrong guess. */
ptrdiff_t str_among(str s, const str *list, size_t n);
ptrdiff_t str_begins(str s, const str *list, size_t n);

int str_cmp(str a, str b);
bool str_eq_ascii(str a, str b);
bool str_ends(str s, str suffix);
bool str_has(str s, str part);
/* Offset of the first occurrence, or -1. */
ptrdiff_t str_find(str s, str part);
ptrdiff_t str_find_char(str s, char c);
/* Without ASCII white space at either end. */
str str_trim(str s);
/* Cuts *rest at the first c: returns what stands before it, *rest becomes what follows.
 * Without a c the whole is returned and *rest becomes STR_NONE (p == NULL). */
str str_cut(str *rest, char c);
/* Next line of *rest without its LF or CRLF; false when nothing is left. */
bool str_line(str *rest, str *line);
/* Strict decimal, no sign unless minus is first, no blanks. RC_INVALID, RC_LIMIT. */
MUST_USE enum rc str_int(str s, int64_t *out);
/* Well-formed UTF-8 without NUL (Unicode 15, table 3-7). */
bool str_is_utf8(str s);
/* FNV-1a, 64 bits. */
uint64_t str_hash(str s);
/* For tables in memory, whose look-up it is half of: eight bytes at a time, the last ones
 * taken twice rather than one by one. Never stored, so it may change. */
uint64_t str_key(str key);
/* The decimal digits, in room. */
enum { STR_DECIMAL_MAX = 20 };
str str_decimal(char room[STR_DECIMAL_MAX], int64_t value);
/* Edit distance over bytes with transpositions, for "did you mean"; > max gives max + 1.
 */
size_t str_distance(str a, str b, size_t max);
/* The nearest of n words within a third of its length (1 at least), or STR_NONE. */
str str_nearest(str s, const str *words, size_t n);

#endif
