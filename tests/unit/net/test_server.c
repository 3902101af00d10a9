#include "web.h"

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

static void play_hello(struct play *p)
{
    struct reply r;
    ask(p, "GET /hello HTTP/1.1\r\n" HOST "\r\n", true, &r);
    SAY(p, r.status == 200 && strcmp(r.body, "hello") == 0, "%d %s", r.status, r.body);
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
    play(d.loop, server_port(second), play_hello, &d);
    server_free(second);
    play(d.loop, server_port(d.server), play_hello, &d); /* two on one loop */
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

UNIT_MAIN(UNIT(a_reply_may_come_later),
          UNIT(a_connection_carries_one_request_whatever_follows),
          UNIT(a_client_that_left_before_a_late_reply_harms_nobody),
          UNIT(waiting_for_a_reply_costs_no_turns_of_the_loop),
          UNIT(a_taken_address_is_told_apart),
          UNIT(draining_waits_for_requests_and_takes_no_new_ones),
          UNIT(draining_ends_after_its_grace))
