/* Another thread wakes the loop through an eventfd: rings add up, and the ringing thread
 * needs nothing of the loop. */
#include "base/arena.h"
#include "base/log.h"
#include "net/loop.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct wake {
    int fd;
    struct watch *watch;
    void (*woken)(void *ctx);
    void *ctx;
};

static void on_rung(void *ctx)
{
    struct wake *w = ctx;
    uint64_t rings;
    if (read(w->fd, &rings, sizeof rings) == (ssize_t)sizeof rings)
        w->woken(w->ctx);
}

struct wake *wake_new(struct loop *l, void (*woken)(void *ctx), void *ctx)
{
    struct wake *w = must_alloc(sizeof *w);
    *w = (struct wake){.woken = woken, .ctx = ctx};
    w->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (w->fd < 0) {
        log_err("event=wake error=\"no eventfd: %s\"", strerrordesc_np(errno));
        abort(); /* at start only; nothing works without it */
    }
    w->watch = loop_watch(l, w->fd, on_rung, w);
    return w;
}

void wake_ring(struct wake *w)
{
    uint64_t one = 1;
    ssize_t n;
    do /* a full counter (EAGAIN) is as good as rung */
        n = write(w->fd, &one, sizeof one);
    while (n < 0 && errno == EINTR);
}

void wake_free(struct wake *w)
{
    if (!w)
        return;
    watch_free(w->watch);
    close(w->fd);
    free(w);
}
