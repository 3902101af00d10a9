#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static str fresh(struct arena *a)
{
    char *name = (char *)(uintptr_t)arena_str(a, STR("/tmp/balie-file-XXXXXX")).p;
    CHECK(mkdtemp(name) != NULL, "a folder");
    return str_c(name);
}

static void put(struct arena *a, str dir, const char *name, const char *text)
{
    CHECK_RC(file_write(a, file_path(a, dir, str_c(name)), str_c(text)), RC_OK);
}

static void files_come_back_as_written(void **arena)
{
    str dir = fresh(*arena), text;
    put(*arena, dir, "one.md", "first");
    put(*arena, dir, "one.md", "second");
    CHECK_RC(file_read(*arena, file_path(*arena, dir, STR("one.md")), 100, &text), RC_OK);
    CHECK_STR(text, "second", "replaced whole");
    CHECK_RC(file_read(*arena, file_path(*arena, dir, STR("one.md")), 3, &text),
             RC_LIMIT);
    CHECK_RC(file_read(*arena, file_path(*arena, dir, STR("two.md")), 3, &text),
             RC_NOT_FOUND);
    CHECK_RC(file_read(*arena, dir, 100, &text), RC_INVALID);
}

static void walking_leaves_out_what_editors_leave_behind(void **arena)
{
    static const char *const files[] = {"b.md",    ".hidden.md", "~lock.md", "draft.md~",
                                        "_old.md", "a.txt",      "sub/c.md", ".git/d.md"};
    static const str suffixes[] = {STR_INIT(".md")};
    str dir = fresh(*arena);
    CHECK_RC(file_make_dir(*arena, file_path(*arena, dir, STR("sub"))), RC_OK);
    CHECK_RC(file_make_dir(*arena, file_path(*arena, dir, STR(".git"))), RC_OK);
    for (size_t i = 0; i < LEN(files); i++)
        put(*arena, dir, files[i], "x");
    struct file_list l;
    CHECK_RC(file_walk(*arena, dir, suffixes, 1, &l), RC_OK);
    CHECK_INT(l.list.n, 2, "only content");
    CHECK_STR(l.list.v[0].path, "b.md", "sorted");
    CHECK_STR(l.list.v[1].path, "sub/c.md", "below");
    CHECK_RC(file_walk(*arena, STR("/nonexistent/x"), NULL, 0, &l), RC_NOT_FOUND);
}

UNIT_MAIN(UNIT(files_come_back_as_written),
          UNIT(walking_leaves_out_what_editors_leave_behind))
