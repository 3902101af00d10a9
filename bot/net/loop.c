#include "net/loop.h"

#include "base/arena.h"
#include "base/log.h"
#include "net/watch.h"

#include <ev.h>
#include <stdlib.h>
#include <unistd.h>

struct prepare {
    struct prepare *next;
    struct ev_prepare ev;
    void (*call)(void *ctx);
    void *ctx;
};

struct loop {
    struct ev_loop *ev;
    struct prepare *prepares;
};

struct timer {
    struct ev_timer ev;
    struct loop *loop;
    void (*fire)(void *ctx);
    void *ctx;
};

struct loop *loop_new(void)
{
    struct loop *l = must_alloc(sizeof *l);
    l->ev = ev_loop_new(EVFLAG_NOENV | EVBACKEND_EPOLL);
    if (!l->ev) {
        log_err("event=loop error=\"no epoll\"");
        abort();
    }
    return l;
}

void loop_free(struct loop *l)
{
    if (!l)
        return;
    while (l->prepares) {
        struct prepare *p = l->prepares;
        l->prepares = p->next;
        ev_prepare_stop(l->ev, &p->ev);
        free(p);
    }
    ev_loop_destroy(l->ev);
    free(l);
}

void loop_run(struct loop *l)
{
    ev_run(l->ev, 0);
}

void loop_stop(struct loop *l)
{
    ev_break(l->ev, EVBREAK_ALL);
}

void *loop_native(struct loop *l)
{
    return l->ev;
}

/* --- watch --- */

static void on_ready(struct ev_loop *ev, struct ev_io *io, int events)
{
    (void)ev, (void)events;
    struct watch *w = io->data;
    w->ready(w->ctx); /* may free w */
}

static struct watch *watch_new(struct loop *l, int fd, int events,
                               void (*ready)(void *ctx), void *ctx)
{
    struct watch *w = must_alloc(sizeof *w);
    *w = (struct watch){.loop = l, .ready = ready, .ctx = ctx, .own_fd = -1};
    ev_io_init(&w->ev, on_ready, fd, events);
    w->ev.data = w;
    ev_io_start(l->ev, &w->ev);
    return w;
}

struct watch *loop_watch(struct loop *l, int fd, void (*readable)(void *ctx), void *ctx)
{
    return watch_new(l, fd, EV_READ, readable, ctx);
}

struct watch *watch_writable(struct loop *l, int fd, void (*writable)(void *ctx),
                             void *ctx)
{
    return watch_new(l, fd, EV_WRITE, writable, ctx);
}

void watch_free(struct watch *w)
{
    if (!w)
        return;
    ev_io_stop(w->loop->ev, &w->ev);
    if (w->own_fd >= 0)
        close(w->own_fd);
    free(w);
}

/* --- timer --- */

static void on_time(struct ev_loop *ev, struct ev_timer *e, int events)
{
    (void)ev, (void)events;
    struct timer *t = e->data;
    t->fire(t->ctx); /* may free t */
}

struct timer *timer_new(struct loop *l, void (*fire)(void *ctx), void *ctx)
{
    struct timer *t = must_alloc(sizeof *t);
    *t = (struct timer){.loop = l, .fire = fire, .ctx = ctx};
    ev_timer_init(&t->ev, on_time, 0., 0.);
    t->ev.data = t;
    return t;
}

void timer_set(struct timer *t, int64_t ms)
{
    ev_timer_stop(t->loop->ev, &t->ev);
    /* libev counts from its cached time, which a long callback leaves behind */
    ev_now_update(t->loop->ev);
    ev_timer_set(&t->ev, (double)MAX(ms, 0) / 1000., 0.);
    ev_timer_start(t->loop->ev, &t->ev);
}

void timer_clear(struct timer *t)
{
    ev_timer_stop(t->loop->ev, &t->ev);
}

void timer_free(struct timer *t)
{
    if (!t)
        return;
    ev_timer_stop(t->loop->ev, &t->ev);
    free(t);
}

/* --- prepare --- */

static void on_prepare(struct ev_loop *ev, struct ev_prepare *e, int events)
{
    (void)ev, (void)events;
    struct prepare *p = e->data;
    p->call(p->ctx);
}

void loop_on_prepare(struct loop *l, void (*prepare)(void *ctx), void *ctx)
{
    struct prepare *p = must_alloc(sizeof *p);
    *p = (struct prepare){.next = l->prepares, .call = prepare, .ctx = ctx};
    ev_prepare_init(&p->ev, on_prepare);
    p->ev.data = p;
    l->prepares = p;
    ev_prepare_start(l->ev, &p->ev);
}
