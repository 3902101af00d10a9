#include "net/loop.h"

#include "base/clock.h"
#include "unit.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

struct seen {
    struct loop *loop;
    struct timer *timer, *other;
    struct watch *watch;
    struct wake *wake;
    int fd, times, order[8], prepared;
};

static void stop(void *ctx)
{
    loop_stop(((struct seen *)ctx)->loop);
}

static void count_and_stop(void *ctx)
{
    struct seen *s = ctx;
    s->times++;
    loop_stop(s->loop);
}

static void a_timer_fires_once_and_not_early(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    struct timer *t = timer_new(s.loop, count_and_stop, &s);
    struct timer *end = timer_new(s.loop, stop, &s);
    int64_t from = clock_mono_ms();
    timer_set(t, 30);
    loop_run(s.loop);
    CHECK(clock_mono_ms() - from >= 29, "not early");
    timer_set(end, 60);
    loop_run(s.loop);
    CHECK_INT(s.times, 1, "fires once");
    timer_free(t);
    timer_free(end);
    timer_free(NULL);
    loop_free(s.loop);
}

static void a_timer_is_moved_and_cleared(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    struct timer *moved = timer_new(s.loop, count_and_stop, &s);
    struct timer *cleared = timer_new(s.loop, count_and_stop, &s);
    int64_t from = clock_mono_ms();
    timer_set(moved, 10 * 1000);
    timer_set(moved, 20);
    timer_set(cleared, 5);
    timer_clear(cleared);
    loop_run(s.loop);
    CHECK(clock_mono_ms() - from < 5000, "the later time is forgotten");
    CHECK(clock_mono_ms() - from >= 19, "the cleared one does not fire");
    CHECK_INT(s.times, 1, "only the moved one");
    timer_free(moved);
    timer_free(cleared);
    loop_free(s.loop);
}

static void a_long_pause_before_setting_does_not_shorten_a_timer(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    struct timer *t = timer_new(s.loop, stop, &s);
    usleep(50 * 1000);
    int64_t from = clock_mono_ms();
    timer_set(t, 40);
    loop_run(s.loop);
    CHECK(clock_mono_ms() - from >= 39, "counted from now");
    timer_free(t);
    loop_free(s.loop);
}

static void free_self_timer(void *ctx)
{
    struct seen *s = ctx;
    timer_free(s->timer);
    timer_free(s->other); /* another that is due in this very turn */
    s->times++;
    loop_stop(s->loop);
}

static void a_timer_may_be_freed_in_its_own_call(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    s.timer = timer_new(s.loop, free_self_timer, &s);
    s.other = timer_new(s.loop, free_self_timer, &s);
    timer_set(s.timer, 1);
    timer_set(s.other, 2);
    usleep(5000);
    loop_run(s.loop);
    CHECK_INT(s.times, 1, "the other was freed with it");
    loop_free(s.loop);
}

static void read_and_free(void *ctx)
{
    struct seen *s = ctx;
    char b[8];
    s->times += (int)read(s->fd, b, sizeof b);
    watch_free(s->watch);
    loop_stop(s->loop);
}

static void a_watch_calls_when_readable_and_may_be_freed_there(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    int p[2];
    assert_int_equal(pipe(p), 0);
    s.fd = p[0];
    s.watch = loop_watch(s.loop, p[0], read_and_free, &s);
    assert_int_equal(write(p[1], "abc", 3), 3);
    loop_run(s.loop);
    CHECK_INT(s.times, 3, "what was written");
    CHECK_INT(write(p[1], "x", 1), 1, "the fd stays the caller's");
    close(p[0]);
    close(p[1]);
    watch_free(NULL);
    loop_free(s.loop);
}

enum { RINGS = 1000 };

static void *ring(void *ctx)
{
    struct seen *s = ctx;
    for (int i = 0; i < RINGS; i++)
        wake_ring(s->wake);
    return NULL;
}

static void a_wake_from_another_thread_is_never_lost(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    pthread_t t;
    s.wake = wake_new(s.loop, count_and_stop, &s);
    pthread_create(&t, NULL, ring, &s);
    loop_run(s.loop);
    pthread_join(t, NULL);
    CHECK(s.times >= 1 && s.times <= RINGS, "woken, rings may fall together");
    wake_ring(s.wake);
    loop_run(s.loop);
    wake_free(s.wake);
    wake_free(NULL);
    loop_free(s.loop);
}

static void count_prepare(void *ctx)
{
    ((struct seen *)ctx)->prepared++;
}

static void prepare_runs_once_a_turn(void **state)
{
    (void)state;
    struct seen s = {.loop = loop_new()};
    loop_on_prepare(s.loop, count_prepare, &s);
    struct timer *t = timer_new(s.loop, stop, &s);
    timer_set(t, 10);
    loop_run(s.loop);
    CHECK(s.prepared >= 1 && s.prepared <= 4, "before each wait");
    timer_free(t);
    loop_free(s.loop);
}

static void on_signal(void *ctx, int signal)
{
    struct seen *s = ctx;
    s->order[s->times++] = signal;
    if (s->times == 2) {
        watch_free(s->watch); /* allowed in its own call */
        loop_stop(s->loop);
    }
}

static void signals_arrive_as_calls(void **state)
{
    (void)state;
    static const int both[] = {SIGUSR1, SIGUSR2};
    struct seen s = {.loop = loop_new()};
    signals_block(both, LEN(both));
    s.watch = loop_signals(s.loop, both, LEN(both), on_signal, &s);
    raise(SIGUSR1);
    raise(SIGUSR2);
    loop_run(s.loop);
    CHECK_INT(s.order[0] + s.order[1], SIGUSR1 + SIGUSR2, "each once");
    loop_free(s.loop);
    loop_free(NULL);
}

UNIT_MAIN(UNIT(a_timer_fires_once_and_not_early), UNIT(a_timer_is_moved_and_cleared),
          UNIT(a_long_pause_before_setting_does_not_shorten_a_timer),
          UNIT(a_timer_may_be_freed_in_its_own_call),
          UNIT(a_watch_calls_when_readable_and_may_be_freed_there),
          UNIT(a_wake_from_another_thread_is_never_lost), UNIT(prepare_runs_once_a_turn),
          UNIT(signals_arrive_as_calls))
