/* people_names - the names of the people table, word by word. Internal to people.h. */
#ifndef APP_PEOPLE_NAMES_H
#define APP_PEOPLE_NAMES_H

#include "app/people.h"

/* Fills p->names from p->list. */
void people_learn_names(struct people *p);

#endif
