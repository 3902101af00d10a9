#include "chat.h"
#include "frames.h"

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
    SAY(p, upgrade(fd, JOINS, head, sizeof head) == 101, "%s", head);
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

UNIT_MAIN(UNIT(the_application_closes_after_what_is_queued),
          UNIT(clients_that_vanish_are_closed_once), UNIT(a_slow_reader_is_closed),
          UNIT(a_paused_connection_is_not_read_and_loses_nothing),
          UNIT(a_silent_connection_is_pinged_then_closed),
          UNIT(draining_says_1001_to_all), UNIT(stopping_abruptly_closes_what_is_left))
