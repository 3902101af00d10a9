/* Signals as calls on the loop: blocked in every thread, read from a signalfd. */
#include "base/log.h"
#include "net/watch.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

static sigset_t set_of(const int *signals, size_t n)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < n; i++)
        sigaddset(&set, signals[i]);
    return set;
}

void signals_block(const int *signals, size_t n)
{
    sigset_t set = set_of(signals, n);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN); /* a peer that went away is an error of write */
}

static void on_signal_fd(void *ctx)
{
    struct watch *w = ctx;
    struct signalfd_siginfo info;
    /* one at a time: the call may free the watch; the rest makes it readable again */
    if (read(w->own_fd, &info, sizeof info) == (ssize_t)sizeof info)
        w->on_signal(w->signal_ctx, (int)info.ssi_signo);
}

struct watch *loop_signals(struct loop *l, const int *signals, size_t n,
                           void (*on_signal)(void *ctx, int signal), void *ctx)
{
    sigset_t set = set_of(signals, n);
    int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd < 0) {
        log_err("event=signals error=\"no signalfd: %s\"", strerrordesc_np(errno));
        abort(); /* at start only */
    }
    struct watch *w = loop_watch(l, fd, on_signal_fd, NULL);
    w->ctx = w;
    w->on_signal = on_signal;
    w->signal_ctx = ctx;
    w->own_fd = fd;
    return w;
}
