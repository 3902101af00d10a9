#include "store/wal.h"

#include <sys/stat.h>

#include "fixture.h"
#include "store/db.h"

enum { ROWS = 3000, ROW = 400 };

static const char insert_rows[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    " INSERT INTO t SELECT NULL, randomblob(400) FROM n";

static sqlite3 *open_log(struct fixture *f, const char *vfs)
{
    sqlite3 *db;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    CHECK_INT(db_open_by(vfs, f->path.p, flags, 1000, &db), SQLITE_OK, "opens");
    CHECK_INT(db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"),
              SQLITE_OK, "a log");
    return db;
}

static sqlite3 *open_gathering(struct fixture *f)
{
    fixture_init(f, f->arena);
    sqlite3 *db = open_log(f, wal_vfs());
    CHECK_INT(db_exec(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)"), SQLITE_OK, "t");
    CHECK_INT(wal_gather(db, true), SQLITE_OK, "gathers");
    return db;
}

static void close_all(struct fixture *f, sqlite3 *db)
{
    CHECK_INT(sqlite3_close(db), SQLITE_OK, "closes");
    fixture_done(f);
}

static long log_size(struct fixture *f)
{
    struct stat st;
    CHECK(stat(arena_fmt(f->arena, "%s-wal", f->path.p).p, &st) == 0, "there is a log");
    return (long)st.st_size;
}

static int64_t number(sqlite3 *db, const char *sql)
{
    int64_t n = -1;
    CHECK_INT(db_int(db, sql, &n), SQLITE_OK, sql);
    return n;
}

static void a_commit_is_there_for_everybody_once_it_is_told(void **arena)
{
    struct fixture f = {.arena = *arena};
    sqlite3 *db = open_gathering(&f), *other = open_log(&f, NULL);
    for (int i = 1; i <= 20; i++) {
        CHECK_INT(db_exec(db, "INSERT INTO t VALUES (NULL, 'x')"), SQLITE_OK, "put");
        CHECK_INT(number(other, "SELECT count(*) FROM t"), i, "another one sees it");
    }
    sqlite3_close(other);
    close_all(&f, db);
}

/* With a cache of few pages SQLite writes to the log long before the commit, and reads
 * back from there. */
static void what_is_kept_is_read_back(void **arena)
{
    struct fixture f = {.arena = *arena};
    sqlite3 *db = open_gathering(&f);
    CHECK_INT(db_exec(db, "PRAGMA cache_size = 5; BEGIN"), SQLITE_OK, "a small cache");
    CHECK_INT(db_exec(db, insert_rows), SQLITE_OK, "rows");
    CHECK_INT(db_exec(db, "UPDATE t SET v = zeroblob(450) WHERE id % 7 = 0"), SQLITE_OK,
              "changed");
    CHECK_INT(number(db, "SELECT count(*) FROM t WHERE length(v) >= 400"), ROWS, "all");
    CHECK_INT(db_exec(db, "COMMIT"), SQLITE_OK, "commits");
    CHECK(log_size(&f) > ROWS * ROW, "in the log");
    CHECK_INT(number(db,
                     "SELECT count(*) FROM pragma_integrity_check"
                     " WHERE integrity_check = 'ok'"),
              1, "sound");
    close_all(&f, db);
}

static void what_is_taken_back_leaves_nothing(void **arena)
{
    struct fixture f = {.arena = *arena};
    sqlite3 *db = open_gathering(&f), *other = open_log(&f, NULL);
    CHECK_INT(db_exec(db, "PRAGMA cache_size = 5"), SQLITE_OK, "a small cache");
    for (int i = 1; i <= 5; i++) {
        CHECK_INT(db_exec(db, "BEGIN"), SQLITE_OK, "begins");
        CHECK_INT(db_exec(db, insert_rows), SQLITE_OK, "rows");
        CHECK_INT(db_exec(db, "ROLLBACK; INSERT INTO t VALUES (NULL, 'x')"), SQLITE_OK,
                  "taken back");
        CHECK_INT(number(other, "SELECT count(*) FROM t"), i, "only what was put");
    }
    CHECK_INT(number(other,
                     "SELECT count(*) FROM pragma_integrity_check"
                     " WHERE integrity_check = 'ok'"),
              1, "sound");
    sqlite3_close(other);
    close_all(&f, db);
}

/* Nothing says then when others look, so nothing may be kept. */
static void without_syncs_all_is_written_at_once(void **arena)
{
    struct fixture f = {.arena = *arena};
    sqlite3 *db = open_gathering(&f), *other = open_log(&f, NULL);
    CHECK_INT(wal_gather(db, false), SQLITE_OK, "no longer");
    CHECK_INT(db_exec(db, "PRAGMA synchronous = NORMAL"), SQLITE_OK, "no syncs");
    for (int i = 1; i <= 20; i++) {
        long before = log_size(&f);
        CHECK_INT(db_exec(db, "INSERT INTO t VALUES (NULL, 'x')"), SQLITE_OK, "put");
        CHECK(log_size(&f) > before, "in the file");
        CHECK_INT(number(other, "SELECT count(*) FROM t"), i, "another one sees it");
    }
    sqlite3_close(other);
    close_all(&f, db);
}

static void the_log_is_emptied_and_begun_again(void **arena)
{
    struct fixture f = {.arena = *arena};
    sqlite3 *db = open_gathering(&f);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(db_exec(db, insert_rows), SQLITE_OK, "rows");
        CHECK_INT(db_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)"), SQLITE_OK, "emptied");
        CHECK_INT(log_size(&f), 0, "nothing in it");
    }
    CHECK_INT(number(db, "SELECT count(*) FROM t"), 3 * ROWS, "all in the file");
    close_all(&f, db);
}

UNIT_MAIN(UNIT(a_commit_is_there_for_everybody_once_it_is_told),
          UNIT(what_is_kept_is_read_back), UNIT(what_is_taken_back_leaves_nothing),
          UNIT(without_syncs_all_is_written_at_once),
          UNIT(the_log_is_emptied_and_begun_again))
