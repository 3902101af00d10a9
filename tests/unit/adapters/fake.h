/*
 * fake - an HTTP server for tests that plays a script: the n-th request gets the n-th
 * step, whatever it is, good or bad. One connection per request, on a thread of its own,
 * on a port of the kernel's choice on 127.0.0.1.
 */
#ifndef TESTS_ADAPTERS_FAKE_H
#define TESTS_ADAPTERS_FAKE_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

enum { FAKE_STEPS_MAX = 16, FAKE_REQUEST_MAX = 64 * 1024 };

enum fake_act {
    FAKE_REPLY, /* status, headers and body as given */
    FAKE_RAW,   /* body is sent as it is, then the connection is closed */
    FAKE_RESET, /* reads the request, then resets */
    FAKE_CUT,   /* promises more than it sends */
    FAKE_NEVER, /* reads, says nothing, keeps the connection */
};

struct fake_step {
    enum fake_act act;
    int status;
    const char *body;
    const char *headers; /* whole lines with CR LF, or NULL */
};

struct fake {
    int fd, port;
    pthread_t thread;
    struct fake_step steps[FAKE_STEPS_MAX];
    size_t n_steps, n_requests;
    char *requests[FAKE_STEPS_MAX];
    int kept[FAKE_STEPS_MAX]; /* connections of FAKE_NEVER */
    size_t n_kept;
};

static inline size_t body_length(const char *head)
{
    const char *at = strcasestr(head, "\r\ncontent-length:");
    return at ? strtoul(at + 17, NULL, 10) : 0;
}

static inline char *read_request(int fd)
{
    char *text = must_alloc(FAKE_REQUEST_MAX);
    size_t n = 0;
    for (;;) {
        const char *end = strstr(text, "\r\n\r\n");
        if (end && n >= (size_t)(end - text) + 4 + body_length(text))
            return text;
        ssize_t got = read(fd, text + n, FAKE_REQUEST_MAX - 1 - n);
        if (got <= 0)
            return text;
        n += (size_t)got;
    }
}

static inline void play(struct fake *f, int fd, const struct fake_step *s)
{
    struct linger now = {.l_onoff = 1};
    const char *body = s->body ? s->body : "";
    if (s->act == FAKE_NEVER) {
        f->kept[f->n_kept++] = fd;
        return;
    }
    if (s->act == FAKE_RESET)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    if (s->act == FAKE_REPLY || s->act == FAKE_CUT)
        dprintf(fd,
                "HTTP/1.1 %d x\r\nContent-Type: application/json\r\n%sConnection: "
                "close\r\nContent-Length: %zu\r\n\r\n%s",
                s->status, s->headers ? s->headers : "",
                strlen(body) + (s->act == FAKE_CUT ? 50 : 0), body);
    if (s->act == FAKE_RAW)
        dprintf(fd, "%s", body);
    close(fd);
}

static inline void *serve(void *ctx)
{
    struct fake *f = ctx;
    for (;;) {
        int fd = accept(f->fd, NULL, NULL);
        if (fd < 0)
            return NULL;
        char *request = read_request(fd);
        if (f->n_requests == f->n_steps || request[0] == '\0') {
            free(request);
            close(fd);
            continue;
        }
        f->requests[f->n_requests] = request;
        play(f, fd, &f->steps[f->n_requests++]);
    }
}

static inline struct fake *fake_start(const struct fake_step *steps, size_t n)
{
    struct fake *f = must_alloc(sizeof *f);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    if (n > 0)
        memcpy(f->steps, steps, n * sizeof *steps);
    f->n_steps = n;
    f->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(f->fd, (struct sockaddr *)&at, sizeof at) || listen(f->fd, 16) ||
        getsockname(f->fd, (struct sockaddr *)&at, &size))
        abort();
    f->port = ntohs(at.sin_port);
    pthread_create(&f->thread, NULL, serve, f);
    return f;
}

static inline int fake_port(const struct fake *f)
{
    return f->port;
}

/* Ends the thread; the number of requests that came. */
static inline size_t fake_stop(struct fake *f)
{
    shutdown(f->fd, SHUT_RDWR); /* accept returns */
    pthread_join(f->thread, NULL);
    close(f->fd);
    for (size_t i = 0; i < f->n_kept; i++)
        close(f->kept[i]);
    return f->n_requests;
}

/* After fake_stop: request i, head and body, until fake_free. */
static inline const char *fake_request(const struct fake *f, size_t i)
{
    return i < f->n_requests ? f->requests[i] : "";
}

static inline void fake_free(struct fake *f)
{
    for (size_t i = 0; i < f->n_requests; i++)
        free(f->requests[i]);
    free(f);
}

#endif
