#include "net/ws_client.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "base/clock.h"
#include "net/serve.h"

enum {
    RX_BYTES = 8 * 1024,
    CLOSE_NORMAL = 1000,
    CLOSE_ODD = 1003,
    CLOSE_BAD_TEXT = 1007,
    CLOSE_TOO_LONG = 1009,
    PORT_WS = 80,
    PORT_WSS = 443,
    CLOSE_WAIT_MS = 3000,
};

struct ws_client {
    struct ws_clients *all;
    struct lws *wsi;
    const struct ws_client_events *events;
    void *ctx;
    struct outbox *out;
    char *in;
    size_t in_n, in_cap;
    int close_code; /* not 0: to be said and gone */
    bool open, left, ended, ping_due, pinged;
    int64_t heard_ms, began_ms;
    struct ws_client *before, *next;
};

struct ws_clients {
    struct loop *loop;
    struct lws_context *context;
    struct timer *tick;
    struct ws_client *list;
    char *ca_file;
    bool freeing;
};

static void forget(struct ws_client *w)
{
    if (w->next)
        w->next->before = w->before;
    if (w->before)
        w->before->next = w->next;
    else
        w->all->list = w->next;
    outbox_free(w->out);
    free(w->in);
    free(w);
}

static void ended(struct ws_client *w)
{
    w->ended = true;
    w->wsi = NULL;
    if (w->left || w->all->freeing)
        forget(w);
    else
        timer_set(w->all->tick, 0); /* told from there, never from inside a call */
}

static int close_with(struct ws_client *w, int code)
{
    w->close_code = code;
    lws_callback_on_writable(w->wsi);
    return 0;
}

/* Messages come in pieces. */
static int received(struct ws_client *w, const char *p, size_t n)
{
    if (w->close_code)
        return 0;
    if (lws_frame_is_binary(w->wsi))
        return close_with(w, CLOSE_ODD);
    if (w->in_n + n > WS_CLIENT_MESSAGE_MAX)
        return close_with(w, CLOSE_TOO_LONG);
    if (w->in_n + n + 1 > w->in_cap) {
        w->in_cap = MAX(w->in_cap * 2, w->in_n + n + 1);
        w->in = must_grow(w->in, w->in_cap);
    }
    if (n > 0)
        memcpy(w->in + w->in_n, p, n);
    w->in_n += n;
    if (!lws_is_final_fragment(w->wsi) || lws_remaining_packet_payload(w->wsi) > 0)
        return 0;
    str text = {w->in, w->in_n};
    w->in_n = 0;
    if (!str_is_utf8(text))
        return close_with(w, CLOSE_BAD_TEXT);
    if (!w->left)
        w->events->message(w->ctx, text);
    return 0;
}

static int writeable(struct ws_client *w)
{
    unsigned char ping[LWS_PRE + 1];
    enum lws_write_protocol kind;
    size_t n;
    unsigned char *p = outbox_first(w->out, &kind, &n);
    if (w->ping_due) {
        w->ping_due = false;
        w->pinged = true;
        if (lws_write(w->wsi, ping + LWS_PRE, 0, LWS_WRITE_PING) < 0)
            return -1;
    } else if (p) {
        int wrote = lws_write(w->wsi, p, n, kind);
        outbox_drop(w->out);
        if (wrote < 0)
            return -1;
    } else if (w->close_code) {
        lws_close_reason(w->wsi, (enum lws_close_status)w->close_code, NULL, 0);
        return -1;
    }
    if (outbox_bytes(w->out) > 0 || w->ping_due || w->close_code)
        lws_callback_on_writable(w->wsi);
    return 0;
}

static int on_client(struct lws *wsi, enum lws_callback_reasons why, void *user, void *in,
                     size_t n)
{
    struct ws_client *w = lws_get_opaque_user_data(wsi);
    (void)user;
    switch (why) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        w->open = true;
        w->heard_ms = clock_mono_ms();
        if (!w->left)
            w->events->opened(w->ctx);
        if (w->close_code)
            lws_callback_on_writable(wsi);
        return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
        w->heard_ms = clock_mono_ms();
        w->pinged = false;
        return received(w, in, n);
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        w->heard_ms = clock_mono_ms();
        w->pinged = false;
        return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return writeable(w);
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        log_debug("event=ws_client error=\"%.*s\"", (int)n, in ? (const char *)in : "");
        ended(w);
        return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
        ended(w);
        return 0;
    default:
        return lws_callback_http_dummy(wsi, why, user, in, n);
    }
}

/* Time-outs, and the news of those that ended. */
static void look(struct ws_client *w, int64_t now)
{
    if (!w->wsi)
        return;
    int64_t silent = now - w->heard_ms;
    if ((!w->open && now - w->began_ms > WS_CLIENT_CONNECT_MS) ||
        (w->pinged && silent > WS_CLIENT_PING_MS + WS_CLIENT_PONG_MS) ||
        (w->close_code && now - w->began_ms > CLOSE_WAIT_MS)) {
        lws_set_timeout(w->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    } else if (w->open && !w->pinged && !w->ping_due && silent > WS_CLIENT_PING_MS) {
        w->ping_due = true;
        lws_callback_on_writable(w->wsi);
    }
}

static void on_tick(void *ctx)
{
    struct ws_clients *c = ctx;
    int64_t now = clock_mono_ms();
    timer_set(c->tick, TICK_MS);
    for (struct ws_client *w = c->list, *next; w; w = next) {
        next = w->next;
        look(w, now);
    }
    lws_cancel_service(c->context); /* lws's own timers: see server.c */
    for (struct ws_client *w = c->list; w; w = w->next)
        if (w->ended) {
            void (*closed)(void *) = w->events->closed;
            void *to = w->ctx;
            forget(w);
            closed(to); /* may open and leave others, and free us: one a tick */
            return;
        }
}

enum rc ws_clients_new(struct loop *l, str ca_file, struct ws_clients **out)
{
    static const lws_retry_bo_t no_timers;
    static const struct lws_protocols protocols[] = {
        {.name = "client", .callback = on_client, .rx_buffer_size = RX_BYTES}, {0}};
    struct ws_clients *c = must_alloc(sizeof *c);
    void *loops[] = {loop_native(l)};
    c->loop = l;
    c->ca_file = must_alloc(ca_file.n + 1);
    if (ca_file.n)
        memcpy(c->ca_file, ca_file.p, ca_file.n);
    struct lws_context_creation_info i = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .foreign_loops = loops,
        .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
        .retry_and_idle_policy = &no_timers,
        .http_proxy_address = "", /* none, and not the environment's */
        .client_ssl_ca_filepath = ca_file.n ? c->ca_file : NULL,
        .user = c,
        .gid = -1,
        .uid = -1,
    };
    c->context = lws_create_context(&i);
    if (!c->context) {
        log_err("event=ws_client error=\"libwebsockets does not start on libev: is the "
                "package libwebsockets-evlib-ev installed?\"");
        free(c->ca_file);
        free(c);
        return RC_IO;
    }
    c->tick = timer_new(l, on_tick, c);
    timer_set(c->tick, TICK_MS);
    *out = c;
    return RC_OK;
}

void ws_clients_free(struct ws_clients *c)
{
    if (!c)
        return;
    c->freeing = true;
    timer_free(c->tick);
    lws_context_destroy(c->context); /* its callbacks forget the clients */
    for (struct ws_client *one = c->list, *next; one; one = next) {
        next = one->next;
        forget(one);
    }
    free(c->ca_file);
    free(c);
}

static bool is_address(str host)
{
    unsigned char to[sizeof(struct in6_addr)];
    char text[INET6_ADDRSTRLEN];
    if (host.n == 0 || host.n >= sizeof text)
        return false;
    memcpy(text, host.p, host.n);
    text[host.n] = '\0';
    return inet_pton(AF_INET, text, to) == 1 || inet_pton(AF_INET6, text, to) == 1;
}

static bool is_host(str host)
{
    for (size_t i = 0; i < host.n; i++)
        if (!((host.p[i] >= 'a' && host.p[i] <= 'z') ||
              (host.p[i] >= 'A' && host.p[i] <= 'Z') ||
              (host.p[i] >= '0' && host.p[i] <= '9') || strchr("-.:", host.p[i])))
            return false;
    return host.n > 0 && host.n < 256;
}

enum rc ws_url_parse(str url, struct ws_url *out)
{
    *out = (struct ws_url){.secure = str_starts(url, STR("wss://"))};
    if (!out->secure && !str_starts(url, STR("ws://")))
        return RC_INVALID;
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] == 0x7f)
            return RC_INVALID;
    str rest = str_sub(url, out->secure ? 6 : 5, url.n), port = STR_NONE;
    size_t end = 0;
    while (end < rest.n && !strchr("/?#", rest.p[end]))
        end++;
    str where = str_sub(rest, 0, end);
    out->path = end < rest.n ? str_sub(rest, end, rest.n) : STR("/");
    if (!out->path.p || out->path.p[0] != '/' || str_find_char(where, '@') >= 0)
        return RC_INVALID;
    ptrdiff_t close = where.n && where.p[0] == '[' ? str_find_char(where, ']') : -1;
    if (close > 0) {
        out->host = str_sub(where, 1, (size_t)close);
        port = str_sub(where, (size_t)close + 1, where.n);
        if (port.n > 0 && port.p[0] != ':')
            return RC_INVALID;
        port = port.n ? str_sub(port, 1, port.n) : STR_NONE;
    } else {
        port = where;
        out->host = str_cut(&port, ':');
    }
    int64_t n = out->secure ? PORT_WSS : PORT_WS;
    if (!is_host(out->host) || (port.n > 0 && str_int(port, &n)) || n < 1 || n > 65535)
        return RC_INVALID;
    out->port = (int)n;
    out->numeric = is_address(out->host);
    return RC_OK;
}

enum rc ws_client_open(struct ws_clients *c, str url, str address,
                       const struct ws_client_events *events, void *ctx,
                       struct ws_client **out)
{
    struct ws_url u;
    if (ws_url_parse(url, &u) || (!u.numeric && !is_address(address)))
        return RC_INVALID;
    struct arena *a = arena_new();
    struct ws_client *w = must_alloc(sizeof *w);
    *w = (struct ws_client){.all = c,
                            .events = events,
                            .ctx = ctx,
                            .out = outbox_new(),
                            .began_ms = clock_mono_ms(),
                            .next = c->list};
    w->heard_ms = w->began_ms;
    if (w->next)
        w->next->before = w;
    c->list = w;
    bool plain_port = u.port == (u.secure ? PORT_WSS : PORT_WS);
    str host = arena_str(a, u.host);
    struct lws_client_connect_info i = {
        .context = c->context,
        .address = arena_str(a, u.numeric ? u.host : address).p,
        .port = u.port,
        .ssl_connection = u.secure ? LCCSCF_USE_SSL : 0,
        .path = arena_str(a, u.path).p,
        .host = plain_port ? host.p : arena_fmt(a, "%.*s:%d", STR_ARG(host), u.port).p,
        .alpn = "http/1.1",
        .local_protocol_name = "client",
        .opaque_user_data = w,
        .pwsi = &w->wsi,
    };
    if (!lws_client_connect_via_info(&i))
        ended(w); /* told at the next tick */
    arena_free(a);
    *out = w;
    return RC_OK;
}

void ws_client_send(struct ws_client *w, str text)
{
    if (!w->wsi || w->close_code)
        return;
    outbox_put(w->out, LWS_WRITE_TEXT, text);
    lws_callback_on_writable(w->wsi);
}

void ws_client_leave(struct ws_client *w)
{
    w->left = true;
    w->began_ms = clock_mono_ms();
    if (!w->wsi) {
        forget(w);
        return;
    }
    w->close_code = CLOSE_NORMAL;
    if (w->open)
        lws_callback_on_writable(w->wsi);
    else
        lws_set_timeout(w->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
}
