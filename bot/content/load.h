/*
 * load - reads the two folders HR edits into a catalogue. The daemon's start, its reload
 * and `balie check` all come through here.
 *
 * Every mistake is collected in catalogue->diags. A card or article with an error is
 * replaced by its last good source when the cache has one (a diag says so), and left out
 * otherwise; the rest is used. Only a folder that cannot be read at all is a failure.
 * Reads files and the cache, so it runs on the builder's thread (or before it starts).
 *
 * Formats: design of the content in intents/README.md and knowledge/README.md.
 */
#ifndef CONTENT_LOAD_H
#define CONTENT_LOAD_H

#include "base/file.h"
#include "content/catalogue.h"
#include "store/cache.h"

enum { CONTENT_FILE_MAX = 1024 * 1024 }; /* bytes of one file */

/* What file_walk found in both. */
struct content_files {
    struct file_list intents, knowledge;
};

struct content_source {
    str intents;                       /* folder; may be empty: no cards */
    str knowledge;                     /* folder; may be empty: no articles */
    const struct content_files *files; /* NULL: walked now */
    enum lang default_lang;            /* of articles that do not tell */
    date_t today;                      /* for expiry warnings */
    struct cache *cache;               /* last good sources; NULL: none kept */
    /* Made of the same folders: files that did not change are copied out of it instead of
     * read. NULL: none. Only read, also from another thread than its owner's. */
    const struct catalogue *previous;
    bool keep_good; /* store good sources in the cache */
    bool kept;      /* read what the cache keeps instead of the folders' cards and
                     * articles; the lists beside them are read from disk */
};

/* RC_NOT_FOUND or RC_IO with an error in d when a named folder cannot be read. */
MUST_USE enum rc content_load(const struct content_source *s, struct diags *d,
                              struct catalogue **out);
void catalogue_free(struct catalogue *c); /* accepts NULL */

#endif
