#include "content/slot.h"

#include "content.h"

static bool parse(struct arena *a, const char *text, struct diags *d, struct slot *out)
{
    struct place at = {.arena = a, .diags = d, .file = STR("f"), .line = 7, .column = 3};
    return slot_parse(&at, str_c(text), out);
}

static void a_whole_line_is_read(void **arena)
{
    struct diags d = diags_new(*arena);
    struct slot s;
    assert_true(parse(*arena,
                      "from: date required future | nl Vanaf wanneer? | en From when?",
                      &d, &s));
    CHECK_STR(s.name, "from", "name");
    CHECK_INT(s.type, SLOT_DATE, "type");
    CHECK(s.required && s.future && !s.past, "words");
    CHECK_STR(s.prompt[LANG_NL], "Vanaf wanneer?", "Dutch");
    CHECK_STR(s.prompt[LANG_EN], "From when?", "English");
    CHECK_INT(s.line, 7, "line");
}

static void dutch_words_are_known(void **arena)
{
    struct diags d = diags_new(*arena);
    struct slot s;
    assert_true(parse(*arena, "van: Datum Verplicht verleden | nl Vanaf?", &d, &s));
    CHECK(s.type == SLOT_DATE && s.required && s.past, "type and words");
    assert_true(parse(*arena, "x: ja_nee | en Sure?", &d, &s));
    CHECK_INT(s.type, SLOT_YESNO, "blanks and dashes in a name do not matter");
    CHECK_INT(s.prompt[LANG_NL].n, 0, "one language is enough here");
}

static void choices_have_a_name_in_each_language(void **arena)
{
    struct diags d = diags_new(*arena);
    struct slot s;
    assert_true(parse(
        *arena, "part: choice(heel=whole, half = half,a b) required | nl Deel?", &d, &s));
    CHECK_INT(s.n_options, 3, "three");
    CHECK_STR(s.options[0].label[LANG_NL], "heel", "left is Dutch");
    CHECK_STR(s.options[0].label[LANG_EN], "whole", "right is English");
    CHECK_STR(s.options[1].label[LANG_EN], "half", "blanks go");
    CHECK_STR(s.options[2].label[LANG_EN], "a b", "one name for both");
    CHECK(s.required, "words go on behind the options");
    assert_true(parse(*arena, "part: choice (a, b) | nl Deel?", &d, &s));
    CHECK_INT(s.n_options, 2, "a blank before the parenthesis is forgiven");
    CHECK_INT(d.list.n, 0, "no mistake");
}

static void an_amount_may_have_bounds(void **arena)
{
    struct diags d = diags_new(*arena);
    struct slot s;
    assert_true(parse(*arena, "hours: amount(1..60) required | nl Uren?", &d, &s));
    CHECK(s.least == 100 && s.most == 6000 && s.required, "in hundredths");
    assert_true(parse(*arena, "hours: amount (0 .. 8) | nl Uren?", &d, &s));
    CHECK(s.least == 0 && s.most == 800, "blanks are forgiven");
    assert_true(parse(*arena, "hours: amount | nl Uren?", &d, &s));
    CHECK(s.least == s.most, "none");
}

static const struct {
    const char *in, *want;
} mistakes[] = {
    {"h: amount(60..1) | nl a",
     "f:7:13: error: bounds were expected here; write `amount(1..60)`\n"},
    {"h: amount(60) | nl a",
     "f:7:13: error: bounds were expected here; write `amount(1..60)`\n"},
    {"from",
     "f:7:3: error: a slot looks like `from: date required | nl Vanaf wanneer? | en "
     "From when?`\n"},
    {"from x: date | nl a",
     "f:7:3: error: a slot's name has letters, digits and `_` only\n"},
    {": date | nl a", "f:7:3: error: a slot's name has letters, digits and `_` only\n"},
    {"from: | nl a",
     "f:7:9: error: a type was expected; write `from: date required | nl "
     "...`\n"},
    {"from: dat | nl a", "f:7:9: error: unknown type `dat`; probably meant `date`?\n"},
    {"from: elephant | nl a",
     "f:7:9: error: unknown type `elephant`; known are date/datum, "
     "period/periode, duration/duur, amount/aantal, choice/keuze, text/tekst, "
     "yesno/janee, person/persoon\n"},
    {"from: date requird | nl a",
     "f:7:14: error: unknown word `requird`; probably meant `required`?\n"},
    {"from: text future | nl a",
     "f:7:14: error: `future` goes with date and period only\n"},
    {"from: choice | nl a",
     "f:7:9: error: a choice lacks its options; write `choice(a, b)`\n"},
    {"from: date(a) | nl a", "f:7:9: error: `date` has no options\n"},
    {"from: choice(a, b | nl a", "f:7:9: error: a `)` is missing\n"},
    {"from: choice(a, ) | nl a",
     "f:7:19: error: an empty choice; write `choice(heel=whole, half=half)`\n"},
    {"from: choice(a, A) | nl a", "f:7:19: error: the choice `A` stands here twice\n"},
    {"from: date",
     "f:7:3: error: the slot `from` lacks its question; write `| nl Vanaf "
     "wanneer? | en From when?`\n"},
    {"from: date | Vanaf wanneer?",
     "f:7:15: error: a question begins with its language: `nl Vanaf wanneer?`\n"},
    {"hours: amount if | nl a",
     "f:7:17: error: write `if extent=partly`: a question and its answer\n"},
    {"hours: amount if extent | nl a",
     "f:7:17: error: write `if extent=partly`: a question and its answer\n"},
    {"from: date | nl a | b", "f:7:23: error: `nl` or `en` was expected here\n"},
    {"from: date | nl a | nl b", "f:7:23: error: `nl` stands here twice\n"},
    {"from: date | nl a | en ", "f:7:23: error: `en` lacks its text\n"},
};

static void mistakes_are_told_with_their_place(void **arena)
{
    for (size_t i = 0; i < LEN(mistakes); i++) {
        struct diags d = diags_new(*arena);
        struct slot s;
        assert_false(parse(*arena, mistakes[i].in, &d, &s));
        CHECK_STR(diags_text(*arena, &d, STR("")), mistakes[i].want, mistakes[i].in);
    }
}

static void slots_in_a_text_are_found(void **arena)
{
    static const char text[] = "a {b} {c.d_1} { no } {no {yes} {} {x";
    struct buf b = buf_new(*arena, 100);
    size_t pos = 0;
    for (str name; slot_next(str_c(text), &pos, &name);)
        buf_fmt(&b, "%.*s;", STR_ARG(name));
    CHECK_STR(buf_str(&b), "b;c.d_1;yes;", "names between braces only");
}

static void braces_without_a_partner_are_found(void **arena)
{
    static const struct {
        const char *line, *name; /* NULL: all is well */
    } rows[] = {
        {"bel {contact.hr_phone}", NULL},
        {"bel {contact.hr_phone", "contact.hr_phone"},
        {"bel {contact.hr_phone.", "contact.hr_phone"},
        {"bel hr_phone} nu", "hr_phone"},
        {"{a.b {c.d}", "a.b"},
        {"{a.b} en c.d}", "c.d"},
        {"a { b", NULL},
        {"niet {zomaar iets} zo", NULL},
        {"} { :-} ;-{", NULL},
    };
    (void)arena;
    for (size_t i = 0; i < LEN(rows); i++) {
        size_t pos = 0;
        str name = STR_NONE;
        bool found = slot_broken(str_c(rows[i].line), &pos, &name);
        CHECK(found == (rows[i].name != NULL), rows[i].line);
        if (found)
            CHECK_STR(name, rows[i].name, rows[i].line);
    }
}

UNIT_MAIN(UNIT(a_whole_line_is_read), UNIT(dutch_words_are_known),
          UNIT(choices_have_a_name_in_each_language), UNIT(an_amount_may_have_bounds),
          UNIT(mistakes_are_told_with_their_place), UNIT(slots_in_a_text_are_found),
          UNIT(braces_without_a_partner_are_found))
