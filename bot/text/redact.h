/*
 * redact - what must not be stored is blanked before it is stored.
 *
 * Replaced by a bracketed mark: BSN (nine digits that pass the 11-check), IBAN (by its
 * checksum), payment card (Luhn), telephone number, e-mail address, date of birth (a date
 * near a word for birth), and the names given. Text is as written, not folded; marks are
 * [bsn] [iban] [card] [phone] [email] [birth date] [name]. Applying it twice changes
 * nothing.
 */
#ifndef TEXT_REDACT_H
#define TEXT_REDACT_H

#include "base/arena.h"

/* names may be empty: whole words, compared without case. Result in a. */
str redact(struct arena *a, str text, struct strs names);

#endif
