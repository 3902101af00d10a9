/*
 * lint_people - what HR's content says about people and queues, against the table of
 * people and the queues there are: a misspelt audience hides a card from everybody
 * without a word.
 */
#ifndef APP_LINT_PEOPLE_H
#define APP_LINT_PEOPLE_H

#include "app/people.h"
#include "content/catalogue.h"

/* people NULL: audiences and partners are not looked at. queues: those the settings
 * name, besides the ones there always are. intents: the folder, for places. */
void lint_people(const struct catalogue *c, str intents, str knowledge,
                 const struct people *people, struct strs queues, struct diags *d);

#endif
