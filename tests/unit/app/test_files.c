/* Attachments on their way: what stays, what goes, what is refused. */
#include "app/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"
#include "store/fixture.h"

struct shelf {
    struct fixture f;
    struct settings settings;
    struct files files;
};

static void open_shelf(struct shelf *s, struct arena *a)
{
    fixture_init(&s->f, a);
    fixture_open(&s->f);
    s->settings = (struct settings){.state = str_c(s->f.dir),
                                    .attachment_mb = 1,
                                    .attachments_mb = 2,
                                    .attachment_types = STR("pdf txt")};
    CHECK_RC(files_open(&s->files, a, &s->settings, s->f.store), RC_OK);
}

static size_t count(const struct shelf *s)
{
    size_t n = 0;
    DIR *dir = opendir(s->files.folder.p);
    for (struct dirent *e; dir && (e = readdir(dir));)
        n += e->d_name[0] != '.';
    closedir(dir);
    return n;
}

static void close_shelf(struct shelf *s)
{
    struct arena *a = s->f.arena;
    DIR *dir = opendir(s->files.folder.p);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (e->d_name[0] != '.')
            unlink(files_path(a, &s->settings, str_c(e->d_name)).p);
    closedir(dir);
    rmdir(s->files.folder.p);
    fixture_done(&s->f);
}

/* A file of these bytes that stays; its key in key. */
static void put(struct shelf *s, str bytes, char key[FILE_KEY_LEN + 1])
{
    struct file_in in;
    const struct file_type *type;
    CHECK_RC(file_in_open(&in, &s->files), RC_OK);
    CHECK_RC(file_in_put(&in, bytes), RC_OK);
    CHECK_RC(file_in_judge(&in, &type), RC_OK);
    memcpy(key, in.key, FILE_KEY_LEN + 1);
    file_in_keep(&in);
    file_in_done(&in);
}

static void what_is_kept_stays_what_is_not_goes(void **arena)
{
    struct shelf s;
    struct file_in in;
    char key[FILE_KEY_LEN + 1], back[16] = "";
    struct stat st;
    open_shelf(&s, *arena);
    put(&s, STR("een brief\n"), key);
    CHECK_RC(file_in_open(&in, &s.files), RC_OK);
    CHECK_RC(file_in_put(&in, STR("half a fi")), RC_OK);
    CHECK_INT(s.files.used, 19, "both count");
    file_in_done(&in);
    file_in_done(&in); /* twice is fine */
    CHECK_INT(s.files.used, 10, "one is gone");
    CHECK_INT(count(&s), 1, "from the disk, too");
    int fd = files_get(&s.files, str_c(key));
    CHECK(fd >= 0 && fstat(fd, &st) == 0, "there");
    CHECK_INT(st.st_mode & 0777, 0600, "for nobody else");
    CHECK_INT(read(fd, back, sizeof back - 1), 10, "whole");
    CHECK_STR(str_c(back), "een brief\n", "as it came");
    close(fd);
    files_unlink(&s.files, str_c(key), 10);
    CHECK_INT(s.files.used, 0, "nothing left");
    CHECK_INT(files_get(&s.files, str_c(key)), -1, "gone");
    close_shelf(&s);
}

static void what_has_no_row_is_swept_at_the_start(void **arena)
{
    struct shelf s;
    char known[FILE_KEY_LEN + 1], stray[FILE_KEY_LEN + 1];
    open_shelf(&s, *arena);
    put(&s, STR("known\n"), known);
    put(&s, STR("a crash left me\n"), stray);
    struct store_file row = {.key = str_c(known),
                             .conversation = 1,
                             .person = STR("p-1001"),
                             .name = STR("brief.txt"),
                             .type = STR("text/plain"),
                             .size = 6,
                             .created_ms = 1000,
                             .expires_ms = 2000};
    CHECK_RC(fixture_put(&s.f, &(struct store_job){.files = &row, .n_files = 1}), RC_OK);
    CHECK_RC(files_open(&s.files, *arena, &s.settings, s.f.store), RC_OK);
    CHECK_INT(count(&s), 1, "one is left");
    CHECK_INT(s.files.used, 6, "its size counts");
    int fd = files_get(&s.files, str_c(known));
    CHECK(fd >= 0, "the one with a row");
    close(fd);
    close_shelf(&s);
}

static void limits_are_of_a_file_and_of_all(void **arena)
{
    struct shelf s;
    struct file_in in;
    char key[FILE_KEY_LEN + 1];
    char *mb = arena_alloc(*arena, 1 << 20);
    memset(mb, 'a', 1 << 20);
    open_shelf(&s, *arena);
    CHECK_RC(file_in_open(&in, &s.files), RC_OK);
    CHECK_RC(file_in_put(&in, (str){mb, 1 << 20}), RC_OK);
    CHECK_RC(file_in_put(&in, STR("a")), RC_LIMIT);
    file_in_done(&in);
    put(&s, (str){mb, 1 << 20}, key);
    put(&s, (str){mb, 1 << 20}, key);
    CHECK_RC(file_in_open(&in, &s.files), RC_LIMIT);
    file_in_done(&in);
    files_unlink(&s.files, str_c(key), 1 << 20);
    CHECK_RC(file_in_open(&in, &s.files), RC_OK);
    file_in_done(&in);
    close_shelf(&s);
}

static void what_a_file_is_is_judged_by_its_bytes(void **arena)
{
    static const struct {
        str bytes;
        const char *type; /* NULL: refused */
    } cases[] = {
        {STR_INIT("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "application/pdf"},
        {STR_INIT("Beste collega,\n"), "text/plain"},
        {STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), NULL}, /* not in the list */
        {STR_INIT("#!/bin/sh\nrm -rf /\n"), NULL},
    };
    struct shelf s;
    open_shelf(&s, *arena);
    for (size_t i = 0; i < LEN(cases); i++) {
        struct file_in in, back;
        const struct file_type *type = NULL;
        CHECK_RC(file_in_open(&in, &s.files), RC_OK);
        CHECK_RC(file_in_put(&in, cases[i].bytes), RC_OK);
        CHECK_RC(file_in_judge(&in, &type), cases[i].type ? RC_OK : RC_INVALID);
        if (cases[i].type)
            CHECK_STR(str_c(type->mime), cases[i].type, "its type");
        /* the same bytes, written by somebody else */
        CHECK_RC(file_in_open(&back, &s.files), RC_OK);
        CHECK_INT(write(back.fd, cases[i].bytes.p, cases[i].bytes.n), cases[i].bytes.n,
                  "written");
        CHECK_RC(file_in_read_back(&back), RC_OK);
        CHECK(back.hash == in.hash, "known again");
        CHECK_RC(file_in_judge(&back, &type), cases[i].type ? RC_OK : RC_INVALID);
        file_in_done(&in);
        file_in_done(&back);
    }
    CHECK_INT(count(&s), 0, "none was kept");
    close_shelf(&s);
}

static void a_key_is_no_path(void **arena)
{
    static const char *const keys[] = {"../state.db", "..", "", "/etc/passwd",
                                       "ABCDEFGHJKMNPQRSTVWXYZ0123/"};
    struct shelf s;
    open_shelf(&s, *arena);
    for (size_t i = 0; i < LEN(keys); i++) {
        CHECK_INT(files_get(&s.files, str_c(keys[i])), -1, keys[i]);
        files_unlink(&s.files, str_c(keys[i]), 1);
    }
    CHECK_INT(access(s.f.path.p, F_OK), 0, "the state is still there");
    close_shelf(&s);
}

static void without_a_folder_nothing_is_taken(void **arena)
{
    struct shelf s;
    struct file_in in;
    open_shelf(&s, *arena);
    rmdir(s.files.folder.p);
    int fd = open(s.files.folder.p, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    CHECK(fd >= 0, "a file stands in the way");
    close(fd);
    CHECK(files_open(&s.files, *arena, &s.settings, s.f.store) != RC_OK, "said");
    CHECK_RC(file_in_open(&in, &s.files), RC_IO);
    file_in_done(&in);
    unlink(file_path(*arena, str_c(s.f.dir), STR("files")).p);
    fixture_done(&s.f);
}

UNIT_MAIN(UNIT(what_is_kept_stays_what_is_not_goes),
          UNIT(what_has_no_row_is_swept_at_the_start),
          UNIT(limits_are_of_a_file_and_of_all),
          UNIT(what_a_file_is_is_judged_by_its_bytes), UNIT(a_key_is_no_path),
          UNIT(without_a_folder_nothing_is_taken))
