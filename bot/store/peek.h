/*
 * peek - reads of the state by a sub-command, also while a daemon holds it: what has been
 * committed, through a read-only connection of its own.
 */
#ifndef STORE_PEEK_H
#define STORE_PEEK_H

#include "store/store.h"

/* The newest `max` unanswered questions, newest first, redacted as they were stored.
 * RC_NOT_FOUND: there is no such file; RC_INVALID: not our database, or of an earlier
 * version; RC_IO. */
MUST_USE enum rc peek_unanswered(str path, struct arena *a, size_t max,
                                 struct store_unanswereds *out);

#endif
