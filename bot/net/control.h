/*
 * control - a private door to the running daemon: a Unix socket in its state folder, mode
 * 0600. One request of words, one reply, closed.
 *
 * The client sends its words, each ended by a NUL, and closes its side; the daemon
 * answers with a digit (the exit status) and text. Requests are bounded, a client that
 * dawdles is closed.
 */
#ifndef NET_CONTROL_H
#define NET_CONTROL_H

#include "base/arena.h"
#include "net/loop.h"

enum {
    CONTROL_REQUEST_MAX = 64 * 1024,
    CONTROL_REPLY_MAX = 16 * 1024 * 1024,
    CONTROL_MS = 5000, /* for a request to be there */
};

struct control;

/* asked: answers at once; the reply is allocated in a. RC_BUSY: another process listens
 * there, RC_LIMIT: the path is too long for a socket, RC_IO. A line is logged. */
MUST_USE enum rc control_open(struct loop *l, str path,
                              int (*asked)(void *ctx, struct arena *a, struct strs words,
                                           str *reply),
                              void *ctx, struct control **out);
void control_close(struct control *c); /* accepts NULL; removes the socket */

/* The client's side, blocking. RC_NOT_FOUND: nobody listens. RC_IO. */
MUST_USE enum rc control_ask(struct arena *a, str path, struct strs words, int *status,
                             str *reply);

#endif
