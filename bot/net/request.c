/* An HTTP request as its handler sees it. It outlives its client: what was not asked for
 * before the client went is then absent, and the reply goes nowhere. */
#include "net/serve.h"

#include "base/buf.h"

#include <stdlib.h>
#include <unistd.h>

struct request *request_new(struct server *s, struct lws *wsi, struct request **slot)
{
    struct arena *a = arena_new();
    struct request *r = arena_alloc(a, sizeof *r);
    *r = (struct request){.server = s, .wsi = wsi, .slot = slot, .arena = a};
    r->file = -1;
    r->method = "";
    r->path = STR("");
    r->after = s->requests;
    if (r->after)
        r->after->before = r;
    s->requests = r;
    if (slot)
        *slot = r;
    return r;
}

void request_free(struct request *r)
{
    if (r->server) {
        *(r->before ? &r->before->after : &r->server->requests) = r->after;
        if (r->after)
            r->after->before = r->before;
    }
    if (r->slot)
        *r->slot = NULL;
    watch_free(r->writable);
    if (r->file >= 0)
        close(r->file);
    free(r->body);
    free(r->out);
    arena_free(r->arena);
}

void request_gone(struct request *r)
{
    if (r->slot)
        *r->slot = NULL;
    r->slot = NULL;
    r->wsi = NULL;
    if (r->phase == PHASE_BODY && r->stream)
        r->stream->gone(r->stream->ctx, r);
    if (r->phase != PHASE_ASKED)
        request_free(r);
}

str request_method(const struct request *r)
{
    return str_c(r->method);
}

str request_path(const struct request *r)
{
    return r->path;
}

void request_set_own(struct request *r, void *own)
{
    r->own = own;
}

void *request_own(const struct request *r)
{
    return r->own;
}

str request_body(const struct request *r)
{
    return (str){(const char *)r->body, r->stream ? 0 : r->body_n};
}

struct arena *request_arena(struct request *r)
{
    return r->arena;
}

/* --- headers --- */

static str *known(struct request *r, str name)
{
    for (size_t i = 0; i < r->n_known; i++)
        if (str_eq(r->known[i].name, name))
            return &r->known[i].value;
    return NULL;
}

static void remember(struct request *r, str name, str value)
{
    if (r->n_known == r->known_cap) {
        size_t cap = r->known_cap ? r->known_cap * 2 : 8;
        r->known = arena_grow(r->arena, r->known, r->n_known * sizeof *r->known,
                              cap * sizeof *r->known);
        r->known_cap = cap;
    }
    r->known[r->n_known].name = arena_str(r->arena, name);
    r->known[r->n_known++].value = value;
}

/* lws knows about a hundred headers by number; its names end in ':', methods do not. */
static int token_of(const char *name_colon)
{
    const unsigned char *t;
    for (int i = 0; (t = lws_token_to_string((enum lws_token_indexes)i)); i++)
        if (strcmp((const char *)t, name_colon) == 0)
            return i;
    return -1;
}

static str read_header(struct request *r, const char *name)
{
    str colon = arena_fmt(r->arena, "%s:", name);
    int token = token_of(colon.p);
    int n = token >= 0 ? lws_hdr_total_length(r->wsi, (enum lws_token_indexes)token)
                       : lws_hdr_custom_length(r->wsi, colon.p, (int)colon.n);
    if (n < 0 || (token >= 0 && n == 0))
        return STR_NONE;
    char *p = arena_alloc(r->arena, (size_t)n + 2);
    n = token >= 0 ? lws_hdr_copy(r->wsi, p, n + 2, (enum lws_token_indexes)token)
                   : lws_hdr_custom_copy(r->wsi, p, n + 2, colon.p, (int)colon.n);
    return n < 0 ? STR_NONE : str_trim((str){p, (size_t)n});
}

str request_header(struct request *r, const char *name)
{
    str *have = known(r, str_c(name));
    if (have)
        return *have;
    str value = r->wsi ? read_header(r, name) : STR_NONE;
    remember(r, str_c(name), value);
    return value;
}

/* --- the query: lws decodes it and cuts it at '&' (and ';') --- */

static bool argument(struct request *r, int i, str *out)
{
    int n = r->wsi ? lws_hdr_fragment_length(r->wsi, WSI_TOKEN_HTTP_URI_ARGS, i) : 0;
    if (n <= 0)
        return false;
    char *p = arena_alloc(r->arena, (size_t)n + 1);
    n = lws_hdr_copy_fragment(r->wsi, p, n + 1, WSI_TOKEN_HTTP_URI_ARGS, i);
    *out = (str){p, n > 0 ? (size_t)n : 0};
    return n >= 0;
}

static void put_encoded(struct buf *b, str s, bool name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~!$'()*,:@/?";
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] && strchr(plain, s.p[i]))
            buf_char(b, s.p[i]);
        else if (s.p[i] == '=' && !name)
            buf_char(b, '=');
        else
            buf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
}

str request_query(const struct request *cr)
{
    struct request *r = (struct request *)cr; /* its arena grows, what is seen does not */
    struct buf b = buf_new(r->arena, (size_t)3 * SERVER_HEADERS_MAX);
    str arg;
    for (int i = 0; argument(r, i, &arg); i++) {
        if (b.n)
            buf_char(&b, '&');
        ptrdiff_t eq = str_find_char(arg, '=');
        put_encoded(&b, eq < 0 ? arg : str_sub(arg, 0, (size_t)eq), true);
        if (eq >= 0)
            put_encoded(&b, str_sub(arg, (size_t)eq, arg.n), false);
    }
    return buf_str(&b);
}

str request_arg(struct request *r, const char *name)
{
    str arg;
    for (int i = 0; argument(r, i, &arg); i++) {
        str value = arg;
        if (str_eq(str_cut(&value, '='), str_c(name)))
            return value.p ? value : STR("");
    }
    return STR_NONE;
}

str request_peer(const struct request *cr)
{
    struct request *r = (struct request *)cr;
    char *p = arena_alloc(r->arena, PEER_MAX);
    return r->wsi ? socket_peer(lws_get_socket_fd(r->wsi), p, PEER_MAX) : STR("");
}
