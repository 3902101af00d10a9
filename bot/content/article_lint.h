/*
 * article_lint - advice about articles that work but could answer better: sections too
 * long to answer from, headings that say nothing or have nothing below them, and two
 * articles that say nearly the same with other figures below the same heading.
 *
 * For `balie check`: it compares sections pair by pair. Of each kind the first few are
 * told, and then how many more there are.
 */
#ifndef CONTENT_ARTICLE_LINT_H
#define CONTENT_ARTICLE_LINT_H

#include "content/catalogue.h"

enum {
    LINT_SECTION_MAX = 2400, /* bytes of prose: a screen and a half */
    LINT_KIND_MAX = 25,      /* told of each kind */
};

/* knowledge: the folder, for the places. */
void article_lint(const struct catalogue *c, str knowledge, date_t today,
                  struct diags *d);

/* article_clash.c: the figures in which two texts of one language differ although the
 * sentence is nearly the same; false when there is no such sentence. Texts live in a. */
bool article_clash(struct arena *a, enum lang l, str x, str y, str *in_x, str *in_y);

#endif
