/*
 * watch - the inside of a struct watch, for the files that make special ones.
 */
#ifndef NET_WATCH_H
#define NET_WATCH_H

#include "net/loop.h"

#include <ev.h>

struct watch {
    struct ev_io ev;
    struct loop *loop;
    void (*ready)(void *ctx);
    void *ctx;
    void (*on_signal)(void *ctx, int signal); /* a watch of signals (signal.c) */
    void *signal_ctx;
    int own_fd; /* closed with the watch, -1: the caller's */
};

/* Calls when fd can be written to. */
struct watch *watch_writable(struct loop *l, int fd, void (*writable)(void *ctx),
                             void *ctx);

#endif
