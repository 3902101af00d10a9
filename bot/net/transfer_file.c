/* A request's body with a file in the middle, read from the disk as curl asks for it. */
#include "net/call.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 48 * 1024, ENCODED = CHUNK / 3 * 4 }; /* CHUNK: whole groups of three */

struct sending {
    int fd;
    bool base64;
    char *before, *after; /* what stands around the file */
    size_t n_before, n_after;
    int64_t size;  /* of the file, as it was */
    curl_off_t at; /* in the whole body */
    unsigned char raw[CHUNK];
    char encoded[ENCODED + 1];
    int64_t chunk_at; /* of the file; the chunk that `encoded` holds, -1: none */
    size_t n_encoded;
};

static curl_off_t encoded_size(const struct sending *s)
{
    return s->base64 ? (s->size + 2) / 3 * 4 : s->size;
}

/* n bytes of the file from `from` on; a file that has become shorter is an error. */
static bool read_file(const struct sending *s, void *to, size_t n, int64_t from)
{
    size_t done = 0;
    while (done < n) {
        ssize_t got =
            pread(s->fd, (char *)to + done, n - done, (off_t)(from + (int64_t)done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

/* Base64 from `from` on: out of the chunk that holds it. */
static size_t put_base64(struct sending *s, char *to, size_t most, curl_off_t from)
{
    int64_t chunk = from / ENCODED * CHUNK;
    if (s->chunk_at != chunk) {
        size_t n = (size_t)MIN((int64_t)CHUNK, s->size - chunk);
        if (!read_file(s, s->raw, n, chunk))
            return 0;
        s->n_encoded =
            (size_t)EVP_EncodeBlock((unsigned char *)s->encoded, s->raw, (int)n);
        s->chunk_at = chunk;
    }
    size_t skip = (size_t)(from % ENCODED), n = MIN(most, s->n_encoded - skip);
    memcpy(to, s->encoded + skip, n);
    return n;
}

static size_t on_read(char *to, size_t one, size_t most, void *ctx)
{
    struct sending *s = ctx;
    most *= one;
    curl_off_t file_from = (curl_off_t)s->n_before, file_to = file_from + encoded_size(s);
    size_t n;
    if (s->at < file_from) {
        n = MIN(most, s->n_before - (size_t)s->at);
        memcpy(to, s->before + s->at, n);
    } else if (s->at < file_to) {
        curl_off_t at = s->at - file_from;
        n = (size_t)MIN((curl_off_t)most, file_to - s->at);
        if (s->base64)
            n = put_base64(s, to, n, at);
        else if (!read_file(s, to, n, at))
            n = 0;
        if (n == 0)
            return CURL_READFUNC_ABORT;
    } else {
        size_t at = (size_t)(s->at - file_to);
        n = MIN(most, s->n_after - at);
        memcpy(to, s->after + at, n);
    }
    s->at += (curl_off_t)n;
    return n;
}

static int on_seek(void *ctx, curl_off_t to, int origin)
{
    struct sending *s = ctx;
    if (origin != SEEK_SET)
        return CURL_SEEKFUNC_CANTSEEK;
    s->at = to;
    return CURL_SEEKFUNC_OK;
}

void sending_free(struct sending *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    free(s->before);
    free(s->after);
    free(s);
}

bool sending_set(struct http_call *c, const struct http_request *r)
{
    struct stat st;
    struct sending *s = must_alloc(sizeof *s);
    c->sending = s;
    char *path = must_text(r->file.path);
    s->fd = open(path, O_RDONLY | O_CLOEXEC);
    free(path);
    s->base64 = r->file.base64;
    s->size = r->file.size;
    s->chunk_at = -1;
    s->before = must_text(r->body);
    s->n_before = r->body.n;
    s->after = must_text(r->file.tail);
    s->n_after = r->file.tail.n;
    if (s->fd < 0 || fstat(s->fd, &st) || st.st_size != s->size)
        return false;
    curl_off_t all = (curl_off_t)s->n_before + encoded_size(s) + (curl_off_t)s->n_after;
    curl_easy_setopt(c->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, all);
    curl_easy_setopt(c->easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(c->easy, CURLOPT_READDATA, s);
    curl_easy_setopt(c->easy, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(c->easy, CURLOPT_SEEKDATA, s);
    return true;
}
