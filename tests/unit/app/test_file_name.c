#include "app/file_name.h"
#include "unit.h"

static const struct {
    const char *why, *name, *type, *want;
} names[] = {
    {"as it is", "verklaring 2026.pdf", "pdf", "verklaring 2026.pdf"},
    {"any language", "brief van Zoë — €.pdf", "pdf", "brief van Zoë — €.pdf"},
    {"no way up", "../../etc/passwd", "txt", "passwd.txt"},
    {"no way up on Windows", "..\\..\\a.pdf", "pdf", "a.pdf"},
    {"an absolute path", "/home/sanne/a.pdf", "pdf", "a.pdf"},
    {"nothing but a path", "a/b/", "pdf", "bestand.pdf"},
    {"nothing", "", "png", "bestand.png"},
    {"only points", "...", "pdf", "bestand.pdf"},
    {"hidden", ".bashrc", "txt", "bashrc.txt"},
    {"like an option", "-rf.txt", "txt", "rf.txt"},
    {"a script that is text", "run.bat", "txt", "run.bat.txt"},
    {"a picture that says it is a program", "foto.exe", "png", "foto.exe.png"},
    {"the suffix in another case", "FOTO.JPEG", "jpeg", "FOTO.JPEG"},
    {"a table keeps its own", "uren.csv", "txt", "uren.csv"},
    {"two suffixes", "a.pdf.exe", "pdf", "a.pdf.exe.pdf"},
    {"control characters", "a\r\nContent-Type: x\x01.pdf", "pdf", "aContent-Type_ x.pdf"},
    {"what means something elsewhere", "a<b>:\"|?*`$&;%.pdf", "pdf",
     "a_b___________.pdf"},
    {"writing that turns round",
     "a\xe2\x80\xae"
     "fdp.exe",
     "pdf", "afdp.exe.pdf"},
    {"no width",
     "a\xe2\x80\x8b\xef\xbb\xbf"
     "b.pdf",
     "pdf", "ab.pdf"},
    {"no UTF-8", "a\xff.pdf", "pdf", "bestand.pdf"},
    {"points and blanks at the end", "a.pdf . ", "pdf", "a.pdf"},
    {"a type that is not known", "a.exe", NULL, "a.exe"},
};

static void a_name_is_fit_to_be_handed_on(void **arena)
{
    for (size_t i = 0; i < LEN(names); i++)
        CHECK_STR(
            file_name_clean(*arena, str_c(names[i].name),
                            names[i].type ? file_type_named(str_c(names[i].type)) : NULL),
            names[i].want, names[i].why);
}

static void a_long_name_keeps_its_suffix_and_whole_characters(void **arena)
{
    char *p = arena_alloc(*arena, 400);
    for (size_t i = 0; i < 396; i += 2)
        memcpy(p + i, "é", 2);
    memcpy(p + 396, ".pdf", 4);
    str s = file_name_clean(*arena, (str){p, 400}, file_type_named(STR("pdf")));
    CHECK(s.n <= FILE_NAME_MAX, "short enough");
    CHECK(str_ends(s, STR("é.pdf")), s.p);
    CHECK(str_is_utf8(s), "whole characters");
}

UNIT_MAIN(UNIT(a_name_is_fit_to_be_handed_on),
          UNIT(a_long_name_keeps_its_suffix_and_whole_characters))
