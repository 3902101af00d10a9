/*
 * fixture - a folder of its own per test, and a store whose results can be waited for.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/store.h"
#include "unit.h"

enum { PATIENCE_MS = 20000 };

struct fixture {
    struct arena *arena;
    char dir[64];
    str path;
    int bell;       /* eventfd that the writer rings */
    uint64_t rings; /* heard by fixture_next */
    struct store *store;
};

static inline void on_ring(void *ctx)
{
    uint64_t one = 1;
    (void)!write(*(int *)ctx, &one, sizeof one);
}

static inline void fixture_init(struct fixture *f, struct arena *a)
{
    *f = (struct fixture){.arena = a, .dir = "/tmp/balie-store-XXXXXX"};
    CHECK(mkdtemp(f->dir) != NULL, "a folder for the test");
    f->path = arena_fmt(a, "%s/state.db", f->dir);
    f->bell = eventfd(0, EFD_CLOEXEC);
}

static inline void fixture_open(struct fixture *f)
{
    CHECK_RC(store_open(f->path, on_ring, &f->bell, &f->store), RC_OK);
}

static inline void fixture_close(struct fixture *f)
{
    store_close(f->store);
    f->store = NULL;
}

static inline void fixture_done(struct fixture *f)
{
    static const char *const names[] = {"state.db", "state.db-wal", "state.db-shm",
                                        "state.db.lock"};
    fixture_close(f);
    close(f->bell);
    for (size_t i = 0; i < LEN(names); i++)
        unlink(arena_fmt(f->arena, "%s/%s", f->dir, names[i]).p);
    rmdir(f->dir);
}

/* Waits for the next result. */
static inline struct store_result fixture_next(struct fixture *f)
{
    struct store_result r = {0};
    uint64_t n = 0;
    while (!store_next(f->store, &r)) {
        struct pollfd p = {.fd = f->bell, .events = POLLIN};
        if (poll(&p, 1, PATIENCE_MS) <= 0)
            fail_msg("no result came");
        if (read(f->bell, &n, sizeof n) == sizeof n)
            f->rings += n;
    }
    return r;
}

/* Puts and waits. */
static inline enum rc fixture_put(struct fixture *f, const struct store_job *job)
{
    CHECK_RC(store_put(f->store, job), RC_OK);
    return fixture_next(f).rc;
}

static inline struct store_conversation a_conversation(struct store *s)
{
    struct store_conversation c = {.id = store_next_conversation(s),
                                   .person = STR("p-1001"),
                                   .channel = STR("web"),
                                   .created_ms = 1000};
    memset(c.secret, 0xa5, sizeof c.secret);
    return c;
}

static inline struct store_turn a_turn(struct store *s, int64_t conversation,
                                       int64_t prev)
{
    return (struct store_turn){
        .id = store_next_turn(s),
        .conversation = conversation,
        .prev = prev,
        .at_ms = 2000,
        .seq_from = 3,
        .seq_to = 4,
        .client_id = STR("c1"),
        .client_hash = UINT64_C(0xfedcba9876543210),
        .frames = STR("[{\"type\":\"answer\"}]"),
        .session = STR("{\"form\":null}"),
        .said = STR("hoeveel verlof heb ik"),
        .answered = STR("25 dagen"),
        .lang = STR("nl"),
        .outcome = STR("answer"),
        .intent = STR("leave.balance"),
    };
}

static inline struct store_effect an_effect(struct store *s, int64_t conversation)
{
    return (struct store_effect){
        .id = store_next_effect(s),
        .conversation = conversation,
        .turn = 1,
        .key = STR("7F3KQW9A7F3KQW9A7F3K"),
        .kind = STR("ticket"),
        .target = STR("inbox"),
        .reply_to = STR("c1"),
        .payload = STR("{\"text\":\"iban NL00\"}"),
        .state = EFFECT_PENDING,
        .attempts = 2,
        .created_ms = 3000,
        .next_ms = 4000,
        .deadline_ms = 5000,
        .number = STR("123"),
        .external = STR("x-9"),
        .error = STR("timeout"),
        .unclear_ms = 6000,
        .answered_ms = 7000,
    };
}

/* One number from the file, by a connection of the test's own. */
static inline int64_t fixture_number(const struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int64_t n = -1;
    if (sqlite3_open(f->path.p, &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static inline void fixture_sql(const struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(f->path.p, &db), SQLITE_OK, "the file opens");
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

#endif
