/*
 * Tickets through the outbox, the REST desk and a real HTTP server, with the state on
 * disk: row stored, marked, sent, its end stored. CPU of the whole process per ticket.
 *   bench_desk URL DIR IN_FLIGHT SECONDS
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "adapters/servicedesk/rest.h"
#include "app/job.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/random.h"

enum { BODY = 700, UNDER_WAY = 2 /* for each in flight: others are being stored */ };

struct bench {
    struct arena *arena;
    struct arenas arenas;
    struct loop *loop;
    struct http *http;
    struct wake *wake;
    struct timer *end;
    struct store *store;
    struct outbox *outbox;
    str payload;
    size_t in_flight, added, ended, failed;
    int64_t stop_ms;
};

/* A row whose insert is on its way: the turn that opened the ticket. */
struct born {
    enum job_owner owner; /* OWNER_TURN */
    struct store_effect e;
    struct store_ticket t;
    char key[24];
};

static void add(struct bench *b)
{
    struct arena *a = arenas_take(&b->arenas);
    struct born *n = must_alloc(sizeof *n);
    int64_t now = clock_wall_ms();
    str key = random_key(a, 20);
    bool at_once = b->outbox && outbox_would_send(b->outbox, (int64_t)b->added + 1);
    memcpy(n->key, key.p, key.n);
    n->owner = OWNER_TURN;
    n->e = (struct store_effect){.id = store_next_effect(b->store),
                                 .conversation = (int64_t)++b->added,
                                 .turn = 1,
                                 .key = {n->key, key.n},
                                 .kind = STR("ticket"),
                                 .target = STR("desk"),
                                 .payload = b->payload,
                                 .state = at_once ? EFFECT_SENDING : EFFECT_PENDING,
                                 .created_ms = now,
                                 .next_ms = now,
                                 .deadline_ms = now + 3600 * 1000};
    n->t = (struct store_ticket){.effect = n->e.id,
                                 .conversation = n->e.conversation,
                                 .person = STR("p001"),
                                 .receipt = STR("B-BENCH"),
                                 .queue = STR("HR"),
                                 .status = STR("received")};
    struct store_job j = {
        .effects = &n->e, .n_effects = 1, .tickets = &n->t, .n_tickets = 1, .ctx = n};
    if (store_put(b->store, &j))
        free(n);
    arenas_give(&b->arenas, a);
}

static void fill(struct bench *b)
{
    while (clock_mono_ms() < b->stop_ms && b->added - b->ended < b->in_flight * UNDER_WAY)
        add(b);
}

static void ended(void *ctx, const struct store_effect *e, const struct store_ticket *t,
                  int64_t about, bool failed)
{
    struct bench *b = ctx;
    (void)e, (void)t, (void)about;
    b->ended++;
    b->failed += failed;
    fill(b);
    if (b->ended == b->added)
        loop_stop(b->loop);
}

static void stored(void *ctx)
{
    struct bench *b = ctx;
    struct store_result r;
    while (store_next(b->store, &r)) {
        const enum job_owner *owner = r.ctx;
        if (*owner == OWNER_OUTBOX) {
            outbox_stored(b->outbox, r.ctx, r.rc);
            continue;
        }
        struct born *n = r.ctx;
        outbox_add(b->outbox, &n->e, &n->t);
        free(n);
    }
}

static void ring(void *ctx)
{
    wake_ring(((struct bench *)ctx)->wake);
}

static void flush(void *ctx)
{
    store_flush(((struct bench *)ctx)->store);
}

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool start_desk(struct bench *b, const char *url, const char *dir, void **desk)
{
    char folder[4096];
    struct diags d = diags_new(b->arena);
    struct yaml *y = arena_alloc(b->arena, sizeof *y);
    str token = arena_fmt(b->arena, "%s/token", dir);
    if (!getcwd(folder, sizeof folder) || file_write(b->arena, token, STR("bench\n")))
        return false;
    str section =
        arena_fmt(b->arena, "profile: tests/bench/desk.yaml\nurl: %s\ntoken_file: %s\n",
                  url, token.p);
    struct host host = {.loop = b->loop,
                        .http = b->http,
                        .settings = y,
                        .settings_file = STR("bench"),
                        .folder = arena_str(b->arena, str_c(folder)),
                        .diags = &d,
                        .arena = b->arena};
    if (yaml_parse(b->arena, STR("bench"), section, 0, &d, y) == RC_OK &&
        desk_rest.start(&host, desk) == RC_OK)
        return true;
    for (size_t i = 0; i < d.list.n; i++)
        fprintf(stderr, "%.*s\n", STR_ARG(diag_line(b->arena, &d.list.v[i])));
    return false;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    void *desk = NULL;
    struct bench b = {.arena = arena_new(), .in_flight = (size_t)atoi(argv[3])};
    store_init();
    log_set_level(LOG_LEVEL_ERR);
    b.loop = loop_new();
    b.http = http_new(b.loop, 64);
    b.wake = wake_new(b.loop, stored, &b);
    char *x = memset(arena_alloc(b.arena, BODY), 'x', BODY);
    b.payload =
        arena_fmt(b.arena,
                  "{\"receipt\":\"B-BENCH\",\"queue\":\"HR\",\"subject\":\"bench\","
                  "\"person_email\":\"a@x.example\",\"body\":\"%.*s\"}",
                  BODY, x);
    str file = arena_fmt(b.arena, "%s/desk-%d.db", argv[2], (int)getpid());
    if (store_open(file, ring, &b, &b.store) || !start_desk(&b, argv[1], argv[2], &desk))
        return 1;
    store_gather(b.store, true);
    loop_on_prepare(b.loop, flush, &b);
    struct outbox_conf c = {.loop = b.loop,
                            .store = b.store,
                            .desk = &desk_rest,
                            .desk_self = desk,
                            .in_flight = b.in_flight,
                            .grace_ms = 1000,
                            .give_up_ms = 3600 * 1000,
                            .ended = ended,
                            .ctx = &b};
    b.outbox = outbox_start(&c);
    int64_t began = clock_mono_ms();
    double cpu = cpu_s();
    b.stop_ms = began + atoi(argv[4]) * 1000;
    fill(&b);
    loop_run(b.loop);
    double s = (double)(clock_mono_ms() - began) / 1000, used = cpu_s() - cpu;
    printf("C=%-3zu %7.0f tickets/s  %6.1f us CPU/ticket  failed %zu\n", b.in_flight,
           (double)b.ended / s, used * 1e6 / (double)b.ended, b.failed);
    outbox_stop(b.outbox);
    desk_rest.stop(desk);
    store_close(b.store);
    return b.failed != 0;
}
