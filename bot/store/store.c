#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "store/lock.h"
#include "store/parts.h"

enum { PRUNE_MIN = 2 * FOLD_CONVERSATIONS_MAX, GATHER_MAX = 256 };

void store_init(void)
{
    /* its statistics cost a global mutex for every allocation */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* SQLite's other files take the mode of the database file. */
static enum rc make_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        log_err("store: cannot make the database file: %s", strerror(errno));
        return RC_IO;
    }
    close(fd);
    return RC_OK;
}

static const struct {
    const char *highest;
    size_t at;
} counters[] = {
    {"SELECT max((SELECT coalesce(max(id), 0) FROM conversation), coalesce((SELECT value"
     " FROM meta WHERE key = 'last_conversation'), 0))",
     offsetof(struct store, next_conversation)},
    {"SELECT max((SELECT coalesce(max(id), 0) FROM turn), coalesce((SELECT max(value)"
     " FROM meta WHERE key IN ('last_turn', 'flushed_turn')), 0))",
     offsetof(struct store, next_turn)},
    {"SELECT max((SELECT coalesce(max(id), 0) FROM effect), coalesce((SELECT value"
     " FROM meta WHERE key = 'last_effect'), 0))",
     offsetof(struct store, next_effect)},
};

static enum rc read_counters(struct store *s)
{
    for (size_t i = 0; i < LEN(counters); i++) {
        int64_t highest = 0;
        int code = db_int(s->writer.db, counters[i].highest, &highest);
        if (code != SQLITE_OK) {
            log_err("store: cannot read: %s", sqlite3_errmsg(s->writer.db));
            return db_rc(code);
        }
        highest++;
        memcpy((char *)s + counters[i].at, &highest, sizeof highest);
    }
    return RC_OK;
}

static void copy_newest(struct newest *to, const struct newest *from)
{
    for (size_t i = 0; i < from->cap; i++)
        newest_put(to, from->slots[i].conversation, from->slots[i].turn);
}

static enum rc open_parts(struct store *s, str path, const char *file)
{
    enum rc rc = lock_take(path, &s->lock);
    if (rc != RC_OK) {
        log_err("store: %s",
                rc == RC_BUSY ? "in use by another process"
                              : "cannot make the lock file");
        return rc;
    }
    rc = make_private(file);
    if (rc == RC_OK)
        rc = writer_open(&s->writer, file);
    if (rc == RC_OK)
        rc = read_counters(s);
    if (rc == RC_OK)
        rc = reader_open(&s->reader, file);
    if (rc != RC_OK)
        return rc;
    copy_newest(&s->acknowledged, &s->writer.fold.live);
    s->prune_at = PRUNE_MIN;
    rc = writer_start(&s->writer);
    s->running = rc == RC_OK;
    return rc;
}

enum rc store_open(str path, void (*ring)(void *), void *ring_ctx, struct store **out)
{
    struct arena *a = arena_new();
    struct store *s = must_alloc(sizeof *s);
    s->lock = -1;
    queue_init(&s->writer.queue);
    s->writer.ring = ring;
    s->writer.ring_ctx = ring_ctx;
    enum rc rc = open_parts(s, path, arena_str(a, path).p);
    arena_free(a);
    *out = rc == RC_OK ? s : NULL;
    if (rc != RC_OK)
        store_close(s);
    return rc;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (s->running)
        writer_stop(&s->writer);
    reader_close(&s->reader); /* first: the last connection tidies up the log */
    writer_close(&s->writer);
    lock_drop(s->lock);
    newest_done(&s->acknowledged);
    job_end(s->handed, &s->spare);
    spare_jobs_free(&s->spare);
    free(s);
}

int64_t store_next_conversation(struct store *s)
{
    return s->next_conversation++;
}

int64_t store_next_turn(struct store *s)
{
    return s->next_turn++;
}

int64_t store_next_effect(struct store *s)
{
    return s->next_effect++;
}

enum rc store_put(struct store *s, const struct store_job *j)
{
    if (queue_waiting(&s->writer.queue) == STORE_QUEUE_MAX)
        return RC_BUSY;
    struct job *job = job_new(j, &s->spare);
    if (!queue_put(&s->writer.queue, job)) {
        job_end(job, &s->spare);
        return RC_BUSY;
    }
    if (!s->gathering || queue_untold(&s->writer.queue) >= GATHER_MAX)
        queue_tell(&s->writer.queue);
    return RC_OK;
}

void store_gather(struct store *s, bool gathering)
{
    s->gathering = gathering;
    queue_tell(&s->writer.queue);
}

void store_flush(struct store *s)
{
    queue_tell(&s->writer.queue);
}

size_t store_waiting(const struct store *s)
{
    return queue_waiting(&s->writer.queue);
}

static void acknowledge(struct store *s, const struct store_turn *t)
{
    int64_t flushed = atomic_load_explicit(&s->writer.flushed, memory_order_acquire);
    if (t->id <= flushed)
        return;
    newest_put(&s->acknowledged, t->conversation, t->id);
    if (s->acknowledged.n > s->prune_at) {
        newest_drop(&s->acknowledged, flushed);
        s->prune_at = MAX((size_t)PRUNE_MIN, 2 * s->acknowledged.n);
    }
}

bool store_next(struct store *s, struct store_result *out)
{
    struct job *job = queue_fetch(&s->writer.queue);
    job_end(s->handed, &s->spare);
    s->handed = job;
    if (!job)
        return false;
    *out = (struct store_result){job->rc, job->rows.ctx, job->rows.turn};
    if (job->rc == RC_OK && job->rows.turn)
        acknowledge(s, job->rows.turn);
    return true;
}

void store_forget_before(struct store *s, int64_t wall_ms)
{
    struct writer *w = &s->writer;
    atomic_store_explicit(&w->forget_before_ms, wall_ms, memory_order_relaxed);
    atomic_fetch_add_explicit(&w->forget_asked, 1, memory_order_release);
    queue_poke(&w->queue);
}

void store_forget_typed_before(struct store *s, int64_t wall_ms)
{
    atomic_store_explicit(&s->writer.typed_before_ms, wall_ms, memory_order_relaxed);
}

bool store_is_forgetting(const struct store *s)
{
    return atomic_load_explicit(&s->writer.forget_ended, memory_order_acquire) !=
        atomic_load_explicit(&s->writer.forget_asked, memory_order_relaxed);
}

void store_set_durable(struct store *s, bool durable)
{
    atomic_store_explicit(&s->writer.durable, durable, memory_order_relaxed);
}

void store_limit_pages(struct store *s, int64_t pages)
{
    atomic_store_explicit(&s->writer.page_limit, pages, memory_order_relaxed);
}
