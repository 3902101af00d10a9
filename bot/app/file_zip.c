/* The table of contents of a zip container: enough to tell what document it is, and that
 * it is nothing worse. Only the table is read, never what it points at. */
#include <stdlib.h>
#include <unistd.h>

#include "app/file_type.h"
#include "base/arena.h"
#include "base/str.h"

enum {
    END_BYTES = 22,      /* the record at the end, without a comment */
    ENTRY_BYTES = 46,    /* one of the table, without its name */
    LOCAL_BYTES = 30,    /* what stands before each member */
    TABLE_MAX = 1 << 20, /* bytes of the table */
    ENTRIES_MAX = 4000,
    UNFOLDED_MAX = 512 << 20, /* bytes of all members, and ... */
    UNFOLDS_TIMES = 200,      /* ... so many times the file, above a small one */
    SMALL = 4 << 20,
};

struct table {
    unsigned char *p;
    size_t n, entries;
    int64_t size; /* of the file */
    int64_t unfolded;
    bool bad, content_types, word, sheet, slides;
};

static uint32_t number(const unsigned char *p, int bytes)
{
    uint32_t v = 0;
    for (int i = bytes; i-- > 0;)
        v = v << 8 | p[i];
    return v;
}

static bool read_at(int fd, void *to, size_t n, int64_t at)
{
    return pread(fd, to, n, (off_t)at) == (ssize_t)n;
}

/* Macros, programs, a way out of the folder. */
static bool is_dangerous(str name)
{
    static const char *const ends[] = {".exe", ".dll", ".js",  ".vbs", ".bat", ".cmd",
                                       ".scr", ".ps1", ".jar", ".com", ".hta", ".lnk"};
    for (size_t i = 0; i < LEN(ends); i++) {
        size_t n = strlen(ends[i]);
        if (name.n > n && str_eq_ascii(str_sub(name, name.n - n, name.n), str_c(ends[i])))
            return true;
    }
    return str_ends(name, STR("vbaProject.bin")) || str_starts(name, STR("/")) ||
        str_has(name, STR("..")) || str_find_char(name, '\\') >= 0 ||
        str_starts(name, STR("Basic/")) || str_starts(name, STR("Scripts/"));
}

static void note(struct table *t, str name)
{
    t->bad = t->bad || is_dangerous(name);
    t->content_types = t->content_types || str_eq(name, STR("[Content_Types].xml"));
    t->word = t->word || str_eq(name, STR("word/document.xml"));
    t->sheet = t->sheet || str_eq(name, STR("xl/workbook.xml"));
    t->slides = t->slides || str_eq(name, STR("ppt/presentation.xml"));
}

static void read_entries(struct table *t)
{
    size_t at = 0;
    for (size_t i = 0; i < t->entries && !t->bad; i++) {
        const unsigned char *p = t->p + at;
        if (t->n - at < ENTRY_BYTES || memcmp(p, "PK\x01\x02", 4) != 0) {
            t->bad = true;
            return;
        }
        size_t name = number(p + 28, 2), extra = number(p + 30, 2);
        size_t all = ENTRY_BYTES + name + extra + number(p + 32, 2);
        bool encrypted = number(p + 8, 2) & 1;
        if (encrypted || all > t->n - at) {
            t->bad = true;
            return;
        }
        t->unfolded += number(p + 24, 4);
        note(t, (str){(const char *)p + ENTRY_BYTES, name});
        at += all;
    }
    t->bad = t->bad || at != t->n || t->unfolded > UNFOLDED_MAX ||
        (t->unfolded > SMALL && t->unfolded / UNFOLDS_TIMES > t->size);
}

/* The record at the end, where it must be: no comment, nothing behind it. */
static bool read_table(int fd, struct table *t)
{
    unsigned char end[END_BYTES], first[4];
    if (t->size < END_BYTES + LOCAL_BYTES || !read_at(fd, first, sizeof first, 0) ||
        memcmp(first, "PK\x03\x04", 4) != 0 || /* a program could stand in front */
        !read_at(fd, end, sizeof end, t->size - END_BYTES) ||
        memcmp(end, "PK\x05\x06", 4) != 0)
        return false;
    t->entries = number(end + 10, 2);
    t->n = number(end + 12, 4);
    int64_t at = number(end + 16, 4);
    if (number(end + 4, 4) != 0 || number(end + 8, 2) != t->entries || t->entries == 0 ||
        t->entries > ENTRIES_MAX || t->n > TABLE_MAX ||
        at + (int64_t)t->n != t->size - END_BYTES)
        return false;
    t->p = must_alloc(t->n + 1);
    return read_at(fd, t->p, t->n, at);
}

/* OpenDocument begins with a member that names its type, stored as it is. */
static const char *open_document(int fd)
{
    static const struct {
        const char *mime, *word;
    } kinds[] = {{"application/vnd.oasis.opendocument.text", "odt"},
                 {"application/vnd.oasis.opendocument.spreadsheet", "ods"}};
    unsigned char local[LOCAL_BYTES];
    char text[128];
    if (!read_at(fd, local, sizeof local, 0) || number(local + 8, 2) != 0 ||
        number(local + 26, 2) != 8)
        return NULL;
    size_t size = number(local + 22, 4);
    if (size >= sizeof text || !read_at(fd, text, 8, LOCAL_BYTES) ||
        memcmp(text, "mimetype", 8) != 0 ||
        !read_at(fd, text, size, LOCAL_BYTES + 8 + number(local + 28, 2)))
        return NULL;
    for (size_t i = 0; i < LEN(kinds); i++)
        if (str_eq((str){text, size}, str_c(kinds[i].mime)))
            return kinds[i].word;
    return NULL;
}

const char *file_zip_kind(int fd, int64_t size)
{
    struct table t = {.size = size};
    const char *word = NULL;
    if (read_table(fd, &t)) {
        read_entries(&t);
        if (!t.bad && t.content_types && t.word + t.sheet + t.slides == 1)
            word = t.word ? "docx" : t.sheet ? "xlsx" : "pptx";
        else if (!t.bad && !t.content_types)
            word = open_document(fd);
    }
    free(t.p);
    return word;
}
