#include "base/csv.h"
#include "unit.h"

static struct csv parsed(struct arena *a, const char *text, struct diags *d)
{
    struct csv t;
    *d = diags_new(a);
    CHECK_RC(csv_parse(a, STR("f"), str_c(text), d, &t), RC_OK);
    return t;
}

static void what_spreadsheets_write_is_read(void **arena)
{
    struct diags d;
    struct csv t =
        parsed(*arena,
               "\xef\xbb\xbfid;Name ;note\r\n1;\"Jan \"\"J\"\" Pot\";\"two\nlines\"\r\n"
               "2;Els;\r\n\r\n",
               &d);
    CHECK_INT(t.rows.n, 2, "rows; the empty line is none");
    CHECK_INT(csv_column(&t, "name"), 1, "column by name, case ignored");
    CHECK_STR(csv_get(&t.rows.v[0], 1), "Jan \"J\" Pot", "doubled quotes");
    CHECK_STR(csv_get(&t.rows.v[0], 2), "two\nlines", "a line break inside");
    CHECK_INT(t.rows.v[1].line, 4, "lines are counted");
    CHECK_INT(csv_get(&t.rows.v[1], csv_column(&t, "nope")).n, 0, "no such column");
    CHECK_INT(d.list.n, 0, "nothing to say");
}

static void mistakes_name_their_line(void **arena)
{
    struct diags d;
    struct csv t = parsed(*arena, "a,b\n1,2,3\n4\n5,6\n", &d);
    CHECK_INT(t.rows.n, 2, "the row that is too long is left out");
    CHECK_INT(d.errors, 1, "too many fields");
    CHECK_INT(d.warnings, 1, "too few");
    CHECK_STR(diag_line(*arena, &d.list.v[0]), "f:2:1: error: 3 fields, the header has 2",
              "where");
    d = diags_new(*arena);
    CHECK_RC(csv_parse(*arena, STR("f"), STR("a,b\n1,\"open\n"), &d, &t), RC_INVALID);
    CHECK_STR(diag_line(*arena, &d.list.v[0]),
              "f:2:1: error: a quoted field that starts here does not end",
              "an open quote");
    d = diags_new(*arena);
    CHECK_RC(csv_parse(*arena, STR("f"), STR(""), &d, &t), RC_INVALID);
}

UNIT_MAIN(UNIT(what_spreadsheets_write_is_read), UNIT(mistakes_name_their_line))
