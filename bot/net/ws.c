/* An open WebSocket: messages in, messages out, the end. */
#include "net/serve.h"

#include <stdlib.h>

struct message { /* one that arrives in pieces */
    size_t n, cap;
    char bytes[];
};

enum { REASON_MAX = 123, CAP_LEAST = 1024 };

struct ws *ws_new(struct server *s, const struct ws_entry *e)
{
    struct ws *w = must_alloc(sizeof *w);
    w->server = s;
    w->entry = e;
    s->n_ws++;
    sweep_add(w);
    return w;
}

void ws_gone(struct ws *w)
{
    sweep_remove(w);
    w->server->n_ws--;
    if (w->conn)
        w->entry->closed(w->conn);
    outbox_free(w->out);
    free(w->in);
    free(w);
}

void ws_kill(struct ws *w)
{
    struct lws *wsi = w->wsi;
    lws_set_opaque_user_data(wsi, NULL);
    ws_gone(w);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

/* --- out --- */

/* The socket failed under us: lws ends the connection at its next turn. */
static void broken(struct ws *w)
{
    sweep_close(w);
    outbox_free(w->out);
    w->out = NULL;
    lws_set_timeout(w->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
}

static void write_now(struct ws *w, enum lws_write_protocol kind, str text)
{
    unsigned char *b = w->server->scratch;
    if (text.n > SCRATCH_MAX)
        b = must_grow(NULL, LWS_PRE + text.n);
    if (text.n)
        memcpy(b + LWS_PRE, text.p, text.n);
    /* what the socket does not take, lws copies and sends first */
    if (lws_write(w->wsi, b + LWS_PRE, text.n, kind) < 0)
        broken(w);
    if (b != w->server->scratch)
        free(b);
}

static void put(struct ws *w, enum lws_write_protocol kind, str text)
{
    if (w->open && !w->out && !lws_partial_buffered(w->wsi)) {
        write_now(w, kind, text);
        return;
    }
    if (!w->out)
        w->out = outbox_new();
    outbox_put(w->out, kind, text);
    if (w->open)
        lws_callback_on_writable(w->wsi);
}

void ws_send(struct ws *w, str text)
{
    if (w->closing)
        return;
    if (outbox_bytes(w->out) + text.n > SERVER_QUEUE_MAX) {
        outbox_free(w->out);
        w->out = NULL;
        ws_close(w, 1008, "too slow");
        return;
    }
    put(w, LWS_WRITE_TEXT, text);
}

void ws_close(struct ws *w, int code, const char *reason)
{
    if (w->closing)
        return;
    str why = str_sub(str_c(reason), 0, REASON_MAX);
    char b[4 + REASON_MAX] = {(char)0x88, (char)(2 + why.n), (char)(code >> 8),
                              (char)(code & 0xff)};
    if (why.n)
        memcpy(b + 4, why.p, why.n);
    sweep_close(w);
    if (w->paused)
        ws_pause(w, false); /* to hear the peer's close */
    /* the frame is made here, not by lws_close_reason: that one sets two lws timers a
     * connection, each inserted into one sorted list */
    put(w, LWS_WRITE_RAW, (str){b, 4 + why.n});
    w->close_sent = true;
}

void ws_pause(struct ws *w, bool paused)
{
    if (w->paused == paused || (paused && w->closing))
        return;
    w->paused = paused;
    lws_rx_flow_control(w->wsi, paused ? 0 : 1);
}

str ws_peer(const struct ws *w)
{
    return socket_peer(lws_get_socket_fd(w->wsi), w->server->peer,
                       sizeof w->server->peer);
}

static int on_writeable(struct ws *w)
{
    if (w->ping && !w->closing) {
        unsigned char b[LWS_PRE + 1];
        w->ping = false;
        b[LWS_PRE] = '?'; /* not empty: lws does not tell of an empty pong */
        if (lws_write(w->wsi, b + LWS_PRE, 1, LWS_WRITE_PING) < 0)
            return -1;
    }
    enum lws_write_protocol kind;
    size_t n;
    unsigned char *p;
    while ((p = outbox_first(w->out, &kind, &n)) && !lws_partial_buffered(w->wsi)) {
        if (lws_write(w->wsi, p, n, kind) < 0)
            return -1;
        outbox_drop(w->out);
    }
    if (p) {
        lws_callback_on_writable(w->wsi);
    } else {
        outbox_free(w->out);
        w->out = NULL;
    }
    return 0;
}

/* --- in --- */

/*
 * RFC 6455 5.1: a client that does not mask is refused. lws accepts it and does not tell,
 * but hands the payload over in place, right behind the frame's header in its receive
 * buffer: the header is read back from there. Where a header was split over two reads
 * nothing is known, and the connection is looked at again with its next message.
 */
static bool is_unmasked(struct ws *w, const unsigned char *in, size_t frame_n)
{
    const unsigned char *start = w->server->read_buf;
    uintptr_t at = (uintptr_t)in - (uintptr_t)start;
    if (!start || at > READ_MAX)
        return false;
    size_t head = frame_n < 126 ? 2 : frame_n < 65536 ? 4 : 10;
    unsigned len = frame_n < 126 ? (unsigned)frame_n : frame_n < 65536 ? 126 : 127;
    if (at >= head + 4 && in[1 - (ptrdiff_t)(head + 4)] == (0x80 | len)) {
        w->masked = true;
        return false;
    }
    return at >= head && in[1 - (ptrdiff_t)head] == len &&
        (in[-(ptrdiff_t)head] & 0x7f) <= 2;
}

static void deliver(struct ws *w, str text)
{
    if (str_is_utf8(text))
        w->entry->message(w->conn, text);
    else
        ws_close(w, 1007, "not UTF-8");
}

static void keep_piece(struct ws *w, const void *in, size_t n, size_t rest)
{
    size_t have = w->in ? w->in->n : 0, need = have + n + rest;
    if (!w->in || w->in->cap < need) {
        size_t cap = MIN(MAX(need, MAX(have * 2, (size_t)CAP_LEAST)), SERVER_FRAME_MAX);
        w->in = must_grow(w->in, sizeof *w->in + cap);
        w->in->n = have;
        w->in->cap = cap;
    }
    if (n)
        memcpy(w->in->bytes + have, in, n);
    w->in->n += n;
}

static void on_receive(struct ws *w, const void *in, size_t n)
{
    w->heard = w->server->now;
    if (w->closing)
        return;
    size_t rest = lws_remaining_packet_payload(w->wsi);
    size_t have = w->in ? w->in->n : 0;
    if (!w->masked && !w->in && n && is_unmasked(w, in, n + rest)) {
        ws_close(w, 1002, "not masked");
    } else if (lws_frame_is_binary(w->wsi)) {
        ws_close(w, 1003, "text only");
    } else if (rest > SERVER_FRAME_MAX || have + n + rest > SERVER_FRAME_MAX) {
        ws_close(w, 1009, "too large");
    } else if (!lws_is_final_fragment(w->wsi)) {
        keep_piece(w, in, n, rest);
    } else if (!w->in) {
        deliver(w, (str){in, n});
    } else {
        keep_piece(w, in, n, 0);
        struct message *m = w->in;
        w->in = NULL;
        deliver(w, (str){m->bytes, m->n});
        free(m);
    }
}

/* The answer to the handshake is put together in lws's receive buffer, whose end this
 * tells. */
static void find_read_buf(struct server *s, const struct lws_process_html_args *a)
{
    s->read_buf = (const unsigned char *)a->p + a->max_len - READ_MAX;
}

int on_ws(struct lws *wsi, enum lws_callback_reasons why, void *user, void *in, size_t n)
{
    (void)user;
    struct ws *w;
    switch (why) {
    case LWS_CALLBACK_ADD_HEADERS:
        find_read_buf(server_of(wsi), in);
        return 0;
    case LWS_CALLBACK_ESTABLISHED:
        w = lws_get_opaque_user_data(wsi);
        if (!w)
            return -1;
        w->open = true;
        if (w->out)
            lws_callback_on_writable(wsi);
        return 0;
    case LWS_CALLBACK_RECEIVE:
        w = lws_get_opaque_user_data(wsi);
        if (w)
            on_receive(w, in, n);
        return 0;
    case LWS_CALLBACK_RECEIVE_PONG:
        w = lws_get_opaque_user_data(wsi);
        if (w)
            w->heard = w->server->now;
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        w = lws_get_opaque_user_data(wsi);
        return w ? on_writeable(w) : -1;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        w = lws_get_opaque_user_data(wsi);
        if (!w || w->close_sent)
            return -1; /* the answer to ours: done */
        sweep_close(w);
        outbox_free(w->out);
        w->out = NULL;
        return 0; /* lws answers */
    case LWS_CALLBACK_CLOSED:
        w = lws_get_opaque_user_data(wsi);
        lws_set_opaque_user_data(wsi, NULL);
        if (w)
            ws_gone(w);
        return 0;
    default:
        return 0;
    }
}
