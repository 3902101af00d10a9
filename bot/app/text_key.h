/*
 * text_key - the hash by which a message that is sent again is known, with a key that
 * never leaves this state: without it, a list of likely messages would tell from the rows
 * which of them was written.
 *
 * SipHash-2-4 (Aumasson and Bernstein, 2012); the key is 16 random bytes in the state's
 * file `text.key`, mode 0600, made when it is missing.
 */
#ifndef APP_TEXT_KEY_H
#define APP_TEXT_KEY_H

#include "base/arena.h"

struct text_key {
    uint64_t k0, k1;
};

/* Where the file can neither be read nor made: one line in the log, and a key for this
 * run only (after a restart a repeated message is then taken for another one). */
struct text_key text_key_open(str state);
/* Never 0, which marks "nothing known". */
uint64_t text_hash(struct text_key k, str text);

#endif
