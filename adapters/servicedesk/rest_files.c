#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/servicedesk/rest_desk.h"
#include "app/files.h"

enum { SLOW_BYTES_PER_MS = 50 }; /* a connection that is slower than this is broken */

struct rest_values rest_value_add(struct arena *a, struct rest_values v,
                                  struct rest_value one)
{
    struct rest_value *all = arena_alloc(a, (v.n + 1) * sizeof *all);
    all[0] = one;
    memcpy(all + 1, v.v, v.n * sizeof *all);
    return (struct rest_values){all, v.n + 1};
}

bool rest_file_values(struct arena *a, const struct rest_desk *d,
                      const struct desk_op *op, struct http_file *file,
                      struct rest_values *v)
{
    struct rest_value more[EXCHANGE_FILE_VALUES];
    *file = (struct http_file){.path = files_path(a, d->host.all, op->file.key),
                               .size = op->file.size};
    exchange_file_values(a, file, op->file.name, op->file.type, more);
    for (size_t i = 0; i < LEN(more); i++)
        *v = rest_value_add(a, *v, more[i]);
    return access(file->path.p, R_OK) == 0;
}

void rest_files(struct arena *a, const struct exchange_result *r, struct desk_reply *to)
{
    struct desk_file *files = arena_alloc(a, MAX(r->n_rows, 1) * sizeof *files);
    size_t n = MIN(r->n_rows, (size_t)FILES_MAX);
    for (size_t i = 0; i < n; i++) {
        int64_t size = 0;
        if (str_int(values_get(r->row[i], STR("file_size")), &size))
            size = 0;
        files[i] = (struct desk_file){.id = values_get(r->row[i], STR("file_id")),
                                      .name = values_get(r->row[i], STR("file_name")),
                                      .size = size};
    }
    to->files = files;
    to->n_files = n;
}

static bool write_all(int fd, const unsigned char *p, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

enum rc rest_file_decode(str base64, int fd, int64_t most)
{
    enum { PIECE = 64 * 1024 };
    unsigned char *out = must_alloc(PIECE);
    EVP_ENCODE_CTX *ctx = EVP_ENCODE_CTX_new();
    int64_t sum = 0;
    enum rc rc = ctx ? RC_OK : RC_IO;
    int n = 0, end = 1;
    EVP_DecodeInit(ctx);
    while (rc == RC_OK && base64.n > 0 && end > 0) {
        str now = str_sub(base64, 0, PIECE);
        base64 = str_sub(base64, now.n, base64.n);
        end = EVP_DecodeUpdate(ctx, out, &n, (const unsigned char *)now.p, (int)now.n);
        if (end < 0)
            rc = RC_INVALID;
        else if ((sum += n) > most)
            rc = RC_LIMIT;
        else if (!write_all(fd, out, (size_t)n))
            rc = RC_IO;
    }
    if (rc == RC_OK && EVP_DecodeFinal(ctx, out, &n) < 0)
        rc = RC_INVALID;
    else if (rc == RC_OK && n > 0 && !write_all(fd, out, (size_t)n))
        rc = RC_IO;
    EVP_ENCODE_CTX_free(ctx);
    free(out);
    return rc;
}

int64_t rest_file_ms(const struct rest_desk *d, int64_t bytes)
{
    return d->settings.total_ms + bytes / SLOW_BYTES_PER_MS;
}
