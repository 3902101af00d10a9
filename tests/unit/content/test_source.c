#include "content/source.h"

#include "content.h"

static void marks_and_line_ends_are_made_plain(void **arena)
{
    CHECK_STR(source_plain(*arena, STR("\xef\xbb\xbf# a\r\nb\r\n")), "# a\nb\n",
              "BOM, CRLF");
    CHECK_STR(source_plain(*arena, STR("a\rb")), "a\rb", "a lone CR stays");
    CHECK_STR(source_plain(*arena, STR("a\n")), "a\n", "nothing to do");
    CHECK_STR(source_plain(*arena, STR("\xef\xbb\xbf")), "", "nothing but a BOM");
}

static const struct {
    const char *why;
    str text;
    const char *want;
} encodings[] = {
    {"Latin-1",
     {"# a\n- caf\xe9\n", 11},
     "f:7:6: error: this is not UTF-8; save the file as UTF-8\n"},
    {"a NUL", {"a\0b", 3}, "f:6:2: error: this is not UTF-8; save the file as UTF-8\n"},
    {"UTF-16",
     {"\xff\xfe#\0", 4},
     "f:6:1: error: this is UTF-16; save the file as UTF-8\n"},
    {"overlong",
     {"\xc3\xa9\xc0\xaf", 4},
     "f:6:3: error: this is not UTF-8; save the file as UTF-8\n"},
};

static void bad_bytes_are_told_with_their_place(void **arena)
{
    for (size_t i = 0; i < LEN(encodings); i++) {
        struct diags d = diags_new(*arena);
        assert_false(source_is_utf8(STR("f"), encodings[i].text, 6, &d));
        CHECK_STR(diags_text(*arena, &d, STR("")), encodings[i].want, encodings[i].why);
    }
}

static void quotes_go_in_pairs_only(void **arena)
{
    (void)arena;
    CHECK_STR(source_unquote(STR("\"a b\"")), "a b", "straight");
    CHECK_STR(source_unquote(STR("\xe2\x80\x9c"
                                 "a\xe2\x80\x9d")),
              "a", "English");
    CHECK_STR(source_unquote(STR("\xe2\x80\x9e"
                                 "a\xe2\x80\x9d")),
              "a", "Dutch");
    CHECK_STR(source_unquote(STR("'s ochtends")), "'s ochtends", "one alone stays");
    CHECK_STR(source_unquote(STR("\"")), "\"", "one sign is no pair");
}

UNIT_MAIN(UNIT(marks_and_line_ends_are_made_plain),
          UNIT(bad_bytes_are_told_with_their_place), UNIT(quotes_go_in_pairs_only))
