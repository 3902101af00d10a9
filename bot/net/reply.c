/* The bytes of a reply: one block, headers and body together, one write. */
#include "net/serve.h"

#include "base/buf.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

enum { HEAD_MAX = 32 * 1024, SEND_MAX = 256 * 1024 };

static const struct {
    int status;
    const char *text;
} texts[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

static const char *text_of(int status)
{
    for (size_t i = 0; i < LEN(texts); i++)
        if (texts[i].status == status)
            return texts[i].text;
    return "";
}

/* A line break in a header would be a second header, or a second reply. */
static void put_line(struct buf *b, str line)
{
    if (str_find_char(line, '\r') >= 0 || str_find_char(line, '\n') >= 0 ||
        str_find_char(line, '\0') >= 0) {
        log_err("event=reply error=\"line break in a header, left out\"");
        return;
    }
    buf_put(b, line);
    buf_put(b, STR("\r\n"));
}

static void build(struct request *r, int status, const char *type,
                  const char *const *extra, size_t n_extra, str body, size_t size)
{
    struct buf b = buf_new(r->arena, HEAD_MAX);
    bool bodiless = status == 204 || status == 304 || status < 200;
    buf_fmt(&b, "HTTP/1.1 %d %s\r\n", status, text_of(status));
    if (type)
        put_line(&b, arena_fmt(r->arena, "content-type: %s", type));
    if (!bodiless)
        buf_fmt(&b, "content-length: %zu\r\n", size);
    for (size_t i = 0; i < n_extra; i++)
        put_line(&b, str_c(extra[i]));
    buf_put(&b, STR("connection: close\r\n\r\n"));
    str head = buf_str(&b);
    if (buf_failed(&b)) {
        log_err("event=reply error=\"headers too large\"");
        head = STR("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n");
    }
    if (bodiless || r->head || buf_failed(&b))
        body = STR("");
    r->out_n = head.n + body.n;
    r->out = must_grow(NULL, r->out_n);
    memcpy(r->out, head.p, head.n);
    if (body.n)
        memcpy(r->out + head.n, body.p, body.n);
}

void reply_build(struct request *r, int status, const char *type,
                 const char *const *extra, size_t n_extra, str body)
{
    build(r, status, type, extra, n_extra, body, body.n);
}

void reply_build_file(struct request *r, int status, const char *type,
                      const char *const *extra, size_t n_extra, int fd, size_t size)
{
    build(r, status, type, extra, n_extra, STR(""), size);
    r->file = fd;
    r->file_left = r->head ? 0 : size;
}

void reply_refuse(struct request *r, int status)
{
    str line = arena_fmt(r->arena, "%d %s\n", status, text_of(status));
    reply_build(r, status, "text/plain; charset=utf-8", NULL, 0, line);
}

static bool reply_write_file(struct request *r)
{
    while (r->file_left > 0) {
        ssize_t n = sendfile(lws_get_socket_fd(r->wsi), r->file, NULL,
                             MIN(r->file_left, SEND_MAX));
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return false;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        r->file_left -= (size_t)n;
        r->due = r->server->now + ticks(SERVER_BODY_MS); /* it is being read */
    }
    return true;
}

bool reply_write(struct request *r)
{
    while (r->out_done < r->out_n) {
        ssize_t n = send(lws_get_socket_fd(r->wsi), r->out + r->out_done,
                         r->out_n - r->out_done, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return false;
        if (n < 0 && errno != EINTR)
            return true;
        r->out_done += n > 0 ? (size_t)n : 0;
    }
    return reply_write_file(r);
}
