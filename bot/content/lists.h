/*
 * lists - the files beside the cards: words.md, signs.md, told*.md, contacts.md,
 * notice.md, routing.csv.
 *
 * A line that is wrong is told and left out; the others are used.
 */
#ifndef CONTENT_LISTS_H
#define CONTENT_LISTS_H

#include "content/catalogue.h"
#include "content/place.h"

/* Each reads the text (plain, UTF-8) of one file into c. `at` gives arena, diags, file.
 */
void words_read(const struct place *at, str text, struct catalogue *c);
void signs_read(const struct place *at, str text, struct catalogue *c);
void told_read(const struct place *at, str text, struct catalogue *c);
/* Are the cards it names there? Once all cards are. */
void told_check(struct catalogue *c, struct diags *d);
void contacts_read(const struct place *at, str text, struct catalogue *c);
void notice_read(const struct place *at, str text, struct catalogue *c);
/* Fills {contact.NAME} in the notices, once contacts.md is read. at->file is notice.md.
 */
void notice_fill(const struct place *at, struct catalogue *c);
void routing_read(const struct place *at, str text, struct catalogue *c);

#endif
