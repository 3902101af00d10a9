/*
 * wire - a blocking client (and a blocking server) on raw sockets, in a thread of its
 * own, while the loop under test runs in the main thread.
 *
 * cmocka's checks may not be called from another thread: SAY remembers the first thing
 * that is wrong, play() fails with it.
 */
#ifndef TESTS_UNIT_NET_WIRE_H
#define TESTS_UNIT_NET_WIRE_H

#include "net/loop.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct play {
    struct loop *loop;
    struct wake *wake;
    int port;
    void *ctx;
    void (*script)(struct play *p);
    char wrong[512];
};

static inline void PRINTF_LIKE(4, 5)
    say(struct play *p, int line, const char *cond, const char *fmt, ...)
{
    va_list ap;
    if (p->wrong[0])
        return;
    int n = snprintf(p->wrong, sizeof p->wrong, "line %d: %.200s: ", line, cond);
    va_start(ap, fmt);
    vsnprintf(p->wrong + n, sizeof p->wrong - (size_t)n, fmt, ap);
    va_end(ap);
}

#define SAY(p, cond, ...) ((cond) ? (void)0 : say(p, __LINE__, #cond, __VA_ARGS__))

static inline void play_over(void *ctx)
{
    loop_stop(((struct play *)ctx)->loop);
}

static inline void *play_thread(void *ctx)
{
    struct play *p = ctx;
    p->script(p);
    wake_ring(p->wake);
    return NULL;
}

/* Runs script in a thread and the loop here until script has returned. */
static inline void play(struct loop *l, int port, void (*script)(struct play *p),
                        void *ctx)
{
    struct play p = {.loop = l, .port = port, .ctx = ctx, .script = script};
    pthread_t t;
    p.wake = wake_new(l, play_over, &p);
    pthread_create(&t, NULL, play_thread, &p);
    loop_run(l);
    pthread_join(t, NULL);
    wake_free(p.wake);
    if (p.wrong[0])
        fail_msg("%s", p.wrong);
}

static inline void limit_waiting(int fd, int ms)
{
    struct timeval t = {ms / 1000, ms % 1000 * 1000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
}

static inline int dial_with(int port, int receive_buffer)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    limit_waiting(fd, 5000);
    if (receive_buffer)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0)
        return fd;
    close(fd);
    return -1;
}

static inline int dial(int port)
{
    return dial_with(port, 0);
}

static inline bool put(int fd, const void *p, size_t n)
{
    while (n > 0) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0)
            return false;
        p = (const char *)p + k;
        n -= (size_t)k;
    }
    return true;
}

static inline bool put_text(int fd, const char *text)
{
    return put(fd, text, strlen(text));
}

/* n bytes exactly. */
static inline bool get(int fd, void *to, size_t n)
{
    while (n > 0) {
        ssize_t k = recv(fd, to, n, 0);
        if (k <= 0)
            return false;
        to = (char *)to + k;
        n -= (size_t)k;
    }
    return true;
}

/* An HTTP reply: headers into head (NUL-terminated), the body as Content-Length says;
 * returns the status, 0 when the connection ended before. */
static inline int get_reply(int fd, bool has_body, char *head, size_t max, char *body,
                            size_t body_max)
{
    size_t n = 0;
    head[0] = body[0] = '\0';
    while (n < 4 || memcmp(head + n - 4, "\r\n\r\n", 4) != 0) {
        if (n + 1 >= max || !get(fd, head + n, 1))
            return 0;
        head[++n] = '\0';
    }
    const char *length = strstr(head, "content-length: ");
    size_t want = length && has_body ? (size_t)atol(length + 16) : 0;
    if (want >= body_max || !get(fd, body, want))
        return 0;
    body[want] = '\0';
    return atoi(head + 9);
}

/* Nothing more comes: the other side has closed (or reset). */
static inline bool at_end(int fd)
{
    char b[4096];
    ssize_t n;
    while ((n = recv(fd, b, sizeof b, 0)) > 0)
        ;
    return n == 0 || errno == ECONNRESET;
}

#endif
