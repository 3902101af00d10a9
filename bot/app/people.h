/*
 * people - the table of employees, as HR systems export it every night.
 *
 * Every column becomes a trait of the person (audience keys, {person.KEY} slots). Columns
 * that must be there: id. Known by name: name, first_name, email, unit, role, manager_id
 * (adds the trait `manager`, that person's name), hr_partner, country, contract ...
 */
#ifndef APP_PEOPLE_H
#define APP_PEOPLE_H

#include "base/map.h"
#include "dialogue/event.h"

enum { PEOPLE_FILE_MAX = 64 * 1024 * 1024, PEOPLE_MAYBE = 1 << 16 };

struct people {
    struct arena *arena;
    VEC(struct person) list;
    struct map by_id, by_email; /* -> index in list; e-mail in lower case */
    struct map names;           /* words of names, folded -> NAME_FIRST | NAME_LAST ... */
    uint64_t maybe[PEOPLE_MAYBE / 64]; /* bits by hash: one of those words has it */
};

/* RC_NOT_FOUND, RC_IO, RC_INVALID with errors in d; *out is then NULL. Rows with an
 * empty or repeated id are errors of their own and left out. */
MUST_USE enum rc people_load(str file, struct diags *d, struct people **out);
void people_free(struct people *p); /* accepts NULL */
/* Names of the table that stand in text: whole names, and a surname or a first name that
 * is written with a capital inside a sentence. As they stand there, for redact. */
struct strs people_named(const struct people *p, struct arena *a, str text);
/* NULL when unknown. "demo" is the first row's person. p may be NULL. */
const struct person *people_find(const struct people *p, str id);
/* By e-mail address in any case (NULL too when two people have it); by what stands in a
 * column (ASCII case ignored). NULL when there is none, or, by a column, more than one.
 */
const struct person *people_by_email(const struct people *p, str email);
const struct person *people_by(const struct people *p, str column, str value);

#endif
