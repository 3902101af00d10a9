/* The WebSocket handshake (RFC 6455 4.2), checked before lws begins it: afterwards it
 * could only hang up without a word. */
#include "net/serve.h"

#include <strings.h>

enum { KEY_CHARS = 24 }; /* 16 bytes in base 64 */

static bool list_has(str list, str token)
{
    while (list.p)
        if (str_eq_ascii(str_trim(str_cut(&list, ',')), token))
            return true;
    return false;
}

/* lws binds to the first of the client's sub-protocols that it knows at all: it must be
 * this endpoint's. */
static bool offers(const struct server *s, str list, str protocol)
{
    while (list.p) {
        str one = str_trim(str_cut(&list, ','));
        for (size_t i = 0; i < s->n_sockets; i++)
            if (str_eq(one, str_c(s->sockets[i].protocol)))
                return str_eq(one, protocol);
    }
    return false;
}

static const struct ws_entry *find_entry(const struct server *s, str path)
{
    for (size_t i = 0; i < s->n_sockets; i++)
        if (str_eq(str_c(s->sockets[i].path), path))
            return &s->sockets[i];
    return NULL;
}

/* 0, or the status to refuse with. */
static int check(struct server *s, struct request *r, const struct ws_entry *e)
{
    if (!e)
        return 404;
    if (s->draining || s->n_ws >= s->most)
        return 503;
    if (!list_has(request_header(r, "connection"), STR("upgrade")) ||
        !request_header(r, "host").p)
        return 400;
    if (!str_eq(request_header(r, "sec-websocket-version"), STR("13")))
        return 426;
    if (request_header(r, "sec-websocket-key").n != KEY_CHARS)
        return 400;
    if (!offers(s, request_header(r, "sec-websocket-protocol"), str_c(e->protocol)))
        return 400;
    return 0;
}

static int refuse(struct request *r, int status)
{
    static const char *const version[] = {"sec-websocket-version: 13",
                                          "upgrade: websocket"};
    static const char *const later[] = {"retry-after: 5"};
    if (status == 426)
        reply_build(r, status, "text/plain", version, 2, STR("version 13 only\n"));
    else if (status == 503)
        reply_build(r, status, "text/plain", later, 1, STR("full, try again later\n"));
    else
        reply_refuse(r, status);
    (void)!reply_write(r); /* small, and the first on its connection: it fits */
    return -1;
}

static int open_ws(struct server *s, struct request *r, const struct ws_entry *e)
{
    struct ws *w = ws_new(s, e);
    w->wsi = r->wsi;
    w->conn = e->open(e->ctx, w, r);
    if (!w->conn) {
        ws_gone(w);
        return refuse(r, 403);
    }
    lws_set_opaque_user_data(r->wsi, w);
    return 0;
}

int upgrade_confirm(struct server *s, struct lws *wsi, char *upgrade)
{
    /* gone when lws has already refused an unknown upgrade, and yet goes on */
    if (lws_hdr_total_length(wsi, WSI_TOKEN_UPGRADE) <= 0)
        return -1;
    if (strcasecmp(upgrade, "websocket") != 0) {
        /* an offer of h2c may be ignored (RFC 9110 7.8): hidden from lws, which would
         * take it, the request goes on as HTTP/1.1 */
        upgrade[0] = '-';
        return 0;
    }
    char *uri = NULL;
    int n = 0, method = lws_http_get_uri_and_method(wsi, &uri, &n);
    struct request *r = request_new(s, wsi, NULL);
    r->handshake = true;
    r->phase = PHASE_ASKED;
    r->method = "GET";
    r->path = arena_str(r->arena, (str){uri, n > 0 ? (size_t)n : 0});
    const struct ws_entry *e = find_entry(s, r->path);
    int status = method == LWSHUMETH_GET ? check(s, r, e) : 405;
    int rc = status ? refuse(r, status) : open_ws(s, r, e);
    request_free(r);
    return rc;
}
