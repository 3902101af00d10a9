#include "store/fold.h"
#include "unit.h"

/* Just the tables that folding sees. */
static sqlite3 *tables(int conversations)
{
    sqlite3 *db = NULL;
    CHECK_INT(db_open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0, &db), 0,
              "opens");
    CHECK_INT(db_exec(db,
                      "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER);"
                      "CREATE TABLE turn (id INTEGER PRIMARY KEY, conversation);"
                      "CREATE TABLE conversation (id INTEGER PRIMARY KEY,"
                      " last_turn INTEGER DEFAULT 0);"),
              0, "tables");
    for (int i = 0; i < conversations; i++)
        CHECK_INT(db_exec(db, "INSERT INTO conversation DEFAULT VALUES"), 0, "row");
    return db;
}

static int64_t number(sqlite3 *db, const char *sql)
{
    int64_t n = 0;
    CHECK_INT(db_int(db, sql, &n), 0, sql);
    return n;
}

static void a_round_is_promised_only_when_all_of_it_is_written(void **arena)
{
    (void)arena;
    sqlite3 *db = tables(10);
    struct fold f;
    CHECK_INT(fold_open(&f, db), 0, "opens");
    CHECK(fold_is_empty(&f) && !fold_is_due(&f), "nothing to do");
    for (int i = 1; i <= 10; i++)
        fold_note(&f, i, 100 + i);
    CHECK(!fold_is_due(&f), "a few can wait");
    CHECK_INT(fold_step(&f, 4), 0, "step");
    CHECK(!fold_committed(&f), "not all");
    CHECK(fold_is_due(&f), "a round that began goes on");
    CHECK_INT(number(db, "SELECT value FROM meta"), 0, "no promise yet");
    fold_note(&f, 1, 111); /* a new turn meanwhile: of the next round */
    CHECK_INT(fold_step(&f, 4), 0, "step");
    fold_rolled_back(&f); /* the rows are written, but as far as it knows they are not */
    CHECK_INT(fold_step(&f, 100), 0, "step");
    CHECK(fold_committed(&f), "now all");
    CHECK_INT(number(db, "SELECT value FROM meta"), 110, "up to the round's newest");
    CHECK_INT(f.flushed, 110, "told");
    CHECK_INT(number(db, "SELECT sum(last_turn - id) FROM conversation"), 1000, "rows");
    CHECK(!fold_is_empty(&f), "one is new");
    CHECK_INT(fold_step(&f, 100), 0, "step");
    CHECK(fold_committed(&f) && fold_is_empty(&f), "all of it");
    CHECK_INT(number(db, "SELECT last_turn FROM conversation WHERE id = 1"), 111,
              "newest");
    CHECK_INT(number(db, "SELECT value FROM meta"), 111, "promise");
    fold_close(&f);
    sqlite3_close(db);
}

static void a_late_turn_goes_into_its_row_at_once(void **arena)
{
    (void)arena;
    sqlite3 *db = tables(2);
    struct fold f;
    CHECK_INT(fold_open(&f, db), 0, "opens");
    fold_note(&f, 1, 5);
    CHECK(!fold_is_late(&f, 4), "no round has begun");
    CHECK_INT(fold_step(&f, 0), 0, "a round begins");
    CHECK(fold_is_late(&f, 4) && !fold_is_late(&f, 6), "its ids are promised");
    CHECK_INT(fold_late(&f, 2, 4), 0, "into the row");
    fold_note(&f, 2, 4);
    CHECK_INT(f.live.n, 0, "nothing is left to note");
    CHECK_INT(number(db, "SELECT last_turn FROM conversation WHERE id = 2"), 4, "row");
    CHECK_INT(fold_late(&f, 2, 3), 0, "an older one");
    CHECK_INT(number(db, "SELECT last_turn FROM conversation WHERE id = 2"), 4,
              "changes "
              "nothing");
    fold_close(&f);
    sqlite3_close(db);
}

static void turns_above_the_promise_are_read_again(void **arena)
{
    (void)arena;
    sqlite3 *db = tables(3);
    struct fold f;
    CHECK_INT(db_exec(db,
                      "INSERT INTO turn VALUES (1, 1), (2, 2), (3, 1), (4, 3);"
                      "INSERT INTO meta VALUES ('flushed_turn', 2);"),
              0, "rows");
    CHECK_INT(fold_open(&f, db), 0, "opens");
    CHECK_INT(f.live.n, 2, "two conversations");
    CHECK_INT(newest_find(&f.live, 1), 3, "newest of 1");
    CHECK_INT(newest_find(&f.live, 3), 4, "newest of 3");
    CHECK_INT(newest_find(&f.live, 2), 0, "2 is in its row");
    CHECK(fold_is_late(&f, 2) && !fold_is_late(&f, 3), "late is below the promise");
    fold_close(&f);
    sqlite3_close(db);
}

static void many_turns_make_a_round_due(void **arena)
{
    (void)arena;
    sqlite3 *db = tables(1);
    struct fold f;
    CHECK_INT(fold_open(&f, db), 0, "opens");
    for (int i = 1; i <= FOLD_TURNS_MAX; i++)
        fold_note(&f, 1, i);
    CHECK(!fold_is_due(&f), "at the limit");
    fold_note(&f, 1, FOLD_TURNS_MAX + 1);
    CHECK(fold_is_due(&f), "turns of one conversation");
    CHECK_INT(fold_step(&f, 1), 0, "step");
    CHECK(fold_committed(&f) && !fold_is_due(&f), "done");
    for (int i = 1; i <= FOLD_CONVERSATIONS_MAX + 1; i++)
        fold_note(&f, i, FOLD_TURNS_MAX + 1 + i);
    CHECK(fold_is_due(&f), "many conversations");
    fold_close(&f);
    sqlite3_close(db);
}

UNIT_MAIN(UNIT(a_round_is_promised_only_when_all_of_it_is_written),
          UNIT(a_late_turn_goes_into_its_row_at_once),
          UNIT(turns_above_the_promise_are_read_again), UNIT(many_turns_make_a_round_due))
