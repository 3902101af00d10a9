#include "fixture.h"
#include "store/schema.h"

#include <sys/stat.h>

#include "base/file.h"

static enum rc opened(struct fixture *f)
{
    enum rc rc = store_open(f->path, NULL, NULL, &f->store);
    fixture_close(f);
    return rc;
}

static void an_empty_file_is_migrated(void **arena)
{
    static const char *const starts[] = {
        NULL,                                           /* an empty file */
        "CREATE TABLE t (a); DROP TABLE t;",            /* a database without tables */
        "PRAGMA journal_mode = WAL; PRAGMA page_size;", /* stopped before the migration */
    };
    for (size_t i = 0; i < LEN(starts); i++) {
        struct fixture f;
        fixture_init(&f, *arena);
        if (starts[i])
            fixture_sql(&f, starts[i]);
        else
            CHECK_RC(file_write(*arena, f.path, STR_NONE), RC_OK);
        CHECK_RC(opened(&f), RC_OK);
        CHECK_INT(fixture_number(&f, "PRAGMA user_version"), SCHEMA_VERSION, "version");
        CHECK_INT(fixture_number(&f, "PRAGMA application_id"), SCHEMA_APPLICATION, "id");
        CHECK_INT(fixture_number(&f,
                                 "SELECT count(*) FROM sqlite_schema WHERE type ="
                                 " 'table' AND sql NOT LIKE '%STRICT%'"),
                  0, "every table is strict");
        CHECK_RC(opened(&f), RC_OK);
        fixture_done(&f);
    }
}

static void a_file_of_the_first_version_keeps_its_rows(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    CHECK_RC(opened(&f), RC_OK);
    fixture_sql(
        &f,
        "DROP TABLE file; ALTER TABLE ticket DROP COLUMN no_files;"
        "DROP TABLE place; DROP TABLE received; DROP INDEX conversation_person;"
        "DROP TABLE helped; ALTER TABLE feedback DROP COLUMN version;"
        "DROP TABLE mark; DROP INDEX ticket_conversation;"
        "ALTER TABLE ticket DROP COLUMN owner; ALTER TABLE ticket DROP COLUMN seen;"
        "ALTER TABLE ticket DROP COLUMN replied_ms;"
        "ALTER TABLE ticket DROP COLUMN promised_ms;"
        "ALTER TABLE ticket DROP COLUMN promise;"
        "ALTER TABLE ticket DROP COLUMN closed;"
        "INSERT INTO feedback (conversation, turn, at_ms, helpful, intent,"
        " lang, text) VALUES (1, 2, 3, 1, 'leave.balance', 'nl', 'fijn');"
        "PRAGMA user_version = 1;");
    CHECK_RC(opened(&f), RC_OK);
    CHECK_INT(fixture_number(&f, "PRAGMA user_version"), SCHEMA_VERSION, "version");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM feedback WHERE version = ''"), 1,
              "a judgement of before");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM helped"), 0, "the new table");
    fixture_done(&f);
}

static void a_new_file_is_for_its_owner_only(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct stat st;
    const char *wal = arena_fmt(*arena, "%s-wal", f.path.p).p;
    CHECK_INT(stat(f.path.p, &st), 0, "there");
    CHECK_INT(st.st_mode & 0777, 0600, "mode");
    CHECK_INT(stat(wal, &st), 0, "there");
    CHECK_INT(st.st_mode & 0777, 0600, "mode of the log");
    fixture_done(&f);
}

static void foreign_and_newer_files_are_refused_and_left_alone(void **arena)
{
    static const char *const files[] = {
        "PRAGMA application_id = 0x62616c69; PRAGMA user_version = 1000; CREATE TABLE t "
        "(a);",
        "PRAGMA application_id = 0x62616c69; PRAGMA user_version = -1; CREATE TABLE t "
        "(a);",
        "PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE t (a);",
        "PRAGMA application_id = 7; CREATE TABLE t (a); DROP TABLE t;",
        "PRAGMA user_version = 1; CREATE TABLE t (a);",
        "CREATE TABLE t (a);",
    };
    for (size_t i = 0; i < LEN(files); i++) {
        struct fixture f;
        str before, after;
        fixture_init(&f, *arena);
        fixture_sql(&f, files[i]);
        CHECK_RC(file_read(*arena, f.path, 1 << 20, &before), RC_OK);
        CHECK_RC(opened(&f), RC_INVALID);
        CHECK_RC(file_read(*arena, f.path, 1 << 20, &after), RC_OK);
        CHECK(str_eq(before, after), files[i]);
        fixture_done(&f);
    }
}

static void what_is_no_database_is_refused(void **arena)
{
    size_t n = 9000;
    char *letters = memset(arena_alloc(*arena, n), 'a', n);
    const str files[] = {{letters, n}, {letters, 20}};
    for (size_t i = 0; i < LEN(files); i++) {
        struct fixture f;
        fixture_init(&f, *arena);
        CHECK_RC(file_write(*arena, f.path, files[i]), RC_OK);
        CHECK_RC(opened(&f), RC_INVALID);
        fixture_done(&f);
    }
}

static void a_damaged_database_is_refused(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    CHECK_RC(opened(&f), RC_OK);
    FILE *file = fopen(f.path.p, "r+");
    fseek(file, 100, SEEK_SET); /* behind the file's header: the table of tables */
    for (int i = 0; i < 4096 - 100; i++)
        fputc(0xaa, file);
    fclose(file);
    CHECK_RC(opened(&f), RC_INVALID);
    fixture_done(&f);
}

UNIT_MAIN(UNIT(an_empty_file_is_migrated),
          UNIT(a_file_of_the_first_version_keeps_its_rows),
          UNIT(a_new_file_is_for_its_owner_only),
          UNIT(foreign_and_newer_files_are_refused_and_left_alone),
          UNIT(what_is_no_database_is_refused), UNIT(a_damaged_database_is_refused))
