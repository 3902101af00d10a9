/*
 * thread - starts a thread of ours: one that takes no signal, for those are the loop's.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

#include "base/base.h"

/* To be joined. RC_IO when the system has none to give. */
MUST_USE enum rc thread_start(pthread_t *thread, void *(*run)(void *), void *arg);

#endif
