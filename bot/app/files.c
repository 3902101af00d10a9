#include "app/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"

enum { MB = 1024 * 1024, READ_BYTES = 64 * 1024 };

str files_path(struct arena *a, const struct settings *s, str key)
{
    return file_path(a, file_path(a, s->state, STR("files")), key);
}

/* What has no row: an upload that was cut off, a file whose row went. */
static void sweep(struct files *f, struct arena *a, const struct store_files *rows)
{
    DIR *dir = opendir(f->folder.p);
    struct dirent *e;
    size_t gone = 0;
    while (dir && (e = readdir(dir))) {
        str name = str_c(e->d_name);
        bool known = name.p[0] == '.';
        for (size_t i = 0; i < rows->list.n && !known; i++)
            known = str_eq(rows->list.v[i].key, name);
        if (!known && unlink(file_path(a, f->folder, name).p) == 0)
            gone++;
    }
    if (dir)
        closedir(dir);
    if (gone > 0)
        log_info("files: %zu without an owner deleted", gone);
}

enum rc files_open(struct files *f, struct arena *a, const struct settings *s,
                   struct store *store)
{
    struct store_files rows;
    struct stat st;
    *f = (struct files){.settings = s, .folder = file_path(a, s->state, STR("files"))};
    enum rc rc = file_make_dir(a, f->folder);
    if (rc == RC_OK)
        rc = store_read_files(store, a, 0, &rows);
    if (rc) {
        log_err("files: %.*s cannot be used: no attachments", STR_ARG(f->folder));
        f->folder = STR_NONE;
        return rc;
    }
    sweep(f, a, &rows);
    for (size_t i = 0; i < rows.list.n; i++)
        if (stat(file_path(a, f->folder, rows.list.v[i].key).p, &st) == 0)
            f->used += st.st_size;
    return RC_OK;
}

int files_get(const struct files *f, str key)
{
    struct arena *a = arena_new();
    int fd = f->folder.n && random_is_key(key)
        ? open(file_path(a, f->folder, key).p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        : -1;
    arena_free(a);
    return fd;
}

void files_unlink(struct files *f, str key, int64_t size)
{
    struct arena *a = arena_new();
    if (f->folder.n && random_is_key(key) && unlink(file_path(a, f->folder, key).p) == 0)
        f->used = MAX(f->used - size, 0);
    arena_free(a);
}

/* --- coming in --- */

enum rc file_in_open(struct file_in *in, struct files *f)
{
    struct arena *a = arena_new();
    *in = (struct file_in){.files = f, .fd = -1, .hash = str_hash(STR(""))};
    memcpy(in->key, random_key(a, FILE_KEY_LEN).p, FILE_KEY_LEN);
    enum rc rc = f->folder.n == 0                              ? RC_IO
        : f->used >= f->settings->attachments_mb * (int64_t)MB ? RC_LIMIT
                                                               : RC_OK;
    if (rc == RC_OK) {
        in->fd = open(file_path(a, f->folder, str_c(in->key)).p,
                      O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        rc = in->fd < 0 ? RC_IO : RC_OK;
    }
    arena_free(a);
    return rc;
}

/* Goes on where str_hash's bytes left off. */
static uint64_t hash_on(uint64_t hash, str s)
{
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static enum rc note(struct file_in *in, str bytes)
{
    file_look_at(&in->look, bytes);
    in->files->used += (int64_t)bytes.n;
    in->hash = hash_on(in->hash, bytes);
    return in->look.size > in->files->settings->attachment_mb * MB ? RC_LIMIT : RC_OK;
}

enum rc file_in_put(struct file_in *in, str bytes)
{
    enum rc rc = note(in, bytes);
    while (rc == RC_OK && bytes.n > 0) {
        ssize_t n = write(in->fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return RC_IO;
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return rc;
}

enum rc file_in_read_back(struct file_in *in)
{
    struct arena *a = arena_new();
    char *room = arena_alloc(a, READ_BYTES);
    enum rc rc = RC_OK;
    for (off_t at = 0; rc == RC_OK;) {
        ssize_t n = pread(in->fd, room, READ_BYTES, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            rc = RC_IO;
        if (n <= 0)
            break;
        rc = note(in, (str){room, (size_t)n});
        at += n;
    }
    arena_free(a);
    return rc;
}

enum rc file_in_judge(struct file_in *in, const struct file_type **out)
{
    *out = file_type_of(&in->look, in->fd);
    return *out && file_type_is_in(*out, in->files->settings->attachment_types)
        ? RC_OK
        : RC_INVALID;
}

static void close_it(struct file_in *in)
{
    if (in->fd >= 0)
        close(in->fd);
    in->fd = -1;
}

void file_in_keep(struct file_in *in)
{
    in->kept = true;
    close_it(in);
}

void file_in_done(struct file_in *in)
{
    close_it(in);
    if (!in->kept && in->key[0] != '\0')
        files_unlink(in->files, str_c(in->key), in->look.size);
    in->key[0] = '\0';
}
