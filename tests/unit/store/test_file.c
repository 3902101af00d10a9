#include "base/file.h"
#include "fixture.h"

static struct store_file a_file(const char *key, int64_t conversation)
{
    return (struct store_file){.key = str_c(key),
                               .conversation = conversation,
                               .person = STR("p001"),
                               .name = STR("brief é.pdf"),
                               .type = STR("application/pdf"),
                               .size = 1234,
                               .created_ms = 10,
                               .expires_ms = 20};
}

static void a_row_is_put_found_changed_and_deleted(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_file rows[] = {a_file("KEY1", 7), a_file("KEY2", 8)}, got;
    rows[1].from_desk = true;
    CHECK_RC(fixture_put(&f, &(struct store_job){.files = rows, .n_files = 2}), RC_OK);
    CHECK_RC(store_read_file(f.store, *arena, STR("KEY1"), &got), RC_OK);
    CHECK_STR(got.name, "brief é.pdf", "name");
    CHECK_INT(got.size, 1234, "size");
    CHECK(!got.from_desk && got.effect == 0, "waits");
    struct store_files list;
    CHECK_RC(store_read_files(f.store, *arena, 8, &list), RC_OK);
    CHECK_INT(list.list.n, 1, "of one conversation");
    CHECK(list.list.v[0].from_desk, "from the desk");

    rows[0].effect = 55; /* it goes to the desk */
    rows[0].name = STR("other");
    CHECK_RC(fixture_put(&f, &(struct store_job){.files = rows, .n_files = 1}), RC_OK);
    CHECK_RC(store_read_file(f.store, *arena, STR("KEY1"), &got), RC_OK);
    CHECK_INT(got.effect, 55, "its effect");
    CHECK_STR(got.name, "brief é.pdf", "the rest stays");

    struct store_gone gone = {STR("KEY1")};
    CHECK_RC(fixture_put(&f, &(struct store_job){.gone = &gone, .n_gone = 1}), RC_OK);
    CHECK_RC(store_read_file(f.store, *arena, STR("KEY1"), &got), RC_NOT_FOUND);
    CHECK_RC(store_read_files(f.store, *arena, 0, &list), RC_OK);
    CHECK_INT(list.list.n, 1, "the other stays");
    fixture_done(&f);
}

static void a_row_whose_bytes_are_not_there_is_not_stored(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_file row = a_file("KEY1", 7), got;
    row.path = arena_fmt(*arena, "%s/none", f.dir);
    CHECK_RC(fixture_put(&f, &(struct store_job){.files = &row, .n_files = 1}), RC_IO);
    CHECK_RC(store_read_file(f.store, *arena, STR("KEY1"), &got), RC_NOT_FOUND);
    row.path = arena_fmt(*arena, "%s/bytes", f.dir);
    CHECK_RC(file_write(*arena, row.path, STR("x")), RC_OK);
    CHECK_RC(fixture_put(&f, &(struct store_job){.files = &row, .n_files = 1}), RC_OK);
    CHECK_RC(store_read_file(f.store, *arena, STR("KEY1"), &got), RC_OK);
    CHECK_STR(got.path, "", "where it lies is not stored");
    unlink(row.path.p);
    fixture_done(&f);
}

UNIT_MAIN(UNIT(a_row_is_put_found_changed_and_deleted),
          UNIT(a_row_whose_bytes_are_not_there_is_not_stored))
