#include "store/queue.h"

#include <stdlib.h>
#include <time.h>

void queue_init(struct queue *q)
{
    *q = (struct queue){0};
    pthread_mutex_init(&q->mutex, NULL);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&q->wake, &attr);
    pthread_condattr_destroy(&attr);
}

static struct job **slot(struct queue *q, uint64_t number)
{
    return &q->slots[number % STORE_QUEUE_MAX];
}

void queue_done(struct queue *q)
{
    for (uint64_t i = q->fetched; i < q->put; i++)
        free(*slot(q, i));
    pthread_cond_destroy(&q->wake);
    pthread_mutex_destroy(&q->mutex);
}

bool queue_put(struct queue *q, struct job *job)
{
    if (queue_waiting(q) == STORE_QUEUE_MAX)
        return false;
    *slot(q, q->put) = job;
    q->put++;
    return true;
}

void queue_tell(struct queue *q)
{
    if (q->told == q->put)
        return;
    pthread_mutex_lock(&q->mutex);
    q->told = q->put;
    /* a signal is a system call: only one for a sleeper, and only the first */
    bool wake = q->asleep;
    q->asleep = false;
    pthread_mutex_unlock(&q->mutex);
    if (wake)
        pthread_cond_signal(&q->wake);
}

struct job *queue_fetch(struct queue *q)
{
    if (q->fetched == atomic_load_explicit(&q->finished, memory_order_acquire))
        return NULL;
    return *slot(q, q->fetched++);
}

size_t queue_waiting(const struct queue *q)
{
    return (size_t)(q->put - q->fetched);
}

size_t queue_untold(const struct queue *q)
{
    return (size_t)(q->put - q->told);
}

void queue_poke(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->poked = true;
    pthread_mutex_unlock(&q->mutex);
    pthread_cond_signal(&q->wake);
}

void queue_stop(struct queue *q)
{
    queue_tell(q);
    pthread_mutex_lock(&q->mutex);
    q->stopping = true;
    pthread_mutex_unlock(&q->mutex);
    pthread_cond_signal(&q->wake);
}

size_t queue_take(struct queue *q, size_t max, int64_t until_us)
{
    struct timespec until = {.tv_sec = until_us / 1000000,
                             .tv_nsec = until_us % 1000000 * 1000};
    int timed_out = 0;
    pthread_mutex_lock(&q->mutex);
    while (q->told == q->taken && !q->stopping && !q->poked && timed_out == 0) {
        q->asleep = true;
        if (until_us == INT64_MAX)
            pthread_cond_wait(&q->wake, &q->mutex);
        else
            timed_out = pthread_cond_timedwait(&q->wake, &q->mutex, &until);
    }
    q->asleep = q->poked = false;
    size_t n = (size_t)(q->told - q->taken);
    pthread_mutex_unlock(&q->mutex);
    n = MIN(n, max);
    q->taken += n;
    return n;
}

bool queue_is_stopping(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    bool stopping = q->stopping;
    pthread_mutex_unlock(&q->mutex);
    return stopping;
}

struct job *queue_taken(const struct queue *q, size_t n, size_t i)
{
    return q->slots[(q->taken - n + i) % STORE_QUEUE_MAX];
}

void queue_finish(struct queue *q, size_t n)
{
    uint64_t finished = atomic_load_explicit(&q->finished, memory_order_relaxed);
    atomic_store_explicit(&q->finished, finished + n, memory_order_release);
}
