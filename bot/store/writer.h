/*
 * writer - the thread that owns the state's writing connection.
 *
 * It takes what is in the queue (at most STORE_GROUP_MAX jobs), commits it in one
 * transaction, publishes the results and rings; the next commit starts at once: the
 * fsync is the window in which the next group gathers. When a group fails, its jobs are
 * tried one by one, so that only what cannot be stored is refused.
 *
 * Between commits: upkeep.h.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/fold.h"
#include "store/forget.h"
#include "store/insert.h"
#include "store/queue.h"

enum { WRITER_BUSY_MS = 2000 /* for the file, should another program hold it */ };

struct writer {
    struct queue queue;
    pthread_t thread;
    void (*ring)(void *);
    void *ring_ctx;

    /* from the loop */
    _Atomic int64_t page_limit; /* 0: none */
    _Atomic bool durable;
    _Atomic int64_t forget_before_ms, typed_before_ms;
    _Atomic uint64_t forget_asked; /* number of requests; stored after the time */
    /* to the loop */
    _Atomic uint64_t forget_ended; /* requests up to this one are done */
    _Atomic int64_t flushed;       /* turns up to this one are in their rows */

    /* the thread's own, and the opener's before it starts and after it ended */
    sqlite3 *db;
    struct insert insert;
    struct fold fold;
    struct forget forget;
    uint64_t forget_working; /* request that `forget` works on */
    int64_t page_limit_set;
    bool durable_set;
    int64_t failed_us; /* when a commit failed last; 0: not, or long ago */
    int wal_pages, checkpoint_at, checkpoint_idle_at;
    int64_t idle_since_us, forget_at_us;
    int64_t rest_until_us; /* upkeep failed: not before this time again */
};

/* Opens and migrates the database and prepares; *w is zeroed by the caller. After a
 * failure call writer_close all the same. RC_INVALID, RC_IO as store_open. */
MUST_USE enum rc writer_open(struct writer *w, const char *path);
MUST_USE enum rc writer_start(struct writer *w); /* RC_IO: no thread */
void writer_stop(struct writer *w);              /* commits what is queued */
void writer_close(struct writer *w);

#endif
