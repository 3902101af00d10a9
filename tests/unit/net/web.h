/*
 * web - a server with handlers that tell what they have seen, for the tests of HTTP.
 */
#ifndef TESTS_UNIT_NET_WEB_H
#define TESTS_UNIT_NET_WEB_H

#include "base/clock.h"
#include "net/server.h"
#include "wire.h"

/* The application under test: what its handlers do and have seen. */
struct desk {
    struct loop *loop;
    struct server *server;
    struct timer *later;
    struct request *waiting;
    int handled;
    char host[64], forwarded[64], unknown[64], absent[8], path[64], query[128], arg[64];
    char peer[64], method[16];
    bool drained;
};

static inline void keep(char *to, size_t max, str s)
{
    snprintf(to, max, "%.*s", STR_ARG(s));
}

static inline void hello(void *ctx, struct request *r)
{
    struct desk *d = ctx;
    d->handled++;
    keep(d->host, sizeof d->host, request_header(r, "host"));
    keep(d->forwarded, sizeof d->forwarded, request_header(r, "x-forwarded-for"));
    keep(d->unknown, sizeof d->unknown, request_header(r, "x-slack-signature"));
    keep(d->absent, sizeof d->absent,
         request_header(r, "authorization").p ? STR("there") : STR("none"));
    keep(d->path, sizeof d->path, request_path(r));
    keep(d->query, sizeof d->query, request_query(r));
    keep(d->arg, sizeof d->arg, request_arg(r, "q"));
    keep(d->peer, sizeof d->peer, request_peer(r));
    keep(d->method, sizeof d->method, request_method(r));
    request_reply(r, 200, "text/plain", NULL, 0, STR("hello"));
}

static inline void echo(void *ctx, struct request *r)
{
    ((struct desk *)ctx)->handled++;
    static const char *const extra[] = {"x-balie: yes", "bad: line\r\nbreak: 1"};
    request_reply(r, 200, "text/plain", extra, 2, request_body(r));
}

static inline void big(void *ctx, struct request *r)
{
    (void)ctx;
    static char bytes[900 * 1000];
    memset(bytes, 'x', sizeof bytes);
    request_reply(r, 200, "text/plain", NULL, 0, (str){bytes, sizeof bytes});
}

static inline void nothing(void *ctx, struct request *r)
{
    (void)ctx;
    request_reply(r, 204, NULL, NULL, 0, STR(""));
}

static inline void late_now(void *ctx)
{
    struct desk *d = ctx;
    request_reply(d->waiting, 200, "text/plain", NULL, 0,
                  arena_fmt(request_arena(d->waiting), "late %.*s",
                            STR_ARG(request_header(d->waiting, "x-asked"))));
    d->waiting = NULL;
}

static inline void late(void *ctx, struct request *r)
{
    struct desk *d = ctx;
    d->handled++;
    d->waiting = r;
    request_header(r, "x-asked");
    timer_set(d->later, 100);
}

static inline const struct route_entry *routes(struct desk *d)
{
    static struct route_entry r[8];
    r[0] = (struct route_entry){"GET", "/hello", hello, d};
    r[1] = (struct route_entry){"POST", "/echo", echo, d};
    r[2] = (struct route_entry){"GET", "/late", late, d};
    r[3] = (struct route_entry){"POST", "/late", late, d};
    r[4] = (struct route_entry){"GET", "/files/*", hello, d};
    r[5] = (struct route_entry){"GET", "/nothing", nothing, d};
    r[6] = (struct route_entry){"GET", "/big", big, d};
    r[7] = (struct route_entry){"PUT", "/echo", echo, d};
    return r;
}

static inline void open_desk(struct desk *d)
{
    *d = (struct desk){.loop = loop_new()};
    d->later = timer_new(d->loop, late_now, d);
    struct server_conf c = {
        .address = STR("localhost"), .routes = routes(d), .n_routes = 8};
    CHECK_RC(server_start(d->loop, &c, &d->server), RC_OK);
}

static inline void close_desk(struct desk *d)
{
    timer_free(d->later);
    server_free(d->server);
    loop_free(d->loop);
}

/* Plays one script against a fresh server. */
static inline struct desk run(void (*script)(struct play *))
{
    struct desk d;
    open_desk(&d);
    play(d.loop, server_port(d.server), script, &d);
    close_desk(&d);
    return d;
}

struct reply {
    int status;
    char head[4096], body[8192];
};

static inline void ask_on(int fd, const char *text, bool has_body, struct reply *r)
{
    r->status = put_text(fd, text)
        ? get_reply(fd, has_body, r->head, sizeof r->head, r->body, sizeof r->body)
        : -1;
}

/* One request on a connection of its own, which ends behind the reply. */
static inline void ask(struct play *p, const char *text, bool has_body, struct reply *r)
{
    int fd = dial(p->port);
    ask_on(fd, text, has_body, r);
    SAY(p, at_end(fd), "the connection ends: %.40s", text);
    close(fd);
}

#define HOST "Host: desk.example\r\n"

#endif
