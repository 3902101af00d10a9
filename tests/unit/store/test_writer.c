#include "fixture.h"
#include "store/writer.h"

#include <signal.h>
#include <sys/resource.h>

static void what_one_turn_of_the_loop_brought_is_one_commit(void **arena)
{
    enum { JOBS = 100 };
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    store_gather(f.store, true);
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    for (int i = 0; i < JOBS; i++)
        CHECK_RC(store_put(f.store, &(struct store_job){.unanswered = &u}), RC_OK);
    CHECK_INT(store_waiting(f.store), JOBS, "they wait");
    store_flush(f.store);
    for (int i = 0; i < JOBS; i++)
        CHECK_RC(fixture_next(&f).rc, RC_OK);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM unanswered"), JOBS, "all of them");
    CHECK(f.rings <= 1, "one commit");
    fixture_done(&f);
}

static void many_jobs_share_a_commit(void **arena)
{
    enum { JOBS = 2000 };
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    for (int i = 0; i < JOBS; i++)
        CHECK_RC(store_put(f.store, &(struct store_job){.unanswered = &u}), RC_OK);
    uint64_t rings = 0, n = 0;
    for (int done = 0; done < JOBS;) {
        struct pollfd p = {.fd = f.bell, .events = POLLIN};
        CHECK(poll(&p, 1, PATIENCE_MS) == 1, "it rings");
        CHECK(read(f.bell, &n, sizeof n) == sizeof n, "the bell counts");
        rings += n;
        for (struct store_result r; store_next(f.store, &r); done++)
            CHECK_RC(r.rc, RC_OK);
    }
    CHECK(rings >= JOBS / STORE_GROUP_MAX, "no more than STORE_GROUP_MAX in a commit");
    CHECK(rings < JOBS / 4, "many in a commit");
    fixture_done(&f);
}

static void only_what_does_not_fit_is_refused(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_conversation c = a_conversation(f.store), got;
    struct store_turn big = a_turn(f.store, c.id, 0);
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    size_t n = 1 << 20;
    big.session = (str){memset(arena_alloc(*arena, n), 'x', n), n};
    struct store_job small = {.unanswered = &u},
                     large = {.conversation = &c, .turn = &big};
    CHECK_RC(fixture_put(&f, &small), RC_OK);

    store_limit_pages(f.store, fixture_number(&f, "PRAGMA page_count") + 2);
    for (int i = 0; i < 9; i++)
        CHECK_RC(store_put(f.store, i % 3 == 1 ? &large : &small), RC_OK);
    for (int i = 0; i < 9; i++)
        CHECK_RC(fixture_next(&f).rc, i % 3 == 1 ? RC_IO : RC_OK);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM unanswered"), 7, "the small ones");
    CHECK_RC(store_read_conversation(f.store, *arena, c.id, &got), RC_NOT_FOUND);

    store_limit_pages(f.store, 0);
    CHECK_RC(fixture_put(&f, &large), RC_OK);
    CHECK_RC(store_read_conversation(f.store, *arena, c.id, &got), RC_OK);
    CHECK_INT(got.last_turn, big.id, "stored at the second try");
    fixture_done(&f);
}

static void a_disk_that_stays_full_refuses_all_and_comes_back(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_turn t = a_turn(f.store, 1, 0);
    size_t n = 20000, refused = 0;
    t.frames = (str){memset(arena_alloc(*arena, n), 'x', n), n};
    store_limit_pages(f.store, 1); /* SQLite takes the pages that are there */
    for (int i = 0; i < 1000; i++) {
        t.id = store_next_turn(f.store);
        CHECK_RC(store_put(f.store, &(struct store_job){.turn = &t}), RC_OK);
    }
    for (int i = 0; i < 1000; i++)
        refused += fixture_next(&f).rc == RC_IO;
    CHECK_INT(refused, 1000, "all refused");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn"), 0, "none is there");
    store_limit_pages(f.store, 0);
    t.id = store_next_turn(f.store);
    CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}), RC_OK);
    fixture_done(&f);
}

/* Not SQLite's own limit but the system's: the log cannot grow. */
static void a_log_that_cannot_grow_refuses_what_does_not_fit(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct rlimit before, small;
    size_t n = 400 * 1000;
    struct store_turn t = a_turn(f.store, 1, 0);
    str large = {memset(arena_alloc(*arena, n), 'x', n), n}, none = t.session;
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){300 * 1000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 200; i++) { /* small ones fit again after a checkpoint */
        t.id = store_next_turn(f.store);
        t.session = i % 20 == 7 ? large : none;
        CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}),
                 i % 20 == 7 ? RC_IO : RC_OK);
    }
    setrlimit(RLIMIT_FSIZE, &before);
    t.id = store_next_turn(f.store);
    t.session = large;
    CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}), RC_OK);
    fixture_close(&f);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn"), 191, "what was told");
    CHECK_INT(fixture_number(&f,
                             "SELECT count(*) FROM pragma_integrity_check WHERE"
                             " integrity_check = 'ok'"),
              1, "the file is sound");
    fixture_done(&f);
}

static void a_job_that_breaks_a_rule_fails_alone_and_whole(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    int marks[40];
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    struct store_turn t = a_turn(f.store, 1, 0);
    CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}), RC_OK);
    for (int i = 0; i < 40; i++) { /* every tenth has an id that is taken */
        if (i % 10 != 5)
            t.id = store_next_turn(f.store);
        struct store_job job = {.turn = &t, .unanswered = &u, .ctx = &marks[i]};
        CHECK_RC(store_put(f.store, &job), RC_OK);
    }
    for (int i = 0; i < 40; i++) {
        struct store_result r = fixture_next(&f);
        CHECK(r.ctx == &marks[i], "in order");
        CHECK_INT(r.rc, i % 10 == 5 ? RC_IO : RC_OK, "its own result");
    }
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM unanswered"), 36, "whole or not");
    fixture_done(&f);
}

static void a_file_locked_by_another_program_fails_jobs_and_frees_itself(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    struct store_job job = {.unanswered = &u};
    sqlite3 *other = NULL;
    CHECK_INT(sqlite3_open(f.path.p, &other), SQLITE_OK, "opens");
    CHECK_INT(sqlite3_exec(other, "BEGIN IMMEDIATE", 0, 0, 0), SQLITE_OK, "locks");
    for (int i = 0; i < 50; i++)
        CHECK_RC(store_put(f.store, &job), RC_OK);
    int64_t start = clock_mono_ms();
    for (int i = 0; i < 50; i++)
        CHECK_RC(fixture_next(&f).rc, RC_IO);
    CHECK(clock_mono_ms() - start < 3 * WRITER_BUSY_MS, "not one wait for each job");
    sqlite3_close(other);
    CHECK_RC(fixture_put(&f, &job), RC_OK);
    fixture_done(&f);
}

/* More conversations than are kept aside, ids put in another order than they were given.
 */
static void newest_turns_are_right_before_and_after_they_reach_the_rows(void **arena)
{
    enum { CONVERSATIONS = 3 * FOLD_CONVERSATIONS_MAX, PAIR = 2 };
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    int64_t *last = arena_alloc(*arena, (CONVERSATIONS + 1) * sizeof *last);
    for (int i = 0; i < CONVERSATIONS; i += PAIR) {
        struct store_conversation c[PAIR];
        struct store_turn t[PAIR];
        for (int k = 0; k < PAIR; k++) {
            c[k] = a_conversation(f.store);
            t[k] = a_turn(f.store, c[k].id, 0);
            last[c[k].id] = t[k].id;
        }
        for (int k = PAIR - 1; k >= 0; k--) {
            struct store_job job = {.conversation = &c[k], .turn = &t[k]};
            while (store_put(f.store, &job) == RC_BUSY)
                CHECK_RC(fixture_next(&f).rc, RC_OK);
        }
    }
    while (store_waiting(f.store) > 0)
        CHECK_RC(fixture_next(&f).rc, RC_OK);
    CHECK(fixture_number(&f, "SELECT value FROM meta WHERE key = 'flushed_turn'") > 0,
          "a round ended meanwhile");
    struct store_conversation c;
    for (int64_t id = 1; id <= CONVERSATIONS; id++) {
        CHECK_RC(store_read_conversation(f.store, *arena, id, &c), RC_OK);
        CHECK_INT(c.last_turn, last[id], "before");
    }
    fixture_close(&f);
    CHECK_INT(fixture_number(&f,
                             "SELECT count(*) FROM conversation JOIN turn ON"
                             " turn.conversation = conversation.id AND turn.id ="
                             " last_turn"),
              CONVERSATIONS, "all rows know after close");
    fixture_done(&f);
}

static void an_idle_writer_brings_newest_turns_into_rows(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_conversation c = a_conversation(f.store), c2 = a_conversation(f.store);
    struct store_turn late = a_turn(f.store, c2.id, 0), t = a_turn(f.store, c.id, 0);
    CHECK_RC(fixture_put(&f, &(struct store_job){.conversation = &c, .turn = &t}), RC_OK);
    int64_t end = clock_mono_ms() + PATIENCE_MS, row = 0;
    while (row == 0 && clock_mono_ms() < end) {
        usleep(20000);
        row = fixture_number(&f, "SELECT last_turn FROM conversation");
    }
    CHECK_INT(row, t.id, "in its row");
    CHECK_RC(store_read_conversation(f.store, *arena, c.id, &c), RC_OK);
    CHECK_INT(c.last_turn, t.id, "and read from there");

    struct store_job job = {.conversation = &c2, .turn = &late};
    CHECK_RC(fixture_put(&f, &job), RC_OK);
    CHECK_INT(fixture_number(&f, "SELECT last_turn FROM conversation WHERE id = 2"),
              late.id, "a turn older than the newest flushed one goes there at once");
    CHECK_RC(store_read_conversation(f.store, *arena, c2.id, &c2), RC_OK);
    CHECK_INT(c2.last_turn, late.id, "and is read");
    fixture_done(&f);
}

UNIT_MAIN(UNIT(what_one_turn_of_the_loop_brought_is_one_commit),
          UNIT(many_jobs_share_a_commit), UNIT(only_what_does_not_fit_is_refused),
          UNIT(a_disk_that_stays_full_refuses_all_and_comes_back),
          UNIT(a_log_that_cannot_grow_refuses_what_does_not_fit),
          UNIT(a_job_that_breaks_a_rule_fails_alone_and_whole),
          UNIT(a_file_locked_by_another_program_fails_jobs_and_frees_itself),
          UNIT(newest_turns_are_right_before_and_after_they_reach_the_rows),
          UNIT(an_idle_writer_brings_newest_turns_into_rows))
