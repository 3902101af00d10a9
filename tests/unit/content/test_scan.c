#include "content/scan.h"

#include "content.h"

static enum scan_form form_of(str heading)
{
    if (str_starts(heading, STR("Answer")))
        return SCAN_BODY;
    return str_starts(heading, STR("Say")) ? SCAN_ITEMS : SCAN_UNKNOWN;
}

static const struct scan_rules rules = {.form = form_of};

/* What was read, as one line: cards in [], sections in (), items in <>, bodies in {}. */
static str outline(struct arena *a, const struct scan *s)
{
    struct buf b = buf_new(a, 1024 * 1024);
    for (size_t i = 0; i < s->cards.n; i++) {
        const struct scan_card *c = &s->cards.v[i];
        buf_fmt(&b, "[%.*s", STR_ARG(c->id));
        for (size_t k = 0; k < c->sections.n; k++) {
            const struct scan_section *e = &c->sections.v[k];
            if (k > 0)
                buf_fmt(&b, "(%.*s", STR_ARG(e->heading));
            for (size_t j = 0; j < e->items.n; j++)
                buf_fmt(&b, "<%.*s>", STR_ARG(e->items.v[j].text));
            if (e->form == SCAN_BODY)
                buf_fmt(&b, "{%d:%.*s}", e->body_line, STR_ARG(e->body));
            if (k > 0)
                buf_char(&b, ')');
        }
        buf_put(&b, c->broken ? STR("!]") : STR("]"));
    }
    return buf_str(&b);
}

#define WANTED "text where an item was expected; is a `- ` missing?\n"
#define START "error: an item starts at the beginning of the line\n"

static const struct {
    const char *why, *in, *want, *diags;
} cases[] = {
    {"an item is taken as it is", "# a\n## Say nl\n- x *y* _z_ [q]\n",
     "[a(Say nl<x *y* _z_ [q]>)]", ""},
    {"a ruler is an item", "# a\n## Say nl\n- ---\n", "[a(Say nl<--->)]", ""},
    {"numbers, dashes, stars and plus signs are text",
     "# a\n## Say nl\n- 1. x\n- - x\n- * x\n- + x\n", "[a(Say nl<1. x><- x><* x><+ x>)]",
     ""},
    {"heading, quote and fence signs are text", "# a\n## Say nl\n- # x\n- > x\n- ```\n",
     "[a(Say nl<# x><> x><```>)]", ""},
    {"extra blanks are cut", "# a\n## Say nl\n-     x  \t\n", "[a(Say nl<x>)]", ""},
    {"a reference is text", "# a\n## Say nl\n- [ref]: http://x\n",
     "[a(Say nl<[ref]: http://x>)]", ""},
    {"HTML, bars, slashes and a last backslash are text",
     "# a\n## Say nl\n- <b>x</b> | /y/ \\\n", "[a(Say nl<<b>x</b> | /y/ \\>)]", ""},
    {"a tab or a no-break space is a blank", "# a\n## Say nl\n-\tx\n-\xc2\xa0y\xc2\xa0\n",
     "[a(Say nl<x><y>)]", ""},
    {"keys stand before the first section", "# a\n- owner: x\n## Say nl\n- y\n",
     "[a<owner: x>(Say nl<y>)]", ""},
    {"blank lines do not matter", "\n\n# a\n\n\n## Say nl\n\n- x\n \t\n- y\n\n",
     "[a(Say nl<x><y>)]", ""},
    {"the last line needs no end", "# a\n## Say nl\n- x", "[a(Say nl<x>)]", ""},
    {"closing signs of a heading are cut", "# a #\n## Say nl ##\n- x\n", "[a(Say nl<x>)]",
     ""},
    {"two cards", "# a\n## Say nl\n- x\n# b\n## Say nl\n- y\n",
     "[a(Say nl<x>)][b(Say nl<y>)]", ""},
    {"a body keeps deeper headings and its lines",
     "# a\n## Answer nl\n\nx\n### y\n- z\n\n", "[a(Answer nl{4:x\n### y\n- z})]", ""},
    {"a fence protects headings in it",
     "# a\n## Answer nl\n```\n# no\n## no\n```\nx\n# b\n",
     "[a(Answer nl{3:```\n# no\n## no\n```\nx})][b]", ""},
    {"a longer fence is not closed by a shorter one",
     "# a\n## Answer nl\n````\n```\n# no\n````\n# b\n",
     "[a(Answer nl{3:````\n```\n# no\n````})][b]", ""},
    {"a hash tag in a body is text", "# a\n## Answer nl\n#tag and ##tag\n",
     "[a(Answer nl{3:#tag and ##tag})]", ""},
    {"an empty body", "# a\n## Answer nl\n\n", "[a(Answer nl{3:})]", ""},
    {"an empty file", "", "", ""},

    {"the blank is forgotten", "# a\n## Say nl\n- x\n-y\n", "[a(Say nl<x>)!]",
     "f:4:1: error: " WANTED},
    {"plain text", "# a\n## Say nl\n- x\ny\n", "[a(Say nl<x>)!]",
     "f:4:1: error: " WANTED},
    {"an indented line", "# a\n## Say nl\n- x\n  y\n", "[a(Say nl<x>)!]",
     "f:4:3: error: " WANTED},
    {"other bullets", "# a\n## Say nl\n* x\n+ y\n1. z\n", "[a(Say nl)!]",
     "f:3:1: error: " WANTED "f:4:1: error: " WANTED "f:5:1: error: " WANTED},
    {"a dash of a word processor", "# a\n## Say nl\n\xe2\x80\x93 x\n", "[a(Say nl)!]",
     "f:3:1: error: " WANTED},
    {"a ruler", "# a\n## Say nl\n---\n", "[a(Say nl)!]", "f:3:1: error: " WANTED},
    {"an indented item", "# a\n## Say nl\n - x\n", "[a(Say nl)!]", "f:3:2: " START},
    {"an empty item", "# a\n## Say nl\n-\n- \n", "[a(Say nl)!]",
     "f:3:1: error: this item is empty\nf:4:1: error: this item is empty\n"},
    {"a heading without its blank", "# a\n##Say nl\n- x\n", "[a<x>!]",
     "f:2:1: error: a heading needs a blank behind its `#`\n"},
    {"an indented heading", "# a\n ## Say nl\n- x\n", "[a<x>!]",
     "f:2:2: error: a heading starts at the beginning of the line\n"},
    {"a spoilt heading in a body", "# a\n## Answer nl\nx\n##Answer en\ny\n ## Say nl\n",
     "[a(Answer nl{3:x\n##Answer en\ny\n ## Say nl})!]",
     "f:4:1: error: a heading needs a blank behind its `#`\n"
     "f:6:1: error: a heading starts at the beginning of the line\n"},
    {"a third level outside a body", "# a\n## Say nl\n### x\n", "[a(Say nl)!]",
     "f:3:1: error: `###` is for answers only; a section starts with `##`\n"},
    {"a section with one sign too few", "# a\n# Say nl\n- x\n# b\n", "[a(Say nl<x>)!][b]",
     "f:2:1: error: this is a section, not a card; is a `#` missing?\n"},
    {"an open fence does not swallow the next card",
     "# a\n## Answer nl\n```\nx\n# b\n## Say nl\n- y\n",
     "[a(Answer nl{3:```\nx})!][b(Say nl<y>)]",
     "f:3:1: error: this code fence is never closed\n"},
    {"two open fences do not pair over cards",
     "# a\n## Answer nl\n```\nx\n# b\n## Say nl\n- y\n## Answer nl\n```\nz\n",
     "[a(Answer nl{3:```\nx})!][b(Say nl<y>)(Answer nl{9:```\nz})!]",
     "f:3:1: error: this code fence is never closed\n"
     "f:9:1: error: this code fence is never closed\n"},
    {"text before the first card, told once", "x\ny\n- z\n# a\n", "[a]",
     "f:1:1: error: text before the first card; a card starts with `# its.name`\n"},
    {"a section before the first card", "## Say nl\n- x\n# a\n", "[a]",
     "f:1:1: error: a section before the first card; a card starts with `# its.name`\n"},
    {"an unknown section is silent here", "# a\n## Sya nl\nx\n- y\n# b\n",
     "[a(Sya nl)][b]", ""},
    {"a mistake in one card leaves the next alone",
     "# a\n## Say nl\nx\n# b\n## Say nl\n- y\n", "[a(Say nl)!][b(Say nl<y>)]",
     "f:3:1: error: " WANTED},
};

static void awkward_lines_are_read_as_hr_means_them(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct scan scan;
        struct diags d = diags_new(*arena);
        scan_text(*arena, STR("f"), str_c(cases[i].in), 1, &rules, &d, &scan);
        CHECK_STR(outline(*arena, &scan), cases[i].want, cases[i].why);
        CHECK_STR(diags_text(*arena, &d, STR("")), cases[i].diags, cases[i].why);
    }
}

static void lines_columns_and_sources_are_right(void **arena)
{
    struct scan scan;
    struct diags d = diags_new(*arena);
    str text = STR("\n# a.b\n- k: v\n## Say nl\n-  \xc3\xa9\xc3\xa9n\n\n# c\n- x: y\n");
    scan_text(*arena, STR("f"), text, 10, &rules, &d, &scan);
    CHECK_INT(scan.cards.n, 2, "two cards");
    const struct scan_card *a = &scan.cards.v[0];
    CHECK_INT(a->line, 11, "lines count from the given one");
    CHECK_INT(a->column, 3, "of the heading's text");
    CHECK_INT(a->sections.v[1].line, 13, "a section's line");
    CHECK_INT(a->sections.v[1].items.v[0].line, 14, "an item's line");
    CHECK_INT(a->sections.v[1].items.v[0].column, 4, "an item's column");
    CHECK_STR(a->source, "# a.b\n- k: v\n## Say nl\n-  \xc3\xa9\xc3\xa9n\n\n",
              "to the next card");
    CHECK_STR(scan.cards.v[1].source, "# c\n- x: y\n", "to the end");
}

static void a_file_of_mistakes_is_cut_short(void **arena)
{
    struct scan scan;
    struct diags d = diags_new(*arena);
    struct buf b = buf_new(*arena, 100000);
    buf_put(&b, STR("# a\n## Say nl\n"));
    for (int i = 0; i < 5000; i++)
        buf_put(&b, STR("x\n"));
    scan_text(*arena, STR("f"), buf_str(&b), 1, &rules, &d, &scan);
    CHECK_INT(d.list.n, 201, "two hundred and a last word");
    CHECK_STR(d.list.v[200].text, "many more mistakes follow, which are not listed",
              "said");
}

static void loose_files_need_no_card(void **arena)
{
    static const struct scan_rules loose = {.form = form_of, .loose = true};
    struct scan scan;
    struct diags d = diags_new(*arena);
    scan_text(*arena, STR("f"), STR("- a: b\n## Say nl\n- x\n"), 1, &loose, &d, &scan);
    CHECK_STR(outline(*arena, &scan), "[<a: b>(Say nl<x>)]", "items at once");
    CHECK_INT(d.list.n, 0, "no mistake");
}

UNIT_MAIN(UNIT(awkward_lines_are_read_as_hr_means_them),
          UNIT(lines_columns_and_sources_are_right),
          UNIT(a_file_of_mistakes_is_cut_short), UNIT(loose_files_need_no_card))
