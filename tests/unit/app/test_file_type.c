#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/file_type.h"
#include "unit.h"

/* A file of the given bytes, looked at in pieces, and its type's word; "" for none. */
static str judge(str bytes, size_t piece)
{
    char path[] = "/tmp/balie-test-XXXXXX";
    int fd = mkstemp(path);
    unlink(path);
    CHECK(write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n, "written");
    struct file_look l = {0};
    for (size_t at = 0; at < bytes.n; at += piece)
        file_look_at(&l, str_sub(bytes, at, at + piece));
    const struct file_type *t = file_type_of(&l, fd);
    close(fd);
    return t ? str_c(t->word) : STR("");
}

static const struct {
    const char *why;
    str bytes;
    const char *word;
} files[] = {
    {"a PDF", STR_INIT("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "pdf"},
    {"a PDF behind something else", STR_INIT("GARBAGE\n%PDF-1.7\n"), "txt"},
    {"a picture", STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), "png"},
    {"half a picture", STR_INIT("\x89PNG\r\n\x1a\n"), ""},
    {"a photograph", STR_INIT("\xff\xd8\xff\xe0\0\x10JFIF"), "jpeg"},
    {"of a telephone",
     STR_INIT("\0\0\0\x18"
              "ftypheic\0\0\0\0"),
     "heic"},
    {"a film",
     STR_INIT("\0\0\0\x18"
              "ftypisom\0\0\0\0"),
     ""},
    {"an image that moves", STR_INIT("GIF89a\x01\0\x01\0"), "gif"},
    {"text", STR_INIT("Beste collega,\r\n\tmijn rooster: caf\xc3\xa9\n"), "txt"},
    {"text of an old program", STR_INIT("caf\xe9\n"), "txt"},
    {"a table", STR_INIT("naam;uren\nSanne;3\n"), "txt"},
    {"a program for Windows", STR_INIT("MZ\x90\0\x03\0\0\0"), ""},
    {"a program for Linux",
     STR_INIT("\x7f"
              "ELF\x02\x01\x01\0"),
     ""},
    {"a script", STR_INIT("#!/bin/sh\nrm -rf /\n"), ""},
    {"a page", STR_INIT("<!DOCTYPE html><p>hoi"), ""},
    {"a page behind a mark", STR_INIT("\xef\xbb\xbf  \n<HTML>"), ""},
    {"a page behind words", STR_INIT("hallo <SCRIPT>alert(1)</SCRIPT>"), ""},
    {"a drawing with scripts", STR_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\">"),
     ""},
    {"XML", STR_INIT("<?xml version=\"1.0\"?><a/>"), ""},
    {"rich text", STR_INIT("{\\rtf1\\ansi hoi}"), ""},
    {"PostScript", STR_INIT("%!PS-Adobe-3.0\n"), ""},
    {"an old Word document", STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ""},
    {"an archive", STR_INIT("7z\xbc\xaf\x27\x1c\0\x04"), ""},
    {"compressed", STR_INIT("\x1f\x8b\x08\0\0\0\0\0"), ""},
    {"two bytes to a character", STR_INIT("\xff\xfeh\0o\0i\0"), ""},
    {"nothing", STR_INIT(""), ""},
    {"a zip that is none", STR_INIT("PK\x03\x04 and so on"), ""},
};

static void a_file_is_what_its_bytes_say(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(files); i++) {
        CHECK_STR(judge(files[i].bytes, 4096), files[i].word, files[i].why);
        CHECK_STR(judge(files[i].bytes, 1), files[i].word, files[i].why);
    }
}

static void text_that_turns_binary_late_is_no_text(void **arena)
{
    size_t n = 100 * 1000;
    char *p = arena_alloc(*arena, n);
    memset(p, 'a', n);
    CHECK_STR(judge((str){p, n}, 4096), "txt", "long text");
    p[n - 1] = '\0';
    CHECK_STR(judge((str){p, n}, 4096), "", "one byte at the end");
}

static void the_settings_say_which_are_taken(void **arena)
{
    (void)arena;
    const struct file_type *pdf = file_type_named(STR("PDF")),
                           *txt = file_type_named(STR("txt"));
    CHECK(pdf && txt, "known words");
    CHECK(!file_type_named(STR("exe")), "no such");
    CHECK(file_type_is_in(pdf, STR("png  pdf")), "in");
    CHECK(!file_type_is_in(txt, STR("png pdf")), "out");
    CHECK(!file_type_is_in(txt, STR("")), "none at all");
}

UNIT_MAIN(UNIT(a_file_is_what_its_bytes_say),
          UNIT(text_that_turns_binary_late_is_no_text),
          UNIT(the_settings_say_which_are_taken))
