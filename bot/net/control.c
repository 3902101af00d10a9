#include "net/control.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "net/watch.h"

enum { BACKLOG = 8, WORDS_MAX = 64 };

/* One client: first its request comes in, then our reply goes out. */
struct visitor {
    struct control *control;
    struct visitor *next;
    int fd;
    struct watch *watch;
    struct timer *limit;
    struct arena *arena;
    char *in;
    size_t n_in;
    str out; /* what is left to be sent */
};

struct control {
    struct loop *loop;
    int fd;
    struct watch *watch;
    char *path;
    int (*asked)(void *ctx, struct arena *a, struct strs words, str *reply);
    void *ctx;
    struct visitor *visitors;
};

static bool address_of(str path, struct sockaddr_un *to)
{
    *to = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (path.n >= sizeof to->sun_path)
        return false;
    memcpy(to->sun_path, path.p, path.n);
    return true;
}

/* --- visitors --- */

static void goodbye(void *ctx)
{
    struct visitor *v = ctx, **at = &v->control->visitors;
    while (*at != v)
        at = &(*at)->next;
    *at = v->next;
    watch_free(v->watch);
    timer_free(v->limit);
    close(v->fd);
    arena_free(v->arena);
    free(v);
}

static void go_on_writing(void *ctx)
{
    struct visitor *v = ctx;
    while (v->out.n > 0) {
        ssize_t n = send(v->fd, v->out.p, v->out.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            break;
        v->out.p += n;
        v->out.n -= (size_t)n;
    }
    goodbye(v);
}

static void answer(struct visitor *v)
{
    str words[WORDS_MAX], reply = STR_NONE;
    size_t n = 0;
    for (size_t from = 0, i = 0; i < v->n_in && n < WORDS_MAX; i++)
        if (v->in[i] == '\0') {
            words[n++] = (str){v->in + from, i - from};
            from = i + 1;
        }
    int status =
        v->control->asked(v->control->ctx, v->arena, (struct strs){words, n}, &reply);
    v->out = arena_fmt(v->arena, "%c", '0' + (status & 7));
    v->out = arena_join(v->arena, v->out, reply);
    watch_free(v->watch);
    v->watch = watch_writable(v->control->loop, v->fd, go_on_writing, v);
}

static void readable(void *ctx)
{
    struct visitor *v = ctx;
    for (;;) {
        ssize_t n = CONTROL_REQUEST_MAX > v->n_in
            ? recv(v->fd, v->in + v->n_in, CONTROL_REQUEST_MAX - v->n_in, 0)
            : -1;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN && v->n_in < CONTROL_REQUEST_MAX)
            return;
        if (n < 0) {
            goodbye(v);
            return;
        }
        if (n == 0) {
            answer(v);
            return;
        }
        v->n_in += (size_t)n;
    }
}

static void knocked(void *ctx)
{
    struct control *c = ctx;
    int fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0)
        return;
    struct visitor *v = must_alloc(sizeof *v);
    *v = (struct visitor){
        .control = c, .fd = fd, .arena = arena_new(), .next = c->visitors};
    v->in = arena_alloc(v->arena, CONTROL_REQUEST_MAX);
    v->watch = loop_watch(c->loop, fd, readable, v);
    v->limit = timer_new(c->loop, goodbye, v);
    timer_set(v->limit, CONTROL_MS);
    c->visitors = v;
}

/* --- the door --- */

static int listen_at(const struct sockaddr_un *at)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    /* the state's lock is ours: a socket that is left over is nobody's */
    unlink(at->sun_path);
    mode_t mask = umask(0177);
    bool ok = bind(fd, (const struct sockaddr *)at, sizeof *at) == 0 &&
        listen(fd, BACKLOG) == 0;
    umask(mask);
    if (ok)
        return fd;
    close(fd);
    return -1;
}

enum rc control_open(struct loop *l, str path,
                     int (*asked)(void *ctx, struct arena *a, struct strs words,
                                  str *reply),
                     void *ctx, struct control **out)
{
    struct sockaddr_un at;
    *out = NULL;
    if (!address_of(path, &at)) {
        log_warn("control: %.*s is too long for a socket", STR_ARG(path));
        return RC_LIMIT;
    }
    int fd = listen_at(&at);
    if (fd < 0) {
        log_err("control: %.*s: %s", STR_ARG(path), strerrordesc_np(errno));
        return errno == EADDRINUSE ? RC_BUSY : RC_IO;
    }
    struct control *c = must_alloc(sizeof *c);
    *c = (struct control){.loop = l, .fd = fd, .asked = asked, .ctx = ctx};
    c->path = must_alloc(path.n + 1);
    memcpy(c->path, path.p, path.n);
    c->watch = loop_watch(l, fd, knocked, c);
    *out = c;
    return RC_OK;
}

void control_close(struct control *c)
{
    if (!c)
        return;
    for (struct visitor *v = c->visitors, *next; v; v = next) {
        next = v->next;
        goodbye(v);
    }
    watch_free(c->watch);
    close(c->fd);
    unlink(c->path);
    free(c->path);
    free(c);
}

/* --- the client --- */

static bool send_all(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s.p += n;
        s.n -= (size_t)n;
    }
    return true;
}

static bool read_all(struct arena *a, int fd, str *out)
{
    size_t cap = 64 * 1024, n = 0;
    char *p = arena_alloc(a, cap);
    for (;;) {
        if (n == cap && cap >= CONTROL_REPLY_MAX)
            return false;
        if (n == cap) {
            p = arena_grow(a, p, cap, 2 * cap);
            cap *= 2;
        }
        ssize_t got = recv(fd, p + n, cap - n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    *out = (str){p, n};
    return true;
}

enum rc control_ask(struct arena *a, str path, struct strs words, int *status, str *reply)
{
    struct sockaddr_un at;
    if (!address_of(path, &at))
        return RC_NOT_FOUND;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return RC_IO;
    if (connect(fd, (const struct sockaddr *)&at, sizeof at)) {
        close(fd);
        return RC_NOT_FOUND;
    }
    bool ok = true;
    for (size_t i = 0; i < words.n && ok; i++) /* arena_str puts the NUL behind it */
        ok = send_all(fd, (str){arena_str(a, words.v[i]).p, words.v[i].n + 1});
    str got = STR_NONE;
    ok = ok && shutdown(fd, SHUT_WR) == 0 && read_all(a, fd, &got) && got.n > 0;
    close(fd);
    if (!ok)
        return RC_IO;
    *status = got.p[0] - '0';
    *reply = (str){got.p + 1, got.n - 1};
    return RC_OK;
}
