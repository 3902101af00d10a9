#include "store/upkeep.h"

#include "base/clock.h"
#include "base/log.h"

static int on_wal(void *ctx, sqlite3 *db, const char *name, int pages)
{
    (void)db, (void)name;
    struct writer *w = ctx;
    w->wal_pages = pages;
    return SQLITE_OK;
}

void upkeep_open(struct writer *w)
{
    sqlite3_wal_hook(w->db, on_wal, w);
    w->checkpoint_at = UPKEEP_WAL_PAGES;
    w->checkpoint_idle_at = UPKEEP_WAL_PAGES / 8;
    w->idle_since_us = clock_mono_us();
}

static void rest(struct writer *w, const char *what, int code)
{
    if (clock_mono_us() >= w->rest_until_us)
        log_warn("store: %s failed: %s", what, sqlite3_errstr(code));
    w->rest_until_us = clock_mono_us() + UPKEEP_REST_US;
}

static void checkpoint(struct writer *w)
{
    int pages = 0, moved = 0;
    int code =
        sqlite3_wal_checkpoint_v2(w->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    if (code == SQLITE_OK && pages == moved) {
        w->wal_pages = 0; /* the next commit starts the log from its beginning */
        w->checkpoint_at = UPKEEP_WAL_PAGES;
        w->checkpoint_idle_at = UPKEEP_WAL_PAGES / 8;
        return;
    }
    /* a reader (a backup) holds the log: not again before it grew as much once more */
    w->checkpoint_at = w->wal_pages + UPKEEP_WAL_PAGES;
    w->checkpoint_idle_at = w->wal_pages + UPKEEP_WAL_PAGES / 8;
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        rest(w, "checkpoint", code);
}

void upkeep_folded(struct writer *w)
{
    if (fold_committed(&w->fold))
        atomic_store_explicit(&w->flushed, w->fold.flushed, memory_order_release);
}

static int fold(struct writer *w, size_t max)
{
    int code = db_begin(w->db);
    if (code == SQLITE_OK)
        code = db_end(w->db, fold_step(&w->fold, max));
    if (code == SQLITE_OK) {
        upkeep_folded(w);
    } else {
        fold_rolled_back(&w->fold);
        rest(w, "noting the newest turns", code);
    }
    return code;
}

static int fold_all(struct writer *w)
{
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !fold_is_empty(&w->fold))
        code = fold(w, SIZE_MAX);
    return code;
}

/* The deleted text is to leave the log file as well: PASSIVE would leave it there. */
static void empty_log(struct writer *w)
{
    sqlite3_busy_timeout(w->db, 0); /* a reader is not waited for */
    (void)!sqlite3_wal_checkpoint_v2(w->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(w->db, WRITER_BUSY_MS);
}

static bool forget_is_wanted(const struct writer *w)
{
    return forget_is_busy(&w->forget) ||
        w->forget_working != atomic_load_explicit(&w->forget_asked, memory_order_acquire);
}

static void forget(struct writer *w)
{
    if (!forget_is_busy(&w->forget)) {
        w->forget_working = atomic_load_explicit(&w->forget_asked, memory_order_acquire);
        forget_start(&w->forget,
                     atomic_load_explicit(&w->forget_before_ms, memory_order_relaxed),
                     atomic_load_explicit(&w->typed_before_ms, memory_order_relaxed));
    }
    int code = forget_needs_rows(&w->forget) ? fold_all(w) : SQLITE_OK;
    if (code != SQLITE_OK)
        return;
    struct forget before = w->forget;
    code = db_begin(w->db);
    if (code == SQLITE_OK)
        code = db_end(w->db, forget_step(&w->forget));
    if (code != SQLITE_OK) {
        w->forget = before;
        rest(w, "retention", code);
    } else if (!forget_is_busy(&w->forget)) {
        if (w->forget.gone > 0)
            empty_log(w);
        log_info("store: retention rows=%lld", (long long)w->forget.gone);
        atomic_store_explicit(&w->forget_ended, w->forget_working, memory_order_release);
    }
}

int64_t upkeep_at(const struct writer *w)
{
    int64_t at = INT64_MAX;
    if (forget_is_wanted(w))
        at = w->forget_at_us;
    if (w->wal_pages >= w->checkpoint_idle_at)
        at = MIN(at, w->idle_since_us + UPKEEP_CHECKPOINT_IDLE_US);
    if (!fold_is_empty(&w->fold))
        at = MIN(at, w->idle_since_us + UPKEEP_FOLD_IDLE_US);
    return at == INT64_MAX ? at : MAX(at, w->rest_until_us);
}

void upkeep_idle(struct writer *w)
{
    int64_t now = clock_mono_us();
    if (now < w->rest_until_us)
        return;
    if (forget_is_wanted(w) && now >= w->forget_at_us) {
        forget(w);
        w->forget_at_us = clock_mono_us() + UPKEEP_FORGET_IDLE_US;
    } else if (w->wal_pages >= w->checkpoint_idle_at &&
               now >= w->idle_since_us + UPKEEP_CHECKPOINT_IDLE_US) {
        checkpoint(w);
    } else if (!fold_is_empty(&w->fold) &&
               now >= w->idle_since_us + UPKEEP_FOLD_IDLE_US) {
        (void)!fold(w, UPKEEP_FOLD_STEP);
    }
}

void upkeep_after_commit(struct writer *w)
{
    int64_t now = clock_mono_us();
    if (now >= w->rest_until_us && w->wal_pages >= w->checkpoint_at)
        checkpoint(w);
    if (now >= w->rest_until_us && forget_is_wanted(w) && now >= w->forget_at_us) {
        forget(w);
        w->forget_at_us = clock_mono_us() + UPKEEP_FORGET_BUSY_US;
    }
    w->idle_since_us = clock_mono_us();
}

void upkeep_after_failure(struct writer *w)
{
    if (clock_mono_us() >= w->rest_until_us && w->wal_pages > 0)
        checkpoint(w);
}

void upkeep_close(struct writer *w)
{
    (void)!fold_all(w);
    checkpoint(w);
}
