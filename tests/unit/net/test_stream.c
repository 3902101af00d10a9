#include <fcntl.h>
#include <stdatomic.h>

#include "net/server.h"
#include "wire.h"

enum { MOST = 200 * 1000, FILE_BYTES = 3 * 1000 * 1000 };

struct taker {
    struct loop *loop;
    struct server *server;
    size_t pieces, bytes, whole;
    atomic_size_t gone; /* the player looks at it */
    bool refuse_begin, refuse_piece;
};

static bool begin(void *ctx, struct request *r)
{
    struct taker *t = ctx;
    CHECK(request_own(r) == NULL, "nothing yet");
    request_set_own(r, t);
    if (t->refuse_begin)
        request_reply(r, 409, "text/plain", NULL, 0, STR("not now"));
    return !t->refuse_begin;
}

static bool piece(void *ctx, struct request *r, str bytes)
{
    struct taker *t = ctx;
    CHECK(request_own(r) == t, "its own");
    t->pieces++;
    t->bytes += bytes.n;
    if (t->refuse_piece)
        request_reply(r, 415, "text/plain", NULL, 0, STR("not this"));
    return !t->refuse_piece;
}

static void gone(void *ctx, struct request *r)
{
    (void)r;
    ((struct taker *)ctx)->gone++;
}

static void whole(void *ctx, struct request *r)
{
    struct taker *t = ctx;
    t->whole++;
    CHECK_INT(request_body(r).n, 0, "it was handed over");
    request_reply(r, 201, "text/plain", NULL, 0,
                  arena_fmt(request_arena(r), "%zu", t->bytes));
}

static void file(void *ctx, struct request *r)
{
    char path[] = "/tmp/balie-test-XXXXXX";
    int fd = mkstemp(path);
    (void)ctx;
    unlink(path);
    CHECK(ftruncate(fd, FILE_BYTES) == 0, "a large file");
    request_reply_file(r, 200, "application/pdf", NULL, 0, fd, FILE_BYTES);
}

static struct taker run(struct taker t, void (*script)(struct play *))
{
    struct route_entry routes[] = {{"POST", "/up", whole, &t},
                                   {"GET", "/down", file, &t}};
    struct body_stream stream = {.path = "/up",
                                 .ctx = &t,
                                 .most = MOST,
                                 .begin = begin,
                                 .piece = piece,
                                 .gone = gone};
    struct server_conf c = {.address = STR("localhost"),
                            .routes = routes,
                            .n_routes = LEN(routes),
                            .streams = &stream,
                            .n_streams = 1};
    t.loop = loop_new();
    CHECK_RC(server_start(t.loop, &c, &t.server), RC_OK);
    play(t.loop, server_port(t.server), script, &t);
    server_free(t.server);
    loop_free(t.loop);
    return t;
}

static int up(int fd, size_t promised, size_t sent, char *body)
{
    char head[4096], line[200], zeros[1000] = {0};
    snprintf(line, sizeof line,
             "POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", promised);
    bool ok = put_text(fd, line);
    for (size_t n = 0; n < sent && ok; n += sizeof zeros)
        ok = put(fd, zeros, MIN(sizeof zeros, sent - n));
    if (sent < promised)
        return -1;
    return get_reply(fd, true, head, sizeof head, body, 1000);
}

static void send_all(struct play *p)
{
    char body[1000];
    int fd = dial(p->port);
    SAY(p, up(fd, MOST, MOST, body) == 201, "status");
    SAY(p, strcmp(body, "200000") == 0, "all of it: %s", body);
    SAY(p, at_end(fd), "closed");
    close(fd);
}

static void a_body_comes_in_pieces(void **arena)
{
    (void)arena;
    struct taker t = run((struct taker){0}, send_all);
    CHECK(t.pieces > 10, "as it comes");
    CHECK_INT(t.whole, 1, "handled once");
    CHECK_INT(t.gone, 0, "nobody went");
}

static void send_too_much(struct play *p)
{
    char body[1000];
    int fd = dial(p->port);
    SAY(p, up(fd, MOST + 1, MOST + 1, body) == 413, "status");
    close(fd);
}

static void a_body_above_the_limit_is_refused_unread(void **arena)
{
    (void)arena;
    struct taker t = run((struct taker){0}, send_too_much);
    CHECK_INT(t.pieces, 0, "nothing was handed over");
    CHECK_INT(t.whole + t.gone, 0, "nor anything else");
}

static void send_refused(struct play *p)
{
    const struct taker *t = p->ctx;
    char body[1000];
    int fd = dial(p->port), want = t->refuse_begin ? 409 : 415;
    SAY(p, up(fd, MOST, MOST, body) == want, "the refusal is seen");
    SAY(p, body[0] == 'n', "with its words: %s", body);
    close(fd);
}

static void a_refusal_is_heard_while_the_body_still_comes(void **arena)
{
    (void)arena;
    struct taker t = run((struct taker){.refuse_begin = true}, send_refused);
    CHECK_INT(t.pieces + t.gone + t.whole, 0, "refused at the headers");
    t = run((struct taker){.refuse_piece = true}, send_refused);
    CHECK_INT(t.pieces, 1, "refused at the first piece");
    CHECK_INT(t.gone + t.whole, 0, "and over");
}

static void send_half(struct play *p)
{
    struct taker *t = p->ctx;
    char body[1000];
    int fd = dial(p->port);
    up(fd, MOST, MOST / 2, body);
    close(fd);
    fd = dial(p->port); /* what comes after it is answered: it is over then */
    while (up(fd, 10, 10, body) == 201 && t->gone == 0) {
        close(fd);
        fd = dial(p->port);
    }
    close(fd);
}

static void a_client_that_goes_is_told(void **arena)
{
    (void)arena;
    struct taker t = run((struct taker){0}, send_half);
    CHECK_INT(t.gone, 1, "once");
}

static void fetch_file(struct play *p)
{
    static char body[FILE_BYTES + 1];
    char head[4096];
    int fd = dial_with(p->port, 4096);
    SAY(p, put_text(fd, "GET /down HTTP/1.1\r\nHost: x\r\n\r\n"), "asked");
    SAY(p, get_reply(fd, true, head, sizeof head, body, sizeof body) == 200, "%s", head);
    SAY(p, strstr(head, "content-length: 3000000\r\n") != NULL, "%s", head);
    SAY(p, at_end(fd), "and nothing more");
    close(fd);
    fd = dial(p->port);
    SAY(p, put_text(fd, "HEAD /down HTTP/1.1\r\nHost: x\r\n\r\n"), "asked");
    SAY(p, get_reply(fd, false, head, sizeof head, body, sizeof body) == 200, "%s", head);
    SAY(p, at_end(fd), "no body");
    close(fd);
}

static void a_file_is_a_reply(void **arena)
{
    (void)arena;
    run((struct taker){0}, fetch_file);
}

UNIT_MAIN(UNIT(a_body_comes_in_pieces), UNIT(a_body_above_the_limit_is_refused_unread),
          UNIT(a_refusal_is_heard_while_the_body_still_comes),
          UNIT(a_client_that_goes_is_told), UNIT(a_file_is_a_reply))
