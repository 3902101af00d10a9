#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/builder.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"

/* The builder's thread: watches, builds, frees. */

enum {
    QUIET_MS = 300,    /* of no change before a build: editors write in several steps */
    LOOK_MS = 5000,    /* where inotify does not reach (network shares) */
    LOW_PRIORITY = 10, /* behind answers, yet not for ever behind a busy neighbour */
    OLD_MAX = 8,
};

struct builder {
    struct builder_conf conf;
    struct cache *cache;
    void (*ring)(void *ctx);
    void *ctx;
    pthread_t thread;
    int wake, inotify;
    uint64_t fingerprint; /* of the files of the last build */
    pthread_mutex_t lock; /* guards what is below */
    bool stopping, reload;
    struct built *ready;
    struct built *old[OLD_MAX];
    size_t n_old;
};

static void watch_tree(struct builder *b, struct arena *a, str dir)
{
    static const uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM |
        IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF;
    str path = arena_str(a, dir);
    if (dir.n == 0 || inotify_add_watch(b->inotify, path.p, mask) < 0)
        return; /* the look every few seconds stays */
    DIR *d = opendir(path.p);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.' && (e->d_type == DT_DIR))
            watch_tree(b, a, file_path(a, dir, str_c(e->d_name)));
    if (d)
        closedir(d);
}

static uint64_t add_folder(struct arena *a, str dir, uint64_t hash)
{
    struct file_list files;
    if (dir.n == 0 || file_walk(a, dir, NULL, 0, &files))
        return hash;
    for (size_t i = 0; i < files.list.n; i++) {
        const struct file_entry *f = &files.list.v[i];
        hash = (hash ^ str_hash(f->path)) * 1099511628211u;
        hash = (hash ^ (uint64_t)f->size) * 1099511628211u;
        hash = (hash ^ (uint64_t)f->mtime_ns) * 1099511628211u;
    }
    return hash;
}

static uint64_t look(struct builder *b)
{
    struct arena *a = arena_new();
    uint64_t hash = add_folder(a, b->conf.intents, 1);
    hash = add_folder(a, b->conf.knowledge, hash);
    /* a new sub-folder is announced, its files are not: add watches for all, known ones
     * are only confirmed */
    watch_tree(b, a, b->conf.intents);
    watch_tree(b, a, b->conf.knowledge);
    arena_free(a);
    return hash;
}

static void build(struct builder *b)
{
    struct built *out;
    if (builder_build(&b->conf, b->cache, &out))
        log_err("content: a folder cannot be read; the previous content stays");
    if (b->conf.strict && out->failed_tests > 0) {
        search_free(out->brain.search);
        nlu_free(out->brain.nlu);
        catalogue_free(out->brain.catalogue);
        out->brain = (struct brain){0};
    }
    /* the newest set is in use, or waits to be: it is given back after its successor */
    if (out->brain.catalogue)
        b->conf.previous = out;
    pthread_mutex_lock(&b->lock);
    struct built *missed = b->ready;
    b->ready = out;
    pthread_mutex_unlock(&b->lock);
    built_free(missed);
    b->ring(b->ctx);
}

static void free_old(struct builder *b)
{
    for (;;) {
        pthread_mutex_lock(&b->lock);
        struct built *one = b->n_old ? b->old[--b->n_old] : NULL;
        pthread_mutex_unlock(&b->lock);
        if (!one)
            return;
        built_free(one);
    }
}

/* Waits up to timeout_ms; true when a file changed. */
static bool wait_for(struct builder *b, int timeout_ms)
{
    struct pollfd p[] = {{.fd = b->inotify, .events = POLLIN},
                         {.fd = b->wake, .events = POLLIN}};
    poll(p, LEN(p), timeout_ms);
    uint64_t n;
    if (p[1].revents & POLLIN)
        (void)!read(b->wake, &n, sizeof n);
    if (!(p[0].revents & POLLIN))
        return false;
    char events[8192];
    while (read(b->inotify, events, sizeof events) > 0)
        continue;
    return true;
}

static void *run(void *arg)
{
    struct builder *b = arg;
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), LOW_PRIORITY);
    for (;;) {
        bool changed = wait_for(b, LOOK_MS);
        while (changed && wait_for(b, QUIET_MS))
            continue;
        free_old(b);
        pthread_mutex_lock(&b->lock);
        bool stopping = b->stopping, reload = b->reload;
        b->reload = false;
        pthread_mutex_unlock(&b->lock);
        if (stopping)
            return NULL;
        uint64_t seen = look(b);
        if (!reload && seen == b->fingerprint)
            continue;
        b->fingerprint = seen;
        build(b);
    }
}

struct builder *builder_start(const struct builder_conf *c, void (*ring)(void *),
                              void *ctx)
{
    struct builder *b = must_alloc(sizeof *b);
    *b = (struct builder){.conf = *c, .ring = ring, .ctx = ctx};
    b->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    b->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    pthread_mutex_init(&b->lock, NULL);
    if (c->cache_file.n && cache_open(c->cache_file, &b->cache))
        log_warn("content: no cache at %.*s; every start trains again",
                 STR_ARG(c->cache_file));
    b->fingerprint = look(b);
    if (pthread_create(&b->thread, NULL, run, b)) {
        log_err("content: no builder thread");
        abort();
    }
    return b;
}

static void wake(struct builder *b)
{
    uint64_t one = 1;
    (void)!write(b->wake, &one, sizeof one);
}

void builder_reload(struct builder *b)
{
    pthread_mutex_lock(&b->lock);
    b->reload = true;
    pthread_mutex_unlock(&b->lock);
    wake(b);
}

struct built *builder_take(struct builder *b)
{
    pthread_mutex_lock(&b->lock);
    struct built *out = b->ready;
    b->ready = NULL;
    pthread_mutex_unlock(&b->lock);
    return out;
}

void builder_give_back(struct builder *b, struct built *old)
{
    pthread_mutex_lock(&b->lock);
    bool taken = b->n_old < OLD_MAX;
    if (taken)
        b->old[b->n_old++] = old;
    pthread_mutex_unlock(&b->lock);
    if (taken)
        wake(b);
    else
        built_free(old);
}

void builder_stop(struct builder *b)
{
    if (!b)
        return;
    pthread_mutex_lock(&b->lock);
    b->stopping = true;
    pthread_mutex_unlock(&b->lock);
    wake(b);
    pthread_join(b->thread, NULL);
    free_old(b);
    built_free(b->ready);
    cache_close(b->cache);
    close(b->wake);
    close(b->inotify);
    pthread_mutex_destroy(&b->lock);
    free(b);
}
