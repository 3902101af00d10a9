#include <dirent.h>
#include <malloc.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/builder.h"
#include "app/burst.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "base/thread.h"

/* The builder's thread: watches, builds, frees. */

enum {
    LOOK_MS = 5000,   /* where inotify does not reach (network shares) */
    LOW_PRIORITY = 5, /* behind answers, yet not for seconds behind a busy neighbour */
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

static uint64_t add_files(const struct file_list *files, uint64_t hash)
{
    for (size_t i = 0; i < files->list.n; i++) {
        const struct file_entry *f = &files->list.v[i];
        hash = (hash ^ str_hash(f->path)) * 1099511628211u;
        hash = (hash ^ (uint64_t)f->size) * 1099511628211u;
        hash = (hash ^ (uint64_t)f->mtime_ns) * 1099511628211u;
    }
    return hash;
}

/* False when a folder cannot be read: what there is to say is the build's to say. */
static bool walk(struct arena *a, str dir, struct file_list *out)
{
    *out = (struct file_list){0};
    return dir.n == 0 || file_walk(a, dir, NULL, 0, out) == RC_OK;
}

/* What is there, in a; and the same as a number. */
static bool look(const struct builder *b, struct arena *a, struct content_files *out,
                 uint64_t *hash)
{
    bool all = walk(a, b->conf.intents, &out->intents);
    all = walk(a, b->conf.knowledge, &out->knowledge) && all;
    *hash = add_files(&out->knowledge, add_files(&out->intents, 1));
    return all;
}

/* A new sub-folder is announced, the folders in it are not: adds watches for all, known
 * ones are only confirmed. Before a look, so that nothing falls between the two. */
static void watch_all(struct builder *b)
{
    struct arena *a = arena_new();
    watch_tree(b, a, b->conf.intents);
    watch_tree(b, a, b->conf.knowledge);
    arena_free(a);
}

static void build(struct builder *b, const struct content_files *files)
{
    struct built *out;
    struct builder_conf c = b->conf;
    c.files = files;
    if (builder_build(&c, b->cache, &out))
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
    b->ring(b->ctx);
    built_free(missed);
    malloc_trim(0); /* reading leaves holes that the system can use */
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

static void read_events(struct builder *b, struct burst *burst)
{
    _Alignas(struct inotify_event) char room[8192];
    for (ssize_t n; (n = read(b->inotify, room, sizeof room)) > 0;)
        for (char *at = room; at < room + n;) {
            const struct inotify_event *e = (const void *)at;
            burst_add(burst, e);
            at += sizeof *e + e->len;
        }
}

/* Waits up to timeout_ms for something to do. */
static void wait_for(struct builder *b, int timeout_ms, struct burst *burst)
{
    struct pollfd p[] = {{.fd = b->inotify, .events = POLLIN},
                         {.fd = b->wake, .events = POLLIN}};
    poll(p, LEN(p), timeout_ms);
    uint64_t n;
    if (p[1].revents & POLLIN)
        (void)!read(b->wake, &n, sizeof n);
    if (p[0].revents & POLLIN)
        read_events(b, burst);
}

/* Whether the loop wants something that does not wait. Forgets that it asked to reload.
 */
static void asked(struct builder *b, bool *stopping, bool *reload)
{
    pthread_mutex_lock(&b->lock);
    *stopping = b->stopping;
    *reload = *reload || b->reload;
    b->reload = false;
    pthread_mutex_unlock(&b->lock);
}

/* Until the changes are all there. */
static void settle(struct builder *b, struct burst *burst, bool *stopping, bool *reload)
{
    int64_t now = clock_mono_ms(), end = now + burst_quiet_ms(burst);
    const int64_t most = now + BURST_MOST_MS;
    for (unsigned n = burst->n; !*stopping && !*reload && now < MIN(end, most);) {
        wait_for(b, (int)(MIN(end, most) - now), burst);
        asked(b, stopping, reload);
        now = clock_mono_ms();
        if (burst->n != n)
            end = now + burst_quiet_ms(burst);
        n = burst->n;
    }
}

static void look_and_build(struct builder *b, bool reload)
{
    struct arena *a = arena_new();
    struct content_files files;
    uint64_t seen;
    bool all = look(b, a, &files, &seen);
    if (reload || seen != b->fingerprint) {
        b->fingerprint = seen;
        build(b, all ? &files : NULL);
    }
    arena_free(a);
}

static void *run(void *arg)
{
    struct builder *b = arg;
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), LOW_PRIORITY);
    for (;;) {
        struct burst burst = {0};
        bool stopping = false, reload = false;
        wait_for(b, LOOK_MS, &burst);
        asked(b, &stopping, &reload);
        if (burst.n > 0)
            settle(b, &burst, &stopping, &reload);
        free_old(b);
        if (stopping)
            return NULL;
        if (burst.folders || burst.n == 0)
            watch_all(b);
        look_and_build(b, reload);
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
    struct arena *a = arena_new();
    struct content_files files;
    watch_all(b);
    look(b, a, &files, &b->fingerprint);
    arena_free(a);
    malloc_trim(0); /* the first set was made just now */
    if (thread_start(&b->thread, run, b) != RC_OK) {
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
