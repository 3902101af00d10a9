#include "web.h"

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

UNIT_MAIN(UNIT(a_handler_sees_method_path_query_headers_and_peer),
          UNIT(head_is_get_without_the_body), UNIT(a_body_reaches_the_handler_whole),
          UNIT(a_body_of_the_largest_size_passes),
          UNIT(bad_requests_are_refused_each_with_its_status),
          UNIT(a_client_that_sends_too_much_still_sees_413),
          UNIT(a_large_reply_arrives_whole_at_a_slow_reader),
          UNIT(a_long_authorization_passes_an_endless_one_does_not),
          UNIT(garbage_ends_its_connection_only))
