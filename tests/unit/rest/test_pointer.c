#include "rest/pointer.h"
#include "unit.h"

static const char document[] =
    "{\"a\":{\"b\":[10,\"x\",{\"c\":true}]},\"\":\"empty\",\"m~n\":1,\"a/b\":2,"
    "\"k\\\"l\":3,\" "
    "\":4,\"0\":\"zero\",\"nothing\":null,\"real\":2.5,\"big\":9007199254740993,"
    "\"tenth\":0.1}";

static const struct {
    const char *why, *pointer;
    const char *want; /* as compact JSON; NULL: not there */
} pointers[] = {
    {"a member", "/m~0n", "1"},
    {"~1 is a slash", "/a~1b", "2"},
    {"a quote is itself", "/k\"l", "3"},
    {"a blank is itself", "/ ", "4"},
    {"the member with the empty name", "/", "\"empty\""},
    {"an element", "/a/b/0", "10"},
    {"a way down", "/a/b/2/c", "true"},
    {"a digit is a name in an object", "/0", "\"zero\""},
    {"null is there", "/nothing", "null"},
    {"no such member", "/z", NULL},
    {"past the end", "/a/b/3", NULL},
    {"- is the element after the last", "/a/b/-", NULL},
    {"no leading zeros", "/a/b/00", NULL},
    {"no sign", "/a/b/-1", NULL},
    {"no name in a list", "/a/b/c", NULL},
    {"nothing below text", "/a/b/1/x", NULL},
    {"names are case-sensitive", "/A", NULL},
    {"no part of a name", "/rea", NULL},
    {"an index no list has", "/a/b/99999999999999999999", NULL},
};

static void pointers_find_what_rfc_6901_says(void **arena)
{
    (void)arena;
    json_t *root = json_loads(document, 0, NULL);
    CHECK(root, "the document is JSON");
    CHECK(pointer_get(root, STR("")) == root, "the empty pointer is the whole");
    for (size_t i = 0; i < LEN(pointers); i++) {
        json_t *got = pointer_get(root, str_c(pointers[i].pointer));
        if (!pointers[i].want) {
            CHECK(!got, pointers[i].why);
            continue;
        }
        CHECK(got, pointers[i].why);
        char *text = json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT);
        CHECK_STR(str_c(text), pointers[i].want, pointers[i].why);
        free(text);
    }
    CHECK(!pointer_get(NULL, STR("/a")), "no document has nothing");
    json_decref(root);
}

static void a_pointer_starts_with_a_slash(void **arena)
{
    (void)arena;
    static const char *const good[] = {"", "/", "/a", "/a//b", "/~0~1", "/0"};
    static const char *const bad[] = {"a",   "#/a", " /a",   "/~",
                                      "/~2", "/a~", "/a/~x", "/caf\xe9"};
    for (size_t i = 0; i < LEN(good); i++)
        CHECK(pointer_is_valid(str_c(good[i])), good[i]);
    for (size_t i = 0; i < LEN(bad); i++)
        CHECK(!pointer_is_valid(str_c(bad[i])), bad[i]);
}

static void text_and_numbers_read_as_text(void **arena)
{
    json_t *root = json_loads(document, 0, NULL);
    static const struct {
        const char *pointer, *want;
    } texts[] = {{"/a/b/0", "10"},
                 {"/a/b/1", "x"},
                 {"/real", "2.5"},
                 {"/tenth", "0.1"},
                 {"/big", "9007199254740993"},
                 {"/", "empty"},
                 {"/nothing", NULL},
                 {"/a/b/2/c", NULL},
                 {"/a", NULL},
                 {"/a/b", NULL},
                 {"/z", NULL}};
    for (size_t i = 0; i < LEN(texts); i++) {
        str got = STR("untouched");
        bool is = pointer_text(*arena, pointer_get(root, str_c(texts[i].pointer)), &got);
        CHECK(is == (texts[i].want != NULL), texts[i].pointer);
        CHECK_STR(got, texts[i].want ? texts[i].want : "untouched", texts[i].pointer);
    }
    json_decref(root);
}

UNIT_MAIN(UNIT(pointers_find_what_rfc_6901_says), UNIT(a_pointer_starts_with_a_slash),
          UNIT(text_and_numbers_read_as_text))
