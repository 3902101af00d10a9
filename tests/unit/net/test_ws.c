#include "chat.h"
#include "frames.h"

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
    size_t n = (size_t)snprintf((char *)b, sizeof b, "%s", JOINS);
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

UNIT_MAIN(UNIT(messages_come_and_go_whole), UNIT(fragments_are_reassembled),
          UNIT(many_messages_at_once_are_all_answered_in_order),
          UNIT(messages_right_behind_the_handshake_are_heard), UNIT(open_may_send),
          UNIT(what_is_not_text_is_closed_with_its_code), UNIT(too_large_is_closed_1009),
          UNIT(an_unmasked_frame_is_refused),
          UNIT(a_masked_frame_is_never_taken_for_an_unmasked_one))
