/*
 * lint_routes - what routing.csv says, against the queues there are, the cards' topics
 * and the table of people; and lines that nothing ever reaches: a misspelt word sends
 * questions to the wrong people without a word.
 */
#ifndef APP_LINT_ROUTES_H
#define APP_LINT_ROUTES_H

#include "app/people.h"
#include "content/catalogue.h"

/* people NULL: units, roles and partners are not looked at. queues: those the settings
 * name, besides the ones there always are. intents: the folder, for places. */
void lint_routes(const struct catalogue *c, str intents, const struct people *people,
                 struct strs queues, struct diags *d);

#endif
