#include "base/yaml.h"
#include "unit.h"

static const struct {
    const char *why, *text, *want;
} mistakes[] = {
    {"broken syntax", "a: [1", "f:2:1: error: did not find expected ',' or ']'"},
    {"a key twice", "a: 1\nb: 2\na: 3\n", "f:3:1: error: this key stands here twice"},
    {"an alias", "a: &x 1\nb: *x\n", "f:1:4: error: aliases (*name) are not supported"},
    {"two documents", "a: 1\n---\nb: 2\n",
     "f:2:1: error: a second document (---) starts here; only one is read"},
    {"a list as key", "[1]: 2\n", "f:1:1: error: a key must be plain text"},
    {"not UTF-8", "a: caf\xe9\n", "f:1:1: error: not UTF-8 text"},
};

static void mistakes_are_told_with_their_place(void **arena)
{
    for (size_t i = 0; i < LEN(mistakes); i++) {
        struct diags d = diags_new(*arena);
        struct yaml y;
        CHECK_RC(yaml_parse(*arena, STR("f"), str_c(mistakes[i].text), 0, &d, &y),
                 RC_INVALID);
        CHECK_INT(d.errors, 1, mistakes[i].why);
        CHECK_STR(diag_line(*arena, &d.list.v[0]), mistakes[i].want, mistakes[i].why);
    }
}

static void values_are_found_with_their_lines(void **arena)
{
    struct diags d = diags_new(*arena);
    struct yaml y;
    str text = STR("title: Verlof\nnested:\n  - one\n  - 'two'\nempty:\n");
    CHECK_RC(yaml_parse(*arena, STR("f"), text, 10, &d, &y), RC_OK);
    CHECK_STR(yaml_text(&y, "title"), "Verlof", "text");
    const struct yaml *list = yaml_get(&y, "nested");
    CHECK(list && list->kind == YAML_LIST && list->n == 2, "a list");
    CHECK_INT(list->v[1].line, 14, "its line, moved by the offset");
    CHECK(list->v[0].plain && !list->v[1].plain, "quotes are told");
    CHECK_STR(yaml_text(&y, "empty"), "", "an empty value is empty text");
    CHECK(!yaml_get(&y, "missing") && !yaml_get(NULL, "x"), "absent is NULL");
}

static void an_empty_document_is_an_empty_map(void **arena)
{
    struct diags d = diags_new(*arena);
    struct yaml y;
    CHECK_RC(yaml_parse(*arena, STR("f"), STR("# nothing\n"), 0, &d, &y), RC_OK);
    CHECK(y.kind == YAML_MAP && y.n == 0, "no members");
}

static void deep_nesting_is_refused(void **arena)
{
    char text[400];
    memset(text, '[', 200);
    memset(text + 200, ']', 200);
    struct diags d = diags_new(*arena);
    struct yaml y;
    CHECK_RC(yaml_parse(*arena, STR("f"), (str){text, sizeof text}, 0, &d, &y),
             RC_INVALID);
}

UNIT_MAIN(UNIT(mistakes_are_told_with_their_place),
          UNIT(values_are_found_with_their_lines),
          UNIT(an_empty_document_is_an_empty_map), UNIT(deep_nesting_is_refused))
