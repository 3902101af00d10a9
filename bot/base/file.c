#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

enum { DEPTH_MAX = 16, FILES_MAX = 100000 };

static const char *path_c(struct arena *a, str path)
{
    return arena_str(a, path).p;
}

static enum rc rc_of_errno(void)
{
    return errno == ENOENT || errno == ENOTDIR ? RC_NOT_FOUND : RC_IO;
}

static enum rc read_all(struct arena *a, int fd, size_t max, str *out)
{
    struct stat st;
    if (fstat(fd, &st))
        return RC_IO;
    if (!S_ISREG(st.st_mode))
        return RC_INVALID;
    if ((uintmax_t)st.st_size > max)
        return RC_LIMIT;
    size_t cap = (size_t)st.st_size + 1, n = 0;
    char *p = arena_alloc(a, cap);
    for (;;) {
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return RC_IO;
        if (got == 0)
            break;
        n += (size_t)got;
        if (n == cap) { /* it grew while we read */
            if (n > max)
                return RC_LIMIT;
            p = arena_grow(a, p, n, cap * 2);
            cap *= 2;
        }
    }
    p[n] = '\0';
    *out = (str){p, n};
    return RC_OK;
}

enum rc file_read(struct arena *a, str path, size_t max, str *out)
{
    int fd = open(path_c(a, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return rc_of_errno();
    enum rc rc = read_all(a, fd, max, out);
    close(fd);
    return rc;
}

static bool write_all(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        s = str_sub(s, (size_t)n, s.n);
    }
    return true;
}

enum rc file_write(struct arena *a, str path, str content)
{
    const char *to = path_c(a, path), *tmp = arena_fmt(a, "%s.%d~", to, (int)getpid()).p;
    int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return RC_IO;
    bool ok = write_all(fd, content) && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    if (ok && rename(tmp, to) == 0)
        return RC_OK;
    unlink(tmp);
    return RC_IO;
}

str file_path(struct arena *a, str dir, str name)
{
    if (dir.n == 0)
        return arena_str(a, name);
    size_t n = dir.n - (dir.p[dir.n - 1] == '/');
    char *p = arena_alloc(a, n + 1 + name.n + 1);
    memcpy(p, dir.p, n);
    p[n] = '/';
    if (name.n)
        memcpy(p + n + 1, name.p, name.n);
    return (str){p, n + 1 + name.n};
}

bool file_is_dir(str path)
{
    struct arena *a = arena_new();
    struct stat st;
    bool is = stat(path_c(a, path), &st) == 0 && S_ISDIR(st.st_mode);
    arena_free(a);
    return is;
}

enum rc file_make_dir(struct arena *a, str path)
{
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && path.p[i] != '/')
            continue;
        if (mkdir(path_c(a, str_sub(path, 0, i)), 0700) && errno != EEXIST)
            return RC_IO;
    }
    return file_is_dir(path) ? RC_OK : RC_IO;
}

bool file_is_left_out(str name)
{
    char first = name.p[0], last = name.p[name.n - 1];
    return first == '.' || first == '~' || first == '_' || last == '~' || last == '_';
}

static bool has_suffix(str name, const str *suffixes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (name.n > suffixes[i].n && str_ends(name, suffixes[i]))
            return true;
    return n == 0;
}

struct walk {
    struct arena *arena;
    str root;
    const str *suffixes;
    size_t n_suffixes;
    struct file_list *out;
};

static enum rc walk_dir(struct walk *w, str below, int depth);

static enum rc walk_entry(struct walk *w, int dir, str below, const struct dirent *e,
                          int depth)
{
    str name = str_c(e->d_name);
    struct stat st;
    if (file_is_left_out(name) || fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW))
        return RC_OK;
    bool link = S_ISLNK(st.st_mode);
    if (link && fstatat(dir, e->d_name, &st, 0))
        return RC_OK; /* gone meanwhile, or a dangling link */
    bool folder = S_ISDIR(st.st_mode) && !link;
    if (!folder &&
        (!S_ISREG(st.st_mode) || !has_suffix(name, w->suffixes, w->n_suffixes)))
        return RC_OK;
    str path = file_path(w->arena, below, name);
    if (folder)
        return walk_dir(w, path, depth + 1);
    if (w->out->list.n == FILES_MAX)
        return RC_LIMIT;
    *arena_push(w->arena, &w->out->list) = (struct file_entry){
        .path = path,
        .size = st.st_size,
        .mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec};
    return RC_OK;
}

static enum rc walk_dir(struct walk *w, str below, int depth)
{
    if (depth > DEPTH_MAX)
        return RC_LIMIT;
    DIR *d = opendir(file_path(w->arena, w->root, below).p);
    if (!d)
        return rc_of_errno();
    enum rc rc = RC_OK;
    for (struct dirent *e; rc == RC_OK && (e = readdir(d));)
        rc = walk_entry(w, dirfd(d), below, e, depth);
    closedir(d);
    return rc;
}

static int by_path(const void *x, const void *y)
{
    const struct file_entry *a = x, *b = y;
    return str_cmp(a->path, b->path);
}

enum rc file_walk(struct arena *a, str dir, const str *suffixes, size_t n,
                  struct file_list *out)
{
    *out = (struct file_list){0};
    struct walk w = {
        .arena = a, .root = dir, .suffixes = suffixes, .n_suffixes = n, .out = out};
    enum rc rc = walk_dir(&w, STR(""), 0);
    if (rc == RC_OK && out->list.n > 1)
        qsort(out->list.v, out->list.n, sizeof *out->list.v, by_path);
    return rc;
}
