#include "net/serve.h"

#include "base/clock.h"

#include <stdlib.h>
#include <sys/resource.h>

enum {
    SPARE_FILES = 512,     /* of the file limit, for everything but WebSockets */
    WRITE_MAX = 64 * 1024, /* one send; lws would otherwise cut at its receive size */
    SECOND = 1000,
};

/* lws tells its reasons in words only. After the start they are about peers. */
static void emit_start(int level, const char *line)
{
    (void)level;
    log_err("event=lws said=\"%s\"", line);
}

static void emit_later(int level, const char *line)
{
    (void)level;
    log_debug("event=lws said=\"%s\"", line);
}

/* HTTP first and without a name, so that no client can ask for it; then every
 * sub-protocol once. */
static struct lws_protocols *protocols_new(const struct server *s)
{
    struct lws_protocols *p = must_alloc((s->n_sockets + 2) * sizeof *p);
    p[0] = (struct lws_protocols){.name = "",
                                  .callback = on_http,
                                  .per_session_data_size = sizeof(struct request *),
                                  .tx_packet_size = WRITE_MAX};
    size_t n = 1;
    for (size_t i = 0; i < s->n_sockets; i++) {
        const char *name = s->sockets[i].protocol;
        bool have = false;
        for (size_t j = 1; j < n; j++)
            have = have || strcmp(p[j].name, name) == 0;
        if (!have)
            p[n++] = (struct lws_protocols){.name = name,
                                            .callback = on_ws,
                                            .rx_buffer_size = WS_CHUNK,
                                            .tx_packet_size = WRITE_MAX};
    }
    return p;
}

static enum rc context_open(struct server *s)
{
    static const lws_retry_bo_t no_timers; /* lws's pings cost O(connections) each */
    void *loops[] = {loop_native(s->loop)};
    struct lws_context_creation_info i = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = s->protocols,
        .foreign_loops = loops,
        .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME,
        .retry_and_idle_policy = &no_timers,
        .vhost_name = "default",
        .user = s,
        .gid = -1,
        .uid = -1,
        .pt_serv_buf_size = READ_MAX,
        .max_http_header_data2 = SERVER_HEADERS_MAX,
        .timeout_secs = SERVER_HEADERS_MS / SECOND,
        .timeout_secs_ah_idle = SERVER_HEADERS_MS / SECOND,
    };
    lws_set_log_level(LLL_ERR | LLL_WARN, emit_start);
    s->context = lws_create_context(&i);
    lws_set_log_level(LLL_ERR | LLL_WARN, emit_later);
    if (s->context)
        s->vhost = lws_get_vhost_by_name(s->context, "default");
    if (s->vhost)
        return RC_OK;
    log_err("event=server error=\"libwebsockets does not start on libev: is the package "
            "libwebsockets-evlib-ev installed?\"");
    return RC_IO;
}

/* As many files as connections need, if we may; returns how many WebSockets fit. */
static size_t limit_files(size_t most)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) != 0)
        return most;
    rlim_t want = most + SPARE_FILES;
    if (r.rlim_cur != RLIM_INFINITY && r.rlim_cur < want) {
        r.rlim_cur = r.rlim_max == RLIM_INFINITY ? want : MIN(want, r.rlim_max);
        setrlimit(RLIMIT_NOFILE, &r);
        getrlimit(RLIMIT_NOFILE, &r);
    }
    if (r.rlim_cur == RLIM_INFINITY || r.rlim_cur >= want)
        return most;
    size_t fit = r.rlim_cur / 2 > SPARE_FILES ? r.rlim_cur - SPARE_FILES : r.rlim_cur / 2;
    log_warn("event=server connections=%zu wanted=%zu reason=\"limit of open files\"",
             fit, most);
    return fit;
}

static void drain_check(struct server *s)
{
    if (!s->drained)
        return;
    if ((s->n_ws > 0 || s->requests) && clock_mono_ms() < s->drain_until_ms)
        return;
    void (*drained)(void *) = s->drained;
    s->drained = NULL;
    drained(s->drained_ctx);
}

static void on_tick(void *ctx)
{
    struct server *s = ctx;
    timer_set(s->tick, s->drained ? DRAIN_TICK_MS : TICK_MS);
    s->now = (uint32_t)((clock_mono_ms() - s->started_ms) / TICK_MS);
    acceptor_tick(s->acceptor);
    sweep(s);
    /* lws's own timers (headers, a body that stops) run after its socket
     * events only: this is one */
    lws_cancel_service(s->context);
    drain_check(s);
}

enum rc server_start(struct loop *l, const struct server_conf *c, struct server **out)
{
    struct server *s = must_alloc(sizeof *s);
    s->loop = l;
    s->routes = c->routes;
    s->n_routes = c->n_routes;
    s->sockets = c->sockets;
    s->n_sockets = c->n_sockets;
    s->streams = c->streams;
    s->n_streams = c->n_streams;
    s->most =
        limit_files(c->most_connections ? c->most_connections : SERVER_CONNECTIONS_MAX);
    s->idle_ticks = ticks(c->idle_ms ? c->idle_ms : SERVER_IDLE_MS);
    s->started_ms = clock_mono_ms();
    s->scratch = must_alloc(LWS_PRE + SCRATCH_MAX);
    s->protocols = protocols_new(s);
    enum rc rc = context_open(s);
    if (rc == RC_OK)
        rc = acceptor_open(s, c, &s->acceptor);
    if (rc != RC_OK) {
        server_free(s);
        return rc;
    }
    s->tick = timer_new(l, on_tick, s);
    timer_set(s->tick, TICK_MS);
    *out = s;
    return RC_OK;
}

int server_port(const struct server *s)
{
    return s->acceptor ? acceptor_port(s->acceptor) : 0;
}

size_t server_connections(const struct server *s)
{
    return s->n_ws;
}

void server_drain(struct server *s, int64_t grace_ms, void (*drained)(void *ctx),
                  void *ctx)
{
    s->draining = true;
    s->drained = drained;
    s->drained_ctx = ctx;
    s->drain_until_ms = clock_mono_ms() + grace_ms;
    acceptor_close(s->acceptor);
    s->acceptor = NULL;
    while (s->idle.first) /* closing moves it to the other list */
        ws_close(s->idle.first, 1001, "going away");
    timer_set(s->tick, DRAIN_TICK_MS);
}

void server_free(struct server *s)
{
    if (!s)
        return;
    acceptor_close(s->acceptor);
    timer_free(s->tick);
    if (s->context)
        lws_context_destroy(s->context); /* its callbacks still come in here */
    for (struct request *r = s->requests; r; r = r->after)
        r->server = NULL; /* whoever has it replies to nobody and frees it */
    free(s->protocols);
    free(s->scratch);
    free(s);
}
