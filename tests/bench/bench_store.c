/*
 * bench_store - what the state costs: turns a second, CPU of the writer and of the loop's
 * side for a turn, and the time from put to the acknowledgement seen.
 *
 *     make build/balie
 *     gcc -std=c17 -O2 -D_GNU_SOURCE -Ibot -o build/bench_store tests/bench/bench_store.c
 * \
 *         build/release/bot/store/[a-z]*.o build/release/bot/base/[a-z]*.o \
 *         -lsqlite3 -lyaml -lm -lpthread
 *     build/bench_store [FOLDER]
 *
 * A turn is one row of some 80 + 300 bytes of text, with and without its count; 1,000
 * conversations in turn. FULL waits for the disk, NORMAL does not. Take ratios of one
 * run.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/store.h"

enum { CONVERSATIONS = 1000, FLOOD_TURNS = 200000, PACED_MS = 5000 };

struct bench {
    struct store *store;
    int bell;
    int64_t last[CONVERSATIONS];
    size_t next, rings;
    int64_t *put_us, *latency_us; /* by turn; latency_us NULL: not wanted */
    size_t seen;
};

static void on_ring(void *ctx)
{
    uint64_t one = 1;
    (void)!write(*(int *)ctx, &one, sizeof one);
}

static void put_turn(struct bench *b, bool counted)
{
    static char text[300];
    if (!text[0])
        memset(text, 'x', sizeof text);
    size_t k = b->next++ % CONVERSATIONS;
    struct store_turn t = {
        .id = store_next_turn(b->store),
        .conversation = (int64_t)k + 1,
        .prev = b->last[k],
        .at_ms = 1700000000000,
        .client_id = STR("c1"),
        .said = {text, 80},
        .frames = {text, 200},
        .session = {text, 100},
        .lang = STR("nl"),
        .outcome = STR("answer"),
        .intent = STR("leave.balance"),
    };
    struct store_count c = {20000, t.lang, t.outcome, t.intent, STR("sales")};
    b->last[k] = t.id;
    b->put_us[b->next - 1] = clock_mono_us();
    if (store_put(b->store,
                  &(struct store_job){.turn = &t, .count = counted ? &c : NULL}) != RC_OK)
        abort();
}

static void fetch(struct bench *b)
{
    int64_t now = clock_mono_us();
    for (struct store_result r; store_next(b->store, &r); b->seen++) {
        if (r.rc != RC_OK)
            abort();
        b->latency_us[b->seen] = now - b->put_us[b->seen];
    }
}

/* Until the bell rings or a time has come. */
static void wait_bell(struct bench *b, int64_t until_us)
{
    int64_t left = MAX(0, until_us - clock_mono_us());
    struct timespec ts = {left / 1000000, left % 1000000 * 1000};
    struct pollfd p = {.fd = b->bell, .events = POLLIN};
    uint64_t n = 0;
    if (ppoll(&p, 1, &ts, NULL) == 1 && read(b->bell, &n, sizeof n) > 0)
        b->rings += n;
    fetch(b);
}

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static int64_t cpu_us(int who)
{
    struct rusage u;
    getrusage(who, &u);
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 + u.ru_utime.tv_usec +
        u.ru_stime.tv_usec;
}

static void add_conversations(struct bench *b)
{
    for (int i = 0; i < CONVERSATIONS; i++) {
        struct store_conversation c = {.id = store_next_conversation(b->store)};
        struct store_result r;
        if (store_put(b->store, &(struct store_job){.conversation = &c}) != RC_OK)
            abort();
        while (!store_next(b->store, &r))
            usleep(10);
    }
    uint64_t rings = 0;
    (void)!read(b->bell, &rings, sizeof rings); /* those are not counted */
}

/* rate 0: as many as it takes. */
static void run(const char *dir, bool durable, bool counted, size_t rate)
{
    struct arena *a = arena_new();
    str path = arena_fmt(a, "%s/bench_store.db", dir);
    size_t n = rate ? rate * PACED_MS / 1000 : FLOOD_TURNS;
    struct bench b = {.bell = eventfd(0, 0)};
    b.put_us = calloc(n, sizeof *b.put_us);
    b.latency_us = calloc(n, sizeof *b.latency_us);
    unlink(path.p);
    if (store_open(path, on_ring, &b.bell, &b.store) != RC_OK)
        exit(1);
    store_set_durable(b.store, durable);
    add_conversations(&b);
    int64_t start = clock_mono_us(), all = cpu_us(RUSAGE_SELF),
            own = cpu_us(RUSAGE_THREAD);
    while (b.seen < n) {
        int64_t due = rate ? start + (int64_t)(b.next * 1000000 / rate) : 0;
        if (b.next < n && store_waiting(b.store) < STORE_QUEUE_MAX &&
            clock_mono_us() >= due)
            put_turn(&b, counted);
        else
            wait_bell(&b, b.next < n && rate ? due : INT64_MAX / 2);
    }
    double s = (double)(clock_mono_us() - start) / 1e6;
    all = cpu_us(RUSAGE_SELF) - all;
    own = cpu_us(RUSAGE_THREAD) - own;
    qsort(b.latency_us, n, sizeof *b.latency_us, by_size);
    printf("%-6s %-5s %8zu %9.0f %7.1f %8.2f %7.2f %8lld %8lld %8lld\n",
           durable ? "FULL" : "NORMAL", counted ? "yes" : "no", rate, (double)n / s,
           (double)n / (double)b.rings, (double)(all - own) / (double)n,
           (double)own / (double)n, (long long)b.latency_us[n / 2],
           (long long)b.latency_us[n * 99 / 100], (long long)b.latency_us[n - 1]);
    fflush(stdout);
    store_close(b.store);
    unlink(path.p);
    arena_free(a);
    close(b.bell);
    free(b.put_us);
    free(b.latency_us);
}

int main(int argc, char **argv)
{
    const char *dir = argc > 1 ? argv[1] : "/tmp";
    store_init();
    printf("%-6s %-5s %8s %9s %7s %8s %7s %8s %8s %8s\n", "sync", "count", "rate/s",
           "turns/s", "group", "writer", "loop", "p50", "p99", "max us");
    for (int round = 0; round < 3; round++)
        for (int counted = 0; counted < 2; counted++) {
            run(dir, true, counted, 0);
            run(dir, false, counted, 0);
        }
    for (size_t rate = 100; rate <= 10000; rate *= 10) {
        run(dir, true, true, rate);
        run(dir, false, true, rate);
    }
    return 0;
}
