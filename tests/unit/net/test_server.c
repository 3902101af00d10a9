#include "net/server.h"

#include "base/clock.h"
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

static void keep(char *to, size_t max, str s)
{
    snprintf(to, max, "%.*s", STR_ARG(s));
}

static void hello(void *ctx, struct request *r)
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

static void echo(void *ctx, struct request *r)
{
    ((struct desk *)ctx)->handled++;
    static const char *const extra[] = {"x-balie: yes", "bad: line\r\nbreak: 1"};
    request_reply(r, 200, "text/plain", extra, 2, request_body(r));
}

static void big(void *ctx, struct request *r)
{
    (void)ctx;
    static char bytes[900 * 1000];
    memset(bytes, 'x', sizeof bytes);
    request_reply(r, 200, "text/plain", NULL, 0, (str){bytes, sizeof bytes});
}

static void nothing(void *ctx, struct request *r)
{
    (void)ctx;
    request_reply(r, 204, NULL, NULL, 0, STR(""));
}

static void late_now(void *ctx)
{
    struct desk *d = ctx;
    request_reply(d->waiting, 200, "text/plain", NULL, 0,
                  arena_fmt(request_arena(d->waiting), "late %.*s",
                            STR_ARG(request_header(d->waiting, "x-asked"))));
    d->waiting = NULL;
}

static void late(void *ctx, struct request *r)
{
    struct desk *d = ctx;
    d->handled++;
    d->waiting = r;
    request_header(r, "x-asked");
    timer_set(d->later, 100);
}

static const struct route_entry *routes(struct desk *d)
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

static void open_desk(struct desk *d)
{
    *d = (struct desk){.loop = loop_new()};
    d->later = timer_new(d->loop, late_now, d);
    struct server_conf c = {
        .address = STR("localhost"), .routes = routes(d), .n_routes = 8};
    CHECK_RC(server_start(d->loop, &c, &d->server), RC_OK);
}

static void close_desk(struct desk *d)
{
    timer_free(d->later);
    server_free(d->server);
    loop_free(d->loop);
}

/* Plays one script against a fresh server. */
static struct desk run(void (*script)(struct play *))
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

static void ask_on(int fd, const char *text, bool has_body, struct reply *r)
{
    r->status = put_text(fd, text)
        ? get_reply(fd, has_body, r->head, sizeof r->head, r->body, sizeof r->body)
        : -1;
}

/* One request on a connection of its own, which ends behind the reply. */
static void ask(struct play *p, const char *text, bool has_body, struct reply *r)
{
    int fd = dial(p->port);
    ask_on(fd, text, has_body, r);
    SAY(p, at_end(fd), "the connection ends: %.40s", text);
    close(fd);
}

#define HOST "Host: desk.example\r\n"

static void play_get(struct play *p)
{
    struct reply r;
    for (int i = 0; i < 3; i++) {
        ask(p,
            "GET /hello?q=caf%C3%A9+1%262&r=%3D HTTP/1.1\r\n" HOST
            "X-Forwarded-For: 10.0.0.1, 10.0.0.2\r\nX-Slack-Signature:  v0=ab \r\n\r\n",
            true, &r);
        SAY(p, r.status == 200, "%d", r.status);
        SAY(p, strcmp(r.body, "hello") == 0, "%s", r.body);
        SAY(p, strstr(r.head, "content-type: text/plain\r\n"), "%s", r.head);
        SAY(p, strstr(r.head, "connection: close\r\n"), "%s", r.head);
    }
}

static void a_handler_sees_method_path_query_headers_and_peer(void **state)
{
    (void)state;
    struct desk d = run(play_get);
    CHECK_INT(d.handled, 3, "each once");
    CHECK_STR(str_c(d.method), "GET", "method");
    CHECK_STR(str_c(d.host), "desk.example", "common header");
    CHECK_STR(str_c(d.forwarded), "10.0.0.1, 10.0.0.2", "forwarded header");
    CHECK_STR(str_c(d.unknown), "v0=ab", "unknown header, trimmed");
    CHECK_STR(str_c(d.absent), "none", "absent header");
    CHECK_STR(str_c(d.path), "/hello", "path without query");
    CHECK_STR(str_c(d.query), "q=caf%C3%A9%201%262&r==", "query, encoded alike");
    CHECK_STR(str_c(d.arg), "café 1&2", "one argument, decoded");
    CHECK_STR(str_c(d.peer), "127.0.0.1", "peer");
}

static void play_head(struct play *p)
{
    struct reply r;
    ask(p, "HEAD /hello HTTP/1.1\r\n" HOST "\r\n", false, &r);
    SAY(p, r.status == 200 && strstr(r.head, "content-length: 5\r\n"), "%s", r.head);
    ask(p, "GET /nothing HTTP/1.1\r\n" HOST "\r\n", true, &r);
    SAY(p, r.status == 204 && !strstr(r.head, "content-length"), "%s", r.head);
    ask(p, "GET /files/a/b.css HTTP/1.1\r\n" HOST "\r\n", true, &r);
    SAY(p, r.status == 200, "prefix route: %d", r.status);
}

static void head_is_get_without_the_body(void **state)
{
    (void)state;
    struct desk d = run(play_head);
    CHECK_STR(str_c(d.path), "/files/a/b.css", "the prefix route's path");
}

static void play_post(struct play *p)
{
    struct reply r;
    ask(p, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nabcd", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "abcd") == 0, "%d %s", r.status, r.body);
    SAY(p, strstr(r.head, "x-balie: yes\r\n") && !strstr(r.head, "break"), "%s", r.head);
    ask(p, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "") == 0, "empty: %d", r.status);
    ask(p, "PUT /echo HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", true, &r);
    SAY(p, r.status == 200, "empty PUT: %d", r.status);
    ask(p, "PUT /echo HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nhi", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "hi") == 0, "PUT: %s", r.body);
    /* in pieces, with a wait */
    int fd = dial(p->port);
    put_text(fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 6\r\n\r\nabc");
    usleep(50 * 1000);
    ask_on(fd, "def", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "abcdef") == 0, "%d %s", r.status, r.body);
    close(fd);
    /* a client that waits for permission gets it */
    fd = dial(p->port);
    put_text(fd,
             "POST /echo HTTP/1.1\r\n" HOST
             "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    char go[25];
    SAY(p, get(fd, go, sizeof go) && memcmp(go, "HTTP/1.1 100", 12) == 0, "continue");
    ask_on(fd, "xyz", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "xyz") == 0, "%d %s", r.status, r.body);
    close(fd);
}

static void a_body_reaches_the_handler_whole(void **state)
{
    (void)state;
    struct desk d = run(play_post);
    CHECK_INT(d.handled, 6, "each once");
}

static void play_largest(struct play *p)
{
    char *body = malloc(SERVER_BODY_MAX), *back = malloc(SERVER_BODY_MAX + 1);
    memset(body, 'b', SERVER_BODY_MAX);
    int fd = dial(p->port);
    char head[4096];
    snprintf(head, sizeof head,
             "POST /echo HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n",
             SERVER_BODY_MAX);
    put_text(fd, head);
    put(fd, body, SERVER_BODY_MAX);
    int status = get_reply(fd, true, head, sizeof head, back, SERVER_BODY_MAX + 1);
    SAY(p, status == 200, "%d", status);
    SAY(p, memcmp(body, back, SERVER_BODY_MAX) == 0, "other bytes");
    close(fd);
    free(body);
    free(back);
}

static void a_body_of_the_largest_size_passes(void **state)
{
    (void)state;
    run(play_largest);
}

static const struct {
    const char *why, *text;
    int status;
} refusals[] = {
    {"no such path", "GET /none HTTP/1.1\r\n" HOST "\r\n", 404},
    {"nor with a body", "POST /none HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nab",
     404},
    {"path known, method not",
     "POST /hello HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", 405},
    {"OPTIONS too", "OPTIONS /echo HTTP/1.1\r\n" HOST "\r\n", 405},
    {"chunked",
     "POST /echo HTTP/1.1\r\n" HOST
     "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
     411},
    {"chunked and a length",
     "POST /echo HTTP/1.1\r\n" HOST
     "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nab",
     411},
    {"chunked GET",
     "GET /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
    {"no length", "POST /echo HTTP/1.1\r\n" HOST "\r\n", 411},
    {"negative length", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\n", 400},
    {"two lengths",
     "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 2\r\nContent-Length: 3\r\n\r\nab",
     400},
    {"length with a sign", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: +2\r\n\r\nab",
     400},
    {"length is a word", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: two\r\n\r\nab",
     400},
    {"too large", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 262145\r\n\r\n", 413},
    {"far too large",
     "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999999\r\n\r\n",
     413},
    {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400},
    {"no such version", "GET /hello HTTP/1.9\r\n" HOST "\r\n", 400},
    {"a line break in the path", "GET /hello%0ax: HTTP/1.1\r\n" HOST "\r\n", 400},
    {"HTTP/1.0", "GET /hello HTTP/1.0\r\n\r\n", 200},
    {"close asked", "GET /hello HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n", 200},
    {"h2c is ignored",
     "GET /hello HTTP/1.1\r\n" HOST
     "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
     "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n",
     200},
    {"other upgrades are not",
     "GET /hello HTTP/1.1\r\n" HOST "Connection: Upgrade\r\nUpgrade: irc\r\n\r\n", 403},
    {"WebSocket where there is none",
     "GET /hello HTTP/1.1\r\n" HOST "Connection: Upgrade\r\nUpgrade: websocket\r\n"
     "Sec-WebSocket-Version: 13\r\n\r\n",
     404},
};

static void play_refusals(struct play *p)
{
    for (size_t i = 0; i < LEN(refusals); i++) {
        struct reply r;
        int fd = dial(p->port);
        ask_on(fd, refusals[i].text, true, &r);
        SAY(p, r.status == refusals[i].status, "%s: %d", refusals[i].why, r.status);
        if (r.status == 405)
            SAY(p, strstr(r.head, "\r\nallow: "), "%s", r.head);
        shutdown(fd, SHUT_WR);
        SAY(p, at_end(fd), "%s: connection ended", refusals[i].why);
        close(fd);
    }
}

static void bad_requests_are_refused_each_with_its_status(void **state)
{
    (void)state;
    run(play_refusals);
}

static void play_sends_all_the_same(struct play *p)
{
    char *body = calloc(1, 1 << 20);
    struct reply r;
    int fd = dial(p->port);
    put_text(fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1048576\r\n\r\n");
    for (int i = 0; i < 16; i++) { /* slowly, so that a reset would be noticed */
        SAY(p, put(fd, body, 1 << 16), "it may finish sending");
        usleep(5000);
    }
    r.status = get_reply(fd, true, r.head, sizeof r.head, r.body, sizeof r.body);
    SAY(p, r.status == 413, "%d", r.status);
    SAY(p, at_end(fd), "and it ends");
    close(fd);
    free(body);
}

static void a_client_that_sends_too_much_still_sees_413(void **state)
{
    (void)state;
    struct desk d = run(play_sends_all_the_same);
    CHECK_INT(d.handled, 0, "the handler sees nothing of it");
}

static void play_late(struct play *p)
{
    struct reply r;
    int64_t from = clock_mono_ms();
    ask(p, "GET /late HTTP/1.1\r\n" HOST "X-Asked: one\r\n\r\n", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "late one") == 0, "%d %s", r.status, r.body);
    SAY(p, clock_mono_ms() - from >= 99, "late");
    ask(p, "POST /late HTTP/1.1\r\n" HOST "X-Asked: two\r\nContent-Length: 2\r\n\r\nab",
        true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "late two") == 0, "%d %s", r.status, r.body);
}

/* What follows a request on its connection. */
static const char *const followers[] = {
    "x",
    "\r\n",
    "GET /hello HTTP/1.1\r\n" HOST "\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhelloPOST",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 900\r\n\r\nhello",
    "POST /none HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\nhello",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\nGET",
};

static void play_pipelined(struct play *p)
{
    static const char *const firsts[] = {
        "GET /hello HTTP/1.1\r\n" HOST "\r\n",
        "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nab",
        "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n",
        "GET /late HTTP/1.1\r\n" HOST "\r\n",
        "POST /late HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nab",
        "GET /none HTTP/1.1\r\n" HOST "\r\n",
    };
    for (size_t i = 0; i < LEN(firsts) * LEN(followers) * 2; i++) {
        const char *first = firsts[i / 2 / LEN(followers)];
        const char *follower = followers[i / 2 % LEN(followers)];
        struct reply r;
        char both[512];
        int fd = dial(p->port);
        snprintf(both, sizeof both, "%s%s", first, i % 2 ? "" : follower);
        put_text(fd, both);
        if (i % 2) {
            usleep(10 * 1000);
            put_text(fd, follower);
        }
        r.status = get_reply(fd, true, r.head, sizeof r.head, r.body, sizeof r.body);
        SAY(p, r.status == 200 || r.status == 404, "%zu: %d", i, r.status);
        SAY(p, at_end(fd), "%zu: nothing but one reply", i);
        close(fd);
    }
}

static void a_connection_carries_one_request_whatever_follows(void **state)
{
    (void)state;
    struct desk d = run(play_pipelined);
    CHECK_INT(d.handled, 5 * LEN(followers) * 2, "the first of each");
}

static void a_reply_may_come_later(void **state)
{
    (void)state;
    struct desk d = run(play_late);
    CHECK_INT(d.handled, 2, "each once");
}

static void play_gone(struct play *p)
{
    struct reply r;
    static const char *const texts[] = {
        "GET /late HTTP/1.1\r\n" HOST "X-Asked: a\r\n\r\n",
        "POST /late HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\na"};
    for (size_t i = 0; i < 4; i++) {
        int fd = dial(p->port);
        put_text(fd, texts[i % 2]);
        usleep(20 * 1000);
        struct linger now = {1, 0};
        if (i >= 2) /* a reset instead of an orderly end */
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(fd);
        usleep(150 * 1000);
    }
    int fd = dial(p->port);
    ask_on(fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n", true, &r);
    SAY(p, r.status == 200, "%d", r.status);
    close(fd);
}

static void a_client_that_left_before_a_late_reply_harms_nobody(void **state)
{
    (void)state;
    struct desk d = run(play_gone);
    CHECK_INT(d.handled, 5, "all asked");
    CHECK(!d.waiting, "and replied to");
}

static void play_spin(struct play *p)
{
    struct desk *d = p->ctx;
    (void)d;
    int fd = dial(p->port);
    put_text(fd, "GET /late HTTP/1.1\r\n" HOST "\r\nGET /hello HTTP/1.1\r\n");
    shutdown(fd, SHUT_WR);
    usleep(90 * 1000);
    close(fd);
}

static void count_turn(void *ctx)
{
    ++*(int *)ctx;
}

static void waiting_for_a_reply_costs_no_turns_of_the_loop(void **state)
{
    (void)state;
    struct desk d;
    int turns = 0;
    open_desk(&d);
    loop_on_prepare(d.loop, count_turn, &turns);
    play(d.loop, server_port(d.server), play_spin, &d);
    CHECK(turns < 100, "the loop sleeps although the client sent more and then ended");
    close_desk(&d);
    if (d.waiting) /* the server is gone, its last request is not */
        request_reply(d.waiting, 200, NULL, NULL, 0, STR(""));
}

static void play_slow_reader(struct play *p)
{
    int fd = dial_with(p->port, 4096);
    put_text(fd, "GET /big HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    usleep(300 * 1000);
    char b[16384], *end = NULL;
    size_t n = 0;
    for (ssize_t k; (k = recv(fd, b, sizeof b, 0)) > 0; n += (size_t)k)
        end = b + k - 1;
    SAY(p, n > 900 * 1000 && end && *end == 'x', "%zu bytes", n);
    close(fd);
}

static void a_large_reply_arrives_whole_at_a_slow_reader(void **state)
{
    (void)state;
    run(play_slow_reader);
}

static void play_large_header(struct play *p)
{
    struct reply r;
    char *text = calloc(1, 40000);
    int n = snprintf(text, 200, "GET /hello HTTP/1.1\r\n" HOST "Authorization: ");
    memset(text + n, 'a', 9000);
    snprintf(text + n + 9000, 10, "\r\n\r\n");
    int fd = dial(p->port);
    ask_on(fd, text, true, &r);
    SAY(p, r.status == 200, "9,000 bytes of Authorization: %d", r.status);
    close(fd);
    memset(text + n, 'a', 38000);
    fd = dial(p->port);
    put_text(fd, text);
    SAY(p, at_end(fd), "38,000 bytes end the connection");
    close(fd);
    free(text);
}

static void a_long_authorization_passes_an_endless_one_does_not(void **state)
{
    (void)state;
    struct desk d = run(play_large_header);
    CHECK_STR(str_c(d.absent), "there", "seen");
    CHECK_INT(d.handled, 1, "once");
}

static void play_garbage(struct play *p)
{
    static const char *const texts[] = {"\r\n\r\n\r\n",
                                        "GARBAGE\r\n\r\n",
                                        "GET\r\n\r\n",
                                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                        "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nxx",
                                        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"};
    for (size_t i = 0; i < LEN(texts); i++) {
        int fd = dial(p->port);
        put_text(fd, texts[i]);
        shutdown(fd, SHUT_WR);
        SAY(p, at_end(fd), "ends: %zu", i);
        close(fd);
    }
    struct reply r;
    int fd = dial(p->port);
    ask_on(fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n", true, &r);
    SAY(p, r.status == 200, "%d", r.status);
    close(fd);
}

static void garbage_ends_its_connection_only(void **state)
{
    (void)state;
    run(play_garbage);
}

static void a_taken_address_is_told_apart(void **state)
{
    (void)state;
    struct desk d;
    open_desk(&d);
    struct server *second = NULL;
    struct server_conf c = {.address = STR("127.0.0.1"), .port = server_port(d.server)};
    CHECK_RC(server_start(d.loop, &c, &second), RC_BUSY);
    c.address = STR("desk.example");
    CHECK_RC(server_start(d.loop, &c, &second), RC_IO);
    CHECK(!second, "nothing was made");
    c = (struct server_conf){
        .address = STR("127.0.0.1"), .routes = routes(&d), .n_routes = 8};
    CHECK_RC(server_start(d.loop, &c, &second), RC_OK);
    play(d.loop, server_port(second), play_head, &d);
    server_free(second);
    play(d.loop, server_port(d.server), play_head, &d); /* two on one loop */
    close_desk(&d);
}

static void on_drained(void *ctx)
{
    ((struct desk *)ctx)->drained = true;
    loop_stop(((struct desk *)ctx)->loop);
}

static void play_leave_waiting(struct play *p)
{
    int *fd = &((int *)p->ctx)[0];
    *fd = dial(p->port);
    put_text(*fd, "GET /late HTTP/1.1\r\n" HOST "X-Asked: x\r\n\r\n");
    usleep(30 * 1000);
}

static void draining_waits_for_requests_and_takes_no_new_ones(void **state)
{
    (void)state;
    struct desk d;
    int fd = -1;
    open_desk(&d);
    int port = server_port(d.server);
    play(d.loop, port, play_leave_waiting, &fd);
    server_drain(d.server, 5000, on_drained, &d);
    CHECK_INT(dial(port), -1, "no new connections");
    loop_run(d.loop);
    CHECK(d.drained && !d.waiting, "after the late reply");
    char head[1024], body[1024];
    CHECK_INT(get_reply(fd, true, head, sizeof head, body, sizeof body), 200, "arrived");
    close(fd);
    close_desk(&d);
}

static void draining_ends_after_its_grace(void **state)
{
    (void)state;
    struct desk d;
    int fd = -1;
    open_desk(&d);
    play(d.loop, server_port(d.server), play_leave_waiting, &fd);
    timer_clear(d.later); /* never replied */
    int64_t from = clock_mono_ms();
    server_drain(d.server, 100, on_drained, &d);
    loop_run(d.loop);
    CHECK(clock_mono_ms() - from < 2000, "does not wait for ever");
    close_desk(&d);
    request_reply(d.waiting, 200, NULL, NULL, 0, STR("to nobody"));
    close(fd);
}

UNIT_MAIN(UNIT(a_handler_sees_method_path_query_headers_and_peer),
          UNIT(head_is_get_without_the_body), UNIT(a_body_reaches_the_handler_whole),
          UNIT(a_body_of_the_largest_size_passes),
          UNIT(bad_requests_are_refused_each_with_its_status),
          UNIT(a_client_that_sends_too_much_still_sees_413), UNIT(a_reply_may_come_later),
          UNIT(a_connection_carries_one_request_whatever_follows),
          UNIT(a_client_that_left_before_a_late_reply_harms_nobody),
          UNIT(waiting_for_a_reply_costs_no_turns_of_the_loop),
          UNIT(a_large_reply_arrives_whole_at_a_slow_reader),
          UNIT(a_long_authorization_passes_an_endless_one_does_not),
          UNIT(garbage_ends_its_connection_only), UNIT(a_taken_address_is_told_apart),
          UNIT(draining_waits_for_requests_and_takes_no_new_ones),
          UNIT(draining_ends_after_its_grace))
