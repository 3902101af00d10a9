#include "net/http.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "wire.h"

/*
 * The server of these tests is a script in a thread: it accepts `connections` and gives
 * each the next answer.
 */
struct answer {
    const char *text; /* NULL: none at all */
    size_t repeat;    /* this many 'x' behind it */
    bool reset;       /* then a reset */
    bool hold;        /* the connection stays open until the client ends it */
    bool again;       /* the next answer goes to the same connection */
};

struct fake {
    struct loop *loop;
    struct http *http;
    int listener, port;
    const struct answer *answers;
    size_t n;
    char request[8192];  /* the last one's headers and body */
    atomic_int requests; /* counted by the script's thread */
    /* what the client was told */
    struct http_call *other;
    int done;
    enum http_end end;
    int status;
    char body[4096], error[256], header[64];
    size_t body_n;
    int64_t took_ms;
    bool free_in_done;
};

static void read_request(struct fake *f, int fd)
{
    size_t n = 0, want = 0;
    char *end = NULL;
    memset(f->request, 0, sizeof f->request);
    for (;;) {
        ssize_t k = recv(fd, f->request + n, sizeof f->request - 1 - n, 0);
        if (k <= 0)
            return;
        n += (size_t)k;
        if (!end && (end = strstr(f->request, "\r\n\r\n"))) {
            char *length = strstr(f->request, "Content-Length: ");
            want =
                (size_t)(end + 4 - f->request) + (length ? (size_t)atol(length + 16) : 0);
        }
        if (end && n >= want)
            break;
    }
    f->requests++;
}

static void give(int fd, const struct answer *a)
{
    char *x = malloc(a->repeat + 1);
    memset(x, 'x', a->repeat);
    if (a->text)
        put_text(fd, a->text);
    put(fd, x, a->repeat);
    free(x);
    if (a->hold)
        at_end(fd);
}

static void *serve(void *ctx)
{
    struct fake *f = ctx;
    int fd = -1;
    for (size_t i = 0; i < f->n; i++) {
        if (fd < 0)
            fd = accept(f->listener, NULL, NULL);
        limit_waiting(fd, 5000);
        read_request(f, fd);
        give(fd, &f->answers[i]);
        if (f->answers[i].again)
            continue;
        struct linger now = {1, 0};
        if (f->answers[i].reset)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(fd);
        fd = -1;
    }
    return NULL;
}

static void open_fake(struct fake *f)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t n = sizeof a;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *f = (struct fake){.loop = loop_new()};
    f->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(f->listener, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(f->listener, 64), 0);
    getsockname(f->listener, (struct sockaddr *)&a, &n);
    f->port = ntohs(a.sin_port);
    f->http = http_new(f->loop, 16);
}

static void close_fake(struct fake *f)
{
    http_free(f->http);
    loop_free(f->loop);
    close(f->listener);
}

static void on_done(void *ctx, const struct http_reply *r)
{
    struct fake *f = ctx;
    f->done++;
    f->end = r->end;
    f->status = r->status;
    f->took_ms = r->took_ms;
    f->body_n = r->body.n;
    snprintf(f->body, sizeof f->body, "%.*s", (int)MIN(r->body.n, 100),
             r->body.n ? r->body.p : "");
    snprintf(f->error, sizeof f->error, "%.*s", STR_ARG(r->error));
    snprintf(f->header, sizeof f->header, "%.*s", STR_ARG(http_header(r, "x-Kind")));
    if (f->free_in_done) {
        http_free(f->http);
        f->http = NULL;
    }
    loop_stop(f->loop);
}

static struct http_call *send_to(struct fake *f, struct http_request *r, const char *path)
{
    char url[256];
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", f->port, path);
    if (!r->url.p)
        r->url = str_c(url);
    if (!r->method)
        r->method = "GET";
    return http_send(f->http, r, on_done, f);
}

/* One request against the answers. */
static struct fake ask(struct http_request r, const struct answer *answers, size_t n)
{
    struct fake f;
    pthread_t t;
    open_fake(&f);
    f.answers = answers;
    f.n = n;
    pthread_create(&t, NULL, serve, &f);
    send_to(&f, &r, "/path?q=1");
    CHECK_INT(f.done, 0, "never from inside http_send");
    loop_run(f.loop);
    close_fake(&f);
    pthread_join(t, NULL);
    CHECK_INT(f.done, 1, "told once");
    return f;
}

#define OK_TEXT "HTTP/1.1 200 OK\r\nX-Kind:  plain \r\nContent-Length: 5\r\n\r\nhello"

static void a_reply_arrives_whole(void **state)
{
    (void)state;
    const struct answer a = {.text = OK_TEXT};
    struct fake f = ask((struct http_request){0}, &a, 1);
    CHECK_INT(f.end, HTTP_DONE, f.error);
    CHECK_INT(f.status, 200, "status");
    CHECK_STR(str_c(f.body), "hello", "body");
    CHECK_STR(str_c(f.header), "plain", "header, any case, trimmed");
    CHECK(str_starts(str_c(f.request), STR("GET /path?q=1 HTTP/1.1\r\n")), f.request);
}

static const struct {
    const char *method, *body, *line, *last;
} requests[] = {
    {"POST", "{\"a\":1}", "Content-Length: 7\r\n", "{\"a\":1}"},
    {"POST", NULL, "Content-Length: 0\r\n", ""},
    {"POST", "", "Content-Length: 0\r\n", ""},
    {"PUT", "x", "Content-Length: 1\r\n", "x"},
    {"PATCH", "x", "Content-Length: 1\r\n", "x"},
    {"DELETE", NULL, "\r\n", ""},
    {"GET", NULL, "X-Token: s3cret\r\n", ""},
};

static void each_method_is_sent_as_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(requests); i++) {
        const struct answer a = {.text = OK_TEXT};
        const str headers[] = {STR("X-Token: s3cret"),
                               STR("Content-Type: application/json")};
        struct fake f = ask((struct http_request){.method = requests[i].method,
                                                  .body = str_c(requests[i].body),
                                                  .headers = headers,
                                                  .n_headers = 2},
                            &a, 1);
        char *body = strstr(f.request, "\r\n\r\n");
        CHECK_INT(f.end, HTTP_DONE, f.error);
        CHECK(str_starts(str_c(f.request), str_c(requests[i].method)), f.request);
        CHECK(strstr(f.request, requests[i].line), f.request);
        CHECK(strstr(f.request, "Content-Type: application/json\r\n"), f.request);
        CHECK(!strstr(f.request, "Expect"), f.request);
        CHECK_STR(str_c(body ? body + 4 : "?"), requests[i].last, requests[i].method);
    }
}

static void redirects_are_not_followed(void **state)
{
    (void)state;
    const struct answer a = {.text =
                                 "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                                 "X-Kind: moved\r\nContent-Length: 0\r\n\r\n"};
    struct fake f = ask((struct http_request){0}, &a, 1);
    CHECK_INT(f.end, HTTP_DONE, f.error);
    CHECK_INT(f.status, 302, "as it came");
    CHECK_STR(str_c(f.header), "moved", "with its headers");
}

static void only_the_final_headers_are_kept(void **state)
{
    (void)state;
    const struct answer a = {.text = "HTTP/1.1 103 Early Hints\r\nX-Kind: early\r\n\r\n"
                                     "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: "
                                     "chunked\r\n\r\n2\r\nno\r\n0\r\nX-Kind: "
                                     "trailer\r\n\r\n"};
    struct fake f = ask((struct http_request){0}, &a, 1);
    CHECK_INT(f.end, HTTP_DONE, f.error);
    CHECK_INT(f.status, 404, "the final status");
    CHECK_STR(str_c(f.header), "", "neither early nor trailing");
    CHECK_STR(str_c(f.body), "no", "chunks joined");
}

static const struct {
    const char *why;
    struct answer a;
} broken[] = {
    {"reset before a reply", {.reset = true}},
    {"ended before a reply", {.text = NULL}},
    {"reset in the headers", {.text = "HTTP/1.1 200 OK\r\nConte", .reset = true}},
    {"ended in the headers", {.text = "HTTP/1.1 200 OK\r\nConte"}},
    {"ended behind the headers", {.text = "HTTP/1.1 200 OK\r\nX-Kind: a\r\n"}},
    {"reset mid-body",
     {.text = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", .reset = true}},
    {"cut short", {.text = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"}},
    {"cut chunk",
     {.text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}},
    {"garbage", {.text = "\x15\x03\x01 what is this\r\n\r\n"}},
    {"HTTP/0.9", {.text = "<html>hello</html>"}},
    {"announced too large",
     {.text = "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nabc", .hold = true}},
    {"too large without a length",
     {.text = "HTTP/1.1 200 OK\r\n\r\n", .repeat = HTTP_REPLY_MAX + 1}},
    {"headers too large",
     {.text = "HTTP/1.1 200 OK\r\nX-Long: ", .repeat = HTTP_HEADERS_MAX + 1}},
    {"endless headers",
     {.text = "HTTP/1.1 200 OK\r\nX: 1\r\nX-Long: ", .repeat = 900000}},
};

static void a_broken_reply_is_unclear(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(broken); i++) {
        struct fake f = ask((struct http_request){.method = "POST", .body = STR("x")},
                            &broken[i].a, 1);
        CHECK_INT(f.end, HTTP_UNCLEAR, broken[i].why);
        CHECK(f.error[0], broken[i].why);
        CHECK_INT(f.body_n, 0, "nothing half is handed over");
    }
}

static void a_reply_of_the_largest_size_passes(void **state)
{
    (void)state;
    const struct answer a = {.text = "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n",
                             .repeat = HTTP_REPLY_MAX};
    struct fake f = ask((struct http_request){0}, &a, 1);
    CHECK_INT(f.end, HTTP_DONE, f.error);
    CHECK_INT(f.body_n, HTTP_REPLY_MAX, "whole");
}

static void no_answer_within_the_limit_is_unclear(void **state)
{
    (void)state;
    const struct answer a = {.hold = true};
    struct fake f = ask((struct http_request){.total_ms = 200}, &a, 1);
    CHECK_INT(f.end, HTTP_UNCLEAR, "it may have been read");
    CHECK(f.took_ms >= 190 && f.took_ms < 2000, "in time");
}

static const struct {
    const char *why, *url;
} unsent[] = {
    {"refused port", "http://127.0.0.1:1/"},
    {"no such name", "http://nowhere.invalid/"},
    {"another scheme", "ftp://127.0.0.1/"},
    {"a file", "file:///etc/passwd"},
    {"no URL", "::::"},
    {"a line break", "http://127.0.0.1/\r\nX: 1"},
    {"a name and password", "http://me:secret@127.0.0.1:1/"},
};

static void what_never_left_is_not_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(unsent); i++) {
        struct fake f =
            ask((struct http_request){.url = str_c(unsent[i].url), .total_ms = 5000},
                NULL, 0);
        CHECK_INT(f.end, HTTP_NOT_SENT, unsent[i].why);
        CHECK(f.error[0], unsent[i].why);
        CHECK(!strstr(f.error, "secret"), f.error);
    }
}

static void a_bad_method_or_header_is_not_sent(void **state)
{
    (void)state;
    const str bad[] = {STR("X-A: 1\r\nX-B: 2")}, nameless[] = {STR(": 1")};
    struct fake f = ask((struct http_request){.method = "BREW"}, NULL, 0);
    CHECK_INT(f.end, HTTP_NOT_SENT, "method");
    f = ask((struct http_request){.headers = bad, .n_headers = 1}, NULL, 0);
    CHECK_INT(f.end, HTTP_NOT_SENT, "a line break in a header");
    f = ask((struct http_request){.headers = nameless, .n_headers = 1}, NULL, 0);
    CHECK_INT(f.end, HTTP_NOT_SENT, "a header without name");
}

static void plain_text_where_tls_was_expected_is_not_sent(void **state)
{
    (void)state;
    struct fake f;
    pthread_t t;
    const struct answer a = {.text = "HTTP/1.1 400 Bad Request\r\n\r\n"};
    char url[64];
    open_fake(&f);
    f.answers = &a;
    f.n = 1;
    pthread_create(&t, NULL, serve, &f);
    snprintf(url, sizeof url, "https://127.0.0.1:%d/", f.port);
    struct http_request r = {.method = "POST", .url = str_c(url), .total_ms = 1000};
    http_send(f.http, &r, on_done, &f);
    loop_run(f.loop);
    close_fake(&f);
    pthread_join(t, NULL);
    CHECK_INT(f.end, HTTP_NOT_SENT, f.error);
}

static void a_handshake_that_never_ends_is_not_sent(void **state)
{
    (void)state;
    struct fake f;
    char url[64];
    open_fake(&f); /* listens; nobody accepts */
    snprintf(url, sizeof url, "https://127.0.0.1:%d/", f.port);
    struct http_request r = {.method = "POST", .url = str_c(url), .connect_ms = 200};
    http_send(f.http, &r, on_done, &f);
    loop_run(f.loop);
    CHECK_INT(f.end, HTTP_NOT_SENT, f.error);
    CHECK(f.took_ms >= 190 && f.took_ms < 2000, "within connect_ms");
    close_fake(&f);
}

/* A kept connection that breaks: what must happen once is not sent again, what may is. */
static void a_post_is_never_sent_twice(void **state)
{
    (void)state;
    static const struct {
        const char *method;
        enum http_end end;
        int requests;
    } cases[] = {{"POST", HTTP_UNCLEAR, 2}, {"GET", HTTP_DONE, 3}};
    for (size_t i = 0; i < LEN(cases); i++) {
        const struct answer a[] = {
            {.text = OK_TEXT, .again = true}, {.reset = true}, {.text = OK_TEXT}};
        struct fake f;
        pthread_t t;
        open_fake(&f);
        f.answers = a;
        f.n = 3;
        pthread_create(&t, NULL, serve, &f);
        struct http_request first = {0}, second = {.method = cases[i].method};
        send_to(&f, &first, "/");
        loop_run(f.loop);
        send_to(&f, &second, "/");
        loop_run(f.loop);
        CHECK_INT(f.end, cases[i].end, cases[i].method);
        if (f.requests < 3)
            close(dial(f.port)); /* lets the script end */
        close_fake(&f);
        pthread_join(t, NULL);
        CHECK_INT(f.requests, cases[i].requests, cases[i].method);
    }
}

static void a_proxy_is_the_one_that_was_set_and_no_other(void **state)
{
    (void)state;
    struct fake f;
    pthread_t t;
    const struct answer a[] = {{.text = OK_TEXT},
                               {.text = "HTTP/1.1 403 Forbidden\r\n"
                                        "Content-Length: 0\r\n\r\n"}};
    char proxy[64];
    open_fake(&f);
    f.answers = a;
    f.n = 2;
    pthread_create(&t, NULL, serve, &f);
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", f.port);
    setenv("http_proxy", proxy, 1);
    struct http_request r = {.method = "GET", .url = STR("http://desk.invalid/x")};
    http_send(f.http, &r, on_done, &f);
    loop_run(f.loop);
    unsetenv("http_proxy");
    CHECK_INT(f.end, HTTP_NOT_SENT, "not the environment's");
    http_set_proxy(f.http, str_c(proxy));
    http_send(f.http, &r, on_done, &f);
    loop_run(f.loop);
    CHECK_INT(f.end, HTTP_DONE, f.error);
    CHECK(str_starts(str_c(f.request), STR("GET http://desk.invalid/x ")), f.request);
    r.url = STR("https://desk.invalid/x");
    http_send(f.http, &r, on_done, &f);
    loop_run(f.loop);
    CHECK_INT(f.end, HTTP_NOT_SENT, "the proxy refused to connect");
    pthread_join(t, NULL);
    close_fake(&f);
}

static void cancel_other(void *ctx, const struct http_reply *r)
{
    struct fake *f = ctx;
    if (f->other)
        http_cancel(f->other);
    f->other = NULL;
    on_done(ctx, r);
}

static void a_cancelled_call_says_nothing(void **state)
{
    (void)state;
    struct fake f;
    open_fake(&f);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", f.port);
    struct http_request never = {.method = "GET", .url = str_c(url)};
    struct http_request refused = {.method = "GET", .url = STR("http://127.0.0.1:1/")};
    struct http_request bad = {.method = "BREW", .url = str_c(url)};
    http_cancel(http_send(f.http, &never, on_done, &f)); /* at once */
    http_cancel(http_send(f.http, &bad, on_done, &f));
    f.other = http_send(f.http, &never, on_done, &f);
    http_send(f.http, &refused, cancel_other, &f); /* inside another's end */
    loop_run(f.loop);
    CHECK_INT(f.done, 1, "only the refused one");
    f.other = http_send(f.http, &bad, on_done, &f);
    http_send(f.http, &bad, cancel_other, &f);
    loop_run(f.loop);
    CHECK_INT(f.done, 2, "among those never sent too");
    http_send(f.http, &never, on_done, &f);
    http_send(f.http, &bad, on_done, &f);
    close_fake(&f); /* with calls under way */
    CHECK_INT(f.done, 2, "freeing is silent");
    http_free(NULL);
}

static void the_client_may_be_freed_inside_done(void **state)
{
    (void)state;
    static const char *const urls[] = {"http://127.0.0.1:1/", "::\n"};
    for (size_t i = 0; i < LEN(urls); i++) {
        struct fake f;
        open_fake(&f);
        f.free_in_done = true;
        struct http_request r = {.method = "GET", .url = str_c(urls[i])};
        http_send(f.http, &r, on_done, &f);
        http_send(f.http, &r, on_done, &f);
        loop_run(f.loop);
        CHECK_INT(f.done, 1, "the other goes silently");
        close_fake(&f);
    }
}

static void count_done(void *ctx, const struct http_reply *r)
{
    struct fake *f = ctx;
    f->status += r->end == HTTP_DONE;
    if (++f->done == 40)
        loop_stop(f->loop);
}

static void many_calls_share_few_connections(void **state)
{
    (void)state;
    enum { MANY = 40 };
    struct answer a[MANY];
    struct fake f;
    pthread_t t;
    open_fake(&f);
    for (size_t i = 0; i < MANY; i++)
        a[i] = (struct answer){.text = "HTTP/1.1 200 OK\r\nConnection: close\r\n"
                                       "Content-Length: 2\r\n\r\nok"};
    f.answers = a;
    f.n = MANY;
    http_free(f.http);
    f.http = http_new(f.loop, 2);
    pthread_create(&t, NULL, serve, &f);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", f.port);
    struct http_request r = {.method = "POST", .url = str_c(url), .body = STR("x")};
    for (int i = 0; i < MANY; i++)
        http_send(f.http, &r, count_done, &f);
    loop_run(f.loop);
    CHECK_INT(f.done, MANY, "all told");
    close(f.listener); /* the script ends when a call broke on the way */
    close_fake(&f);
    pthread_join(t, NULL);
    CHECK_INT(f.status, MANY, "all answered");
}

UNIT_MAIN(UNIT(a_reply_arrives_whole), UNIT(each_method_is_sent_as_meant),
          UNIT(redirects_are_not_followed), UNIT(only_the_final_headers_are_kept),
          UNIT(a_broken_reply_is_unclear), UNIT(a_reply_of_the_largest_size_passes),
          UNIT(no_answer_within_the_limit_is_unclear), UNIT(what_never_left_is_not_sent),
          UNIT(a_bad_method_or_header_is_not_sent),
          UNIT(plain_text_where_tls_was_expected_is_not_sent),
          UNIT(a_handshake_that_never_ends_is_not_sent), UNIT(a_post_is_never_sent_twice),
          UNIT(a_proxy_is_the_one_that_was_set_and_no_other),
          UNIT(a_cancelled_call_says_nothing), UNIT(the_client_may_be_freed_inside_done),
          UNIT(many_calls_share_few_connections))
