/*
 * loop - the one event loop of the program (libev, epoll), on the loop thread.
 *
 * libwebsockets and curl run on the same loop (server.h, http.h). Callbacks run on the
 * loop's thread and must not block. Only bot/net includes ev.h.
 */
#ifndef NET_LOOP_H
#define NET_LOOP_H

#include "base/base.h"

struct loop;
struct watch;
struct timer;

struct loop *loop_new(void);
void loop_free(struct loop *l); /* accepts NULL; after everything on it is gone */
void loop_run(struct loop *l);  /* until loop_stop */
void loop_stop(struct loop *l); /* from a callback */
/* The libev loop, for net's own files and lws's foreign loop. */
void *loop_native(struct loop *l);

/* Calls when fd is readable. The fd stays the caller's. */
struct watch *loop_watch(struct loop *l, int fd, void (*readable)(void *ctx), void *ctx);
void watch_free(struct watch *w); /* accepts NULL; allowed inside its own callback */

/* A timer that is not set yet. timer_set(ms) sets or moves it; it fires once. */
struct timer *timer_new(struct loop *l, void (*fire)(void *ctx), void *ctx);
void timer_set(struct timer *t, int64_t ms);
void timer_clear(struct timer *t);
void timer_free(struct timer *t); /* accepts NULL; allowed inside its own callback */

/* Calls once per turn of the loop, before it waits. */
void loop_on_prepare(struct loop *l, void (*prepare)(void *ctx), void *ctx);

/* Another thread wakes the loop: an eventfd. wake_ring may be called from any thread. */
struct wake;
struct wake *wake_new(struct loop *l, void (*woken)(void *ctx), void *ctx);
void wake_ring(struct wake *w);
void wake_free(struct wake *w); /* accepts NULL; after the other thread has ended */

/* Signals arrive as calls on the loop. Call signals_block in main before any thread. */
void signals_block(const int *signals, size_t n);
struct watch *loop_signals(struct loop *l, const int *signals, size_t n,
                           void (*on_signal)(void *ctx, int signal), void *ctx);

#endif
