#include <stdlib.h>

#include "text/redact.h"
#include "unit.h"

static const struct {
    const char *why, *in, *want;
} marks[] = {
    {"nothing to hide", "Hoeveel dagen heb ik in 2026?", "Hoeveel dagen heb ik in 2026?"},
    {"BSN", "mijn bsn is 111222333.", "mijn bsn is [bsn]."},
    {"BSN with dots", "bsn 1112.22.333", "bsn [bsn]"},
    {"nine digits that fail the check", "order 111222334", "order 111222334"},
    {"IBAN", "naar NL91ABNA0417164300 graag", "naar [iban] graag"},
    {"IBAN with blanks", "NL91 ABNA 0417 1643 00", "[iban]"},
    {"IBAN in small letters", "nl91abna0417164300", "[iban]"},
    {"IBAN with a wrong checksum", "NL92ABNA0417164300", "NL92ABNA0417164300"},
    {"mobile", "bel 06-12345678", "bel [phone]"},
    {"mobile with blanks", "bel 06 12 34 56 78 even", "bel [phone] even"},
    {"international", "+31 6 12345678", "[phone]"},
    {"land line", "(050) 123 45 67", "[phone]"},
    {"e-mail", "mail a.b+c@voorbeeld.nl, dank", "mail [email], dank"},
    {"birth date", "geboren op 12-03-1985", "geboren op [birth date]"},
    {"birth date in words", "geboren op 3 mei 1990 in Assen",
     "geboren op [birth date] in Assen"},
    {"a birthday in Dutch", "mijn geboortedatum is 23 april 1981",
     "mijn geboortedatum is [birth date]"},
    {"a birth date in English", "born on June 14th, 1988.", "born on [birth date]."},
    {"a birth date with blanks", "born on september   14  1988", "born on [birth date]"},
    {"a name that ends in a month", "born on september 14", "born on [birth date]"},
    {"another date in words", "vrij van 3 mei tot 7 mei", "vrij van 3 mei tot 7 mei"},
    {"a date is not a phone number", "van 01-02-2026 t/m 05-02-2026",
     "van 01-02-2026 t/m 05-02-2026"},
    {"an ISO date", "vanaf 2026-11-21", "vanaf 2026-11-21"},
    {"amounts stay", "ik verdien 3.450,50 euro", "ik verdien 3.450,50 euro"},
    {"payment card", "kaart 4111 1111 1111 1111", "kaart [card]"},
    {"the name given", "groet, Sanne de Vries", "groet, [name]"},
    {"part of a word is no name", "Sannesstraat", "Sannesstraat"},
};

static void each_kind_is_blanked(void **arena)
{
    const str names[] = {STR("Sanne de Vries")};
    for (size_t i = 0; i < LEN(marks); i++) {
        str once = redact(*arena, str_c(marks[i].in), (struct strs){names, 1});
        CHECK_STR(once, marks[i].want, marks[i].why);
        CHECK_STR(redact(*arena, once, (struct strs){names, 1}), marks[i].want,
                  "applying it twice changes nothing");
    }
}

/* A text that ends where its memory ends, with something to blank at every place. */
static void what_stands_anywhere_is_blanked(void **arena)
{
    static const char *const in[] = {"bsn 111222333", "x ibanNL91ABNA0417164300",
                                     "(050) 123 45 67", "+31 6 12345678"};
    static const char *const want[] = {"bsn [bsn]", "x [iban]", "[phone]", "[phone]"};
    char text[200];
    for (size_t k = 0; k < LEN(in); k++)
        for (size_t at = 1; at + strlen(in[k]) <= sizeof text; at++) {
            memset(text, 'x', sizeof text);
            text[at - 1] = ' ';
            memcpy(text + at, in[k], strlen(in[k]));
            size_t n = at + strlen(in[k]);
            str own = {must_copy(text, n), n},
                got = redact(*arena, own, (struct strs){0});
            CHECK_STR(str_sub(got, at, got.n), want[k], in[k]);
            free((void *)(uintptr_t)own.p);
        }
}

static void a_text_may_end_in_a_bracket(void **arena)
{
    str own = {must_copy("1234 (", 6), 6};
    CHECK_STR(redact(*arena, own, (struct strs){0}), "1234 (", "nothing behind it");
    free((void *)(uintptr_t)own.p);
    CHECK_INT(redact(*arena, STR_NONE, (struct strs){0}).n, 0, "no text");
}

UNIT_MAIN(UNIT(what_stands_anywhere_is_blanked), UNIT(a_text_may_end_in_a_bracket),
          UNIT(each_kind_is_blanked))
