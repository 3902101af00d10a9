/* The door to the daemon: words in, a status and text out; others are kept out. */
#include "net/control.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "unit.h"

struct door {
    struct arena *arena;
    struct loop *loop;
    struct control *control;
    char dir[64];
    str path;
    int asked, wanted;
    size_t reply_bytes;
};

static int on_asked(void *ctx, struct arena *a, struct strs words, str *reply)
{
    struct door *d = ctx;
    str all = STR("");
    for (size_t i = 0; i < words.n; i++)
        all = arena_fmt(a, "%.*s[%.*s]", STR_ARG(all), STR_ARG(words.v[i]));
    *reply = all;
    if (d->reply_bytes > 0)
        *reply = (str){memset(arena_alloc(a, d->reply_bytes), 'x', d->reply_bytes),
                       d->reply_bytes};
    d->asked++;
    return 3;
}

static void open_door(struct door *d, struct arena *a)
{
    *d = (struct door){.arena = a, .dir = "/tmp/balie-door-XXXXXX"};
    CHECK(mkdtemp(d->dir) != NULL, "a folder");
    d->path = arena_fmt(a, "%s/control", d->dir);
    d->loop = loop_new();
    CHECK_RC(control_open(d->loop, d->path, on_asked, d, &d->control), RC_OK);
}

static void close_door(struct door *d)
{
    control_close(d->control);
    loop_free(d->loop);
    CHECK(access(d->path.p, F_OK) != 0, "the socket is gone");
    rmdir(d->dir);
}

struct client {
    struct door *door;
    struct arena *arena;
    enum rc rc;
    int status;
    str reply;
};

static void *ask(void *ctx)
{
    static const str words[] = {STR_INIT("desk"), STR_INIT(""), STR_INIT("één zin")};
    struct client *c = ctx;
    c->rc = control_ask(c->arena, c->door->path, (struct strs){words, LEN(words)},
                        &c->status, &c->reply);
    return NULL;
}

static void stop(void *ctx)
{
    loop_stop(ctx);
}

/* Runs the loop until the client is done. */
static void serve(struct door *d, struct client *c)
{
    pthread_t thread;
    *c = (struct client){.door = d, .arena = d->arena};
    CHECK_INT(pthread_create(&thread, NULL, ask, c), 0, "a thread");
    struct timer *t = timer_new(d->loop, stop, d->loop);
    for (int i = 0; i < 2000 && pthread_tryjoin_np(thread, NULL); i++) {
        timer_set(t, 5);
        loop_run(d->loop);
    }
    timer_free(t);
}

static void words_come_in_and_a_reply_goes_out(void **arena)
{
    struct door d;
    struct client c;
    open_door(&d, *arena);
    struct stat st;
    CHECK_INT(stat(d.path.p, &st), 0, "there");
    CHECK_INT(st.st_mode & 0777, 0600, "for its owner only");
    serve(&d, &c);
    CHECK_INT(c.rc, RC_OK, "asked");
    CHECK_INT(c.status, 3, "status");
    CHECK_STR(c.reply, "[desk][][één zin]", "words");
    d.reply_bytes = 3 * 1024 * 1024;
    serve(&d, &c);
    CHECK_INT(c.reply.n, 3 * 1024 * 1024, "a reply larger than the socket's buffer");
    close_door(&d);
}

static void who_says_nothing_and_goes_harms_nobody(void **arena)
{
    struct door d;
    struct client c;
    open_door(&d, *arena);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, d.path.p, d.path.n);
    int fds[3];
    for (size_t i = 0; i < LEN(fds); i++) {
        fds[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK_INT(connect(fds[i], (struct sockaddr *)&at, sizeof at), 0, "connected");
    }
    CHECK_INT(send(fds[1], "half", 4, MSG_NOSIGNAL), 4, "sent");
    close(fds[2]);
    serve(&d, &c);
    CHECK_INT(c.rc, RC_OK, "the next is served");
    close(fds[0]);
    close(fds[1]);
    close_door(&d);
}

static void nobody_there_is_told(void **arena)
{
    int status;
    str reply;
    CHECK_RC(control_ask(*arena, STR("/tmp/balie-no-such/control"), (struct strs){0},
                         &status, &reply),
             RC_NOT_FOUND);
}

UNIT_MAIN(UNIT(words_come_in_and_a_reply_goes_out),
          UNIT(who_says_nothing_and_goes_harms_nobody), UNIT(nobody_there_is_told))
