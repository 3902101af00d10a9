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

UNIT_MAIN(UNIT(each_kind_is_blanked))
