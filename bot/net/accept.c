/* The listening socket. Ours rather than lws's: a taken address is told apart from other
 * failures, and running out of files does not spin. */
#include "net/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BACKLOG = 1024,
    BATCH = 64,  /* accepted per turn of the loop: others want to live as well */
    SPARE = 256, /* plain HTTP connections above the WebSockets' limit */
    ADDRESS_MAX = 64,
};

struct acceptor {
    struct server *server;
    int fd, port;
    struct watch *watch; /* NULL while out of files */
};

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

str socket_peer(int fd, char *to, size_t max)
{
    union address a = {0};
    socklen_t n = sizeof a;
    to[0] = '\0';
    if (getpeername(fd, &a.any, &n) != 0)
        return (str){to, 0};
    if (a.any.sa_family == AF_INET)
        inet_ntop(AF_INET, &a.v4.sin_addr, to, (socklen_t)max);
    else if (a.any.sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&a.v6.sin6_addr))
        inet_ntop(AF_INET, &a.v6.sin6_addr.s6_addr[12], to, (socklen_t)max);
    else if (a.any.sa_family == AF_INET6)
        inet_ntop(AF_INET6, &a.v6.sin6_addr, to, (socklen_t)max);
    return str_c(to);
}

/* Length of the address, 0: not a numeric one. */
static socklen_t parse_address(str text, int port, union address *out)
{
    char b[ADDRESS_MAX] = "";
    if (str_eq(text, STR("localhost")))
        text = STR("127.0.0.1");
    if (text.n >= sizeof b)
        return 0;
    memcpy(b, text.p, text.n);
    *out = (union address){0};
    if (inet_pton(AF_INET, b, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons((uint16_t)port);
        return sizeof out->v4;
    }
    if (inet_pton(AF_INET6, b, &out->v6.sin6_addr) == 1) {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons((uint16_t)port);
        return sizeof out->v6;
    }
    return 0;
}

static int listen_on(const union address *a, socklen_t n)
{
    int one = 1;
    int fd = socket(a->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, &a->any, n) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static void take(struct acceptor *a, int fd)
{
    struct server *s = a->server;
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (s->n_wsi < s->most + SPARE) {
        lws_adopt_socket_vhost(s->vhost, fd); /* closes fd when it fails */
        return;
    }
    static const char full[] = "HTTP/1.1 503 Service Unavailable\r\n"
                               "retry-after: 5\r\nconnection: close\r\n"
                               "content-length: 0\r\n\r\n";
    ssize_t n = send(fd, full, sizeof full - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)n; /* best effort: we are full */
    close(fd);
}

static void on_connection(void *ctx)
{
    struct acceptor *a = ctx;
    for (int i = 0; i < BATCH; i++) {
        int fd = accept4(a->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            take(a, fd);
        } else if (errno == EAGAIN) {
            return;
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
                   errno == ENOMEM) {
            log_warn("event=accept error=\"%s\"", strerrordesc_np(errno));
            watch_free(a->watch); /* until the next tick: it would only spin */
            a->watch = NULL;
            return;
        } /* else: that connection broke before we took it */
    }
}

enum rc acceptor_open(struct server *s, const struct server_conf *c,
                      struct acceptor **out)
{
    union address at = {0};
    socklen_t n = parse_address(c->address, c->port, &at);
    if (n == 0) {
        log_err("event=listen address=%.*s error=\"not a numeric address\"",
                STR_ARG(c->address));
        return RC_IO;
    }
    int fd = listen_on(&at, n);
    if (fd < 0) {
        enum rc rc = errno == EADDRINUSE ? RC_BUSY : RC_IO;
        log_err("event=listen address=%.*s port=%d error=\"%s\"", STR_ARG(c->address),
                c->port, strerrordesc_np(errno));
        return rc;
    }
    getsockname(fd, &at.any, &n);
    struct acceptor *a = must_alloc(sizeof *a);
    *a = (struct acceptor){.server = s, .fd = fd};
    a->port = ntohs(at.any.sa_family == AF_INET ? at.v4.sin_port : at.v6.sin6_port);
    a->watch = loop_watch(s->loop, fd, on_connection, a);
    *out = a;
    return RC_OK;
}

int acceptor_port(const struct acceptor *a)
{
    return a->port;
}

void acceptor_tick(struct acceptor *a)
{
    if (a && !a->watch)
        a->watch = loop_watch(a->server->loop, a->fd, on_connection, a);
}

void acceptor_close(struct acceptor *a)
{
    if (!a)
        return;
    watch_free(a->watch);
    close(a->fd);
    free(a);
}
