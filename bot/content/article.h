/*
 * article - one file of the knowledge base: front matter, title, language, sections.
 *
 * Any Markdown file is an article, and web pages and plain texts become one (format.h).
 * What other sites' generators leave in it (Liquid, kramdown attributes, HTML, rulers of
 * pandoc's tables) is taken out or taken as text.
 */
#ifndef CONTENT_ARTICLE_H
#define CONTENT_ARTICLE_H

#include "base/buf.h"
#include "content/draft.h"
#include "content/load.h"
#include "content/place.h"
#include "content/sheet.h"

enum { FRONT_MATTER_MAX = 64 * 1024 };

/* path is relative to the knowledge folder; fallback is the language of articles that do
 * not tell (LANG_NONE: detect). `at` gives arena, diags and file. */
void article_read(const struct place *at, str path, str raw, enum lang fallback,
                  struct article_draft *out);

/* The same for what another format was turned into; raw is the file. */
void article_read_sheet(const struct place *at, str path, str raw, struct sheet *s,
                        enum lang fallback, struct article_draft *out);

/* A heading as the end of an address: lower case, blanks and dashes one dash, no other
 * signs. Equal for what GitHub makes of the heading and for the heading itself. */
str article_anchor(struct arena *a, str heading);

/* The parts, in files of their own. */

/* Cuts the front matter off *text and reads it into *out. False after an error. */
bool front_read(const struct place *at, str *text, struct article_draft *out);
/* What generators leave behind becomes blanks; lines keep their numbers. */
str debris_clear(struct arena *a, str text);
/* Where a grid table begins text: puts it as a pipe table of as many lines and returns
 * its length; else 0. */
size_t grid_convert(struct arena *a, str text, struct buf *out);

#endif
