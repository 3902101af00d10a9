/*
 * lock - one process per file: an advisory lock on `path`.lock, held as long as it is
 * open. It ends with the process, however that ends; the lock file stays.
 */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/base.h"

/* Sets *fd. RC_BUSY somebody holds it, RC_IO; *fd is then -1. */
MUST_USE enum rc lock_take(str path, int *fd);
void lock_drop(int fd); /* accepts -1 */

#endif
