/*
 * queue - jobs from the loop to the writer and, finished, back: one bounded ring.
 *
 * A job keeps its slot until the loop has fetched its result, so the bound covers all
 * that is on its way. Jobs are put, told, taken, finished and fetched in the same order:
 *
 *     fetched <= finished <= taken <= told <= put
 *
 * The loop owns put and fetched, the writer taken and finished; `told` is where the
 * writer may read up to, under the mutex, `finished` is told to the loop by a release
 * store. The loop tells of what it put once per turn of its own: a commit then holds all
 * that one turn of the loop brought, instead of the first message and, next, the rest.
 */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/job.h"

struct queue {
    struct job *slots[STORE_QUEUE_MAX];
    uint64_t put, fetched, told, taken;
    _Atomic uint64_t finished;
    pthread_mutex_t mutex; /* over told (the loop reads it without), and the flags */
    pthread_cond_t wake;
    bool asleep, poked, stopping;
};

void queue_init(struct queue *q);
void queue_done(struct queue *q); /* frees what was not fetched */

/* --- the loop --- */
bool queue_put(struct queue *q, struct job *job); /* false: full, the job stays yours */
void queue_tell(struct queue *q);                 /* what was put, to the writer */
struct job *queue_fetch(struct queue *q); /* NULL: none is finished; it is yours */
size_t queue_waiting(const struct queue *q);
size_t queue_untold(const struct queue *q);
void queue_poke(struct queue *q); /* ends a wait without a job */
void queue_stop(struct queue *q);

/* --- the writer --- */
/* Takes at most `max` jobs; waits for the first until the monotonic time (us; INT64_MAX:
 * for ever). 0 when that has come, or when poked or stopping. */
size_t queue_take(struct queue *q, size_t max, int64_t until_us);
bool queue_is_stopping(struct queue *q);
/* The i-th of the n jobs taken last. */
struct job *queue_taken(const struct queue *q, size_t n, size_t i);
/* The next n of the taken jobs have their result. */
void queue_finish(struct queue *q, size_t n);

#endif
