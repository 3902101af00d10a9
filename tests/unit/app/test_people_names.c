#include <stdlib.h>
#include <unistd.h>

#include "app/people.h"
#include "text/redact.h"
#include "unit.h"

static const char table[] = "id,name,unit\n"
                            "p1,Sanne de Vries,Operations\n"
                            "p2,Fatima El Amrani,HR\n"
                            "p3,Mark Hoekstra,HR\n"
                            "p4,Renée O'Brien,IT\n"
                            "p5,,IT\n";

static const struct {
    const char *text, *want;
} rows[] = {
    {"ik ben sanne de vries en wil vrij", "ik ben [name] en wil vrij"},
    {"Sanne de Vries heeft gebeld", "[name] heeft gebeld"},
    {"vraag het aan Fatima El Amrani.", "vraag het aan [name]."},
    {"mail mark hoekstra even", "mail [name] even"},
    {"volgens Hoekstra mag dat", "volgens [name] mag dat"},
    {"ik heb Mark gesproken", "ik heb [name] gesproken"},
    {"Mark my words", "Mark my words"}, /* begins a sentence: a word like any other */
    {"a question mark", "a question mark"},
    {"overleg met Renée", "overleg met [name]"},
    {"renée o'brien is ziek", "[name] is ziek"},
    {"de vries is koud", "de vries is koud"},
    {"p5 is geen naam", "p5 is geen naam"},
    {"hoeveel dagen heb ik", "hoeveel dagen heb ik"},
    {"", ""},
    {"it's Hoekstra who said so", "it's [name] who said so"},
    {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx yy Hoekstra zei dat",
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx yy [name] zei dat"},
    {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxHoekstra",
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxHoekstr"
     "a"},
};

static void names_of_the_directory_are_found(void **arena)
{
    char path[] = "/tmp/balie-people-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, table, sizeof table - 1) == (ssize_t)sizeof table - 1,
          "a table");
    close(fd);
    struct diags d = diags_new(*arena);
    struct people *p;
    CHECK_RC(people_load(str_c(path), &d, &p), RC_OK);
    unlink(path);
    for (size_t i = 0; i < LEN(rows); i++) {
        str text = str_c(rows[i].text);
        CHECK_STR(redact(*arena, text, people_named(p, *arena, text)), rows[i].want,
                  rows[i].text);
    }
    CHECK_INT(people_named(NULL, *arena, STR("Sanne")).n, 0, "no table");
    people_free(p);
}

UNIT_MAIN(UNIT(names_of_the_directory_are_found))
