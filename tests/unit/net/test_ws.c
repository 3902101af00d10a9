#include "base/clock.h"
#include "net/server.h"
#include "wire.h"

/* The application: a chat that answers by what it is told. */
struct chat {
    struct loop *loop;
    struct server *server;
    struct ws_entry entries[2];
    struct server_conf conf;
    struct timer *timer;
    struct talk *held; /* paused */
    int opened, closed, messages;
    size_t longest;
    char peer[64], origin[64];
    bool refuse, greet, drained;
};

struct talk {
    struct chat *chat;
    struct ws *ws;
    int seen;
};

static void *on_open(void *ctx, struct ws *ws, struct request *handshake)
{
    struct chat *c = ctx;
    if (c->refuse)
        return NULL;
    c->opened++;
    snprintf(c->peer, sizeof c->peer, "%.*s", STR_ARG(ws_peer(ws)));
    snprintf(c->origin, sizeof c->origin, "%.*s",
             STR_ARG(request_header(handshake, "origin")));
    if (c->greet)
        ws_send(ws, STR("welcome"));
    struct talk *t = must_alloc(sizeof *t);
    *t = (struct talk){c, ws, 0};
    return t;
}

static void release(void *ctx)
{
    struct chat *c = ctx;
    struct talk *t = c->held;
    c->held = NULL;
    ws_send(t->ws, STR("released"));
    ws_pause(t->ws, false);
}

static void flood(struct talk *t)
{
    static char text[100 * 1000];
    memset(text, 'f', sizeof text);
    for (int i = 0; i < 200; i++)
        ws_send(t->ws, (str){text, sizeof text});
}

static void on_message(void *conn, str text)
{
    struct talk *t = conn;
    struct chat *c = t->chat;
    c->messages++;
    c->longest = MAX(c->longest, text.n);
    t->seen++;
    if (str_eq(text, STR("bye"))) {
        ws_send(t->ws, STR("goodbye"));
        ws_close(t->ws, 4401, "token");
        ws_send(t->ws, STR("never sent"));
    } else if (str_eq(text, STR("flood"))) {
        flood(t);
    } else if (str_eq(text, STR("twice"))) {
        ws_send(t->ws, STR("one"));
        ws_send(t->ws, STR("two"));
    } else if (str_eq(text, STR("hold"))) {
        c->held = t;
        ws_pause(t->ws, true);
        timer_set(c->timer, 100);
    } else {
        ws_send(t->ws, text);
    }
}

static void on_closed(void *conn)
{
    struct talk *t = conn;
    t->chat->closed++;
    if (t->chat->held == t)
        t->chat->held = NULL;
    free(t);
}

static void open_chat(struct chat *c, const struct server_conf *with)
{
    *c = (struct chat){.loop = loop_new()};
    c->entries[0] =
        (struct ws_entry){"/chat", "balie.v1", c, on_open, on_message, on_closed};
    c->entries[1] =
        (struct ws_entry){"/other", "other.v1", c, on_open, on_message, on_closed};
    c->conf = *with;
    c->conf.address = STR("127.0.0.1");
    c->conf.sockets = c->entries;
    c->conf.n_sockets = 2;
    c->timer = timer_new(c->loop, release, c);
    CHECK_RC(server_start(c->loop, &c->conf, &c->server), RC_OK);
}

static void close_chat(struct chat *c)
{
    timer_free(c->timer);
    server_free(c->server);
    loop_free(c->loop);
    CHECK_INT(c->closed, c->opened, "every connection is closed once");
}

static struct chat run_with(void (*script)(struct play *), const struct server_conf *with)
{
    struct chat c;
    open_chat(&c, with);
    play(c.loop, server_port(c.server), script, &c);
    close_chat(&c);
    return c;
}

static struct chat run(void (*script)(struct play *))
{
    return run_with(script, &(struct server_conf){0});
}

/* --- a client of bare frames --- */

enum { CONT, TEXT, BINARY, CLOSE = 8, PING, PONG };
enum { FIN = 0x80 };

#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define UPGRADE                                                                          \
    "Host: desk.example\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"    \
    "Origin: https://intra.example\r\n"
#define V13 "Sec-WebSocket-Version: 13\r\n"
#define BALIE "Sec-WebSocket-Protocol: chat, balie.v1\r\n"

static int upgrade(int fd, const char *text, char *head, size_t max)
{
    char body[512];
    return put_text(fd, text) ? get_reply(fd, true, head, max, body, sizeof body) : -1;
}

static int join(struct play *p)
{
    char head[1024];
    int fd = dial(p->port);
    int status = upgrade(fd, "GET /chat HTTP/1.1\r\n" UPGRADE KEY V13 BALIE "\r\n", head,
                         sizeof head);
    SAY(p, status == 101, "%d", status);
    SAY(p, strstr(head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "%s", head);
    SAY(p, strstr(head, "Sec-WebSocket-Protocol: balie.v1\r\n"), "%s", head);
    return fd;
}

static size_t frame(unsigned char *to, int op, bool masked, const void *p, size_t n)
{
    static const unsigned char mask[4] = {0x11, 0xa2, 0x33, 0xc4};
    size_t h = 2;
    to[0] = (unsigned char)op;
    if (n < 126) {
        to[1] = (unsigned char)n;
    } else if (n < 65536) {
        to[1] = 126;
        to[2] = (unsigned char)(n >> 8);
        to[3] = (unsigned char)n;
        h = 4;
    } else {
        to[1] = 127;
        for (size_t i = 0; i < 8; i++)
            to[2 + i] = (unsigned char)(n >> (56 - 8 * i));
        h = 10;
    }
    if (masked) {
        to[1] |= 0x80;
        memcpy(to + h, mask, 4);
        h += 4;
    }
    for (size_t i = 0; i < n; i++)
        to[h + i] =
            (unsigned char)(((const unsigned char *)p)[i] ^ (masked ? mask[i & 3] : 0));
    return h + n;
}

static bool say_frame(int fd, int op, const void *p, size_t n)
{
    unsigned char *b = malloc(n + 14);
    size_t k = frame(b, op, true, p, n);
    bool ok = put(fd, b, k);
    free(b);
    return ok;
}

static bool say_text(int fd, const char *text)
{
    return say_frame(fd, FIN | TEXT, text, strlen(text));
}

/* The next frame; its opcode with FIN, or -1. */
static int hear(int fd, char *text, size_t max, size_t *n)
{
    unsigned char h[10];
    if (!get(fd, h, 2))
        return -1;
    *n = h[1] & 0x7f;
    if (*n == 126 && get(fd, h + 2, 2))
        *n = (size_t)h[2] << 8 | h[3];
    else if (*n == 127 && get(fd, h + 2, 8))
        *n = (size_t)h[6] << 24 | (size_t)h[7] << 16 | (size_t)h[8] << 8 | h[9];
    if ((h[1] & 0x80) || *n >= max || !get(fd, text, *n))
        return -1;
    text[*n] = '\0';
    return h[0];
}

static bool hears(int fd, const char *want)
{
    static _Thread_local char b[128 * 1024];
    size_t n;
    return hear(fd, b, sizeof b, &n) == (FIN | TEXT) && strcmp(b, want) == 0;
}

/* The code of the close frame that comes next, 0 when something else comes. */
static int hears_close(int fd)
{
    char b[256];
    size_t n;
    if (hear(fd, b, sizeof b, &n) != (FIN | CLOSE) || n < 2)
        return 0;
    return (unsigned char)b[0] << 8 | (unsigned char)b[1];
}

/* Answers the close; the server then ends the connection. */
static bool parts(int fd)
{
    say_frame(fd, FIN | CLOSE, "\x03\xe8", 2);
    bool ended = at_end(fd);
    close(fd);
    return ended;
}

/* --- the handshake --- */

static const struct {
    const char *why, *text;
    int status;
} handshakes[] = {
    {"in order", "GET /chat HTTP/1.1\r\n" UPGRADE KEY V13 BALIE "\r\n", 101},
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
    int status = upgrade(fd, handshakes[0].text, head, sizeof head);
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
    int status = upgrade(fd, handshakes[0].text, head, sizeof head);
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

/* --- messages --- */

static void play_echo(struct play *p)
{
    int fd = join(p);
    SAY(p, say_text(fd, "hallo é €"), "sent");
    SAY(p, hears(fd, "hallo é €"), "echo");
    SAY(p, say_text(fd, "") && hears(fd, ""), "empty message");
    say_text(fd, "twice");
    SAY(p, hears(fd, "one") && hears(fd, "two"), "in order");
    for (size_t n = 500; n <= 540; n++) { /* around lws's chunk */
        char text[600] = "";
        memset(text, 'a', n);
        say_text(fd, text);
        SAY(p, hears(fd, text), "%zu bytes", n);
    }
    char *large = calloc(1, SERVER_FRAME_MAX + 1);
    memset(large, 'L', SERVER_FRAME_MAX);
    say_text(fd, large);
    SAY(p, hears(fd, large), "the largest");
    free(large);
    SAY(p, say_frame(fd, FIN | CLOSE, "\x03\xe8", 2), "close");
    SAY(p, hears_close(fd) == 1000, "answered alike");
    SAY(p, at_end(fd), "and ended");
    close(fd);
}

static void messages_come_and_go_whole(void **state)
{
    (void)state;
    struct chat c = run(play_echo);
    CHECK_INT(c.longest, SERVER_FRAME_MAX, "the largest arrived");
}

static void play_fragments(struct play *p)
{
    int fd = join(p);
    say_frame(fd, TEXT, "caf\xc3", 4); /* cut inside a character */
    say_frame(fd, FIN | PING, "between", 7);
    say_frame(fd, CONT, "\xa9 ", 2);
    say_frame(fd, CONT, "", 0);
    say_frame(fd, FIN | CONT, "noir", 4);
    char b[256];
    size_t n;
    bool text = false, pong = false;
    for (int i = 0; i < 2; i++) { /* in any order */
        int op = hear(fd, b, sizeof b, &n);
        text = text || (op == (FIN | TEXT) && strcmp(b, "café noir") == 0);
        pong = pong || (op == (FIN | PONG) && strcmp(b, "between") == 0);
    }
    SAY(p, text, "reassembled");
    SAY(p, pong, "and the ping was answered");
    say_frame(fd, TEXT, "x", 1);
    say_frame(fd, FIN | CONT, "", 0);
    SAY(p, hears(fd, "x"), "an empty last fragment");
    unsigned char one[64]; /* byte by byte */
    size_t k = frame(one, FIN | TEXT, true, "slowly", 6);
    for (size_t i = 0; i < k; i++) {
        put(fd, one + i, 1);
        usleep(1000);
    }
    SAY(p, hears(fd, "slowly"), "byte by byte");
    SAY(p, parts(fd), "closed");
}

static void fragments_are_reassembled(void **state)
{
    (void)state;
    struct chat c = run(play_fragments);
    CHECK_INT(c.messages, 3, "three messages");
}

static void play_pipelined(struct play *p)
{
    enum { MANY = 500 };
    static unsigned char b[MANY * 64];
    size_t n = 0;
    char text[32];
    int fd = join(p);
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "message %d", i);
        n += frame(b + n, FIN | TEXT, true, text, strlen(text));
    }
    put(fd, b, n);
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "message %d", i);
        SAY(p, hears(fd, text), "%d", i);
    }
    SAY(p, parts(fd), "closed");
}

static void many_messages_at_once_are_all_answered_in_order(void **state)
{
    (void)state;
    run(play_pipelined);
}

static void play_greeting(struct play *p)
{
    ((struct chat *)p->ctx)->greet = true;
    int fd = join(p);
    SAY(p, hears(fd, "welcome"), "greeting");
    SAY(p, parts(fd), "closed");
}

static void play_eager(struct play *p)
{
    unsigned char b[1024];
    char head[1024];
    size_t n = (size_t)snprintf((char *)b, sizeof b, "%s", handshakes[0].text);
    n += frame(b + n, FIN | TEXT, true, "hello", 5);
    n += frame(b + n, FIN | TEXT, true, "again", 5);
    int fd = dial(p->port);
    put(fd, b, n);
    SAY(p, upgrade(fd, "", head, sizeof head) == 101, "%s", head);
    SAY(p, hears(fd, "hello") && hears(fd, "again"), "both");
    SAY(p, parts(fd), "closed");
}

static void messages_right_behind_the_handshake_are_heard(void **state)
{
    (void)state;
    run(play_eager);
}

static void open_may_send(void **state)
{
    (void)state;
    run(play_greeting);
}

/* --- what is not allowed --- */

static const struct {
    const char *why;
    int op, code;
    const char *p;
    size_t n;
} wrongs[] = {
    {"not UTF-8", FIN | TEXT, 1007, "caf\xe9", 4},
    {"overlong UTF-8", FIN | TEXT, 1007, "\xc0\xaf", 2},
    {"a surrogate", FIN | TEXT, 1007, "\xed\xa0\x80", 3},
    {"binary", FIN | BINARY, 1003, "abc", 3},
    {"a continuation of nothing", FIN | CONT, 1002, "abc", 3},
    {"reserved bits", FIN | 0x40 | TEXT, 1002, "abc", 3},
    {"unknown opcode", FIN | 3, 1002, "abc", 3},
    {"a fragmented ping", PING, 1002, "abc", 3},
};

static void play_wrongs(struct play *p)
{
    for (size_t i = 0; i < LEN(wrongs); i++) {
        int fd = join(p);
        say_frame(fd, wrongs[i].op, wrongs[i].p, wrongs[i].n);
        int code = hears_close(fd);
        SAY(p, code == wrongs[i].code, "%s: %d", wrongs[i].why, code);
        /* where lws itself refused, our answer may be lost on it: it waits 5 s */
        limit_waiting(fd, 10 * 1000);
        SAY(p, parts(fd), "%s: ended", wrongs[i].why);
    }
}

static void what_is_not_text_is_closed_with_its_code(void **state)
{
    (void)state;
    struct chat c = run(play_wrongs);
    CHECK_INT(c.messages, 0, "nothing of it is delivered");
}

static void play_too_large(struct play *p)
{
    char *b = calloc(1, 70000);
    memset(b, 'x', 70000);
    int fd = join(p);
    say_frame(fd, FIN | TEXT, b, SERVER_FRAME_MAX + 1);
    SAY(p, hears_close(fd) == 1009 && parts(fd), "one frame");
    fd = join(p);
    say_frame(fd, FIN | TEXT, b, 70000);
    SAY(p, hears_close(fd) == 1009 && parts(fd), "a long frame");
    fd = join(p);
    for (int i = 0; i < 5; i++)
        say_frame(fd, i ? CONT : TEXT, b, 4000);
    SAY(p, hears_close(fd) == 1009 && parts(fd), "fragments together");
    fd = join(p);
    static const unsigned char endless[] = {FIN | TEXT, 0xff, 0x7f, 0xff, 0xff,
                                            0xff,       0xff, 0xff, 0xff, 0xff,
                                            1,          2,    3,    4,    'x'};
    put(fd, endless, sizeof endless);
    SAY(p, hears_close(fd) == 1009, "announced is enough");
    close(fd);
    free(b);
}

static void too_large_is_closed_1009(void **state)
{
    (void)state;
    struct chat c = run(play_too_large);
    CHECK_INT(c.messages, 0, "nothing of it is delivered");
}

static void play_unmasked(struct play *p)
{
    static const size_t sizes[] = {1, 5, 125, 126, 300, 2000};
    unsigned char b[4096];
    char text[2001] = "";
    memset(text, 'u', 2000);
    for (size_t i = 0; i < LEN(sizes); i++) {
        int fd = join(p);
        put(fd, b, frame(b, FIN | TEXT, false, text, sizes[i]));
        SAY(p, hears_close(fd) == 1002, "%zu bytes", sizes[i]);
        SAY(p, parts(fd), "%zu bytes: ended", sizes[i]);
    }
}

static void an_unmasked_frame_is_refused(void **state)
{
    (void)state;
    struct chat c = run(play_unmasked);
    CHECK_INT(c.messages, 0, "nothing of it is delivered");
}

static void play_mask_zero(struct play *p)
{
    int fd = join(p);
    static const unsigned char zero[] = {FIN | TEXT, 0x82, 0, 0, 0, 0, 'o', 'k'};
    put(fd, zero, sizeof zero);
    SAY(p, hears(fd, "ok"), "a mask of zeroes is a mask");
    SAY(p, parts(fd), "closed");
    for (size_t cut = 1; cut < sizeof zero; cut++) { /* the header in two reads */
        fd = join(p);
        put(fd, zero, cut);
        usleep(10 * 1000);
        put(fd, zero + cut, sizeof zero - cut);
        SAY(p, hears(fd, "ok"), "cut at %zu", cut);
        close(fd);
    }
}

static void a_masked_frame_is_never_taken_for_an_unmasked_one(void **state)
{
    (void)state;
    run(play_mask_zero);
}

/* --- the end --- */

static void play_bye(struct play *p)
{
    int fd = join(p);
    say_text(fd, "bye");
    SAY(p, hears(fd, "goodbye"), "what was queued");
    SAY(p, hears_close(fd) == 4401, "the application's code");
    say_text(fd, "too late");
    SAY(p, parts(fd), "ended");
    fd = join(p);
    say_text(fd, "bye");
    SAY(p, hears(fd, "goodbye") && hears_close(fd) == 4401, "again");
    int64_t from = clock_mono_ms();
    limit_waiting(fd, 10 * 1000);
    SAY(p, at_end(fd), "a client that does not answer");
    SAY(p, clock_mono_ms() - from < SERVER_CLOSE_MS + 2000, "is not waited for");
    close(fd);
}

static void the_application_closes_after_what_is_queued(void **state)
{
    (void)state;
    struct chat c = run(play_bye);
    CHECK_INT(c.messages, 2, "nothing is delivered after it");
}

static void play_vanish(struct play *p)
{
    for (int i = 0; i < 10; i++) {
        int fd = join(p);
        struct linger now = {1, 0};
        if (i % 2)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        if (i % 3)
            say_text(fd, "flood");
        close(fd);
    }
    usleep(100 * 1000);
}

static void clients_that_vanish_are_closed_once(void **state)
{
    (void)state;
    struct chat c = run(play_vanish);
    CHECK_INT(c.opened, 10, "all came");
}

static void play_slow(struct play *p)
{
    struct chat *c = p->ctx;
    char head[1024];
    int fd = dial_with(p->port, 4096);
    SAY(p, upgrade(fd, handshakes[0].text, head, sizeof head) == 101, "%s", head);
    say_text(fd, "flood"); /* 20 MB that are not read */
    for (int i = 0; i < 100 && !c->closed; i++)
        usleep(100 * 1000);
    SAY(p, c->closed == 1, "closed although it never read");
    close(fd);
}

static void a_slow_reader_is_closed(void **state)
{
    (void)state;
    run(play_slow);
}

static void play_pause(struct play *p)
{
    struct chat *c = p->ctx;
    unsigned char b[256];
    size_t n = frame(b, FIN | TEXT, true, "hold", 4);
    int fd = join(p);
    n += frame(b + n, FIN | TEXT, true, "after", 5);
    n += frame(b + n, FIN | TEXT, true, "wards", 5);
    put(fd, b, n);
    usleep(50 * 1000);
    SAY(p, c->messages == 1, "%d: not read while paused", c->messages);
    say_text(fd, "more");
    SAY(p, hears(fd, "released"), "sending works meanwhile");
    SAY(p, hears(fd, "after") && hears(fd, "wards") && hears(fd, "more"), "in order");
    SAY(p, parts(fd), "closed");
}

static void a_paused_connection_is_not_read_and_loses_nothing(void **state)
{
    (void)state;
    run(play_pause);
}

static void play_idle(struct play *p)
{
    char b[256];
    size_t n;
    int64_t from = clock_mono_ms();
    int fd = join(p);
    SAY(p, hear(fd, b, sizeof b, &n) == (FIN | PING), "pinged");
    say_frame(fd, FIN | PONG, b, n);
    SAY(p, hear(fd, b, sizeof b, &n) == (FIN | PING), "pinged again, as it answered");
    SAY(p, clock_mono_ms() - from >= 1900, "answering counts");
    SAY(p, hears_close(fd) == 1001, "silent now: closed");
    SAY(p, clock_mono_ms() - from < 9000, "in time");
    close(fd);
}

static void a_silent_connection_is_pinged_then_closed(void **state)
{
    (void)state;
    run_with(play_idle, &(struct server_conf){.idle_ms = 2000});
}

static void on_drained(void *ctx)
{
    struct chat *c = ctx;
    c->drained = true;
    loop_stop(c->loop);
}

struct two {
    int fd[2];
};

static void play_join_two(struct play *p)
{
    struct two *t = p->ctx;
    t->fd[0] = join(p);
    t->fd[1] = join(p);
}

static void play_farewell(struct play *p)
{
    struct two *t = p->ctx;
    for (int i = 0; i < 2; i++) {
        SAY(p, hears_close(t->fd[i]) == 1001, "goodbye %d", i);
        SAY(p, parts(t->fd[i]), "ended");
    }
    usleep(100 * 1000);
}

static void on_drained_only(void *ctx)
{
    ((struct chat *)ctx)->drained = true;
}

static void draining_says_1001_to_all(void **state)
{
    (void)state;
    struct chat c;
    struct two t;
    open_chat(&c, &(struct server_conf){0});
    play(c.loop, server_port(c.server), play_join_two, &t);
    CHECK_INT(server_connections(c.server), 2, "two there");
    server_drain(c.server, 5000, on_drained_only, &c);
    CHECK(!c.drained, "never from inside");
    play(c.loop, 0, play_farewell, &t);
    CHECK(c.drained, "all gone");
    CHECK_INT(server_connections(c.server), 0, "none there");
    close_chat(&c);
}

static void stopping_abruptly_closes_what_is_left(void **state)
{
    (void)state;
    struct chat c;
    struct two t;
    open_chat(&c, &(struct server_conf){0});
    play(c.loop, server_port(c.server), play_join_two, &t);
    server_drain(c.server, 50, on_drained, &c);
    loop_run(c.loop); /* they never answer */
    CHECK(c.drained, "grace is over");
    CHECK_INT(c.closed, 0, "still there");
    close_chat(&c);
    close(t.fd[0]);
    close(t.fd[1]);
}

UNIT_MAIN(UNIT(a_handshake_is_checked_before_it_is_accepted),
          UNIT(the_application_may_refuse), UNIT(above_the_limit_comes_503),
          UNIT(messages_come_and_go_whole), UNIT(fragments_are_reassembled),
          UNIT(many_messages_at_once_are_all_answered_in_order),
          UNIT(messages_right_behind_the_handshake_are_heard), UNIT(open_may_send),
          UNIT(what_is_not_text_is_closed_with_its_code), UNIT(too_large_is_closed_1009),
          UNIT(an_unmasked_frame_is_refused),
          UNIT(a_masked_frame_is_never_taken_for_an_unmasked_one),
          UNIT(the_application_closes_after_what_is_queued),
          UNIT(clients_that_vanish_are_closed_once), UNIT(a_slow_reader_is_closed),
          UNIT(a_paused_connection_is_not_read_and_loses_nothing),
          UNIT(a_silent_connection_is_pinged_then_closed),
          UNIT(draining_says_1001_to_all), UNIT(stopping_abruptly_closes_what_is_left))
