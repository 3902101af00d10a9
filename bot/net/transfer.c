/* One request as curl's options, and its reply as it comes in. */
#include "net/call.h"

#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    CONNECT_MS = 5000,
    TOTAL_MS = 20000,
    KEPT_S = 30, /* a connection unused for longer is not used again */
    URL_MAX_BYTES = 16 * 1024,
};

static bool is_line(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t')
            return false;
    return s.n > 0;
}

static bool append(char **to, size_t *n, size_t *cap, size_t max, const char *p,
                   size_t more)
{
    if (more > max - *n)
        return false;
    if (*n + more > *cap) {
        *cap = MIN(MAX(*cap * 2, *n + more), max);
        *to = must_grow(*to, *cap);
    }
    memcpy(*to + *n, p, more);
    *n += more;
    return true;
}

static bool is_success(struct http_call *c)
{
    long status = 0;
    curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &status);
    return status / 100 == 2;
}

static size_t to_file(struct http_call *c, const char *p, size_t n)
{
    size_t done = 0;
    if (n > c->reply_most - c->body_n) {
        c->why = "reply too large";
        c->too_large = true;
        return 0;
    }
    while (done < n) {
        ssize_t w = write(c->reply_to, p + done, n - done);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0) {
            c->why = "the reply could not be written to disk";
            return 0;
        }
        done += (size_t)w;
    }
    c->body_n += n;
    return n;
}

static size_t on_body(char *p, size_t one, size_t n, void *ctx)
{
    struct http_call *c = ctx;
    (void)one; /* always 1 */
    if (c->reply_to > 0 && is_success(c))
        return to_file(c, p, n);
    if (append(&c->body, &c->body_n, &c->body_cap, c->reply_most, p, n))
        return n;
    c->why = "reply too large";
    c->too_large = true;
    return 0;
}

/* Line by line; a new status line (after 100, after a proxy) begins anew. */
static size_t on_head(char *p, size_t one, size_t n, void *ctx)
{
    struct http_call *c = ctx;
    (void)one;
    if (str_starts((str){p, n}, STR("HTTP/"))) {
        c->head_n = 0;
        c->headers_done = false;
    }
    if (c->headers_done)
        return n;
    c->headers_done = n <= 2;
    if (append(&c->head, &c->head_n, &c->head_cap, HTTP_HEADERS_MAX, p, n))
        return n;
    c->why = "reply headers too large";
    return 0;
}

/* The connection stands and curl is about to send. A second time means that a kept
 * connection broke without an answer and curl would send again: not what must happen once
 * only. */
static int on_ready(void *ctx, char *to, char *from, int to_port, int from_port)
{
    struct http_call *c = ctx;
    (void)to, (void)from, (void)to_port, (void)from_port;
    if (c->requests++ > 0 && c->once) {
        c->why = "connection closed before a reply";
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

static void add_line(struct http_call *c, const char *line)
{
    struct curl_slist *l = curl_slist_append(c->lines, line);
    if (!l)
        abort(); /* out of memory */
    c->lines = l;
}

static bool set_lines(struct http_call *c, const struct http_request *r, struct arena *a)
{
    bool typed = false;
    add_line(c, "Expect:"); /* no waiting for 100 */
    for (size_t i = 0; i < r->n_headers; i++) {
        str line = r->headers[i];
        ptrdiff_t colon = str_find_char(line, ':');
        if (!is_line(line) || colon <= 0)
            return false;
        str name = str_sub(line, 0, (size_t)colon);
        typed = typed || str_eq_ascii(name, STR("content-type"));
        if (str_trim(str_sub(line, (size_t)colon + 1, line.n)).n == 0)
            line = arena_join(a, name, STR(";")); /* curl's way to say: empty */
        add_line(c, arena_str(a, line).p);
    }
    if (!typed)
        add_line(c, "Content-Type:"); /* none, rather than curl's for forms */
    curl_easy_setopt(c->easy, CURLOPT_HTTPHEADER, c->lines);
    return true;
}

static bool set_method(struct http_call *c, const struct http_request *r)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    bool known = false;
    for (size_t i = 0; i < LEN(methods); i++)
        known = known || strcmp(methods[i], r->method) == 0;
    if (!known)
        return false;
    c->once = strcmp(r->method, "POST") == 0 || strcmp(r->method, "PATCH") == 0;
    if (r->file.path.n > 0) {
        if (!sending_set(c, r)) {
            c->why = "the file to be sent cannot be read";
            return true;
        }
    } else if (r->body.p || c->once) {
        curl_easy_setopt(c->easy, CURLOPT_POST, 1L);
        curl_easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
        curl_easy_setopt(c->easy, CURLOPT_COPYPOSTFIELDS, r->body.n ? r->body.p : "");
    }
    curl_easy_setopt(c->easy, CURLOPT_CUSTOMREQUEST, r->method);
    return true;
}

static void set_rules(CURL *e)
{
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(e, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(e, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(e, CURLOPT_USERAGENT, "balie");
    curl_easy_setopt(e, CURLOPT_MAXAGE_CONN, (long)KEPT_S);
    /* or ending a call would wait, on the loop, for a resolver that does not answer */
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
}

static void set_callbacks(struct http_call *c)
{
    CURL *e = c->easy;
    curl_easy_setopt(e, CURLOPT_PRIVATE, c);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, c->error);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, c);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, c);
    curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_ready);
    curl_easy_setopt(e, CURLOPT_PREREQDATA, c);
}

static bool set_target(struct http_call *c, const struct http_request *r, struct arena *a)
{
    CURL *e = c->easy;
    if (!is_line(r->url) || r->url.n > URL_MAX_BYTES)
        return false;
    /* "": none, whatever the environment says */
    curl_easy_setopt(e, CURLOPT_PROXY, c->http->proxy ? c->http->proxy : "");
    curl_easy_setopt(e, CURLOPT_NOPROXY, "");
    curl_easy_setopt(e, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(e, CURLOPT_URL, arena_str(a, r->url).p);
    if (r->ca_file.n)
        curl_easy_setopt(e, CURLOPT_CAINFO, arena_str(a, r->ca_file).p);
    int64_t connect = r->connect_ms ? r->connect_ms : CONNECT_MS;
    int64_t total = r->total_ms ? r->total_ms : TOTAL_MS;
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)MIN(connect, total));
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)total);
    return true;
}

bool transfer_set(struct http_call *c, const struct http_request *r)
{
    struct arena *a = c->http->scratch; /* curl copies what it is told */
    if (!c->easy)
        c->easy = curl_easy_init();
    if (!c->easy)
        abort(); /* out of memory */
    c->reply_to = r->reply_to;
    c->reply_most = r->reply_most ? r->reply_most : HTTP_REPLY_MAX;
    set_rules(c->easy);
    curl_easy_setopt(c->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)c->reply_most);
    set_callbacks(c);
    if (!set_target(c, r, a))
        c->why = "bad URL";
    else if (!set_method(c, r))
        c->why = "bad method";
    else if (!c->why && !set_lines(c, r, a))
        c->why = "bad header";
    arena_reset(a);
    return !c->why;
}
