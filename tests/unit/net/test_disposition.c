#include "net/disposition.h"
#include "unit.h"

static const struct {
    const char *why, *header, *name;
} headers[] = {
    {"a token", "attachment; filename=a.pdf", "a.pdf"},
    {"quoted", "attachment; filename=\"a; b.pdf\"", "a; b.pdf"},
    {"escapes", "attachment; filename=\"a\\\"b\\\\c.pdf\"", "a\"b\\c.pdf"},
    {"the better one counts",
     "attachment; filename=\"a.pdf\"; filename*=UTF-8''%e2%82%ac.pdf", "€.pdf"},
    {"whatever stands first", "attachment; filename*=UTF-8'nl'na%C3%AFef.pdf; filename=x",
     "naïef.pdf"},
    {"any case", "ATTACHMENT; FileName*=utf-8''a", "a"},
    {"another charset", "attachment; filename*=ISO-8859-1''%E9.pdf; filename=e.pdf",
     "e.pdf"},
    {"broken escapes", "attachment; filename*=UTF-8''%E; filename=e.pdf", "e.pdf"},
    {"the last byte is one", "attachment; filename*=UTF-8''a%41", "aA"},
    {"an unfinished quote", "attachment; filename=\"a.pdf", "a.pdf"},
    {"the first of two", "attachment; filename=a; filename=b", "a"},
    {"none", "attachment", ""},
    {"nothing at all", "", ""},
    {"no value", "attachment; filename", ""},
    {"blanks", "attachment ;  filename = \"a.pdf\" ", "a.pdf"},
};

static void a_name_is_read(void **arena)
{
    for (size_t i = 0; i < LEN(headers); i++)
        CHECK_STR(disposition_name(*arena, str_c(headers[i].header)), headers[i].name,
                  headers[i].why);
}

static void a_name_is_written_so_that_all_can_read_it(void **arena)
{
    static const struct {
        const char *name, *line;
    } names[] = {
        {"a b.pdf",
         "Content-Disposition: attachment; filename=\"a b.pdf\"; "
         "filename*=UTF-8''a%20b.pdf"},
        {"é\"\\%.pdf",
         "Content-Disposition: attachment; filename=\"____.pdf\"; "
         "filename*=UTF-8''%C3%A9%22%5C%25.pdf"},
    };
    for (size_t i = 0; i < LEN(names); i++) {
        str line = disposition_line(*arena, str_c(names[i].name));
        CHECK_STR(line, names[i].line, names[i].name);
        CHECK_STR(disposition_name(*arena, line), names[i].name, "and back");
    }
}

UNIT_MAIN(UNIT(a_name_is_read), UNIT(a_name_is_written_so_that_all_can_read_it))
