/*
 * question_table - a CSV file of questions and answers: an article per row.
 *
 * Needed are the columns question and answer; understood are also, owner, audience,
 * valid_from, valid_to, review_by, updated, language and what front matter calls them in
 * Dutch. The question is the title, the answer Markdown. All rows have the file's path;
 * the heading tells them apart. A row with a mistake is left out, the others are used.
 */
#ifndef CONTENT_QUESTION_TABLE_H
#define CONTENT_QUESTION_TABLE_H

#include "content/draft.h"
#include "content/place.h"

struct article_drafts {
    VEC(struct article_draft) list;
};

/* False after an error that concerns the whole file. fallback as in article_read. */
bool question_table_read(const struct place *at, str path, str raw, enum lang fallback,
                         struct article_drafts *out);

#endif
