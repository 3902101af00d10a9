#include "chat.h"
#include "frames.h"

static const struct {
    const char *why, *text;
    int status;
} handshakes[] = {
    {"in order", JOINS, 101},
    {"no sub-protocol", "GET /chat HTTP/1.1\r\n" UPGRADE KEY V13 "\r\n", 400},
    {"another's sub-protocol",
     "GET /chat HTTP/1.1\r\n" UPGRADE KEY V13 "Sec-WebSocket-Protocol: other.v1\r\n\r\n",
     400},
    {"two, another's first",
     "GET /chat HTTP/1.1\r\n" UPGRADE KEY V13
     "Sec-WebSocket-Protocol: other.v1, balie.v1\r\n\r\n",
     400},
    {"the other endpoint",
     "GET /other HTTP/1.1\r\n" UPGRADE KEY V13 "Sec-WebSocket-Protocol: other.v1\r\n\r\n",
     101},
    {"no such path", "GET /none HTTP/1.1\r\n" UPGRADE KEY V13 BALIE "\r\n", 404},
    {"no version", "GET /chat HTTP/1.1\r\n" UPGRADE KEY BALIE "\r\n", 426},
    {"version 8",
     "GET /chat HTTP/1.1\r\n" UPGRADE KEY "Sec-WebSocket-Version: 8\r\n" BALIE "\r\n",
     426},
    {"no key", "GET /chat HTTP/1.1\r\n" UPGRADE V13 BALIE "\r\n", 400},
    {"a short key",
     "GET /chat HTTP/1.1\r\n" UPGRADE "Sec-WebSocket-Key: abc\r\n" V13 BALIE "\r\n", 400},
    {"no host",
     "GET /chat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" KEY V13 BALIE
     "\r\n",
     400},
    {"no connection header",
     "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n" KEY V13 BALIE "\r\n", 400},
    {"POST", "POST /chat HTTP/1.1\r\nContent-Length: 0\r\n" UPGRADE KEY V13 BALIE "\r\n",
     405},
    {"no upgrade at all", "GET /chat HTTP/1.1\r\nHost: a\r\n\r\n", 426},
};

static void play_handshakes(struct play *p)
{
    for (size_t i = 0; i < LEN(handshakes); i++) {
        char head[1024];
        int fd = dial(p->port);
        int status = upgrade(fd, handshakes[i].text, head, sizeof head);
        SAY(p, status == handshakes[i].status, "%s: %d", handshakes[i].why, status);
        close(fd);
    }
}

static void a_handshake_is_checked_before_it_is_accepted(void **state)
{
    (void)state;
    struct chat c = run(play_handshakes);
    CHECK_INT(c.opened, 2, "two in order");
    CHECK_STR(str_c(c.peer), "127.0.0.1", "peer");
    CHECK_STR(str_c(c.origin), "https://intra.example", "headers at hand");
}

static void play_refused(struct play *p)
{
    char head[1024];
    ((struct chat *)p->ctx)->refuse = true;
    int fd = dial(p->port);
    int status = upgrade(fd, JOINS, head, sizeof head);
    SAY(p, status == 403, "%d", status);
    close(fd);
}

static void the_application_may_refuse(void **state)
{
    (void)state;
    struct chat c = run(play_refused);
    CHECK_INT(c.opened + c.closed, 0, "and is not told of a close");
}

static void play_full(struct play *p)
{
    char head[1024];
    int a = join(p), b = join(p), fd = dial(p->port);
    int status = upgrade(fd, JOINS, head, sizeof head);
    SAY(p, status == 503 && strstr(head, "retry-after"), "%d", status);
    close(fd);
    SAY(p, parts(a), "closed");
    usleep(50 * 1000);
    a = join(p);
    close(a);
    close(b);
}

static void above_the_limit_comes_503(void **state)
{
    (void)state;
    struct chat c = run_with(play_full, &(struct server_conf){.most_connections = 2});
    CHECK_INT(c.opened, 3, "one came after one went");
}

UNIT_MAIN(UNIT(a_handshake_is_checked_before_it_is_accepted),
          UNIT(the_application_may_refuse), UNIT(above_the_limit_comes_503))
