/*
 * lint_people - what HR's content says about people, against the table of people: a
 * misspelt audience hides a card from everybody without a word.
 */
#ifndef APP_LINT_PEOPLE_H
#define APP_LINT_PEOPLE_H

#include "app/people.h"
#include "content/catalogue.h"

void lint_people(const struct catalogue *c, str knowledge, const struct people *people,
                 struct diags *d);

#endif
