#include "fixture.h"
#include "store/forget.h"

#include "base/file.h"
#include "base/str.h"

static void forget_and_wait(struct fixture *f, int64_t before_ms)
{
    store_forget_before(f->store, before_ms);
    for (int64_t end = clock_mono_ms() + PATIENCE_MS; store_is_forgetting(f->store);) {
        CHECK(clock_mono_ms() < end, "it ends");
        usleep(1000);
    }
}

/* A conversation with one turn and feedback, made at a time. */
static int64_t add(struct fixture *f, int64_t at_ms)
{
    struct store_conversation c = a_conversation(f->store);
    struct store_turn t = a_turn(f->store, c.id, 0);
    struct store_feedback b = {c.id,     t.id,   at_ms,   true,
                               t.intent, t.lang, STR(""), STR("")};
    struct store_unanswered u = {at_ms, STR("nl"), STR("?")};
    struct store_count n = {1, t.lang, t.outcome, t.intent, STR("")};
    c.created_ms = t.at_ms = at_ms;
    struct store_job job = {
        .conversation = &c, .turn = &t, .feedback = &b, .unanswered = &u, .count = &n};
    CHECK_RC(fixture_put(f, &job), RC_OK);
    return c.id;
}

static void what_is_older_goes_and_the_rest_stays(void **arena)
{
    static const char *const times[][2] = {{"turn", "at_ms"},
                                           {"feedback", "at_ms"},
                                           {"unanswered", "at_ms"},
                                           {"conversation", "created_ms"}};
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    for (int i = 0; i < 700; i++) /* more than two windows */
        add(&f, 1000 + i);
    forget_and_wait(&f, 1600);
    for (size_t i = 0; i < LEN(times); i++) {
        const char *sql = arena_fmt(*arena, "SELECT count(*) FROM %s", times[i][0]).p;
        CHECK_INT(fixture_number(&f, sql), 100, times[i][0]);
        sql = arena_fmt(*arena, "SELECT min(%s) FROM %s", times[i][1], times[i][0]).p;
        CHECK_INT(fixture_number(&f, sql), 1600, times[i][0]);
    }
    CHECK_INT(fixture_number(&f, "SELECT sum(n) FROM figure"), 700, "counts stay");

    forget_and_wait(&f, 99999);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn"), 0, "all");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM conversation"), 0, "all");
    fixture_close(&f);
    fixture_open(&f);
    CHECK_INT(store_next_turn(f.store), 701, "ids are not given out again");
    CHECK_INT(store_next_conversation(f.store), 701, "ids are not given out again");
    fixture_done(&f);
}

static void an_old_conversation_with_a_new_turn_stays(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    int64_t id = add(&f, 1000);
    add(&f, 1000);
    struct store_turn t = a_turn(f.store, id, 1);
    t.at_ms = 5000;
    CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}), RC_OK);
    forget_and_wait(&f, 2000);
    struct store_conversation c;
    CHECK_RC(store_read_conversation(f.store, *arena, id, &c), RC_OK);
    CHECK_INT(c.last_turn, t.id, "its newest");
    CHECK_RC(store_read_turn(f.store, *arena, 1, &t), RC_NOT_FOUND);
    CHECK_RC(store_read_conversation(f.store, *arena, id + 1, &c), RC_NOT_FOUND);
    fixture_done(&f);
}

static void effects_go_when_finished_and_their_ticket_is_old(void **arena)
{
    static const struct {
        const char *why;
        enum effect_state state;
        int64_t created_ms, ticket_ms; /* 0: no ticket */
        bool stays;
    } cases[] = {
        {"unfinished", EFFECT_PENDING, 1000, 0, true},
        {"unclear", EFFECT_UNCLEAR, 1000, 1000, true},
        {"done", EFFECT_DONE, 1000, 0, false},
        {"dead letter", EFFECT_FAILED, 1000, 0, false},
        {"dropped", EFFECT_DROPPED, 1000, 0, false},
        {"done, old ticket", EFFECT_DONE, 1000, 1500, false},
        {"done, its ticket changed since", EFFECT_DONE, 1000, 2500, true},
        {"done, young", EFFECT_DONE, 2500, 0, true},
    };
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct store_conversation c = a_conversation(f.store);
        struct store_effect e = an_effect(f.store, c.id);
        struct store_ticket t = {.effect = e.id, .updated_ms = cases[i].ticket_ms};
        e.state = cases[i].state;
        e.created_ms = cases[i].created_ms;
        struct store_job job = {.conversation = &c, .effects = &e, .n_effects = 1};
        job.tickets = cases[i].ticket_ms ? &t : NULL;
        job.n_tickets = cases[i].ticket_ms ? 1 : 0;
        CHECK_RC(fixture_put(&f, &job), RC_OK);
    }
    forget_and_wait(&f, 2000);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct store_effect e;
        struct store_conversation c;
        enum rc want = cases[i].stays ? RC_OK : RC_NOT_FOUND;
        int64_t id = (int64_t)i + 1;
        CHECK_INT(store_read_effect(f.store, *arena, id, &e), want, cases[i].why);
        CHECK_INT(store_read_conversation(f.store, *arena, id, &c), want, cases[i].why);
    }
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM ticket"), 2, "tickets go along");
    fixture_close(&f);
    fixture_open(&f);
    CHECK_INT(store_next_effect(f.store), LEN(cases) + 1, "ids are not given out again");
    fixture_done(&f);
}

static void what_is_forgotten_is_not_in_the_files_either(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_effect e = an_effect(f.store, 1);
    e.payload = STR("geheim in de inhoud");
    CHECK_RC(fixture_put(&f, &(struct store_job){.effects = &e, .n_effects = 1}), RC_OK);
    CHECK_RC(fixture_put(&f, &(struct store_job){.delete_effect_payload = e.id}), RC_OK);
    for (int i = 0; i < 300; i++) {
        struct store_turn t = a_turn(f.store, 1, 0);
        t.said = STR("geheim van iemand");
        CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}), RC_OK);
    }
    str file, log;
    str wal = arena_fmt(*arena, "%s-wal", f.path.p);
    CHECK_RC(file_read(*arena, wal, 1 << 24, &log), RC_OK);
    CHECK(str_has(log, STR("geheim")), "it was there");
    forget_and_wait(&f, 99999);
    CHECK_RC(file_read(*arena, f.path, 1 << 24, &file), RC_OK);
    CHECK_RC(file_read(*arena, wal, 1 << 24, &log), RC_OK);
    CHECK(!str_has(file, STR("geheim")), "not in the file");
    CHECK(!str_has(log, STR("geheim")), "not in the log");
    fixture_done(&f);
}

static void jobs_are_committed_meanwhile(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    fixture_close(&f);
    fixture_sql(&f,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                " WHERE i < 5000) INSERT INTO turn SELECT i, 1, 0, i, 0, 0, '', 0,"
                " '', '', '', '', '', '', '' FROM n");
    fixture_open(&f);
    store_forget_before(f.store, 30000);
    int n = 0;
    int64_t slowest = 0;
    do {
        struct store_turn t = a_turn(f.store, 1, 0);
        int64_t start = clock_mono_us();
        t.at_ms = 50000;
        CHECK_RC(fixture_put(&f, &(struct store_job){.turn = &t}), RC_OK);
        slowest = MAX(slowest, clock_mono_us() - start);
        n++;
    } while (store_is_forgetting(f.store));
    CHECK(n > 1, "many windows");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn"), n, "only the new ones");
    print_message("%d jobs meanwhile, the slowest %lld us\n", n, (long long)slowest);
    fixture_done(&f);
}

static void a_later_wish_is_worked_on_as_well(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    for (int i = 0; i < 10; i++)
        add(&f, 1000 + i);
    store_forget_before(f.store, 1003);
    store_forget_before(f.store, 1005);
    forget_and_wait(&f, 1007);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn"), 3, "the last wish");
    CHECK(!store_is_forgetting(f.store), "done");
    fixture_done(&f);
}

static void add_session(struct fixture *f, int64_t at_ms, str session)
{
    struct store_conversation c = a_conversation(f->store);
    struct store_turn t = a_turn(f->store, c.id, 0);
    t.at_ms = c.created_ms = at_ms;
    t.session = session;
    CHECK_RC(fixture_put(f, &(struct store_job){.conversation = &c, .turn = &t}), RC_OK);
}

static void what_was_typed_into_a_form_goes_first(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    for (int i = 0; i < 600; i++) /* more than two windows */
        add_session(&f, 1000 + i,
                    STR("L2:nl\x1e"
                        "0:F7:absenceV5:phonev8:06-99999"));
    add_session(&f, 1700, STR("L2:nlq5:vraag"));
    store_forget_typed_before(f.store, 1500);
    forget_and_wait(&f, 0);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn"), 601, "no turn is gone");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn WHERE session = 'L2:nl'"),
              500, "what stands before it is kept");
    CHECK_INT(fixture_number(&f,
                             "SELECT max(at_ms) FROM turn WHERE session NOT LIKE '%06-%'"
                             " AND at_ms < 1700"),
              1499, "newer forms are kept");
    store_forget_typed_before(f.store, 2000);
    forget_and_wait(&f, 0);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn WHERE session LIKE '%06-%'"),
              0, "all of them, when they are old");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM turn WHERE session LIKE '%vraag'"),
              1, "another session is whole");
    fixture_done(&f);
}

UNIT_MAIN(UNIT(what_is_older_goes_and_the_rest_stays),
          UNIT(what_was_typed_into_a_form_goes_first),
          UNIT(an_old_conversation_with_a_new_turn_stays),
          UNIT(effects_go_when_finished_and_their_ticket_is_old),
          UNIT(what_is_forgotten_is_not_in_the_files_either),
          UNIT(jobs_are_committed_meanwhile), UNIT(a_later_wish_is_worked_on_as_well))
