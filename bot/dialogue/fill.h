/*
 * fill - puts values into an answer's open slots ({leave.left}, {from}).
 *
 * Values are inserted as text, never as Markdown or HTML: each is escaped for the form it
 * goes into. Only tables of look-ups bring structure of their own. A slot without a value
 * becomes an em dash and is reported, so that the caller can choose another answer; where
 * it is a look-up's (fill_row.h), its whole paragraph is left out instead.
 */
#ifndef DIALOGUE_FILL_H
#define DIALOGUE_FILL_H

#include "dialogue/event.h"
#include "dialogue/session.h"

struct fill_values {
    enum lang lang;
    const struct person *person;       /* {person.KEY} */
    const struct catalogue *catalogue; /* {contact.KEY} */
    const struct lookup_row *rows;     /* {leave.*}, {pay.*} and the like */
    size_t n_rows;
    date_t today;               /* pay days before it are over */
    const struct value *values; /* {SLOT}: form values and the sentence's own places */
    size_t n_values;
};

enum fill_form { FILL_MARKDOWN, FILL_HTML };

/* *missing is counted up per slot without a value; may be NULL. */
str fill(struct arena *a, str text, enum fill_form form, const struct fill_values *v,
         int *missing);
/* The first paragraph needs a look-up: without one the answer has nothing to say. */
bool fill_begins_with_row(str markdown);

#endif
