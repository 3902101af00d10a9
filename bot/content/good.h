/*
 * good - the last good source of each card and article, kept in the cache.
 *
 * An entry lives as long as its card or article is in the folder: what HR deletes is
 * forgotten. A list of what is kept (id, file, hash) is read once and written when
 * something changed, so that a reload of ten thousand unchanged articles writes nothing.
 * Keys hold the folder's name: two folders with one cache do not mix.
 */
#ifndef CONTENT_GOOD_H
#define CONTENT_GOOD_H

#include "content/load.h"

enum good_kind { GOOD_CARD, GOOD_ARTICLE };

struct good;

/* What was kept is put in a, all else in work; s->cache may be NULL, then nothing is
 * found and nothing kept. */
struct good *good_open(struct arena *a, struct arena *work,
                       const struct content_source *s);
/* False when there is none. */
bool good_find(struct good *g, enum good_kind k, str id, str *source);
/* What is in use now, also when that is the last good one itself. The source is not
 * needed afterwards. */
void good_keep(struct good *g, enum good_kind k, str id, str file, str source);
/* Files of the cards, or paths of the articles, that are kept; each once. */
struct strs good_files(const struct good *g, enum good_kind k);
/* An article whose file has this hash is in use again; false when its source is not
 * kept, so that the file has to be read. */
bool good_again(struct good *g, enum good_kind k, str id, uint64_t hash);
/* Ids of the cards that were last seen in this file. */
struct strs good_cards_of(const struct good *g, str file);
/* Writes what changed; entries not kept since good_open are forgotten. */
void good_save(struct good *g);

#endif
