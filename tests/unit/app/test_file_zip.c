#include <stdlib.h>
#include <unistd.h>

#include "app/file_type.h"
#include "base/buf.h"
#include "unit.h"

enum { MEMBERS_MAX = 4 };

struct member {
    const char *name, *bytes;
    uint32_t unfolded; /* 0: as it is */
    bool encrypted;
};

static void number(struct buf *b, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(b, (char)((uint64_t)v >> 8 * i & 0xff));
}

/* Members that are stored as they are. */
static str container(struct arena *a, const struct member *m, const char *before,
                     const char *after)
{
    struct buf b = buf_new(a, 64 * 1024), table = buf_new(a, 64 * 1024);
    uint32_t n = 0;
    buf_put(&b, str_c(before));
    for (; n < MEMBERS_MAX && m[n].name; n++) {
        uint32_t at = (uint32_t)b.n, size = (uint32_t)strlen(m[n].bytes);
        uint32_t flags = m[n].encrypted, name = (uint32_t)strlen(m[n].name);
        uint32_t unfolded = m[n].unfolded ? m[n].unfolded : size;
        buf_put(&b, STR("PK\x03\x04\x14\0"));
        number(&b, flags, 2);
        number(&b, 0, 2 + 4);
        number(&b, 0, 4);
        number(&b, size, 4);
        number(&b, unfolded, 4);
        number(&b, name, 2);
        number(&b, 0, 2);
        buf_put(&b, str_c(m[n].name));
        buf_put(&b, str_c(m[n].bytes));
        buf_put(&table, STR("PK\x01\x02\x14\0\x14\0"));
        number(&table, flags, 2);
        number(&table, 0, 2 + 4);
        number(&table, 0, 4);
        number(&table, size, 4);
        number(&table, unfolded, 4);
        number(&table, name, 2);
        number(&table, 0, 4);
        number(&table, 0, 4);
        number(&table, 0, 4);
        number(&table, at, 4);
        buf_put(&table, str_c(m[n].name));
    }
    uint32_t at = (uint32_t)b.n;
    buf_put(&b, buf_str(&table));
    buf_put(&b, STR("PK\x05\x06\0\0\0\0"));
    number(&b, n, 2);
    number(&b, n, 2);
    number(&b, (uint32_t)table.n, 4);
    number(&b, at, 4);
    number(&b, 0, 2);
    buf_put(&b, str_c(after));
    return buf_str(&b);
}

static str kind(str bytes)
{
    char path[] = "/tmp/balie-test-XXXXXX";
    int fd = mkstemp(path);
    unlink(path);
    CHECK(write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n, "written");
    const char *word = file_zip_kind(fd, (int64_t)bytes.n);
    close(fd);
    return word ? str_c(word) : STR("");
}

#define TYPES                                                                            \
    {                                                                                    \
        "[Content_Types].xml", "<Types/>", 0, false                                      \
    }
#define DOCUMENT                                                                         \
    {                                                                                    \
        "word/document.xml", "<w/>", 0, false                                            \
    }

static const struct {
    const char *why;
    struct member members[MEMBERS_MAX];
    const char *before, *after, *word;
} containers[] = {
    {"a letter", {TYPES, DOCUMENT}, "", "", "docx"},
    {"a sheet", {TYPES, {"xl/workbook.xml", "<w/>", 0, false}}, "", "", "xlsx"},
    {"slides", {TYPES, {"ppt/presentation.xml", "<p/>", 0, false}}, "", "", "pptx"},
    {"an open letter",
     {{"mimetype", "application/vnd.oasis.opendocument.text", 0, false},
      {"content.xml", "<o/>", 0, false}},
     "",
     "",
     "odt"},
    {"an open sheet",
     {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0, false}},
     "",
     "",
     "ods"},
    {"an open something",
     {{"mimetype", "application/vnd.oasis.opendocument.base", 0, false}},
     "",
     "",
     ""},
    {"any archive", {{"foto.jpg", "x", 0, false}}, "", "", ""},
    {"a letter with macros",
     {TYPES, DOCUMENT, {"word/vbaProject.bin", "x", 0, false}},
     "",
     "",
     ""},
    {"an open letter with macros",
     {{"mimetype", "application/vnd.oasis.opendocument.text", 0, false},
      {"Basic/Standard/Module1.xml", "x", 0, false}},
     "",
     "",
     ""},
    {"a letter with a program in it",
     {TYPES, DOCUMENT, {"word/embeddings/run.EXE", "x", 0, false}},
     "",
     "",
     ""},
    {"a letter and a sheet at once",
     {TYPES, DOCUMENT, {"xl/workbook.xml", "<w/>", 0, false}},
     "",
     "",
     ""},
    {"a way out of the folder",
     {TYPES, DOCUMENT, {"../../etc/cron.d/x", "x", 0, false}},
     "",
     "",
     ""},
    {"encrypted", {TYPES, {"word/document.xml", "<w/>", 0, true}}, "", "", ""},
    {"unfolds to four gigabytes",
     {TYPES, {"word/document.xml", "<w/>", 0xffffffff, false}},
     "",
     "",
     ""},
    {"unfolds to a thousand times its size",
     {TYPES, {"word/document.xml", "<w/>", 5 << 20, false}},
     "",
     "",
     ""},
    {"a program in front", {TYPES, DOCUMENT}, "MZ\x90", "", ""},
    {"something behind", {TYPES, DOCUMENT}, "", "<html>", ""},
    {"nothing in it", {{NULL, NULL, 0, false}}, "", "", ""},
};

static void a_container_is_what_its_table_says(void **arena)
{
    for (size_t i = 0; i < LEN(containers); i++)
        CHECK_STR(kind(container(*arena, containers[i].members, containers[i].before,
                                 containers[i].after)),
                  containers[i].word, containers[i].why);
}

static void no_broken_container_is_a_document(void **arena)
{
    static const struct member letter[MEMBERS_MAX] = {TYPES, DOCUMENT};
    str whole = container(*arena, letter, "", "");
    for (size_t n = 0; n < whole.n; n++)
        CHECK_STR(kind(str_sub(whole, 0, n)), "", "cut short");
    size_t documents = 0;
    for (size_t at = 0; at < whole.n; at++) {
        char *copy = arena_alloc(*arena, whole.n);
        memcpy(copy, whole.p, whole.n);
        copy[at] = (char)(copy[at] ^ 0xff);
        documents += kind((str){copy, whole.n}).n > 0;
    }
    CHECK(documents < whole.n, "what matters is looked at");
}

UNIT_MAIN(UNIT(a_container_is_what_its_table_says),
          UNIT(no_broken_container_is_a_document))
