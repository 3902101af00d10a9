/*
 * normalise - one spelling for every way of writing the same text: the folded form.
 *
 * Exact phrases, patterns, classifier and search all compare text and agree only if each
 * sees the same form, so this is the single door to it: UTF-8; NFKC; case folded; accents
 * and other combining marks removed; invisible characters removed; every kind of
 * apostrophe and quote one ' (double quotes ", dashes -); each run of white space one
 * U+0020 and none at either end. Applying it twice changes nothing. Display keeps what
 * was written.
 *
 * Source: Unicode section 3.13 and UAX #15, as implemented by utf8proc.
 */
#ifndef TEXT_NORMALISE_H
#define TEXT_NORMALISE_H

#include "base/arena.h"

enum { NORMALISE_MAX = 1024 * 1024 }; /* bytes of input: the largest content file */

/*
 * Sets *out to the folded form of in, allocated from a, with a NUL behind it.
 *   RC_LIMIT    in is longer than NORMALISE_MAX
 *   RC_INVALID  in is not well-formed UTF-8
 * On failure *out is left as it was.
 */
MUST_USE enum rc normalise(struct arena *a, str in, str *out);

#endif
