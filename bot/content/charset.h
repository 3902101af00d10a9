/*
 * charset - the text of a web page in UTF-8, whatever it was saved in.
 *
 * Well-formed UTF-8 is UTF-8, whatever the page says of itself. Otherwise its declared
 * charset decides; Latin-1 and nothing at all mean windows-1252, as browsers do (WHATWG
 * Encoding, section 4.2).
 */
#ifndef CONTENT_CHARSET_H
#define CONTENT_CHARSET_H

#include "base/diag.h"

/* RC_INVALID with an error in d: another charset, UTF-16, a NUL. */
MUST_USE enum rc charset_utf8(struct arena *a, str file, str raw, struct diags *d,
                              str *out);

#endif
