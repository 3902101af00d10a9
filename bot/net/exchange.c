/*
 * An HTTP request's life in lws: headers, body, handler, reply, end.
 *
 * One request per connection. lws 4.1 cannot pipeline: bytes that it has read beyond a
 * request wait in a list, and of a second request with a body that comes out of this list
 * it takes the *headers* as the body, then loops for ever (seen; found by fuzzing), or
 * frees the connection twice when it is refused in there. So there is no second one.
 *
 * From the last byte of a request on, lws does not read the connection, and the reply is
 * written past it: it would spin on whatever the client sends too much, or on its FIN.
 * Hence a client that goes away meanwhile is noticed when the reply is written.
 */
#include "net/serve.h"
#include "net/watch.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BODY_LEAST = 4096 };

static const char *const methods[] = {
    [LWSHUMETH_GET] = "GET",         [LWSHUMETH_POST] = "POST",
    [LWSHUMETH_OPTIONS] = "OPTIONS", [LWSHUMETH_PUT] = "PUT",
    [LWSHUMETH_PATCH] = "PATCH",     [LWSHUMETH_DELETE] = "DELETE",
    [LWSHUMETH_CONNECT] = "CONNECT", [LWSHUMETH_HEAD] = "HEAD",
};

/* From our own callback only: lws must not be in the middle of this connection. */
static void end(struct request *r)
{
    struct lws *wsi = r->wsi;
    request_free(r);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

static void on_writable(void *ctx)
{
    struct request *r = ctx;
    if (reply_write(r))
        end(r);
}

static void write_later(struct request *r)
{
    r->phase = PHASE_REPLY;
    r->due = r->server->now + ticks(SERVER_BODY_MS);
    r->writable =
        watch_writable(r->server->loop, lws_get_socket_fd(r->wsi), on_writable, r);
}

/* lws is not to read the connection, nor to look after its time. */
static void hold(struct lws *wsi)
{
    lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);
    lws_rx_flow_control(wsi, 0);
}

/* For lws's callbacks: there is a reply. -1 ends the connection. */
static int finish(struct request *r)
{
    if (reply_write(r)) {
        request_free(r);
        return -1;
    }
    hold(r->wsi);
    write_later(r);
    return 0;
}

/* Refuses what has not been read. What lws takes for a body is read for a while, so that
 * the client gets to see the refusal instead of a reset. */
static int turn_away(struct request *r, bool body_follows)
{
    if (!body_follows || !reply_write(r))
        return finish(r);
    r->phase = PHASE_LINGER;
    r->due = r->server->now + ticks(LINGER_MS);
    return 0;
}

static int refuse(struct request *r, int status, bool body_follows)
{
    reply_refuse(r, status);
    return turn_away(r, body_follows);
}

static int answer(struct request *r, int status, str allow)
{
    const char *extra[] = {allow.p};
    if (status == 405)
        reply_build(r, status, "text/plain; charset=utf-8", extra, 1,
                    STR("405 Method Not Allowed\n"));
    else
        reply_refuse(r, status);
    return finish(r);
}

static int ask(struct request *r)
{
    int status;
    str allow;
    const struct route_entry *e = route_find(r->server, r, &status, &allow);
    if (!e)
        return answer(r, status, allow);
    r->phase = PHASE_ASKED;
    r->inside = true;
    e->handle(e->ctx, r);
    r->inside = false;
    if (r->out)
        return finish(r);
    hold(r->wsi);
    return 0;
}

void request_reply(struct request *r, int status, const char *type,
                   const char *const *extra, size_t n_extra, str body)
{
    if (r->out || r->handshake) {
        log_err("event=reply error=\"second reply\"");
        return;
    }
    if (!r->wsi) {
        request_free(r);
        return;
    }
    reply_build(r, status, type, extra, n_extra, body);
    if (!r->inside)
        write_later(r);
}

void request_reply_file(struct request *r, int status, const char *type,
                        const char *const *extra, size_t n_extra, int fd, size_t size)
{
    if (r->out || r->handshake || !r->wsi) {
        close(fd);
        if (!r->wsi)
            request_free(r);
        return;
    }
    reply_build_file(r, status, type, extra, n_extra, fd, size);
    if (!r->inside)
        write_later(r);
}

/* --- a request's beginning --- */

/* False: no version that we speak, or no Host where one is due. (A line break hidden in
 * the path ends here too: it swallows the version.) */
static bool read_version(struct request *r)
{
    char v[16] = "";
    if (lws_hdr_copy(r->wsi, v, sizeof v, WSI_TOKEN_HTTP) <= 0)
        return false;
    if (strcmp(v, "HTTP/1.0") == 0)
        return true;
    return strcmp(v, "HTTP/1.1") == 0 && lws_hdr_total_length(r->wsi, WSI_TOKEN_HOST) > 0;
}

/* 0, or the status to refuse with. */
static int read_length(struct request *r)
{
    str length = request_header(r, "content-length");
    int64_t n = 0;
    if (request_header(r, "transfer-encoding").p)
        return 411; /* lws would hand over the chunks' framing as body */
    if (length.p) {
        if (str_int(length, &n) == RC_INVALID || n < 0 || length.p[0] == '-')
            return 400;
        size_t most = r->stream ? r->stream->most : SERVER_BODY_MAX;
        if (length.n > 15 || (size_t)n > most)
            return 413;
    } else if (strcmp(r->method, "POST") == 0 || strcmp(r->method, "PUT") == 0 ||
               strcmp(r->method, "PATCH") == 0) {
        return 411;
    }
    r->body_want = (size_t)n;
    return 0;
}

static bool read_uri(struct request *r)
{
    char *uri = NULL;
    int n = 0, m = lws_http_get_uri_and_method(r->wsi, &uri, &n);
    if (m < 0 || (size_t)m >= LEN(methods) || !methods[m] || n <= 0)
        return false;
    r->method = methods[m];
    r->head = m == LWSHUMETH_HEAD;
    r->path = arena_str(r->arena, (str){uri, (size_t)n});
    return true;
}

static void find_stream(struct request *r)
{
    const struct server *s = r->server;
    for (size_t i = 0; i < s->n_streams && strcmp(r->method, "POST") == 0; i++)
        if (str_eq(str_c(s->streams[i].path), r->path))
            r->stream = &s->streams[i];
    r->ends = r->server->now + ticks(SERVER_STREAM_MS);
}

/* Asks whoever takes the body as it comes. False: it was refused. */
static bool stream_begins(struct request *r)
{
    r->inside = true;
    bool ok = r->stream->begin(r->stream->ctx, r);
    r->inside = false;
    return ok;
}

static int begin(struct lws *wsi, struct request **slot)
{
    if (*slot)
        return -1; /* cannot be: the connection is not read any more */
    struct server *s = server_of(wsi);
    struct request *r = request_new(s, wsi, slot);
    r->due = s->now + ticks(SERVER_BODY_MS);
    if (!read_uri(r))
        return -1;
    bool post = strcmp(r->method, "POST") == 0;
    if (!read_version(r))
        return refuse(r, 400, false);
    find_stream(r);
    int status = read_length(r);
    if (status) /* lws reads on as a body only where it believes in one */
        return refuse(r, status, post || request_header(r, "content-length").p);
    if (r->stream && !stream_begins(r))
        return turn_away(r, r->body_want > 0 || post);
    if (r->body_want > 0 &&
        str_eq_ascii(request_header(r, "expect"), STR("100-continue"))) {
        static const char go[] = "HTTP/1.1 100 Continue\r\n\r\n";
        ssize_t n =
            send(lws_get_socket_fd(wsi), go, sizeof go - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n != (ssize_t)sizeof go - 1)
            return -1;
    }
    /* for an empty POST (only) lws announces the end of the body */
    return r->body_want > 0 || post ? 0 : ask(r);
}

static int piece(struct request *r, const void *in, size_t n)
{
    if (tick_reached(r->server->now, r->ends))
        return -1;
    r->due = r->server->now + ticks(SERVER_BODY_MS);
    r->body_n += n;
    r->inside = true;
    bool ok = r->stream->piece(r->stream->ctx, r, (str){in, n});
    r->inside = false;
    return ok ? 0 : turn_away(r, true);
}

static int body(struct request *r, const void *in, size_t n)
{
    if (!r)
        return -1;
    if (r->phase != PHASE_BODY)
        return 0;
    if (r->body_n + n > r->body_want)
        return -1;
    if (r->stream)
        return piece(r, in, n);
    if (r->body_n + n > r->body_cap) { /* as it comes: a promise alone costs nothing */
        size_t cap = MAX(r->body_cap * 2, (size_t)BODY_LEAST);
        r->body_cap = MIN(MAX(cap, r->body_n + n), r->body_want);
        r->body = must_grow(r->body, r->body_cap);
    }
    if (n)
        memcpy(r->body + r->body_n, in, n);
    r->body_n += n;
    return 0;
}

/* Called again by lws for every byte that follows before the reply: never twice ours. */
static int body_end(struct request *r)
{
    if (!r || r->phase != PHASE_BODY || r->body_n != r->body_want)
        return -1;
    return ask(r);
}

int on_http(struct lws *wsi, enum lws_callback_reasons why, void *user, void *in,
            size_t n)
{
    struct request **slot = user; /* ours in the cases named below only */
    struct ws *w;
    switch (why) {
    case LWS_CALLBACK_WSI_CREATE:
        server_of(wsi)->n_wsi++;
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        server_of(wsi)->n_wsi--;
        w = lws_get_opaque_user_data(wsi);
        lws_set_opaque_user_data(wsi, NULL);
        if (w) /* an upgrade that failed half-way */
            ws_gone(w);
        return 0;
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return upgrade_confirm(server_of(wsi), wsi, in);
    case LWS_CALLBACK_HTTP:
        return slot ? begin(wsi, slot) : -1;
    case LWS_CALLBACK_HTTP_BODY:
        return body(slot ? *slot : NULL, in, n);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return body_end(slot ? *slot : NULL);
    case LWS_CALLBACK_CLOSED_HTTP:
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
        if (slot && *slot)
            request_gone(*slot);
        return 0;
    default:
        return 0;
    }
}
