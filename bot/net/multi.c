/* curl's multi interface on the loop: it tells which sockets and which time-out it waits
 * for, we tell it what happened. */
#include "net/call.h"

#include "base/arena.h"

#include <ev.h>
#include <stdlib.h>

struct multi {
    struct ev_loop *ev;
    CURLM *curl;
    struct timer *timer;
    void (*ended)(void *ctx, CURL *easy, CURLcode code);
    void *ctx;
    bool telling; /* ended is being called ... */
    bool doomed;  /* ... and has called multi_free */
};

struct sock {
    struct ev_io ev;
    struct multi *multi;
};

static void destroy(struct multi *m)
{
    curl_multi_cleanup(m->curl); /* still calls want_socket and want_timeout */
    timer_free(m->timer);
    free(m);
    curl_global_cleanup();
}

static void tell(struct multi *m)
{
    CURLMsg *msg;
    int left;
    m->telling = true;
    while (!m->doomed && (msg = curl_multi_info_read(m->curl, &left)))
        if (msg->msg == CURLMSG_DONE) /* msg dies with its handle */
            m->ended(m->ctx, msg->easy_handle, msg->data.result);
    m->telling = false;
    if (m->doomed)
        destroy(m);
}

static void on_socket(struct ev_loop *ev, struct ev_io *io, int events)
{
    (void)ev;
    struct multi *m = ((struct sock *)io->data)->multi;
    int what = ((events & EV_READ) ? CURL_CSELECT_IN : 0) |
        ((events & EV_WRITE) ? CURL_CSELECT_OUT : 0),
        running;
    curl_multi_socket_action(m->curl, io->fd, what, &running); /* may free io */
    tell(m);
}

static void on_timeout(void *ctx)
{
    struct multi *m = ctx;
    int running;
    curl_multi_socket_action(m->curl, CURL_SOCKET_TIMEOUT, 0, &running);
    tell(m);
}

static int want_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *sockp)
{
    (void)easy;
    struct multi *m = ctx;
    struct sock *s = sockp;
    if (s)
        ev_io_stop(m->ev, &s->ev);
    if (what == CURL_POLL_REMOVE) {
        free(s);
        return 0;
    }
    if (!s) {
        s = must_alloc(sizeof *s);
        s->multi = m;
        curl_multi_assign(m->curl, fd, s);
    }
    int events =
        (what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0);
    ev_io_init(&s->ev, on_socket, fd, events);
    s->ev.data = s;
    ev_io_start(m->ev, &s->ev);
    return 0;
}

static int want_timeout(CURLM *curl, long ms, void *ctx)
{
    (void)curl;
    struct multi *m = ctx;
    if (ms < 0)
        timer_clear(m->timer);
    else /* 0: the next turn; curl must not be called from here */
        timer_set(m->timer, ms);
    return 0;
}

struct multi *multi_new(struct loop *l, size_t most,
                        void (*ended)(void *ctx, CURL *easy, CURLcode code), void *ctx)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        abort(); /* out of memory */
    struct multi *m = must_alloc(sizeof *m);
    *m = (struct multi){.ev = loop_native(l), .ended = ended, .ctx = ctx};
    m->timer = timer_new(l, on_timeout, m);
    m->curl = curl_multi_init();
    if (!m->curl)
        abort(); /* out of memory */
    curl_multi_setopt(m->curl, CURLMOPT_SOCKETFUNCTION, want_socket);
    curl_multi_setopt(m->curl, CURLMOPT_SOCKETDATA, m);
    curl_multi_setopt(m->curl, CURLMOPT_TIMERFUNCTION, want_timeout);
    curl_multi_setopt(m->curl, CURLMOPT_TIMERDATA, m);
    curl_multi_setopt(m->curl, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)most);
    /* or the cache shrinks with the number of transfers, and closes what is needed next
     */
    curl_multi_setopt(m->curl, CURLMOPT_MAXCONNECTS, (long)most);
    return m;
}

void multi_add(struct multi *m, CURL *easy)
{
    if (curl_multi_add_handle(m->curl, easy) != CURLM_OK)
        abort(); /* out of memory, or our bug */
}

void multi_remove(struct multi *m, CURL *easy)
{
    curl_multi_remove_handle(m->curl, easy);
}

void multi_free(struct multi *m)
{
    if (!m)
        return;
    if (m->telling)
        m->doomed = true;
    else
        destroy(m);
}
