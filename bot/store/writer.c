#include "store/writer.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/thread.h"
#include "store/schema.h"
#include "store/upkeep.h"
#include "store/wal.h"

enum { FOLD_STEP_MIN = 64, PAGES_MAX = 1073741823 };

/* secure_delete: what was deleted is not to be found in the file either. */
static const char settings[] = "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                               "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";

enum rc writer_open(struct writer *w, const char *path)
{
    w->durable = w->durable_set = true;
    int code = db_open_by(wal_vfs(), path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                          WRITER_BUSY_MS, &w->db);
    if (code != SQLITE_OK) {
        log_err("store: cannot open the database: %s", sqlite3_errstr(code));
        return db_rc(code);
    }
    enum rc rc = schema_migrate(w->db);
    if (rc != RC_OK)
        return rc;
    code = db_exec(w->db, settings);
    if (code == SQLITE_OK)
        code = wal_gather(w->db, true);
    if (code == SQLITE_OK)
        code = insert_open(&w->insert, w->db);
    if (code == SQLITE_OK)
        code = fold_open(&w->fold, w->db);
    if (code == SQLITE_OK)
        code = forget_open(&w->forget, w->db);
    if (code != SQLITE_OK) {
        log_err("store: cannot prepare: %s", sqlite3_errmsg(w->db));
        return db_rc(code);
    }
    w->flushed = w->fold.flushed;
    upkeep_open(w);
    return RC_OK;
}

void writer_close(struct writer *w)
{
    insert_close(&w->insert);
    fold_close(&w->fold);
    forget_close(&w->forget);
    sqlite3_close(w->db);
    queue_done(&w->queue);
}

static void apply_settings(struct writer *w)
{
    int64_t limit = atomic_load_explicit(&w->page_limit, memory_order_relaxed);
    bool durable = atomic_load_explicit(&w->durable, memory_order_relaxed);
    if (limit != w->page_limit_set) {
        char *sql = sqlite3_mprintf("PRAGMA max_page_count = %lld",
                                    (long long)(limit > 0 ? limit : PAGES_MAX));
        (void)!db_exec(w->db, sql);
        sqlite3_free(sql);
        w->page_limit_set = limit;
    }
    if (durable != w->durable_set) {
        (void)!wal_gather(w->db, durable);
        (void)!db_exec(
            w->db, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    }
    w->durable_set = durable;
}

static int write_job(struct writer *w, const struct store_job *job)
{
    int code = insert_job(&w->insert, job);
    if (code == SQLITE_OK && job->turn && fold_is_late(&w->fold, job->turn->id))
        code = fold_late(&w->fold, job->turn->conversation, job->turn->id);
    return code;
}

/* Commits jobs from..from+n-1 of the `taken` in one transaction. *begun: it got as far as
 * having the right to write. */
static int transact(struct writer *w, size_t taken, size_t from, size_t n, bool with_fold,
                    bool *begun)
{
    int code = db_begin(w->db);
    *begun = code == SQLITE_OK;
    if (!*begun)
        return code;
    if (with_fold)
        code = fold_step(&w->fold, MAX((size_t)FOLD_STEP_MIN, 2 * n));
    insert_begin(&w->insert);
    for (size_t i = 0; i < n && code == SQLITE_OK; i++)
        code = write_job(w, &queue_taken(&w->queue, taken, from + i)->rows);
    if (code == SQLITE_OK)
        code = insert_end(&w->insert);
    code = db_end(w->db, code);
    if (code != SQLITE_OK && with_fold)
        fold_rolled_back(&w->fold);
    return code;
}

static void finish(struct writer *w, size_t taken, size_t from, size_t n, int code)
{
    for (size_t i = from; i < from + n; i++) {
        struct job *job = queue_taken(&w->queue, taken, i);
        job->rc = code == SQLITE_OK ? RC_OK : RC_IO;
        if (code == SQLITE_OK && job->rows.turn)
            fold_note(&w->fold, job->rows.turn->conversation, job->rows.turn->id);
    }
    queue_finish(&w->queue, n);
    if (w->ring)
        w->ring(w->ring_ctx);
}

/* A line at most every UPKEEP_REST_US, not one per job of a full disk. */
static void note_state(struct writer *w, int code)
{
    if (code == SQLITE_OK && w->failed_us == 0)
        return;
    int64_t now = clock_mono_us();
    bool is_news = now - w->failed_us >= UPKEEP_REST_US;
    if (code != SQLITE_OK) {
        if (is_news)
            log_err("store: commit failed: %s (%d)", sqlite3_errstr(code), code);
        w->failed_us = now;
    } else if (is_news) {
        log_info("store: commits succeed again");
        w->failed_us = 0;
    }
}

static void commit_singly(struct writer *w, size_t taken)
{
    bool begun = true;
    for (size_t i = 0; i < taken; i++) {
        int code = transact(w, taken, i, 1, false, &begun);
        note_state(w, code);
        /* without the right to write the others would only wait for it as well */
        size_t n = begun ? 1 : taken - i;
        finish(w, taken, i, n, code);
        i += n - 1;
    }
}

static void commit_group(struct writer *w, size_t taken)
{
    apply_settings(w);
    bool with_fold = fold_is_due(&w->fold) && clock_mono_us() >= w->rest_until_us;
    bool begun = false;
    int code = transact(w, taken, 0, taken, with_fold, &begun);
    if (code == SQLITE_OK && with_fold)
        upkeep_folded(w);
    if (code == SQLITE_OK || !begun || (taken == 1 && !with_fold)) {
        note_state(w, code);
        finish(w, taken, 0, taken, code);
    } else {
        commit_singly(w, taken);
    }
    if (code != SQLITE_OK)
        upkeep_after_failure(w);
}

static void *run(void *arg)
{
    struct writer *w = arg;
    pthread_setname_np(pthread_self(), "balie-writer");
    for (;;) {
        size_t n = queue_take(&w->queue, STORE_GROUP_MAX, upkeep_at(w));
        if (n > 0) {
            commit_group(w, n);
            upkeep_after_commit(w);
        } else if (queue_is_stopping(&w->queue)) {
            break;
        } else {
            upkeep_idle(w);
        }
    }
    upkeep_close(w);
    return NULL;
}

enum rc writer_start(struct writer *w)
{
    enum rc rc = thread_start(&w->thread, run, w);
    if (rc != RC_OK)
        log_err("store: cannot start the writer's thread");
    return rc;
}

void writer_stop(struct writer *w)
{
    queue_stop(&w->queue);
    pthread_join(w->thread, NULL);
}
